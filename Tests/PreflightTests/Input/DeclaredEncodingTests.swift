import ByteSpans
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText

/// What becomes of a file that is not in the encoding that was declared for it, and of one where it makes no difference.
@Suite(.computing) struct DeclaredEncodingTests {
    private static let text = "Id;Büro\n1;Köln\n2;x\n"

    /// The text's bytes, with or without a byte order mark.
    private static func bytes(_ encoding: TextEncoding, of text: String = text, mark: Bool = false) -> [UInt8] {
        switch encoding {
        case .utf8: (mark ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
        case .utf16, .utf16LittleEndian:
            (mark ? [0xFF, 0xFE] : []) + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        case .utf16BigEndian: (mark ? [0xFE, 0xFF] : []) + text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        default: text.unicodeScalars.map { UInt8($0.value) }
        }
    }

    struct Case: Sendable, CustomStringConvertible {
        var declared: TextEncoding
        var isIn: TextEncoding
        var mark = false
        /// The codes of errors, without `--transcode`.
        var codes: [FindingKind]

        var description: String { "\(declared.rawValue) declared, \(isIn.rawValue)\(mark ? " with a mark" : "")" }
    }

    static let cases = [
        Case(declared: .windows1252, isIn: .utf8, codes: [.contradictedEncoding]),
        Case(declared: .latin1, isIn: .utf8, codes: [.contradictedEncoding]),
        Case(declared: .windows1252, isIn: .utf8, mark: true, codes: [.contradictedEncoding]),
        Case(declared: .windows1252, isIn: .utf16LittleEndian, mark: true, codes: [.otherEncoding, .contradictedEncoding]),
        Case(declared: .latin1, isIn: .utf16BigEndian, codes: [.otherEncoding, .contradictedEncoding]),
        Case(declared: .utf16LittleEndian, isIn: .utf16BigEndian, mark: true, codes: [.otherEncoding, .contradictedEncoding]),
        Case(declared: .utf16BigEndian, isIn: .utf16LittleEndian, mark: true, codes: [.otherEncoding, .contradictedEncoding]),
        Case(declared: .utf16LittleEndian, isIn: .utf16BigEndian, codes: [.otherEncoding, .contradictedEncoding]),
        Case(declared: .utf16LittleEndian, isIn: .utf8, codes: [.contradictedEncoding]),
        Case(declared: .utf16, isIn: .utf8, mark: true, codes: [.contradictedEncoding]),
        Case(declared: .utf8, isIn: .utf16LittleEndian, mark: true, codes: [.utf16]),
        Case(declared: .utf8, isIn: .utf16BigEndian, codes: [.utf16]),
        // Nothing is contradicted.
        Case(declared: .utf8, isIn: .utf8, mark: true, codes: []),
        Case(declared: .windows1252, isIn: .windows1252, codes: [.otherEncoding]),
        Case(declared: .utf16, isIn: .utf16BigEndian, mark: true, codes: [.otherEncoding]),
        Case(declared: .utf16, isIn: .utf16LittleEndian, mark: true, codes: [.otherEncoding]),
        Case(declared: .utf16, isIn: .utf16BigEndian, codes: [.otherEncoding]),
        Case(declared: .utf16BigEndian, isIn: .utf16BigEndian, codes: [.otherEncoding]),
    ]

    /// By the flag and by the profile; every size of chunk gives the same report; both encodings are named.
    @Test(arguments: cases, [true, false])
    func contradictions(_ found: Case, byProfile: Bool) throws {
        var options = CheckOptions()
        if byProfile {
            options.profile = try Profile(
                yaml:
                    "version: 1\ndialect: {encoding: \(found.declared.rawValue)}\ncolumns: [{name: Id, type: text}, {name: Büro, type: text}]\n"
            )
            options.profile?.extraColumns = .ignore
            options.profile?.columns.removeLast()
        } else {
            options.encoding = found.declared
        }
        let bytes = Self.bytes(found.isIn, mark: found.mark)
        let report = steadyReport(on: bytes, options: options)
        #expect(report.findings.filter { $0.severity == .error }.map(\.kind) == found.codes)
        #expect(report.refusals(under: GatePolicy()).isEmpty == found.codes.isEmpty)
        if let finding = report.findings.first(where: { $0.kind == .contradictedEncoding }) {
            #expect(finding.message.contains(found.declared.name))
            #expect(finding.message.contains(found.isIn.name))
            #expect(finding.message.contains(byProfile ? "by the profile" : "by --encoding"))
            #expect(finding.help.contains(found.isIn.rawValue))
            #expect(finding.help.contains("--force-encoding"))
        }
        // Where it is converted on the way, the error that it is another encoding goes, and no other.
        options.transcodes = true
        let sent = steadyReport(on: bytes, options: options)
        #expect(sent.findings.filter { $0.severity == .error }.map(\.kind) == found.codes.filter { $0 != .otherEncoding })
    }

    /// What is forced is read as declared, and nothing blocks it for that.
    @Test(arguments: cases.filter { $0.codes.contains(.contradictedEncoding) })
    func forced(_ found: Case) {
        var options = CheckOptions()
        options.encoding = found.declared
        options.forcesEncoding = true
        options.transcodes = true
        let report = steadyReport(on: Self.bytes(found.isIn, mark: found.mark), options: options)
        let finding = report.findings.first { $0.kind == .contradictedEncoding }
        #expect(finding?.severity == .note)
        #expect(finding?.help == "Nothing to do.")
        #expect(report.encoding == Report.Encoding(found.declared == .utf16 ? .utf16LittleEndian : found.declared))
    }

    @Test func forcedUTF8() {
        var options = CheckOptions()
        options.encoding = .utf8
        options.forcesEncoding = true
        let report = report(on: Self.bytes(.utf16LittleEndian, mark: true), options: options)
        #expect(!report.has(.utf16))
        #expect(report.has(.invalidUTF8))
    }

    /// How many characters, and the place of the first; one ill-formed sequence anywhere ends the contradiction.
    @Test(arguments: [1, 2, 3, 7, 64, 4096])
    func charactersAreCounted(size: Int) throws {
        let rows = "Id,Name\r\n" + (1...500).map { "\($0),plain\r\n" }.joined() + "501,naïve €\r\n502,😀\r\n"
        var options = CheckOptions()
        options.encoding = .windows1252
        let bytes = Array(rows.utf8)
        let report = report(on: bytes, options: options, chunkByteCount: size)
        let finding = try #require(report.findings.first { $0.kind == .contradictedEncoding })
        let offset = try #require(bytes.firstIndex { $0 >= 0x80 })
        #expect(finding.message.contains("3 multibyte characters, first \"ï\" in line 502, byte \(offset)"))
        #expect(finding.examples.map(\.place) == [Place(row: nil, line: 502, column: nil, byteOffset: offset)])
        #expect(report.findings.map(\.kind) == [.contradictedEncoding])
        for broken in [bytes + [0xE9, 0x0A], [0xFC] + bytes, bytes + [0xE2, 0x82], bytes + [0xC0, 0xAF]] {
            let other = PreflightTests.report(on: broken, options: options, chunkByteCount: size)
            #expect(!other.has(.contradictedEncoding))
            #expect(other.has(.otherEncoding))
        }
    }

    /// Of lines that end in CR alone, too.
    @Test func linesOfOldMacs() throws {
        var options = CheckOptions()
        options.encoding = .latin1
        let report = steadyReport(on: Array("a,b\r1,2\r3,ä\r".utf8), options: options)
        let finding = try #require(report.findings.first { $0.kind == .contradictedEncoding })
        #expect(finding.examples.map(\.place.line) == [3])
    }

    /// Bytes that are the same in UTF-8 are not a finding, and are sent unchanged.
    @Test(arguments: [TextEncoding.windows1252, .latin1], [true, false])
    func identicalBytes(encoding: TextEncoding, transcodes: Bool) {
        var options = CheckOptions()
        options.encoding = encoding
        options.transcodes = transcodes
        let bytes = Array("Id;A\n1;plain\n".utf8)
        let report = steadyReport(on: bytes, options: options)
        #expect(report.findings.isEmpty)
        var run = CheckRun(options: options)
        run.feed(bytes.span)
        _ = run.finishDigest()
        #expect(run.sent.encoding == .utf8)
        _ = run.finish(path: "x")
    }

    /// No help advises what was given.
    @Test(arguments: [true, false], [TextEncoding?.none, .windows1252, .utf16LittleEndian])
    func helpKnowsWhatWasGiven(transcodes: Bool, encoding: TextEncoding?) {
        var options = CheckOptions()
        options.encoding = encoding
        options.transcodes = transcodes
        let files = [
            Self.bytes(.utf8), Self.bytes(.windows1252), Self.bytes(.utf16LittleEndian, mark: true), Self.bytes(.utf16BigEndian),
            Self.bytes(.utf8) + [0x81, 0x0A], Array("a;b\n1;\0\n".utf8), [0xFF, 0xFE, 0x61, 0, 0x0A, 0, 0x00, 0xD8, 0x0A, 0],
        ]
        for bytes in files {
            for finding in report(on: bytes, options: options).findings {
                let text = finding.message + finding.help
                // Where it corrects a declaration it may say how the rest of the command goes on.
                if transcodes, finding.kind != .invalidUTF8 { #expect(!finding.help.contains("--transcode"), "\(finding.help)") }
                if let encoding, finding.kind != .contradictedEncoding {
                    #expect(!text.contains("--encoding \(encoding.rawValue)"), "\(text)")
                }
            }
        }
    }

    /// A file that turns out to be UTF-8 is sent as it is, wherever the pieces are cut that the beginning is waited for in.
    @Test(arguments: [1, 3, 7, 11, 16, 1000], [4, 10, 1000])
    func sentAsItIs(size: Int, headByteCount: Int) {
        let bytes = Self.bytes(.utf8)
        for chunkByteCount in [2, 64] {
            var options = CheckOptions()
            options.transcodes = true
            options.headByteCount = headByteCount
            options.chunkByteCount = chunkByteCount
            var run = CheckRun(options: options, digest: Collected())
            let all = bytes.span
            for start in stride(from: 0, to: all.count, by: size) {
                run.feed(all.extracting(start..<min(all.count, start + size)))
            }
            #expect(run.finishDigest() == bytes)
            #expect(run.sent.byteCount == bytes.count)
            _ = run.finish(path: "x")
        }
    }

    /// A digest that keeps all bytes.
    private struct Collected: StreamDigest {
        var bytes: [UInt8] = []
        mutating func update(_ more: Span<UInt8>) { bytes += more }
        mutating func finalize() -> [UInt8] { bytes }
    }

    /// UTF-16 without a byte order is read by its mark wherever it is converted.
    @Test(arguments: [TextEncoding.utf16LittleEndian, .utf16BigEndian])
    func byteOrderOfASource(encoding: TextEncoding) throws {
        for size in [1, 3, 4096] {
            var source = TranscodingSource(BytesSource(Self.bytes(encoding, mark: true), readLimit: size), encoding: .utf16)
            var text: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 64)
            while case let count = try source.read(into: &buffer, from: 0), count > 0 { text += buffer[..<count] }
            #expect(text == Array(Self.text.utf8))
        }
    }
}
