import ByteSources
import Foundation
import SeededRandom
import TestSupport
import Testing

@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight
@testable import ValueFormats

/// Learning doubts from reports of importers whose rules the learner does not know.
@Suite(.computing) struct CalibrationTests {
    #if DEBUG
        private static let isDebugBuild = true
    #else
        private static let isDebugBuild = false
    #endif

    /// Importers for one kit; 100 with `KIT_IMPORTERS=100`, as in a release build.
    private static let importerCount =
        ProcessInfo.processInfo.environment["KIT_IMPORTERS"].flatMap(Int.init) ?? (isDebugBuild ? 3 : 100)

    private static func check(_ csv: String, _ profile: Profile) -> Report {
        var run = CheckRun(options: CheckOptions(profile: profile, samples: 5))
        run.feed(Array(csv.utf8).span)
        return run.finish(path: "input.csv")
    }

    /// What an importer reports on a file.
    private static func reported(_ csv: String, _ importer: ImporterRules) -> [ServerReport.Entry] {
        check(csv, importer.profile).prediction.columns.compactMap { column in
            let count = importer.count == .rows ? column.firstInRow : column.cells.min
            if count == 0 { return nil }
            return ServerReport.Entry(
                columnName: column.column.name, reason: column.reason, count: count,
                samples: column.sampleBytes.prefix(importer.samples).map { SampleText($0) })
        }
    }

    private static let everyType = """
        version: 1
        dialect: {delimiter: ";"}
        columns:
          - {name: Entity, type: dimension, on-missing: skip, items: [FR01, "DE02 ", es03]}
          - {name: Posting Date, type: date, date: {format: dd/MM/yy}}
          - {name: Time, type: date, date: {format: "yyyy-MM-dd HH:mm:ss.fff zzz"}}
          - {name: Month, type: date, date: {format: "ddd d MMMM yyyy"}}
          - {name: Amount, type: number, number: {decimal: ",", group: "."}}
          - {name: Price, type: number, number: {prefix: "$", suffix: " USD"}}
          - {name: Rate, type: number, number: {percent: true}}
          - {name: Amount too, type: number, number: {decimal: ",", group: "."}}
          - {name: Quantity, type: integer}
          - {name: Active, type: boolean}
          - {name: Note, type: text}

        """

    private static func assumptions(_ generator: inout SeededGenerator, among doubts: DoubtSet) -> Assumptions {
        var found = Assumptions()
        for doubt in doubts.doubts { found[doubt] = generator.below(2) == 0 }
        return found
    }

    // MARK: The kit

    @Test func kitHasEachDoubtOfEachType() throws {
        let profile = try Profile(yaml: Self.everyType)
        let kit = try #require(CalibrationKit(profile))
        #expect(kit.tellsCount)
        #expect(kit.omissions.isEmpty)
        for type in ColumnType.allCases where !type.kind.doubts.isEmpty {
            let found = DoubtSet(kit.columns.filter { $0.format.type == type }.flatMap(\.doubts))
            // A whole number has no prefix here, but the prices have.
            let expected = type == .integer ? type.kind.doubts.intersection(found) : type.kind.doubts
            #expect(found.isSuperset(of: expected), "\(type): \(expected.subtracting(found).doubts.map(\.name)) missing")
        }
        // Each value is judged in the file as it was in the making: powers of two, each doubt once.
        let report = Self.check(kit.csv, kit.profile)
        #expect(report.totals.rows == kit.rowCount)
        for column in kit.columns {
            let counts = try #require(report.prediction.columns.first { $0.column.name == ColumnName(column.name) })
            #expect(counts.doubts.entries.map(\.count).sorted() == (0..<column.doubts.count).map { 1 << $0 })
            #expect(counts.cells == Bounds(min: 0, max: 1 << column.doubts.count - 1))
            #expect(counts.sharedRows == 0)
        }
    }

    /// From one kit and one report every doubt of every type is settled as the importer settles it, and what the counts count.
    ///
    /// Open remains only what no value shows: a doubt that always comes with another one, which is rejected.
    @Test(arguments: 0..<importerCount)
    func oneKitSettlesAll(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        let profile = try Profile(yaml: Self.everyType)
        let kit = try #require(CalibrationKit(profile))
        // Formats differ in what they accept; columns of one format do not.
        var truth: [String: Assumptions] = [:]
        var hidden = kit.profile
        for index in hidden.columns.indices {
            let name = CalibrationKit.subject(of: hidden.columns[index].name) ?? ""
            let known = truth[name] ?? Self.assumptions(&generator, among: DoubtSet(Doubt.allCases))
            truth[name] = known
            hidden.columns[index].assume = known
        }
        let count = generator.below(2) == 0 ? SkipCount.cells : .rows
        let importer = ImporterRules(hidden, count: count, samples: 1 + generator.below(10))
        let skipped = Self.reported(kit.csv, importer)
        #expect(CalibrationKit.count(in: skipped) == count)
        let prediction = Self.check(kit.csv, kit.profile).prediction
        let item = DoubtLearner.Import(
            source: "report", prediction: prediction, skipped: skipped, count: CalibrationKit.count(in: skipped))
        let lessons = DoubtLearner(kit.profile).lessons(from: [item])
        let (additions, problems) = DoubtLearner(profile).additions(fromKit: lessons, count: count, kit: kit.profile, source: "report")
        #expect(problems.isEmpty, "\(problems)")
        let amended = try Profile(
            yaml: ProfileAmendment(yaml: Array(Self.everyType.utf8), fileName: "profile", additions: additions).text)
        #expect(amended.skipCount == count)
        for column in kit.columns {
            let expected = try #require(truth[column.format.name])
            for name in [column.format.name] + column.sharers {
                let learned = try #require(amended.columns.first { $0.name == name }).assume
                for doubt in column.doubts where learned[doubt] != expected[doubt] {
                    // A doubt that always comes with a rejected one.
                    let shown = prediction.columns.first { $0.column.name == ColumnName(column.name) }?.doubts.entries ?? []
                    let isHidden =
                        learned[doubt] == nil
                        && shown.allSatisfy { entry in
                            !entry.doubts.contains(doubt) || entry.doubts.doubts.contains { $0 != doubt && expected[$0] == false }
                        }
                    #expect(isHidden, "\(name): \(doubt.name) is \(String(describing: learned[doubt]))")
                }
            }
        }
    }

    // MARK: Ordinary imports

    private static let amounts = [
        "12", "1,5", "x", "1.5E", "-3", "12-", "(12)", " 12", "12 ", "+12", " (12)", "1,5E3", ",5", "n/a", "12.34.567",
    ]
    private static let dates = ["01/02/2026", "31/12/2026", "x", "1/2/2026", "1/02/2026", "01/02/26", "2026-02-01", " 01/02/2026", "46000"]

    private static func file(_ generator: inout SeededGenerator, rows: Int) -> String {
        // Each file has a few of the odd spellings.
        func some(_ values: [String], plain: Int) -> [String] {
            Array(values.prefix(plain)) + values.dropFirst(plain).filter { _ in generator.below(3) == 0 }
        }
        let (numbers, days) = (some(amounts, plain: 2), some(dates, plain: 2))
        var csv = "Amount;Other;Day\n"
        for _ in 0..<rows {
            func pick(_ values: [String]) -> String {
                values[generator.below(4) == 0 ? generator.below(values.count) : generator.below(2)]
            }
            csv += "\(pick(numbers));\(pick(numbers));\(pick(days))\n"
        }
        return csv
    }

    /// Whatever is settled is true, whether the counts count cells or rows; in many cases something is.
    @Test func onlyTheTruthIsLearned() throws {
        let profile = try Profile(
            yaml: """
                version: 1
                dialect: {delimiter: ";"}
                columns:
                  - {name: Amount, type: number, number: {decimal: ",", group: "."}}
                  - {name: Other, type: number, number: {decimal: ",", group: "."}}
                  - {name: Day, type: date, date: {format: dd/MM/yyyy}}
                """)
        var (settledCount, wrongCount, contradictionCount) = (0, 0, 0)
        for seed in 0..<(Self.isDebugBuild ? 60 : 1000) {
            var generator = SeededGenerator(seed: 1000 + seed)
            var hidden = profile
            for index in hidden.columns.indices {
                hidden.columns[index].assume = Self.assumptions(&generator, among: DoubtSet(Doubt.allCases))
            }
            let importer = ImporterRules(
                hidden, count: generator.below(2) == 0 ? .cells : .rows, samples: 1 + generator.below(5))
            let imports = (0...generator.below(3)).map { number in
                let csv = Self.file(&generator, rows: 5 + generator.below(100))
                return DoubtLearner.Import(
                    source: "import \(number)", prediction: Self.check(csv, DoubtLearner.open(profile)).prediction,
                    skipped: Self.reported(csv, importer), count: generator.below(3) == 0 ? importer.count : nil)
            }
            for lesson in DoubtLearner(profile).lessons(from: imports) {
                let truth = try #require(hidden.columns.first { $0.name == lesson.column }).assume
                if lesson.isContradictory { contradictionCount += 1 }
                for doubt in lesson.settled.settled.doubts {
                    settledCount += 1
                    if lesson.settled[doubt] != truth[doubt] {
                        wrongCount += 1
                        Issue.record("seed \(seed): \(lesson.column) \(doubt.name) is not \(String(describing: lesson.settled[doubt]))")
                    }
                }
            }
        }
        #expect(wrongCount == 0)
        #expect(contradictionCount == 0)
        #expect(settledCount > 100, "\(settledCount)")
    }

    // MARK: The solver

    private static func observation(
        _ entries: [(DoubtSet, Int)], failing: Int = 0, reported: Int, uncounted: Int = 0, rejected: [DoubtSet] = [], source: String = "a"
    ) -> DoubtObservation {
        DoubtObservation(
            source: source, entries: entries.map { DoubtCounts.Entry(doubts: $0.0, count: $0.1) }, failing: failing, reported: reported,
            uncounted: uncounted, rejected: rejected)
    }

    @Test func solverSettlesWhatIsCertain() {
        let (exponent, sign, both) = (DoubtSet(.exponent), DoubtSet(.trailingSign), DoubtSet([.exponent, .trailingSign]))
        func solve(_ observations: DoubtObservation...) -> DoubtSolver.Outcome { DoubtSolver.solve(observations) }
        let rejectsExponent = Assumptions(accepted: sign, rejected: exponent)
        #expect(solve(Self.observation([(exponent, 3), (sign, 5)], failing: 2, reported: 5)) == .solved(.init(settled: rejectsExponent)))
        // 3 of 3 + 3: either.
        #expect(solve(Self.observation([(exponent, 3), (sign, 3)], reported: 3)) == .solved(.init(open: both)))
        // A sample decides.
        #expect(
            solve(Self.observation([(exponent, 3), (sign, 3)], reported: 3, rejected: [exponent]))
                == .solved(.init(settled: rejectsExponent)))
        // Another import decides.
        #expect(
            solve(Self.observation([(exponent, 3), (sign, 3)], reported: 3), Self.observation([(sign, 1)], reported: 0))
                == .solved(.init(settled: rejectsExponent)))
        // Up to 2 cells may be missing from the count: 5 are between 3 and 5.
        #expect(
            solve(Self.observation([(exponent, 3), (sign, 5)], reported: 3, uncounted: 2)) == .solved(.init(open: both)))
        #expect(
            solve(Self.observation([(both, 4), (exponent, 1)], reported: 4))
                == .solved(.init(settled: Assumptions(accepted: exponent, rejected: sign))))
        #expect(solve(Self.observation([(exponent, 3)], reported: 2)) == .contradiction([0]))
        #expect(
            solve(
                Self.observation([(exponent, 3)], reported: 3), Self.observation([(sign, 1)], reported: 1),
                Self.observation([(exponent, 2)], reported: 0))
                == .contradiction([0, 2]))
        #expect(solve(Self.observation([(exponent, 3)], failing: 4, reported: 3)) == .contradiction([0]))
    }

    /// The exact search against trying everything.
    @Test func solverAgreesWithTryingEverything() {
        for seed in 0..<200 {
            var generator = SeededGenerator(seed: seed)
            let doubts = Array(Doubt.allCases.prefix(1 + generator.below(7)))
            let truth = doubts.filter { _ in generator.below(2) == 0 }
            func subset() -> DoubtSet { DoubtSet(doubts.filter { _ in generator.below(3) == 0 } + [doubts[generator.below(doubts.count)]]) }
            let observations = (0...generator.below(2)).map { _ in
                let entries = (0...generator.below(5)).map { _ in (subset(), 1 + generator.below(4)) }
                let rejected = entries.reduce(0) { $1.0.isDisjoint(with: DoubtSet(truth)) ? $0 : $0 + $1.1 }
                return Self.observation(entries, failing: 1, reported: 1 + rejected - generator.below(2) * min(rejected, 1), uncounted: 1)
            }
            var (canAccept, canReject) = (DoubtSet(), DoubtSet())
            let all = observations.reduce(into: DoubtSet()) { $0.formUnion($1.doubts) }
            for choice in 0..<(1 << all.count) {
                let rejected = DoubtSet(all.doubts.enumerated().filter { choice >> $0.offset & 1 == 1 }.map(\.element))
                let fits = observations.allSatisfy { observation in
                    let sum = observation.entries.reduce(0) { $1.doubts.isDisjoint(with: rejected) ? $0 : $0 + $1.count }
                    return (observation.reported - 1...observation.reported).contains(sum)
                }
                if fits {
                    canReject.formUnion(rejected)
                    canAccept.formUnion(all.subtracting(rejected))
                }
            }
            guard case .solved(let solution) = DoubtSolver.solve(observations) else {
                Issue.record("seed \(seed): no solution")
                continue
            }
            #expect(solution.settled.accepted == canAccept.subtracting(canReject), "seed \(seed)")
            #expect(solution.settled.rejected == canReject.subtracting(canAccept), "seed \(seed)")
            #expect(solution.open == canAccept.intersection(canReject), "seed \(seed)")
        }
    }

    // MARK: The profile's text

    private static let settled = Assumptions(accepted: DoubtSet(.exponent), rejected: DoubtSet(.parentheses))

    @Test(
        arguments: [
            (
                "version: 1\ncolumns:\n  - {name: A, type: number}  # mine\n  - {name: B, type: text}\n",
                "version: 1\ncolumns:\n  - {name: A, type: number, assume: {exponent: accepted, parentheses: rejected}}  # mine  # learned: why\n"
                    + "  - {name: B, type: text}\n"
            ),
            (
                "version: 1\r\ncolumns:\r\n- name: A\r\n  type: number\r\n  number: {decimal: ','}\r\n",
                "version: 1\r\ncolumns:\r\n- name: A\r\n  assume: {exponent: accepted, parentheses: rejected}  # learned: why\r\n  type: number\r\n"
                    + "  number: {decimal: ','}\r\n"
            ),
            (
                "version: 1\ncolumns:\n  - name: A\n    type: number\n    assume:\n      # seen\n      short-day: accepted\n",
                nil
            ),
            (
                "version: 1\ncolumns:\n  - name: A\n    type: number\n    assume:\n      # seen\n      plus-sign: accepted\n",
                "version: 1\ncolumns:\n  - name: A\n    type: number\n    assume:\n      # seen\n      exponent: accepted  # learned: why\n"
                    + "      parentheses: rejected  # learned: why\n      plus-sign: accepted\n"
            ),
            (
                "{\"version\": 1, \"columns\": [{\"name\": \"A\", \"type\": \"number\" }]}",
                "{\"version\": 1, \"columns\": [{\"name\": \"A\", \"type\": \"number\", "
                    + "\"assume\": {\"exponent\": \"accepted\", \"parentheses\": \"rejected\"} }]}"
            ),
            (
                "version: 1\ncolumns:\n  - {name: A, type: number, assume: {plus-sign: accepted}, null: ['}', \"{\"]}\n",
                "version: 1\ncolumns:\n  - {name: A, type: number, assume: {plus-sign: accepted, exponent: accepted, parentheses: rejected}, "
                    + "null: ['}', \"{\"]}  # learned: why\n"
            ),
        ] as [(String, String?)])
    func additionsToAColumn(yaml: String, expected: String?) {
        let addition = ProfileAmendment.Addition(column: "A", settled: Self.settled, comment: "why")
        let found = try? ProfileAmendment(yaml: Array(yaml.utf8), fileName: "p", additions: [addition]).text
        #expect(found == expected)
    }

    @Test func additionsForAllColumns() throws {
        let yaml = "# top\nversion: 1\ncolumns:\n  - {name: A, type: number}\n"
        let addition = ProfileAmendment.Addition(column: nil, settled: Self.settled, count: .rows, comment: "kit")
        let amendment = try ProfileAmendment(yaml: Array(yaml.utf8), fileName: "p.yaml", additions: [addition])
        #expect(
            amendment.text
                == "# top\nversion: 1\nassume:\n  count: rows  # learned: kit\n  exponent: accepted  # learned: kit\n"
                + "  parentheses: rejected  # learned: kit\ncolumns:\n  - {name: A, type: number}\n")
        #expect(amendment.diff.hasPrefix("--- p.yaml\n+++ p.yaml\n@@ -2,0 +3,4 @@\n+assume:\n"))
        // Again, into the block that is there now.
        let more = ProfileAmendment.Addition(column: nil, settled: Assumptions(accepted: DoubtSet(.plusSign)), comment: "")
        let second = try ProfileAmendment(yaml: Array(amendment.text.utf8), fileName: "p.yaml", additions: [more])
        #expect(second.text.contains("assume:\n  plus-sign: accepted\n  count: rows"))
    }
}
