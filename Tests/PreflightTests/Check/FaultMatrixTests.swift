import CSVTokenizer
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText

/// The faults that an input may have, one line for each, and what is reported of them: the same however the file is cut.
@Suite(.computing) struct FaultMatrixTests {
    struct Fault: Sendable, CustomStringConvertible {
        var name: String
        var bytes: [UInt8]
        /// `CODE severity count @row:column:byteOffset …`
        var lines: [String]
        var options: CheckOptions

        init(_ name: String, _ text: String, _ lines: [String], _ options: CheckOptions = CheckOptions()) {
            self.init(name, Array(text.utf8), lines, options)
        }

        init(_ name: String, _ bytes: [UInt8], _ lines: [String], _ options: CheckOptions = CheckOptions()) {
            (self.name, self.bytes, self.lines, self.options) = (name, bytes, lines, options)
        }

        var description: String { name }
    }

    private static func options(_ change: (inout CheckOptions) -> Void) -> CheckOptions {
        var options = CheckOptions()
        change(&options)
        return options
    }

    private static func row(_ middle: [UInt8]) -> [UInt8] { Array("a;b\n1;x".utf8) + middle + Array("y\n2;z\n".utf8) }

    static let encodings: [Fault] =
        [
            [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xF0, 0x80, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88], [0xFE],
            [0xFF], [0x80], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
        ].map { (sequence: [UInt8]) in
            // Each byte that belongs to no character counts, but those that began one together.
            let count: Int
            switch sequence {
            case [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98]: count = 1
            default: count = sequence.count
            }
            return Fault("E1 \(sequence)", row(sequence), ["PF101 error \(count) @1:2:7"])
        } + [
            Fault("E2 cut at the end", Array("a;b\n1;x".utf8) + [0xE2, 0x82], ["PF101 error 1 @1:2:7"]),
            Fault("E3 Windows-1252", row([0xE9]), ["PF101 error 1 @1:2:7"]),
            Fault("E4 UTF-16 with a mark", [0xFF, 0xFE] + Array("a;b\n1;2\n".utf8).flatMap { [$0, 0] }, ["PF104 error 1 @-:-:0"]),
            Fault("E4 UTF-32", [0xFF, 0xFE, 0, 0] + Array("a;b\n1;2\n".utf8).flatMap { [$0, 0, 0, 0] }, ["PF106 error 1 @-:-:0"]),
            Fault(
                "E5 UTF-16 without a mark", Array("a;b\n1;2\n3;4\n5;6\n".utf8).flatMap { [0, $0] }, ["PF104 error 1 @-:-:0"]),
            Fault(
                "E5 half a unit and half a pair", [0xFF, 0xFE] + Array("a;b\n1;".utf8).flatMap { [$0, 0] } + [0x00, 0xD8, 0x41, 0, 0x42],
                ["PF105 error 1 @-:-:0", "PF109 error 2 @1:2:14"], options { $0.encoding = .utf16LittleEndian }),
            Fault("E6 mark and quote", "\u{FEFF}\"a\";b\n1;2\n", ["PF102 note 1 @-:-:0"]),
            Fault("E7 mark inside", "a;b\n\u{FEFF}1;2\n", ["PF107 warning 1 @1:1:4"]),
            Fault("E7 two marks", "\u{FEFF}\u{FEFF}a;b\n1;2\n", ["PF102 note 1 @-:-:0", "PF107 warning 1 @0:1:3"]),
            Fault("E8 NUL", row([0]), ["PF103 error 1 @1:2:7"]),
            Fault("E8 a tail of NULs", "a;b\n1;2\n\0\0\0", ["PF103 error 3 @2:1:8", "PF204 error 1 @2:1:8"]),
            Fault(
                "E8 padded with NULs", "a;b\n1;2\n3;4\n" + String(repeating: "\0", count: 50),
                ["PF103 error 50 @3:1:12", "PF204 error 1 @3:1:12"]),
            Fault("E9 a control character", "a;b\n1;\u{1B}[2J\u{202E}\n", ["PF111 warning 1 @1:2:6"]),
            Fault(
                "E10 other line separators end no row", "a;b\n1;x\u{2028}y\u{85}z\u{B}\u{C}\n",
                ["PF111 warning 3 @1:2:7 @1:2:11 @1:2:14"]),
            Fault("E11 encoded twice", "a;b\n1;Ã©\n2;Ã¨\n3;Ã \n4;Ãª\n", ["PF108 note 3 @1:2:6 @2:2:13 @4:2:26"]),
        ]

    static let quotes: [Fault] = [
        Fault("Q1 never closed", "a;b\n1;\"2\n3;4\n5;6\n", ["PF203 error 1 @1:2:6"]),
        Fault("Q2 blank behind", "a;b\n1;\"2\" \n", ["PF202 error 1 @1:2:9"]),
        Fault("Q2 inside", "a;b\n1;2\"3\n", ["PF201 error 1 @1:2:7"]),
        Fault("Q2 backslash", "a;b\n1;\"2\\\"3\"\n", ["PF220 error 1 @1:2:9"]),
        Fault("Q2 inch marks in two rows", "a;b\n1;2\"\n3;4\"\n", ["PF201 error 2 @1:2:7 @2:2:12"]),
        Fault("Q2 inch marks in front", "a;b;c\n1;\"2;3\n4;5;6\n7;\"8;9\n0;0;0\n", ["PF203 error 1 @3:2:21", "PF216 error 1 @1:2:8"]),
        Fault("Q3 one at the end", "a;b\n1;\"", ["PF203 error 1 @1:2:6"]),
        Fault("Q3 two at the end", "a;b\n1;\"\"", []),
        Fault("Q3 three at the end", "a;b\n1;\"\"\"", ["PF203 error 1 @1:2:6"]),
        Fault("Q4 curly", "a;b\n1;\u{201C}2\u{201D}\n", []),
        Fault("Q4 single", "a;b\n1;it's\n", []),
        Fault("Q5 CR alone", "a;b\r1;2\r3;4\r", ["PF210 error 1 @-:-:0"]),
        Fault("Q5 CR CR LF", "a;b\n1;2\r\r\n", ["PF207 error 1 @1:2:7", "PF208 warning 1 @-:-:8"]),
        Fault("Q5 LF CR", "a;b\n\r1;2\n", ["PF207 error 1 @1:1:4"]),
        Fault("Q5 CR at the end", "a;b\n1;2\r", ["PF207 error 1 @1:2:7"]),
        Fault("Q5 mixed", "a;b\r\n1;2\n", ["PF208 warning 1 @-:-:8"]),
        Fault("Q6 line ends inside quotes", "a;b\n1;\"x\r\ny\n\"\n2;\n", []),
        Fault("Q7 sep=", "sep=|\na|b\n1|2\n", ["PF209 error 1 @-:-:0", "PF211 error 1 @-:-:0"]),
        Fault(
            "Q7 another delimiter", "a;b\n1;2\n3;4\n", ["PF212 error 1 @-:-:0"], CheckOptions(delimiter: UInt8(ascii: ","))),
    ]

    static let structure: [Fault] = [
        Fault("S1 nothing", "", ["PF001 error 1 @-:-:0"]),
        Fault("S1 only a mark", "\u{FEFF}", ["PF001 error 1 @-:-:0", "PF102 note 1 @-:-:0"]),
        Fault("S1 only blank lines", "\n\n", ["PF001 error 1 @-:-:0", "PF206 warning 2 @-:-:0 @-:-:1"]),
        Fault("S2 only a header", "a;b\n", ["PF305 error 1 @-:-:0"]),
        Fault("S3 too few and too many", "a;b;c\n1;2\n3;4;5;6\n", ["PF204 error 1 @1:2:8", "PF205 error 1 @2:4:16"]),
        Fault("S4 delimiters at the ends", "a;b\n1;2;\n3;4;\n", ["PF205 error 2 @1:3:8 @2:3:13"]),
        Fault("S4 blank lines inside and behind", "a;b\n\n1;2\n\n", ["PF206 warning 2 @-:-:4 @-:-:9"]),
        Fault("S4 totals", "a;b\n1;2\nTotal;2\n", ["PF214 warning 1 @2:-:8"]),
        Fault("S4 preamble", "Title\n\na;b\n1;2\n3;4\n", ["PF215 error 2 @-:-:0"]),
        Fault("S4 header again", "a;b\n1;2\na;b\n", ["PF213 error 1 @2:-:8"]),
        Fault("S4 two tables", "a;b\n1;2\n\nc;d;e\n3;4;5\n", ["PF205 error 2 @2:3:13 @3:3:19", "PF206 warning 1 @-:-:8"]),
        Fault("S5 names", "a;A ;a;;b\n1;2;3;4;5\n", ["PF301 error 1 @0:4:7", "PF302 error 1 @0:3:5", "PF307 warning 1 @0:2:2"]),
        Fault("S5 a long name", "a;\(String(repeating: "x", count: 300))\n1;2\n", ["PF308 warning 1 @0:2:2"]),
        Fault("S7 ZIP", "PK\u{3}\u{4}\u{14}\0", ["PF008 error 1 @-:-:0"]),
        Fault("S7 PDF", "%PDF-1.7\n", ["PF008 error 1 @-:-:0"]),
        Fault("S7 HTML", "\n<HTML><body>a,b</body>\n", ["PF008 error 1 @-:-:0"]),
        Fault("S7 JSON", "[\n  {\"a\": 1}\n]\n", ["PF008 error 1 @-:-:0"]),
        Fault("S7 SQL", "INSERT INTO `t` VALUES (1,'a'),(2,'b');\n", ["PF008 error 1 @-:-:0"]),
        Fault("S7 dump", "-- MySQL dump 10.13  Distrib 8.0\n--\nDROP TABLE IF EXISTS `t`;\n", ["PF008 error 1 @-:-:0"]),
        Fault("S7 LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", ["PF008 error 1 @-:-:0"]),
        Fault("Z6 gzip in gzip", [0x1F, 0x8B, 0x08, 0x00], ["PF008 error 1 @-:-:0"]),
        Fault("Z6 zlib", [0x78, 0x9C, 0x4B], ["PF008 error 1 @-:-:0"]),
        Fault("Z6 zstd", [0x28, 0xB5, 0x2F, 0xFD, 0x04], ["PF008 error 1 @-:-:0"]),
        Fault("skipped lines", "x\ny\na;b\n1;2\n", ["PF217 warning 2 @-:-:0"], options { $0.skippedLines = 2 }),
        Fault("S8 only in the last row", "a;b\n" + String(repeating: "1;2\n", count: 300) + "1;2;3\n", ["PF205 error 1 @301:3:1208"]),
    ]

    @Test(arguments: encodings + quotes + structure)
    func fault(_ fault: Fault) {
        let report = steadyReport(on: fault.bytes, options: fault.options, comment: fault.name)
        #expect(report.lines == fault.lines)
    }

    /// The report says what is wrong with a sequence, and whether the file ends inside a character.
    @Test(
        arguments: [
            ([0xC0, 0xAF], "1 overlong; 1 stray continuation"), ([0xED, 0xA0, 0x80], "1 half a surrogate pair"),
            ([0xF4, 0x90, 0x80, 0x80], "1 above U+10FFFF"), ([0x81], "1 stray continuation"), ([0xE2, 0x82], "1 truncated"),
        ] as [([UInt8], String)])
    func kindsOfIllFormedText(sequence: [UInt8], words: String) throws {
        let message = try #require(report(on: Self.row(sequence)).findings.first).message
        #expect(message.contains(words))
        let cut = report(on: Array("a;b\n1;x".utf8) + [0xE2, 0x82])
        #expect(cut.findings[0].message.contains("the file ends inside a character"))
    }

    @Test(arguments: [
        ("a,b\n1,5,2\n", "probably an unquoted number with a comma"),
        ("a,b\nx,y,2\n", "probably an unquoted text with the delimiter in it"),
        ("a;b;c\n1;2\n3;4\n", "probably a line end in an unquoted field"), ("a;b\n1;2;\n3;4;\n", "each ends with an extra delimiter"),
        ("a;b\n1;2;3\n4;5;6\n", "all rows have 3: only the header differs"), ("a;b;c\n1;2;3\n4", "the file ends inside its last row"),
        ("a;b\n1;2\n\nc;d;e\n3;4;5\n", "from line 4, after a blank line, all rows have 3: a second table"),
    ])
    func causesOfRaggedRows(text: String, words: String) {
        #expect(report(on: text).findings.contains { $0.message.contains(words) })
    }

    @Test func runawayQuotesSayHowFar() {
        let messages = report(on: "a;b;c\n1;\"2;3\n4;5;6\n7;8;9\n").findings.map(\.message)
        #expect(messages == ["Quoted field is never closed (its field swallows 3 line ends; rows look complete again from line 3)"])
    }

    // MARK: One defect at each cell

    /// How one cell is damaged, and what is reported. The cell is `x1` in a text column; the offset is that of the cell's text.
    struct Defect: Sendable, CustomStringConvertible {
        var name: String
        var kind: FindingKind
        var text: [UInt8]
        /// From the beginning of the cell to the place that is named.
        var distance = 0

        var description: String { name }

        static let all = [
            Defect(name: "overlong", kind: .invalidUTF8, text: [0x78, 0xC0], distance: 1),
            Defect(name: "cut", kind: .invalidUTF8, text: [0x78, 0xE2, 0x82], distance: 1),
            Defect(name: "stray continuation", kind: .invalidUTF8, text: [0x80, 0x78]),
            Defect(name: "beyond", kind: .invalidUTF8, text: [0xFF]),
            Defect(name: "NUL", kind: .nulByte, text: [0x78, 0x00], distance: 1),
            Defect(name: "mark", kind: .innerByteOrderMark, text: [0xEF, 0xBB, 0xBF, 0x78]),
            Defect(name: "stray quote", kind: .strayQuote, text: Array("x\"y".utf8), distance: 1),
            Defect(name: "text after a quoted field", kind: .textAfterClosingQuote, text: Array("\"x\"y".utf8), distance: 3),
            Defect(name: "never closed", kind: .unclosedQuote, text: Array("\"x".utf8)),
            Defect(name: "lone CR", kind: .loneCarriageReturn, text: Array("x\ry".utf8), distance: 1),
            Defect(name: "too many fields", kind: .tooManyFields, text: Array("x;y".utf8)),
            Defect(name: "number", kind: .notANumber, text: Array("12x".utf8)),
            Defect(name: "date", kind: .notADate, text: Array("31/04/2026".utf8)),
            Defect(name: "required", kind: .requiredValueEmpty, text: []),
        ]
    }

    private static let (rowCount, columnCount) = (isDebugBuild ? 30 : 80, 9)

    @Test(arguments: Defect.all)
    func oneDefectAtEachCell(_ defect: Defect) throws {
        let settings =
            switch defect.kind {
            case .notANumber: "type: number"
            case .notADate: "type: date, date: {format: dd/MM/yyyy}"
            case .requiredValueEmpty: "type: text, required: true"
            default: "type: text"
            }
        let right = defect.kind == .notANumber ? "12" : defect.kind == .notADate ? "30/04/2026" : "x1"
        let names = (1...Self.columnCount).map { "c\($0)" }
        let profile = try Profile(
            yaml: "version: 1\ndialect: {delimiter: \";\"}\ncolumns:\n" + names.map { "  - {name: \($0), \(settings)}\n" }.joined())
        let options = CheckOptions(profile: profile)
        for row in 1...Self.rowCount {
            // A debug build tries each row and each column, but not each pair.
            for column in 1...Self.columnCount where !isDebugBuild || (row + column) % 8 == 0 {
                var bytes = Array((names.joined(separator: ";") + "\n").utf8)
                var offset = 0
                var rowEnd = 0
                for number in 1...Self.rowCount {
                    for place in 1...Self.columnCount {
                        if place > 1 { bytes.append(UInt8(ascii: ";")) }
                        if number == row, place == column {
                            offset = bytes.count + defect.distance
                            bytes += defect.text
                        } else {
                            bytes += right.utf8
                        }
                        if number == row { rowEnd = bytes.count - right.utf8.count }
                    }
                    bytes.append(UInt8(ascii: "\n"))
                }
                var place = Place(row: row, line: row + 1, column: column, byteOffset: offset)
                // A field too many is named where the header has none left.
                if defect.kind == .tooManyFields {
                    place = Place(
                        row: row, line: row + 1, column: Self.columnCount + 1,
                        byteOffset: column == Self.columnCount ? offset + 2 : rowEnd)
                }
                let report = report(on: bytes, options: options, chunkByteCount: (row + column) % 3 == 0 ? 97 : nil)
                #expect(report.findings.map(\.kind) == [defect.kind], "row \(row), column \(column)")
                #expect(report.findings.first?.examples.map(\.place) == [place], "row \(row), column \(column)")
                #expect(report.findings.first?.count == 1)
            }
        }
    }
}
