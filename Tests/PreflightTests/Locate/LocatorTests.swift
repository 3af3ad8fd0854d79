import CSVTokenizer
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText
@testable import ValueFormats

/// Rows are found by number, line, byte and value, however the file is stored and cut.
@Suite(.computing) struct LocatorTests {
    private static let text = "Id;Text\r\n1;\"two\nlines\"\n\n2;x\n3;\"x\"\n4;é\n"

    private func find(
        _ target: Locator.Target, in bytes: [UInt8] = Array(text.utf8), context: Int = 1, most: Int = 10, chunkByteCount: Int = 512 << 10
    ) throws -> Locator.Answer {
        let folder = try ScratchFolder()
        let path = try folder.write(bytes, to: "file.csv")
        var options = CheckOptions(chunkByteCount: chunkByteCount)
        options.headByteCount = min(chunkByteCount, FileHead.byteCount)
        if bytes.count > 4, chunkByteCount < 64 { options.dialect = DialectOverrides(delimiter: UInt8(ascii: ";")) ?? .none }
        return try Locator.find(
            target, in: try InputFile.open(path: path, spoolsStream: false), options: options, context: context, most: most)
    }

    /// Row, line, byte offset of what was found.
    @Test(
        arguments: [
            (.row(0), [[0, 1, 0]]), (.row(1), [[1, 2, 9]]), (.row(2), [[2, 5, 24]]), (.row(4), [[4, 7, 34]]), (.row(5), []),
            (.line(2), [[1, 2, 9]]), (.line(3), [[1, 2, 16]]), (.line(4), [[-1, 4, 23]]), (.line(7), [[4, 7, 34]]), (.line(8), []),
            (.byte(0), [[0, 1, 0]]), (.byte(8), [[0, 1, 8]]), (.byte(9), [[1, 2, 9]]), (.byte(17), [[1, 2, 17]]),
            (.byte(26), [[2, 5, 26]]),
            (.byte(37), [[4, 7, 37]]), (.byte(1000), []), (.value(Array("x".utf8)), [[2, 5, 26], [3, 6, 30]]),
            (.value(Array("two\nlines".utf8)), [[1, 2, 11]]), (.value(Array("é".utf8)), [[4, 7, 36]]), (.value(Array("tw".utf8)), []),
        ] as [(Locator.Target, [[Int]])])
    func places(target: Locator.Target, expected: [[Int]]) throws {
        for size in [1, 7, 64, 512 << 10] {
            let answer = try find(target, chunkByteCount: size)
            #expect(answer.hits.map { [$0.row ?? -1, $0.line, $0.byteOffset] } == expected, "\(target), chunks of \(size)")
        }
    }

    @Test func neighboursAndField() throws {
        let hit = try #require(try find(.value(Array("x".utf8)), most: 1).hits.first)
        #expect(hit.before.map(\.line) == [4])
        #expect(hit.after.map(\.text.text) == ["3;\"x\""])
        #expect(hit.field?.column == ColumnReference(index: 2, name: "Text"))
        #expect(hit.hex.hasPrefix("78 0a 33"))
        #expect(try find(.value(Array("x".utf8)), most: 1).moreCount == 1)
    }

    @Test func insideGzip() throws {
        var member = GzipMember("")
        member.content = Array(Self.text.utf8)
        #expect(try find(.row(3), in: member.bytes).hits.map(\.byteOffset) == [28])
        let cut = try find(.row(99), in: Array(member.bytes.dropLast(9)))
        #expect(cut.hits.isEmpty)
        #expect(cut.damage?.kind == .truncated)
        // What is before the damage is found.
        let before = try find(.row(1), in: Array(member.bytes.dropLast(9)))
        #expect(before.hits.map(\.byteOffset) == [9])
        #expect(before.damage == nil)
    }

    @Test func offsetsOfTheFileAsItIs() throws {
        let bytes: [UInt8] = [0xFF, 0xFE] + Self.text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let folder = try ScratchFolder()
        let path = try folder.write(bytes, to: "file.csv")
        var options = CheckOptions()
        options.encoding = .utf16LittleEndian
        let answer = try Locator.find(
            .value(Array("é".utf8)), in: try InputFile.open(path: path, spoolsStream: false), options: options, context: 0, most: 1)
        #expect(answer.hits.map(\.byteOffset) == [2 + 2 * 36])
        let back = try Locator.find(
            .byte(2 + 2 * 36), in: try InputFile.open(path: path, spoolsStream: false), options: options, context: 0, most: 1)
        #expect(back.hits.map(\.row) == [4])
    }

    /// A row need not end: what is asked for in its beginning is answered from there.
    @Test func aRowThatGoesOn() throws {
        let bytes = Array("a;b\n1;2\n3;".utf8) + Array(repeating: UInt8(ascii: "x"), count: 5000) + Array("\n4;5\n".utf8)
        let folder = try ScratchFolder()
        let file = try InputFile.open(path: try folder.write(bytes, to: "file.csv"), spoolsStream: false)
        var options = CheckOptions(delimiter: UInt8(ascii: ";"), chunkByteCount: 64)
        options.headByteCount = 64
        options.rowLimits = RowBatch.Limits(rowBytes: 512, fieldBytes: 64)
        func find(_ target: Locator.Target, context: Int = 1) throws -> Locator.Answer {
            try Locator.find(LocateQuery(target), in: file, options: options, context: context, most: 5)
        }
        for target: Locator.Target in [.row(2), .line(3), .byte(8), .byte(200)] {
            let answer = try find(target)
            #expect(answer.hits.map(\.row) == [2] && answer.hits.map(\.isCut) == [true], "\(target)")
            #expect(answer.byteCount < 1000, "\(target)")
        }
        // With the beginning of the row after it.
        let before = try find(.row(1))
        #expect(before.hits.map(\.isCut) == [false])
        #expect(before.hits.first?.after.map(\.line) == [3])
        #expect(before.byteCount < 1000)
        // What is in it further on is looked for there.
        let inside = try find(.byte(4000))
        #expect(inside.hits.map(\.row) == [2] && inside.hits.map(\.byteOffset) == [4000])
        #expect(try find(.row(3)).hits.map(\.byteOffset) == [5011])
    }

    /// Rows that are longer than what is kept of each: every byte of them is found.
    @Test func bytesThatWereTakenOut() throws {
        var text = "a;b\n"
        for row in 1...3 { text += "\(row);" + String(repeating: "yz", count: 900 * row) + ";end\n" }
        let bytes = Array(text.utf8)
        let folder = try ScratchFolder()
        let file = try InputFile.open(path: try folder.write(bytes, to: "file.csv"), spoolsStream: false)
        var options = CheckOptions(delimiter: UInt8(ascii: ";"), chunkByteCount: 64)
        options.headByteCount = 64
        options.rowLimits = RowBatch.Limits(rowBytes: 512, fieldBytes: 64)
        for offset in stride(from: 0, to: bytes.count, by: 41) {
            let lineFeeds = bytes[..<offset].count { $0 == UInt8(ascii: "\n") }
            let answer = try Locator.find(
                LocateQuery(.byte(offset)), in: file, options: options, context: 0, most: 5)
            #expect(answer.hits.map(\.row) == [lineFeeds] && answer.hits.map(\.byteOffset) == [offset], "byte \(offset)")
        }
    }

    @Test func rowsOfAFinding() throws {
        let folder = try ScratchFolder()
        let rows = (1...40).map { "\($0);\($0 % 3 == 0 ? "x" : "1");\($0 % 5 == 0 ? "y" : "2")\n" }
        let path = try folder.write(Array(("a;b;c\n" + rows.joined()).utf8), to: "file.csv")
        let columns = "columns: [{name: a, type: integer}, {name: b, type: number}, {name: c, type: number}]"
        let options = CheckOptions(profile: try Profile(yaml: "version: 1\n\(columns)\n"))
        let expected = (1...40).filter { $0 % 3 == 0 || $0 % 5 == 0 }
        for most in [1, 4, 100] {
            let file = try InputFile.open(path: path, spoolsStream: false)
            let answer = try Locator.find(LocateQuery(), kinds: [.notANumber], in: file, options: options, context: 0, most: most)
            #expect(answer.hits.map(\.row) == expected.prefix(most).map(Optional.some))
            #expect(answer.occurrenceCount == (most == 100 ? nil : 21))
        }
        // One row with several places counts once.
        let quotes = try folder.write(Array("a,b\n\"1\"x,\"2\"y\n\"1\"x,\"2\"y\n".utf8), to: "quotes.csv")
        let file = try InputFile.open(path: quotes, spoolsStream: false)
        let report = try CheckRun.check(try InputFile.open(path: quotes, spoolsStream: false), options: CheckOptions())
        let kind = try #require(report.findings.first { $0.count == 4 }?.kind)
        let answer = try Locator.find(LocateQuery(), kinds: [kind], in: file, options: CheckOptions(), context: 0, most: 2)
        #expect(answer.hits.map(\.row) == [1, 2])
    }

    @Test(
        arguments: [
            ("5", [5...5]), ("10-20", [10...20]), ("5,7,10-20", [5...5, 7...7, 10...20]), ("", nil), ("5,", nil), ("7-5", nil), ("-5", nil),
            ("1-2-3", nil), ("x", nil), ("99999999999999999999", nil), ("0", [0...0]),
        ] as [(String, [ClosedRange<Int>]?)])
    func ranges(text: String, expected: [ClosedRange<Int>]?) {
        #expect(LocateQuery.ranges(text) == expected)
    }

    @Test func text() throws {
        let text = LocateText.text(for: try find(.value(Array("x".utf8)), most: 1), path: "file.csv")
        #expect(
            text == """
                file.csv: row 2, line 5, byte 26
                    4 | 
                  > 5 | 2;x
                    6 | 3;"x"
                  column 2 "Text": "x"

                showing 1 of 2 rows; use --most to show more

                """)
    }
}
