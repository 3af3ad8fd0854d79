import CSVTokenizer
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight

/// Files of one oddity from the first row to the last, small ones of those whose time and memory `Benchmarks/guard` holds: what is only counted
/// there must still be counted right, and the first places kept.
@Suite(.computing) struct OneOddityTests {
    struct Oddity: Sendable, CustomStringConvertible {
        let description: String
        let unit: [UInt8]
        let header: [UInt8]

        init(_ name: String, _ unit: String, header: String = "A,B,C,D\n") {
            self.init(name, Array(unit.utf8), header: header)
        }

        init(_ name: String, _ unit: [UInt8], header: String = "A,B,C,D\n") {
            (description, self.unit, self.header) = (name, unit, Array(header.utf8))
        }

        /// At least so many bytes.
        func bytes(_ count: Int) -> [UInt8] {
            header + repeatElement(unit, count: count / unit.count + 1).joined()
        }
    }

    static let oddities: [Oddity] = [
        Oddity("LF", "\n", header: ""),
        Oddity("CRLF", "\r\n", header: ""),
        Oddity("CR", "\r", header: ""),
        Oddity("blank lines", "\n"),
        Oddity("a blank line after each row", "a,1,2,3\n\n"),
        Oddity("CRLF and LF", "a,1,2,3\n\r\n"),
        Oddity("one row of commas", ",", header: ""),
        Oddity("rows of commas", ",,,\n"),
        Oddity("one column of one byte", "1\n", header: "A\n"),
        Oddity("blank lines and rows of one byte", "1\n\n", header: "A\n"),
        Oddity("empty quotes in one row", "\"\",", header: ""),
        Oddity("empty quotes", "\"\",\"\",\"\",\"\"\n"),
        Oddity("nothing but quotes", "\"", header: ""),
        Oddity("a runaway quote in each row", "a,\"b,c,d\na,b,c,d\n"),
        Oddity("an opening quote in each field", "\"a,\"b,\"c,\"d\n"),
        Oddity("stray quotes", "a\"b,c\"d,e\"f,g\"h\n"),
        Oddity("stray quotes far from each other", "a\"b,c,eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee,g\n"),
        Oddity("stray quotes and faulty text", [0x61, 0x22, 0xFF, 0x2C, 0x62, 0x2C, 0xC3, 0x2C, 0x0A]),
        Oddity("stray quotes and ragged rows", "1,2,3,a\"b\n1,2,3\n"),
        Oddity("text after quotes", "\"a\"b,\"c\"d,\"e\"f,\"g\"h\n"),
        Oddity("backslashes before quotes", "\"say \\\"hi\\\" now\",b,c,d\n"),
        Oddity("bare CRs", "a\rb,c\r\rd,e\r,\rg\n"),
        Oddity("bare CRs after quotes", "\"a\"\rb,c\"\r\rd,e\r\"f,\rg\n"),
        Oddity("CR CR LF", "a,1,2,3\r\r\n"),
        Oddity("FF", [0xFF]),
        Oddity("FF in rows", [0xFF, 0x2C, 0xFF, 0x2C, 0xFF, 0x2C, 0xFF, 0x0A]),
        Oddity("cut characters", [0xE2, 0x82, 0x2C, 0xC3, 0x2C, 0xF0, 0x9F, 0x2C, 0x80, 0x0A]),
        Oddity("NUL", "\u{0}"),
        Oddity("NUL in rows", "a\u{0},b\u{0},c\u{0},d\u{0}\n"),
        Oddity("marks", "\u{FEFF}a,\u{FEFF}1,\"\u{FEFF}\",\u{FEFF}\n"),
        Oddity("too few fields", "a,1\n"),
        Oddity("too many fields", "a,1,2,3,4\n"),
        Oddity("too few and too many fields", "a\na,1,2,3,4\n1,2,3,4\n"),
        Oddity("the header again", "A,B,C,D\n"),
        Oddity("values that are wrong", "a,b,c,d\n1,2,3,4\n"),
    ]

    private static let profile = """
        version: 1
        columns:
          - {name: A, type: text, required: true}
          - {name: B, type: number}
          - {name: C, type: date}
          - {name: D, type: integer}
        """

    @Test(arguments: oddities)
    func sameInEveryWay(_ oddity: Oddity) throws {
        let scratch = try ScratchFolder()
        let bytes = oddity.bytes(isDebugBuild ? 600 : 3000)
        let path = try scratch.write(bytes, to: "input.csv")
        let profiles = [oddity.header.isEmpty ? nil : try Profile(yaml: Self.profile), nil]
        // The ways take turns with the options.
        for turn in 0..<6 {
            let options = CheckOptions(profile: profiles[turn % 2], delimiter: 0x2C, samples: [0, 3, 1000][turn / 2])
            let ways = EveryWayTests.Way.all.enumerated().filter { index, _ in
                index % 6 == turn && (!isDebugBuild || index % 7 == bytes.count % 7)
            }
            try EveryWayTests.expectSame(path, options: options, ways: ways.map(\.element), comment: oddity.description)
        }
    }

    @Test(arguments: oddities)
    func asTheReferenceSays(_ oddity: Oddity) {
        // The reference has a line for each column, but a report distinguishes only 500.
        for size in [1, 70, 400] {
            let bytes = oddity.bytes(size)
            let report = steadyReport(on: bytes, options: CheckOptions(delimiter: 0x2C, samples: 5), comment: oddity.description)
            let fileHead = FileHead(head: bytes.span, given: FileHead.Given(delimiter: 0x2C))
            let reference = ReferenceCheck(bytes, fileHead, delimiter: 0x2C, hasHeader: true)
            #expect(report.referenceLines == reference.lines(samples: 5), "\(size)")
            #expect(report.totals.rows == reference.rowCount, "\(size)")
        }
    }

    /// A row of many fields, in chunks smaller than it is: anomalies are carried along, and those of a field that is cut are one.
    @Test(arguments: ["a\"b,", "\"a\"b,", "a\rb\r,", "a\r,\"b\"\rc,"])
    func longRows(_ unit: String) {
        let bytes = Array("A,B\n".utf8) + Array(repeatElement(Array(unit.utf8), count: 300).joined()) + [0x0A]
        let limits = RowBatch.Limits(rowBytes: 700, fieldBytes: 400, fields: 420, headBytes: 1500)
        for samples in [1, 1000] {
            _ = steadyReport(
                on: bytes, options: CheckOptions(delimiter: 0x2C, samples: samples), limits: limits, sizes: [1, 2, 3, 7, 64, 800, 4096])
        }
    }

    /// Whether the first row is found wide is asked again with each oddity of it; once that took as long as all blank lines together.
    @Test func blankLinesBeforeAnOddRow() {
        let lineCount = isDebugBuild ? 20_000 : 200_000
        let bytes = [UInt8](repeating: 0x0A, count: lineCount) + Array(repeatElement(Array("a\"b,".utf8), count: lineCount / 4).joined())
        let report = report(on: bytes, options: CheckOptions(delimiter: 0x2C, hasHeader: false))
        #expect(report.findings.first { $0.kind == .strayQuote }?.count == lineCount / 4)
        #expect(report.findings.first { $0.kind == .blankLine }?.count == lineCount)
    }
}
