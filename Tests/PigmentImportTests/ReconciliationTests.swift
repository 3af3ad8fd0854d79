import PigmentImport
import Preflight
import TestSupport
import Testing

@testable import ImportProfiles
@testable import SafeText
@testable import ValueFormats

@Suite(.computing) struct ReconciliationTests {
    struct Predicted: Sendable {
        var column: String
        var min: Int
        var max: Int
        var reason = SkipReason.parsingError
    }

    struct Reported: Sendable {
        var column: String?
        var count: Int?
        var reason = SkipReason.parsingError
    }

    static func reconcile(
        _ predicted: [Predicted], rows: Bounds, _ reported: [Reported], skipped: Int?, limit: SkipLimit = .rows(100),
        basis: Prediction.Basis = .profile
    ) -> Reconciliation {
        let columns = predicted.enumerated().map { index, entry in
            Prediction.ColumnPrediction(
                column: ColumnReference(index: index + 1, name: ColumnName(entry.column)), reason: entry.reason,
                cells: Bounds(min: entry.min, max: entry.max), samples: [])
        }
        let prediction = Prediction(basis: basis, parsingErrorCells: .zero, skippedRows: rows, columns: columns)
        let detail = StatusDocument.Detail(
            counts: .init(inserted: 1, skipped: skipped),
            skipped: reported.map {
                StatusDocument.Skipped(columnName: $0.column.map { ColumnName($0) }, reason: $0.reason, count: $0.count)
            })
        return Reconciliation(
            prediction: prediction, rowCount: 1000, limit: limit, document: StatusDocument(status: .completed, detail: detail))
    }

    /// `column: verdict`, one an entry.
    static func short(_ reconciliation: Reconciliation) -> [String] {
        reconciliation.entries.map { "\($0.columnName?.text ?? "-"): \($0.verdict.rawValue)" }
    }

    static let tables:
        [(row: String, predicted: [Predicted], rows: Bounds, reported: [Reported], skipped: Int?, entries: [String], exit: Int)] = [
            ("nothing anywhere", [], .zero, [], 0, [], 0),
            (
                "in the bounds", [.init(column: "A", min: 2, max: 4)], .init(min: 2, max: 4), [.init(column: "A", count: 3)], 3,
                ["A: as-predicted"], 0
            ),
            (
                "at the lower bound", [.init(column: "A", min: 2, max: 4)], .init(min: 2, max: 4), [.init(column: "A", count: 2)], 2,
                ["A: as-predicted"], 0
            ),
            (
                "at the upper bound", [.init(column: "A", min: 2, max: 4)], .init(min: 2, max: 4), [.init(column: "A", count: 4)], 4,
                ["A: as-predicted"], 0
            ),
            ("fewer", [.init(column: "A", min: 2, max: 4)], .init(min: 2, max: 4), [.init(column: "A", count: 1)], 1, ["A: fewer"], 3),
            (
                "fewer cells in one column, rows as predicted", [.init(column: "A", min: 2, max: 4)], .init(min: 2, max: 4),
                [.init(column: "A", count: 1)], 2, ["A: fewer"], 0
            ),
            ("none where some were sure", [.init(column: "A", min: 2, max: 4)], .init(min: 2, max: 4), [], 0, ["A: fewer"], 3),
            ("none where some were possible", [.init(column: "A", min: 0, max: 4)], .init(min: 0, max: 4), [], 0, ["A: as-predicted"], 0),
            ("more cells", [.init(column: "A", min: 2, max: 4)], .init(min: 2, max: 9), [.init(column: "A", count: 5)], 5, ["A: more"], 3),
            (
                "more rows", [.init(column: "A", min: 2, max: 4)], .init(min: 2, max: 4), [.init(column: "A", count: 4)], 5,
                ["A: as-predicted"], 3
            ),
            ("an unpredicted column", [], .zero, [.init(column: "B", count: 1)], 0, ["B: unpredicted-reason"], 3),
            (
                "an unpredicted reason", [.init(column: "A", min: 1, max: 1)], .init(min: 1, max: 9),
                [.init(column: "A", count: 1), .init(column: "A", count: 1, reason: .missingWriteAccess)], 2,
                ["A: as-predicted", "A: unpredicted-reason"], 3
            ),
            (
                "a reason this version does not know", [], .zero, [.init(column: nil, count: 1, reason: .init(rawValue: "New"))], 0,
                ["-: unpredicted-reason"], 3
            ),
            ("an unpredicted reason with no count", [], .zero, [.init(column: "A", count: 0)], 0, ["A: as-predicted"], 0),
            (
                "no column named: by reason, summed", [.init(column: "A", min: 1, max: 2), .init(column: "B", min: 1, max: 2)],
                .init(min: 1, max: 4),
                [.init(column: nil, count: 4)], 4, ["-: as-predicted"], 0
            ),
            (
                "no column named, more than the sum", [.init(column: "A", min: 1, max: 2), .init(column: "B", min: 1, max: 2)],
                .init(min: 1, max: 9),
                [.init(column: nil, count: 5)], 5, ["-: more"], 3
            ),
            (
                "one named, one not", [.init(column: "A", min: 1, max: 1), .init(column: "B", min: 2, max: 2)], .init(min: 1, max: 3),
                [.init(column: "A", count: 1), .init(column: nil, count: 2)], 3, ["A: as-predicted", "-: as-predicted"], 0
            ),
            (
                "the same column for two reasons",
                [.init(column: "A", min: 1, max: 1), .init(column: "A", min: 2, max: 2, reason: .missingItemSkipsRow)],
                .init(min: 1, max: 3),
                [.init(column: "A", count: 2, reason: .missingItemSkipsRow), .init(column: "A", count: 1)], 3,
                ["A: as-predicted", "A: as-predicted"], 0
            ),
            (
                "no readable count", [.init(column: "A", min: 1, max: 1)], .init(min: 1, max: 1), [.init(column: "A", count: nil)], 1,
                ["A: unreadable"], 3
            ),
            ("no readable row count", [], .zero, [], nil, [], 3),
            (
                "over the limit", [.init(column: "A", min: 101, max: 101)], .init(min: 101, max: 101), [.init(column: "A", count: 101)],
                101, ["A: as-predicted"], 3
            ),
        ]

    @Test(arguments: tables) func reconciles(
        _ row: String, predicted: [Predicted], rows: Bounds, reported: [Reported], skipped: Int?, entries: [String], exit: Int
    ) {
        let reconciliation = Self.reconcile(predicted, rows: rows, reported, skipped: skipped)
        #expect(Self.short(reconciliation) == entries)
        #expect(reconciliation.exit.rawValue == exit)
        #expect(reconciliation.words.count == entries.count + 1)
    }

    @Test func estimatesLeaveTheJudgementToTheLimit() {
        let within = Self.reconcile([], rows: .zero, [.init(column: "A", count: 9)], skipped: 9, limit: .rows(9), basis: .inferred)
        #expect(within.exit == .done)
        let beyond = Self.reconcile([], rows: .zero, [.init(column: "A", count: 9)], skipped: 9, limit: .rows(8), basis: .inferred)
        #expect(beyond.exit == .skipped)
    }

    @Test func aLimitInPerCentIsOfTheRows() {
        #expect(Self.reconcile([], rows: .init(min: 0, max: 99), [], skipped: 10, limit: .percent(1)).exit == .done)
        #expect(Self.reconcile([], rows: .init(min: 0, max: 99), [], skipped: 11, limit: .percent(1)).exit == .skipped)
    }

    @Test func withoutADetailedReportNothingIsConfirmed() {
        let prediction = Prediction(basis: .profile, parsingErrorCells: .zero, skippedRows: .zero, columns: [])
        let reconciliation = Reconciliation(
            prediction: prediction, rowCount: 1, limit: .rows(0), document: StatusDocument(status: .completed))
        #expect(reconciliation.exit == .skipped)
        #expect(reconciliation.words[0].contains("is unknown"))
    }

    @Test func writesJSON() {
        let reconciliation = Self.reconcile(
            [.init(column: "A", min: 1, max: 2)], rows: .init(min: 1, max: 2), [.init(column: "A", count: 2)], skipped: 2)
        #expect(
            reconciliation.json.text(isPretty: false)
                == #"[{"column":"A","reason":"ParsingError","predicted":{"min":1,"max":2},"reported":2,"verdict":"as-predicted","index":1},"#
                + #"{"column":null,"reason":null,"predicted":{"min":1,"max":2},"reported":2,"verdict":"as-predicted","index":null}]"#)
    }

    @Test func saysItInWords() {
        let reconciliation = Self.reconcile(
            [.init(column: "A", min: 1, max: 2)], rows: .init(min: 1, max: 2), [.init(column: "A", count: 2)], skipped: 200)
        #expect(
            reconciliation.words == [
                "Skipped rows: predicted 1 to 2, 200 reported, over the limit of 100, more than predicted.",
                "Column A, ParsingError: predicted 1 to 2, 2 reported, as predicted.",
            ])
    }

    static let long = String(repeating: "Amount in the currency of the group, ", count: 4)

    /// What a report names is matched by the bytes of the names, never by what is shown of them.
    static let names: [(row: String, columns: [String])] = [
        ("alike in the first 80 characters", [long + "plan", long + "actual"]), ("composed and decomposed", ["Caf\u{E9}", "Cafe\u{301}"]),
        ("a control character and its escape", ["a\u{1B}", #"a\u{1b}"#]), ("white space", ["Amount", "Amount "]),
        ("letter case", ["amount", "Amount"]), ("a cut name and its ellipsis", [long + "x", ColumnName(long + "x").shown]),
    ]

    @Test(arguments: names, [true, false]) func columnsAreNotConfused(
        _ names: (row: String, columns: [String]), isReversed: Bool
    ) throws {
        let columns = names.columns
        let counts = [2, 5]
        let entries = zip(columns, counts).map { name, count in
            JSONValue.members(["count": .int(count), "reason": .string("ParsingError"), "sourceColumnName": .string(name)])
        }
        let report = JSONValue.members([
            "importStatus": .string("Completed"),
            "detailedReport": .members([
                "summary": .members(["skippedCount": .int(7)]),
                "impactedBlocks": .array([.members(["skippedData": .array(isReversed ? entries.reversed() : entries)])]),
            ]),
        ])
        let document = try #require(StatusDocument(Array(report.text(isPretty: false).utf8), redactor: Redactor(nil)))
        let predictions = zip(columns, counts).enumerated().map { index, column in
            Prediction.ColumnPrediction(
                column: ColumnReference(index: index + 1, name: ColumnName(column.0)), reason: .parsingError,
                cells: Bounds(min: column.1, max: column.1), samples: [])
        }
        let prediction = Prediction(
            basis: .profile, parsingErrorCells: .zero, skippedRows: Bounds(min: 7, max: 7), columns: predictions)
        let reconciliation = Reconciliation(prediction: prediction, rowCount: 100, limit: .rows(10), document: document)
        #expect(reconciliation.entries.map(\.verdict) == [.asPredicted, .asPredicted])
        #expect(reconciliation.entries.map(\.columnIndex) == [1, 2])
        #expect(reconciliation.exit == .done)
        guard case .array(let json) = reconciliation.json else {
            Issue.record("no list")
            return
        }
        #expect(json.prefix(2).map { $0["column"] } == columns.map { .string($0) })
    }

    /// Reasons that this version does not know are distinguished by their whole text.
    @Test func reasonsAreNotConfused() throws {
        let reasons = ["New" + Self.long + "1", "New" + Self.long + "2"]
        let entries = reasons.map { #"{"count":1,"reason":"\#($0)","sourceColumnName":"A"}"# }.joined(separator: ",")
        let text = #"{"importStatus":"Completed","detailedReport":{"impactedBlocks":[{"skippedData":[\#(entries)]}]}}"#
        let document = try #require(StatusDocument(Array(text.utf8), redactor: Redactor(nil)))
        #expect(document.detail?.skipped.map(\.reason.rawValue) == reasons)
    }

    /// The report cannot tell columns of one name apart: they count together.
    @Test func columnsOfOneNameAreSummed() {
        let reconciliation = Self.reconcile(
            [.init(column: "A", min: 1, max: 1), .init(column: "A", min: 2, max: 3)], rows: .init(min: 3, max: 4),
            [.init(column: "A", count: 4)],
            skipped: 4)
        #expect(Self.short(reconciliation) == ["A: as-predicted"])
        #expect(reconciliation.entries[0].columnIndex == nil)
        #expect(reconciliation.entries[0].predicted == Bounds(min: 3, max: 4))
    }

    struct Story: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var predicted: [Predicted] = []
        var rows = Bounds.zero
        var reported: [Reported] = []
        var skipped: Int?
        var limit = SkipLimit.rows(10)
        var basis = Prediction.Basis.profile
        var says: [String]
        var saysNot: [String] = []
    }

    /// Of the two reasons for exit status 3 the right one, with its numbers.
    static let summaries = [
        Story(
            testDescription: "fewer", predicted: [.init(column: "A", min: 54, max: 54)], rows: .init(min: 54, max: 54), skipped: 0,
            limit: .rows(60), says: ["0 rows were skipped, not as predicted: 54 predicted", "profile does not match"], saysNot: ["limit"]),
        Story(
            testDescription: "more", rows: .init(min: 1, max: 2), skipped: 5,
            says: ["5 rows were skipped, more than predicted: 1 to 2 predicted"],
            saysNot: ["limit"]),
        Story(
            testDescription: "over the limit", rows: .init(min: 12, max: 12), skipped: 12,
            says: ["12 rows were skipped, over the limit of 10", "12 predicted"], saysNot: ["not as predicted"]),
        Story(
            testDescription: "over the limit and more", rows: .init(min: 1, max: 2), skipped: 1200,
            says: ["1,200 rows were skipped, over the limit of 10", "1 to 2 predicted", "more than predicted"]),
        Story(
            testDescription: "another column", reported: [.init(column: "B", count: 3, reason: .missingWriteAccess)], skipped: 0,
            says: ["0 rows were skipped, not as predicted by column", "Column B, MissingWriteAccessRights: 3 reported, none predicted"],
            saysNot: ["limit"]),
        Story(
            testDescription: "one row", rows: .init(min: 0, max: 1), skipped: 1,
            says: ["1 row was skipped, as predicted (0 to 1), 10 allowed."]),
        Story(testDescription: "none", skipped: 0, says: ["0 rows were skipped, as predicted."], saysNot: ["allowed", "limit"]),
        Story(
            testDescription: "no profile", rows: .init(min: 0, max: 4), skipped: 4, basis: .inferred,
            says: ["4 rows were skipped, 10 allowed (no profile, so no prediction)."], saysNot: ["as predicted"]),
        Story(
            testDescription: "no profile, over the limit", rows: .init(min: 0, max: 4), skipped: 11, basis: .inferred,
            says: ["11 rows were skipped, over the limit of 10 (no profile, so no prediction)."], saysNot: ["as predicted"]),
        Story(testDescription: "no number", says: ["no readable number"], saysNot: ["as predicted", "limit"]),
    ]

    @Test(arguments: summaries) func saysWhichOfTheTwoHappened(_ story: Story) {
        let reconciliation = Self.reconcile(
            story.predicted, rows: story.rows, story.reported, skipped: story.skipped, limit: story.limit, basis: story.basis)
        for part in story.says { #expect(reconciliation.summary.contains(part), "\(reconciliation.summary)") }
        for part in story.saysNot { #expect(!reconciliation.summary.contains(part), "\(reconciliation.summary)") }
        guard story.basis == .inferred else { return }
        for words in reconciliation.words { #expect(!words.contains("predicted"), "\(words)") }
    }
}
