import CSVTokenizer
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight

/// In a file of one column a blank line, an empty value and a value are one byte apart, and batches of nothing but numbers are told without an index.
@Suite(.computing) struct OneColumnOfNumbersTests {
    @Test(arguments: ["", "\n", "\"\"\n", "2020\n", "\"2020\"\n", "x\n", "1,5\n", "\r\n", "\"3\"\n", "\u{FEFF}4\n", "5\0\n"])
    func planted(_ line: String) throws {
        for type in ["number", "integer", "integer, required: true"] {
            var options = CheckOptions(delimiter: UInt8(ascii: ";"))
            options.profile = try Profile(yaml: "version: 1\ncolumns: [{name: \"2020\", type: \(type)}]\n")
            for row in [0, 20, 40] {
                var lines = (0..<40).map { "\($0 * 7)\($0 % 3 == 0 ? ".5" : "")\n" }
                lines.insert(line, at: row)
                let ways = Kernel.allCases.filter(\.isAvailable).flatMap { kernel in
                    [1, 7, 64, 4096].map { FactMatrixTests.Way(kernel: kernel, threadCount: 1, chunkByteCount: $0) }
                }
                let bytes = Array(("2020\n" + lines.joined()).utf8)
                _ = try FactMatrixTests.oneReport(on: bytes, options, ways, comment: "\(type), \(line.debugDescription) in row \(row)")
            }
        }
    }
}
