import Foundation
import SafeText
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// What is not as usual is reported, and a feed that only varies is not.
@Suite(.computing) struct DriftTests {
    /// A feed as people have them: a ledger that grows or not, whose size, amounts and codes vary from file to file.
    private struct Feed {
        var rowCount: Int
        /// Rows that each file has more than the one before.
        var growth: Int
        /// How much the number of rows varies.
        var noise: Double
        var entities: [String]
        /// One entity that few rows have.
        var rareShare: Double
        var emptyShare: Double
        var balances: Bool
        /// How uneven amounts are.
        var tail: Double
        var isFullExport: Bool
        var period = 0

        init(_ random: inout SeededGenerator) {
            rowCount = random.element(of: [12, 40, 150, 400, 900])
            growth = random.once(in: 3) ? rowCount / (4 + random.below(10)) : 0
            noise = random.element(of: [0, 0.02, 0.05, 0.1])
            entities = (0..<(2 + random.below(30))).map { "E\(10 + $0)" }
            rareShare = random.element(of: [0, 0.001, 0.005, 0.02])
            emptyShare = random.element(of: [0, 0.003, 0.05, 0.4, 0.97])
            balances = random.once(in: 4)
            tail = random.element(of: [1, 2, 4])
            isFullExport = random.once(in: 2)
        }

        /// The next file, with something changed.
        mutating func next(_ random: inout SeededGenerator, change: Change? = nil) -> String {
            func unit() -> Double { Double(random.below(1 << 20)) / Double(1 << 20) }
            // About normal.
            let deviation = (0..<12).reduce(-6.0) { sum, _ in sum + unit() }
            var count = max(1, Int(Double(rowCount + growth * period) * (1 + noise * deviation)))
            switch change {
            case .halfTheRows: count = count * 45 / 100
            case .threeTimesTheRows: count *= 3
            default: break
            }
            var text = change == .renamedColumn ? "Entity,Day,Value,Memo,Code\n" : "Entity,Day,Amount,Memo,Code\n"
            var cents = 0
            for row in 0..<count {
                var entity = unit() < rareShare ? "RARE" : random.element(of: entities)
                if change == .newEntity, row.isMultiple(of: 7) { entity = "NEW1" }
                let month = change == .sameMonth ? period : period + 1
                let first = isFullExport ? random.below(month + 1) : month
                let day = 1 + random.below(28)
                var amount = Int(100 + 900_000 * pow(unit(), tail * 2)) * (random.once(in: 5) ? -1 : 1)
                if balances, row == count - 1, change != .unbalanced { amount = -cents }
                cents += amount
                if change == .otherUnit { amount *= 1_000 }
                let memo = unit() < (change == .emptied ? 0.9 : emptyShare) ? "" : "memo \(random.below(90_000))"
                let code = change == .otherCodes ? "A-\(100 + random.below(800))" : "K\(1_000 + random.below(8_000))"
                let year = 2025 + first / 12
                text += "\(entity),\(year)-\(first % 12 < 9 ? "0" : "")\(first % 12 + 1)-\(day < 10 ? "0" : "")\(day),"
                let (whole, rest) = amount.magnitude.quotientAndRemainder(dividingBy: 100)
                text += "\(amount < 0 ? "-" : "")\(whole).\(rest / 10)\(rest % 10),\(memo),\(code)\n"
            }
            period += 1
            return text
        }
    }

    private enum Change: String, CaseIterable {
        case halfTheRows
        case threeTimesTheRows
        case renamedColumn
        case newEntity
        case sameMonth
        case otherUnit
        case emptied
        case otherCodes
        case unbalanced

        var code: String {
            switch self {
            case .halfTheRows, .threeTimesTheRows: "PF711"
            case .renamedColumn: "PF712"
            case .emptied: "PF713"
            case .otherCodes: "PF714"
            case .newEntity: "PF715"
            case .otherUnit, .unbalanced: "PF716"
            case .sameMonth: "PF717"
            }
        }
    }

    private static let profile = """
        version: 1
        dialect: {delimiter: ","}
        extra-columns: ignore
        columns:
          - {name: Entity, type: text}
          - {name: Day, type: date}
          - {name: Amount, type: number}
          - {name: Memo, type: text}
          - {name: Code, type: text}
        """

    /// `DRIFT_SERIES=1000` takes all that the issue of false alarms is measured by.
    private static let seriesCount = ProcessInfo.processInfo.environment["DRIFT_SERIES"].flatMap(Int.init) ?? (isDebugBuild ? 60 : 1_000)

    private static func statistics(_ text: String, _ profile: Profile?) -> FileStatistics {
        var options = CheckOptions(profile: profile)
        options.countsColumns = true
        let found = report(on: text, options: options)
        // As it is kept.
        let kept = FileStatistics(found, digest: [UInt8(text.utf8.count & 0xFF)])
        return FileStatistics(JSONValue.object(kept.members)) ?? kept
    }

    /// The findings that there are only because of the earlier files.
    private static func drift(_ text: String, _ profile: Profile?, _ earlier: [FileStatistics]) -> [Finding] {
        var options = CheckOptions(profile: profile)
        options.countsColumns = true
        let before = Set(report(on: text, options: options).findings.map(\.code))
        options.drift = DriftReference(files: earlier, severity: .warning)
        return report(on: text, options: options).findings.filter { !before.contains($0.code) }
    }

    @Test func steadyFeedsAreSilent() throws {
        let profile = try Profile(yaml: Self.profile)
        var alarms: [String] = []
        for seed in 0..<Self.seriesCount {
            var random = SeededGenerator(seed: seed)
            var feed = Feed(&random)
            let used = random.once(in: 4) ? nil : profile
            var earlier: [FileStatistics] = []
            for _ in 0..<(3 + random.below(6)) {
                let text = feed.next(&random)
                for finding in Self.drift(text, used, earlier) {
                    alarms.append("seed \(seed), file \(earlier.count): \(finding.code) \(finding.message)")
                }
                earlier.append(Self.statistics(text, used))
            }
        }
        #expect(alarms == [], "\(alarms.count) of \(Self.seriesCount)")
    }

    /// What was planted is found, and nothing else is said.
    @Test(arguments: Change.allCases.map(\.rawValue)) func plantedChangesAreFound(name: String) throws {
        let change = try #require(Change(rawValue: name))
        let profile = try Profile(yaml: Self.profile)
        var (found, planted) = (0, 0)
        for seed in 0..<max(40, Self.seriesCount / 10) {
            var random = SeededGenerator(seed: 100_000 + seed)
            var feed = Feed(&random)
            if change == .sameMonth { feed.isFullExport = true }
            if change == .unbalanced { feed.balances = true }
            if change == .emptied, feed.emptyShare > 0.3 { feed.emptyShare = 0.01 }
            // The fewest rows tell little of anything but of names.
            if change != .renamedColumn { feed.rowCount = max(feed.rowCount, 150) }
            if [.halfTheRows, .threeTimesTheRows].contains(change) { (feed.growth, feed.noise) = (0, min(feed.noise, 0.05)) }
            let earlier = (0..<(4 + random.below(5))).map { _ in Self.statistics(feed.next(&random), profile) }
            planted += 1
            if Self.drift(feed.next(&random, change: change), profile, earlier).contains(where: { $0.code == change.code }) { found += 1 }
        }
        #expect(found * 100 >= planted * 90, "\(change): \(found) of \(planted)")
    }

    @Test func sameFileIsNamed() throws {
        let one = FileStatistics(digest: [1], byteCount: 1, rowCount: 1, columns: [])
        let other = FileStatistics(digest: [2], byteCount: 2, rowCount: 1, columns: [])
        var log = FindingLog(samples: 3, differInRow: false)
        DriftCheck(one, DriftReference(files: [one, one, other], severity: .error))?.report(log: &log)
        #expect(log.groups.isEmpty)
        DriftCheck(one, DriftReference(files: [other, other, one], severity: .error))?.report(log: &log)
        #expect(log.groups.map(\.kind.code) == ["PF718"])
        #expect(DriftCheck(one, DriftReference(files: [one, one], severity: .error)) == nil)
    }

    /// What is kept of a file is read again.
    @Test func statisticsAreKept() throws {
        var options = CheckOptions(profile: try Profile(yaml: Self.profile))
        options.countsColumns = true
        let text = "Entity,Day,Amount,Memo,Code\nA,2026-01-31,-1.50,x,K1\nB,2026-02-01,99999999999.25,,K22\n"
        let found = FileStatistics(report(on: text, options: options), digest: [0xAB])
        let read = try #require(FileStatistics(JSONValue.object(found.members)))
        var expected = found
        expected.columns = expected.columns.map(\.kept)
        #expect(read == expected)
        #expect(FileStatistics(.object([.init("rows", .int(1))])) == nil)
    }
}
