import ByteSpans
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import CSVTokenizer
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText

/// Encodings of other languages, against the system's converter: each byte, each piece of a text, each place.
@Suite(.computing) struct CodePageTests {
    /// Encodings with the name of the same in the system.
    static let names: [(encoding: TextEncoding, name: String)] = [
        (.windows1250, "CP1250"), (.windows1251, "CP1251"), (.windows1252, "CP1252"), (.windows1253, "CP1253"), (.windows1254, "CP1254"),
        (.windows1257, "CP1257"), (.iso8859Part2, "ISO-8859-2"), (.iso8859Part7, "ISO-8859-7"), (.iso8859Part9, "ISO-8859-9"),
        (.iso8859Part15, "ISO-8859-15"), (.latin1, "ISO-8859-1"), (.koi8r, "KOI8-R"), (.koi8u, "KOI8-U"), (.macRoman, "MACINTOSH"),
        (.ibm850, "CP850"), (.ibm852, "CP852"), (.ibm866, "CP866"), (.shiftJIS, "CP932"), (.gb18030, "GB18030"), (.big5, "CP950"),
        (.eucKR, "CP949"), (.eucJP, "EUC-JP"), (.windows1255, "CP1255"), (.windows1256, "CP1256"), (.windows874, "CP874"),
    ]

    /// Where both define a byte they agree. That some define more, control characters among them, is no contradiction.
    @Test(arguments: names.filter { !$0.encoding.isMultibyte })
    func everyByte(encoding: TextEncoding, name: String) throws {
        var agreed = 0
        for byte in UInt8(0x80)...0xFF {
            let own = Transcoder.text([byte], in: encoding)
            guard own.first != 0xF1, let other = SystemConverter.convert([byte], from: name, to: "UTF-8") else { continue }
            // A letter that a point may follow is kept back.
            if other.isEmpty { continue }
            // Apple has its sign at F0, the euro at DB, and the signs of ohm and increment where some have the Greek letters.
            if encoding == .macRoman, [0xBD, 0xC6, 0xDB, 0xF0].contains(byte) { continue }
            #expect(own == other, "\(name) \(String(byte, radix: 16))")
            agreed += 1
        }
        #expect(agreed > 70)
    }

    /// The converter that commands name decodes what `--encoding` decodes, each character to the same.
    @Test(arguments: names) func convertersOfCommands(encoding: TextEncoding, name: String) {
        var agreed = 0
        let ones = (UInt8(0x80)...0xFF).map { [$0] }
        let pairs = !encoding.isMultibyte ? [] : (UInt8(0x81)...0xFE).flatMap { first in (UInt8(0x40)...0xFE).map { [first, $0] } }
        for code in ones + pairs {
            if encoding == .macRoman, [0xBD, 0xC6, 0xDB, 0xF0].contains(code[0]) { continue }
            let own = Transcoder.text(code, in: encoding)
            if own.contains(0xF1) { continue }
            let other = SystemConverter.convert(code, from: encoding.converterName, to: "UTF-8")
            // Bytes that the tables of Windows leave undefined are refused by some converters, and never another character.
            if other == nil || other == [], !encoding.isMultibyte { continue }
            #expect(own == other, "\(encoding.converterName) \(code)")
            agreed += 1
        }
        #expect(agreed > (encoding.isMultibyte ? 6_000 : 70))
    }

    private struct Text {
        let encoding: TextEncoding
        let text: String
    }

    private static let texts = [
        Text(encoding: .windows1251, text: "Ид;Имя;Сумма\n1;Киев;1,5\n2;\"Тверь\nюг\";х\n3;№ 7;2\n"),
        Text(encoding: .windows1250, text: "Id;Jméno;Částka\n1;Řím;1,5\n2;\"Žilina\nÚstí\";x\n3;ť;2\n"),
        Text(encoding: .macRoman, text: "Id;Região;Preço\n1;Maceió;1,5\n2;\"São\nLuís\";x\n3;√;2\n"),
        Text(encoding: .shiftJIS, text: "ID;名前;金額\n1;ﾔﾏﾀﾞ山田;1,5\n2;\"表示\nソﾌﾄ十\";x\n3;ｱア亜;2\n"),
        Text(encoding: .gb18030, text: "ID;名称;金额\n1;北京;1,5\n2;\"上海😀\nḿé㐀\";x\n3;€;2\n"),
        Text(encoding: .big5, text: "ID;名稱;金額\n1;臺北許功蓋;1,5\n2;\"高雄\n中\";x\n3;育;2\n"),
        Text(encoding: .eucJP, text: "ID;名前;金額\n1;東京ﾃｽﾄ;1,5\n2;\"大阪\n市\";x\n3;漢;2\n"),
        Text(encoding: .eucKR, text: "ID;이름;금액\n1;서울;1,5\n2;\"부산\n똠방\";x\n3;漢;2\n"),
    ]

    private static func bytes(_ text: Text) throws -> [UInt8] {
        let name = try #require(names.first { $0.encoding == text.encoding }?.name)
        return try #require(SystemConverter.bytes(text.text.replacing("ḿ", with: "é"), in: name))
    }

    /// Whatever the pieces are, the text is that of the system, and the bytes that are sent are the same.
    /// The part of a table that has a text's bytes reads the text as the whole table does.
    @Test(arguments: [TextEncoding.shiftJIS, .gb18030, .big5, .eucKR, .eucJP]) func partsOfTables(encoding: TextEncoding) throws {
        var generator = SeededGenerator(seed: 41)
        for _ in 0..<(isDebugBuild ? 6 : 60) {
            let high = (0..<generator.below(30)).map { _ in UInt8(0x80 + generator.below(0x80)) }
            let text = (0..<300).map { _ in
                high.isEmpty || generator.once(in: 3) ? UInt8(0x20 + generator.below(0x5F)) : generator.element(of: high)
            }
            let part = try #require(MultibyteTable(of: encoding, forBytes: Set(high)))
            #expect(Transcoder.text(text, in: encoding, table: part) == Transcoder.text(text, in: encoding))
        }
        // Characters of four bytes.
        let fours: [UInt8] = [0x81, 0x30, 0x86, 0x31, 0x84, 0x31, 0xA4, 0x39, 0x90, 0x30, 0x81, 0x30]
        let part = try #require(MultibyteTable(of: encoding, forBytes: Set(fours.filter { $0 >= 0x80 })))
        #expect(Transcoder.text(fours, in: encoding, table: part) == Transcoder.text(fours, in: encoding))
    }

    @Test(arguments: texts.indices) func pieces(index: Int) throws {
        let text = Self.texts[index]
        let bytes = try Self.bytes(text)
        let expected = Array(text.text.replacing("ḿ", with: "é").utf8)
        for size in [1, 2, 3, 5, 64, 4096] {
            var source = TranscodingSource(BytesSource(bytes, readLimit: size), encoding: text.encoding)
            var sent: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: size)
            while case let count = try source.read(into: &buffer, from: 0), count > 0 { sent += buffer[..<count] }
            #expect(sent == expected, "\(text.encoding) \(size)")
            var options = CheckOptions()
            (options.transcodes, options.encoding, options.chunkByteCount) = (true, text.encoding, size)
            var run = CheckRun(options: options, digest: Collected())
            for byte in bytes { run.feed([byte].span) }
            #expect(run.finishDigest() == expected)
            #expect(run.sent.encoding == text.encoding)
            _ = run.finish(path: "x")
        }
    }

    /// The wrong value is at its byte in the file, which is counted in the file.
    @Test(arguments: texts.indices) func places(index: Int) throws {
        let text = Self.texts[index]
        let bytes = try Self.bytes(text)
        let header = text.text.prefix { $0 != "\n" }.split(separator: ";")
        let profile = try Profile(
            yaml: """
                version: 1
                dialect: {delimiter: ";"}
                columns:
                  - {name: "\(header[0])", type: integer}
                  - {name: "\(header[1])", type: text}
                  - {name: "\(header[2])", type: number, number: {decimal: ","}}
                """)
        var options = CheckOptions(profile: profile)
        options.encoding = text.encoding
        let report = steadyReport(on: bytes, options: options)
        let wrong = try #require(report.findings.first { $0.kind == .notANumber })
        let mark = try #require(text.text.firstRange(of: "\";")).upperBound
        let name = try #require(Self.names.first { $0.encoding == text.encoding }?.name)
        let front = try #require(SystemConverter.bytes(String(text.text[..<mark]).replacing("ḿ", with: "é"), in: name))
        #expect(wrong.examples.map(\.place) == [Place(row: 2, line: 4, column: 3, byteOffset: front.count)])
        #expect(report.totals.rows == 3)
        #expect(report.encoding == Report.Encoding(text.encoding))
        #expect(report.findings.filter { $0.severity == .error }.map(\.kind) == [.otherEncoding, .notANumber])
    }

    /// A code that means nothing is found at its first byte, and takes no delimiter with it.
    @Test(arguments: [
        (TextEncoding.shiftJIS, [0x61, 0x2C, 0x93, 0x2C, 0x62, 0x0A] as [UInt8], 2), (.gb18030, [0x61, 0x0A, 0x81, 0x0A], 2),
        (.gb18030, [0x61, 0x0A, 0x81, 0x30, 0x2C, 0x0A], 2), (.gb18030, [0x61, 0x0A, 0x81, 0x30, 0x81, 0x2C, 0x0A], 2),
        (.big5, [0x61, 0x0A, 0x62, 0xA4], 3), (.eucKR, [0x61, 0x0A, 0xFF, 0x0A], 2), (.windows1253, [0x61, 0x0A, 0xD2, 0x0A], 2),
    ])
    func undecodable(encoding: TextEncoding, bytes: [UInt8], place: Int) throws {
        var options = CheckOptions()
        options.encoding = encoding
        let report = steadyReport(on: bytes, options: options)
        let finding = try #require(report.findings.first { $0.kind == .undecodable })
        #expect(finding.examples.first?.place.byteOffset == place)
        let shown = "\\x{\(String(bytes[place], radix: 16))}"
        #expect(finding.examples.first?.excerpt?.text.contains(shown) == true, "\(finding.examples)")
        #expect(finding.examples.first?.excerpt?.caretLength == shown.count)
    }

    /// Each byte that an encoding of single bytes leaves undefined is found as one, and shown as it is in the file, whatever is next to it.
    @Test(arguments: names.filter { !$0.encoding.isMultibyte })
    func undefinedBytes(encoding: TextEncoding, name: String) throws {
        var options = CheckOptions()
        options.encoding = encoding
        for byte in UInt8(0x80)...0xFF where encoding.character(ofByte: byte) == nil {
            let report = report(on: Array("a,b\n1,x".utf8) + [byte, byte, 0x79, 0x0A], options: options)
            let finding = try #require(report.findings.first { $0.kind == .undecodable })
            let hexadecimal = String(byte, radix: 16)
            #expect(finding.count == 2)
            #expect(finding.examples.first?.value?.text == "x\\x{\(hexadecimal)}\\x{\(hexadecimal)}y")
            #expect(finding.examples.first?.place.byteOffset == 7)
        }
    }

    /// What looks like the mark of an undefined byte, in a file that is read as it is.
    @Test func bytesOfTheFile() throws {
        let report = report(on: Array("a,b\n1,x".utf8) + [0xF1, 0x82, 0x8D, 0x79, 0x0A])
        let finding = try #require(report.findings.first { $0.kind == .invalidUTF8 })
        #expect(finding.examples.first?.value?.text == "x\\x{f1}\\x{82}\\x{8d}y")
    }

    /// UTF-8 that is declared to be something else is an error, as it is for Windows-1252.
    @Test(arguments: [TextEncoding.shiftJIS, .gb18030, .windows1251, .macRoman])
    func contradicted(encoding: TextEncoding) {
        var options = CheckOptions()
        options.encoding = encoding
        let report = report(on: Array("ID,Имя 日本 金额\n1,é\n".utf8), options: options)
        #expect(report.has(.contradictedEncoding))
    }

    @Test func knownByManyNames() {
        for (name, encoding) in [
            ("cp932", TextEncoding.shiftJIS), ("SJIS", .shiftJIS), ("GBK", .gb18030), ("gb2312", .gb18030), ("Big5", .big5),
            ("EUC-KR", .eucKR), ("EUC-JP", .eucJP), ("cp1255", .windows1255), ("tis-620", .windows874),
            ("cp1251", .windows1251), ("ISO-8859-2", .iso8859Part2), ("latin2", .iso8859Part2), ("KOI8-R", .koi8r), ("MacRoman", .macRoman),
            ("cp850", .ibm850),
        ] {
            #expect(TextEncoding(name: name) == encoding)
        }
        #expect(TextEncoding(name: "klingon") == nil)
    }

    /// A digest that keeps all bytes.
    private struct Collected: StreamDigest {
        var bytes: [UInt8] = []
        mutating func update(_ more: Span<UInt8>) { bytes += more }
        mutating func finalize() -> [UInt8] { bytes }
    }
}
