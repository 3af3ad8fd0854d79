import Testing

@testable import Preflight

/// Rows are found by number, line, byte and value, however the file is stored and cut.
struct LocatorTests {
    private static let text = "Id;Text\r\n1;\"two\nlines\"\n\n2;x\n3;\"x\"\n4;é\n"

    private func find(
        _ target: Locator.Target, in bytes: [UInt8] = Array(text.utf8), context: Int = 1, most: Int = 10, chunkByteCount: Int = 512 << 10
    ) throws -> Locator.Answer {
        let folder = try ScratchFolder()
        let path = try folder.write(bytes, to: "file.csv")
        var options = CheckOptions(chunkByteCount: chunkByteCount)
        options.headByteCount = min(chunkByteCount, Prologue.byteCount)
        if bytes.count > 4, chunkByteCount < 64 { options.delimiter = UInt8(ascii: ";") }
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

    @Test func text() throws {
        let text = LocateText.text(for: try find(.value(Array("x".utf8)), most: 1), path: "file.csv")
        #expect(
            text == """
                file.csv: row 2, line 5, byte 26
                    4 | 
                  > 5 | 2;x
                    6 | 3;"x"
                  column 2 "Text": "x"
                  hex 78 0a 33 3b 22 78 22 0a 34 3b c3 a9 0a

                and 1 more

                """)
    }
}
