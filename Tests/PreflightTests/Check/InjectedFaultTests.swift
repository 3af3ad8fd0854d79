import Foundation
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// Faults of many kinds, with known number and first place because the test wrote them.
@Suite(.computing) struct InjectedFaultTests {
    /// `INJECTED_ROWS=5000000` makes the file as long as that.
    private static let rowCount = ProcessInfo.processInfo.environment["INJECTED_ROWS"].flatMap { Int($0) } ?? (isDebugBuild ? 2_000 : 4_000)

    @Test(arguments: [0, 1])
    func countsAndFirstPlaces(_ seed: Int) throws {
        let profile = try Profile(yaml: InjectedFaults.profile)
        var faults = InjectedFaults(seed: seed, rarity: seed == 0 ? 97 : 3)
        var run = CheckRun(options: CheckOptions(profile: profile, samples: 1))
        var bytes = InjectedFaults.header
        for _ in 0..<Self.rowCount {
            faults.appendRow(to: &bytes)
            if bytes.count > 1 << 20 {
                run.feed(bytes.span)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        run.feed(bytes.span)
        let report = run.finish(path: "faults.csv")
        #expect(report.totals.rows == Self.rowCount)
        for (index, kind) in FaultKind.all.enumerated() {
            let truth = faults.truths[index]
            let finding = report.findings.first { $0.kind == kind.kind && $0.column?.index == index + 2 }
            #expect(finding?.count == truth.count, "\(kind.name)")
            #expect(finding?.rows == truth.count, "\(kind.name)")
            #expect(finding?.examples.first?.place == truth.first, "\(kind.name)")
            let cells = report.prediction.columns.first { $0.column.index == index + 2 }?.cells ?? .zero
            let expected =
                switch kind.verdict {
                case .fails: Bounds(min: truth.count, max: truth.count)
                case .doubtful: Bounds(min: 0, max: truth.count)
                case .parses, .empty: Bounds.zero
                }
            #expect(cells == expected, "\(kind.name)")
        }
        for (kind, truth) in [(FindingKind.duplicateKey, faults.duplicates), (.blankKey, faults.blanks)] {
            let finding = report.findings.first { $0.kind == kind }
            #expect(finding?.count == truth.count, "\(kind)")
            #expect(finding?.examples.first?.place == truth.first, "\(kind)")
        }
        let expected = Set(FaultKind.all.indices.map { "\(FaultKind.all[$0].kind) \($0 + 2)" })
        // Apart from these, only ambiguous values are reported.
        let others = report.findings.filter { !expected.contains("\($0.code) \($0.column?.index ?? 0)") }
        #expect(others.allSatisfy { [.numberReadsTwoWays, .dateReadsTwoWays, .mixedLineEnds, .duplicateKey, .blankKey].contains($0.kind) })
    }
}
