import ByteSpans
import CSVTokenizer
import Foundation
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText

/// Conversion to UTF-8, against Foundation's decoders, in pieces of any size; and what a check makes of such files.
@Suite(.computing) struct TranscoderTests {
    private func convert(_ bytes: [UInt8], _ encoding: TextEncoding, pieces: Int) -> [UInt8] {
        var transcoder = Transcoder(encoding)
        var output: [UInt8] = []
        func take(_ count: Int, _ body: (inout Transcoder, inout OutputSpan<UInt8>) -> Void) {
            output += [UInt8](capacity: 3 * count + Transcoder.mostPending) { body(&transcoder, &$0) }
        }
        var start = 0
        while start < bytes.count {
            let piece = Array(bytes[start..<min(bytes.count, start + pieces)])
            take(piece.count) { transcoder, space in transcoder.convert(piece.span, into: &space) }
            start += pieces
        }
        take(0) { $0.finish(into: &$1) }
        return output
    }

    @Test(arguments: [1, 2, 3, 1000])
    func wellFormedTexts(pieces: Int) throws {
        var generator = SeededGenerator(seed: pieces)
        for _ in 0..<200 {
            var text = ""
            for _ in 0..<generator.below(40) {
                let value = UInt32(generator.below([0x80, 0x250, 0x3000, 0x11_0000][generator.below(4)]))
                if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
            }
            for (encoding, other) in [
                (TextEncoding.utf16LittleEndian, String.Encoding.utf16LittleEndian), (.utf16BigEndian, .utf16BigEndian),
            ] {
                let bytes = [UInt8](try #require(text.data(using: other)))
                #expect(convert(bytes, encoding, pieces: pieces) == Array(text.utf8))
            }
        }
    }

    /// Every byte: what Foundation decodes, and what is not UTF-8 for bytes without a character, each another so that it can be shown.
    @Test(arguments: [(TextEncoding.windows1252, String.Encoding.windowsCP1252), (.latin1, .isoLatin1)])
    func everyByte(encoding: TextEncoding, other: String.Encoding) {
        for byte in UInt8.min...UInt8.max {
            let undefined: [UInt8] = encoding == .windows1252 ? [0x81, 0x8D, 0x8F, 0x90, 0x9D] : []
            let unlike = undefined.contains(byte) ? [0xF1, 0x82, byte] : nil
            let expected = unlike ?? String(data: Data([byte]), encoding: other).map { Array($0.utf8) }
            #expect(convert([byte], encoding, pieces: 1) == expected, "\(byte)")
        }
    }

    @Test func everyEncodingHasAName() {
        #expect(TextEncoding.allCases.allSatisfy { TextEncoding(name: $0.rawValue.uppercased()) == $0 })
    }

    /// Halves of pairs and of units become sequences that are cut short, which tell what they were.
    @Test(
        arguments: [
            ([0x41, 0x00, 0x00, 0xD8, 0x42, 0x00], [0x41, 0xF2, 0x80, 0x80, 0x42]), ([0x00, 0xDC], [0xF2, 0x90, 0x80]),
            ([0x3D, 0xD8], [0xF2, 0x80, 0xBD]), ([0x41], [0xF1, 0x81, 0x81]),
            ([0x00, 0xD8, 0x00, 0xD8, 0x00, 0xDC], [0xF2, 0x80, 0x80, 0xF0, 0x90, 0x80, 0x80]),
            ([0x00, 0xD8, 0x41], [0xF2, 0x80, 0x80, 0xF1, 0x81, 0x81]),
        ] as [([UInt8], [UInt8])])
    func illFormed(bytes: [UInt8], expected: [UInt8]) {
        for pieces in 1...6 { #expect(convert(bytes, .utf16LittleEndian, pieces: pieces) == expected) }
    }

    /// Others have tests of their own: see `CodePageTests`.
    private static let encodings: [TextEncoding] = [.utf8, .utf16, .utf16LittleEndian, .utf16BigEndian, .windows1252, .latin1]

    private static let text = "Id;Städte;Betrag\n1;Köln;1,5\n2;\"München\nSüd\";x\n3;𝄞é;2\n"

    private static func bytes(_ encoding: TextEncoding) -> [UInt8] {
        switch encoding {
        case .utf8: Array(text.utf8)
        case .utf16, .utf16LittleEndian: [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        case .utf16BigEndian: [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        default: text.replacing("𝄞", with: "g").unicodeScalars.map { UInt8($0.value) }
        }
    }

    /// One wrong value, at its row, line and column, and its byte in the file as it is; the same for every size of piece, and for thinned rows.
    @Test(arguments: encodings)
    func placesAreThoseOfTheFile(encoding: TextEncoding) throws {
        let profile = try Profile(
            yaml: """
                version: 1
                dialect: {delimiter: ";"}
                columns:
                  - {name: Id, type: integer}
                  - {name: Städte, type: text}
                  - {name: Betrag, type: number, number: {decimal: ","}}
                """)
        var options = CheckOptions(profile: profile)
        if encoding != .utf8 { options.encoding = encoding }
        let report = steadyReport(on: Self.bytes(encoding), options: options)
        let wrong = try #require(report.findings.first { $0.kind == .notANumber })
        let isWide = encoding.isUTF16
        #expect(wrong.examples.map(\.place) == [Place(row: 2, line: 4, column: 3, byteOffset: isWide ? 90 : encoding == .utf8 ? 48 : 44)])
        #expect(report.totals.rows == 3)
        #expect(report.has(.otherEncoding) == (encoding != .utf8))
        // The mark tells the byte order.
        #expect(report.encoding == Report.Encoding(encoding == .utf16 ? .utf16LittleEndian : encoding))
    }

    /// After text that was taken out of a long row, offsets are still those of the file.
    @Test(arguments: [TextEncoding.utf8, .utf16BigEndian, .latin1])
    func placesBehindLongFields(encoding: TextEncoding) throws {
        let long = String(repeating: "äöü ", count: 400)
        let text = "Id;Text;More\n1;\"\(long)\n\(long)\";a\"b\n2;x;y\"\n"
        let bytes: [UInt8] =
            switch encoding {
            case .utf16BigEndian: text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
            case .latin1: text.unicodeScalars.map { UInt8($0.value) }
            default: Array(text.utf8)
            }
        var options = CheckOptions(delimiter: UInt8(ascii: ";"))
        options.encoding = encoding
        let limits = RowBatch.Limits(rowBytes: 700, fieldBytes: 400, fields: 420, headBytes: 1500)
        let report = steadyReport(on: bytes, options: options, limits: limits)
        let stray = try #require(report.findings.first { $0.kind == .strayQuote })
        let places = [text.range(of: "a\"b"), text.range(of: "y\"")].compactMap { range in
            range.map { text[..<$0.lowerBound] + " " }
        }
        let offsets = places.map { front in
            switch encoding {
            case .utf16BigEndian: 2 * front.utf16.count
            case .latin1: front.unicodeScalars.count
            default: front.utf8.count
            }
        }
        #expect(stray.examples.map(\.place.byteOffset) == offsets)
        #expect(stray.examples.map(\.place.line) == [3, 4])
    }

    /// Undeclared UTF-16 is refused by name, with a mark and without; where it is to be converted it is judged.
    @Test(arguments: [true, false], [TextEncoding.utf16LittleEndian, .utf16BigEndian])
    func wideTextIsNamed(hasMark: Bool, encoding: TextEncoding) {
        let text = "Id;Text\n" + (1...9).map { "\($0);word\n" }.joined()
        let units = text.utf16.flatMap { unit in
            encoding == .utf16LittleEndian ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        }
        let mark: [UInt8] = encoding == .utf16LittleEndian ? [0xFF, 0xFE] : [0xFE, 0xFF]
        let bytes = (hasMark ? mark : []) + units
        let refused = report(on: bytes)
        #expect(refused.lines == ["PF104 error 1 @-:-:0"])
        #expect(!refused.isComplete)
        #expect(refused.findings[0].message.contains("--encoding \(encoding.rawValue)"))
        var options = CheckOptions()
        options.transcodes = true
        let judged = report(on: bytes, options: options)
        #expect(judged.lines == ["PF105 note 1 @-:-:0"])
        #expect(judged.totals.rows == 9)
    }

    /// What is sent is what `TranscodingSource` delivers: the same bytes in the digest, however they are cut.
    @Test(arguments: encodings)
    func sentBytes(encoding: TextEncoding) throws {
        let bytes = Self.bytes(encoding)
        var options = CheckOptions()
        options.transcodes = true
        options.encoding = encoding
        for size in [1, 7, 4096] {
            var source = TranscodingSource(BytesSource(bytes, readLimit: size), encoding: encoding)
            var sent: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: size)
            while case let count = try source.read(into: &buffer, from: 0), count > 0 { sent += buffer[..<count] }
            let expected = encoding == .windows1252 || encoding == .latin1 ? Self.text.replacing("𝄞", with: "g") : Self.text
            #expect(sent == Array(expected.utf8))
            options.chunkByteCount = size
            var run = CheckRun(options: options, digest: Collected())
            for byte in bytes { run.feed([byte].span) }
            let digest = run.finishDigest()
            let sentByteCount = run.sent.byteCount
            _ = run.finish(path: "x")
            // The row that is open at the end is converted in time.
            #expect(digest == sent)
            #expect(sentByteCount == sent.count)
        }
    }

    /// A digest that keeps all bytes.
    private struct Collected: StreamDigest {
        var bytes: [UInt8] = []
        mutating func update(_ more: Span<UInt8>) { bytes += more }
        mutating func finalize() -> [UInt8] { bytes }
    }
}
