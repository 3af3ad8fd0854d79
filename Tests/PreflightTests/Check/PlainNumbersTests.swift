import CSVTokenizer
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight

/// Files of nothing but numbers, whose batches are judged without an index of fields.
@Suite(.computing) struct PlainNumbersTests {
    @Test(arguments: [1, 2], Kernel.allCases.filter(\.isAvailable))
    func manyBatches(threadCount: Int, kernel: Kernel) throws {
        let profile = try Profile(
            yaml: "version: 1\ndialect: {delimiter: \";\"}\ncolumns: [{name: a, type: number}, {name: b, type: number}]\n")
        var text = "a;b\n"
        for row in 0..<4_000 { text += "\(row);\(row).5\n" }
        let folder = try ScratchFolder()
        for (end, expected) in [("", []), ("Total;x\n", ["PF214", "PF401"]), ("a;b\n", ["PF213", "PF401"])] {
            let path = try folder.write(Array((text + end).utf8), to: "numbers.csv")
            var options = CheckOptions(profile: profile, chunkByteCount: 4096, threadCount: threadCount, kernel: kernel)
            options.headByteCount = 4
            let report = try CheckRun.check(try InputFile.open(path: path, spoolsStream: false), options: options)
            let codes = Set(report.findings.map(\.code).filter { $0 != "PF601" })
            #expect(codes == Set(expected))
            #expect(report.totals.rows == (end.isEmpty ? 4_000 : 4_001))
        }
    }
}
