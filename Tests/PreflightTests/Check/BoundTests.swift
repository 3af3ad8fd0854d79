import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight

@Suite("What is kept does not grow with the file", .computing)
struct BoundTests {
    private func report(_ text: String, options: CheckOptions = CheckOptions()) -> Report {
        var run = CheckRun(options: options)
        run.feed(Array(text.utf8).span)
        return run.finish(path: "x.csv")
    }

    @Test func findingsOfVeryManyColumnsAreCountedTogether() {
        let report = report(String(repeating: ",", count: 4_999) + "\n" + String(repeating: ",", count: 4_999) + "\n")
        let unnamed = report.findings.filter { $0.kind == .emptyColumnName }
        #expect(unnamed.count == FindingLog.mostColumns + 1)
        #expect(unnamed.reduce(0) { $0 + $1.count } == 5_000)
        #expect(unnamed.filter { $0.column == nil }.map(\.count) == [5_000 - FindingLog.mostColumns])
    }

    @Test func profileOfManyMissingColumnsIsComparedInOneGo() throws {
        let columns = (0..<3_000).map { "  - {name: c\($0), type: text}\n" }.joined()
        let profile = try Profile(yaml: "version: 1\ncolumns:\n" + columns)
        let header = (0..<3_000).map { "C\($0)" }.joined(separator: ",")
        let report = report(header + "\n" + header + "\n", options: CheckOptions(profile: profile))
        #expect(report.findings.first { $0.kind == .missingColumn }?.count == 3_000)
        #expect(report.findings.first { $0.kind == .missingColumn }?.message.contains("the file has \"C0\"") == true)
    }

    @Test func optionsAreClamped() {
        var options = CheckOptions(samples: -3, chunkByteCount: 0)
        #expect(options.samples == 0)
        #expect(options.chunkByteCount == 1)
        options.samples = -1
        options.chunkByteCount = -7
        #expect(options.samples == 0)
        #expect(options.chunkByteCount == 1)
        #expect(report("a,b\n1\n", options: options).findings.map(\.count) == [1])
    }
}
