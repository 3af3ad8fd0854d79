import Foundation
import TestSupport
import Testing

@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight
@testable import SafeText

/// Accepted files are kept line by line, as the schema describes them, and read again.
@Suite struct BaselineStoreTests {
    private let scratch: LedgerScratch
    private let store: BaselineStore
    private let configuration: ConfigurationID

    init() throws {
        scratch = try LedgerScratch()
        store = BaselineStore(beside: Ledger(path: FilePath(scratch.path)))
        configuration = try ConfigurationID("33d0d7d0-6125-47c4-b36a-882f4ed53b33")
    }

    private func baseline(_ number: Int, _ configuration: ConfigurationID) throws -> Baseline {
        var options = CheckOptions(
            profile: try Profile(yaml: "version: 1\ncolumns: [{name: a, type: number}, {name: b, type: date}, {name: c, type: text}]"))
        options.countsColumns = true
        var run = CheckRun(options: options)
        run.feed(Array("a,b,c\n1.\(number),2026-01-31,x\n-2,,y\n".utf8).span)
        var statistics = FileStatistics(run.finish(path: "a.csv"), digest: Array(repeating: UInt8(number), count: 32))
        statistics.columns = statistics.columns.map(\.kept)
        return Baseline(
            time: LedgerSamples.now, id: .random(), configuration: configuration, file: "a\(number).csv",
            origin: number % 2 == 0 ? .push : .hand, statistics: statistics)
    }

    @Test func writtenAndRead() throws {
        let package = URL(filePath: #filePath).resolvingSymlinksInPath().appending(path: "../../../..").standardized
        let file = package.appending(path: "Sources/PigmentImport/Ledger/baselines-v1.schema.json")
        var schema = try JSONSchema(String(contentsOf: file, encoding: .utf8))
        schema.allowsUndescribedMembers = false
        #expect(try store.baselines(of: configuration) == [])
        let all = try (0..<5).map { try baseline($0, configuration) }
        for baseline in all { try store.accept(baseline) }
        try store.accept(try baseline(7, try ConfigurationID("00000000-0000-4000-8000-000000000000")))
        #expect(try store.baselines(of: configuration) == all)
        #expect(try store.baselines(of: configuration, limit: 2) == Array(all.suffix(2)))
        try store.forget([all[1], all[4]], at: LedgerSamples.now)
        #expect(try store.baselines(of: configuration) == [all[0], all[2], all[3]])
        let lines = try String(contentsOfFile: store.path.text, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 8)
        for line in lines { #expect(try schema.failures(in: String(line)) == []) }
    }
}
