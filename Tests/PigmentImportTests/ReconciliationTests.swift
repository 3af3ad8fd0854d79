import PigmentImport
import Preflight
import Testing

@Suite struct ReconciliationTests {
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
                column: ColumnReference(index: index + 1, name: entry.column), reason: entry.reason,
                cells: Bounds(min: entry.min, max: entry.max), samples: [])
        }
        let prediction = Prediction(basis: basis, parsingErrorCells: .zero, skippedRows: rows, columns: columns)
        let detail = StatusDocument.Detail(
            counts: .init(inserted: 1, skipped: skipped),
            skipped: reported.map { StatusDocument.Skipped(columnName: $0.column, reason: $0.reason, count: $0.count) })
        return Reconciliation(
            prediction: prediction, rowCount: 1000, limit: limit, document: StatusDocument(status: .completed, detail: detail))
    }

    /// `column: verdict`, one an entry.
    static func short(_ reconciliation: Reconciliation) -> [String] {
        reconciliation.entries.map { "\($0.columnName ?? "-"): \($0.verdict.rawValue)" }
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
        #expect(reconciliation.words[0].contains("not known"))
    }

    @Test func writesJSON() {
        let reconciliation = Self.reconcile(
            [.init(column: "A", min: 1, max: 2)], rows: .init(min: 1, max: 2), [.init(column: "A", count: 2)], skipped: 2)
        #expect(
            reconciliation.json.text(isPretty: false)
                == #"[{"column":"A","reason":"ParsingError","predicted":{"min":1,"max":2},"reported":2,"verdict":"as-predicted"},"#
                + #"{"column":null,"reason":null,"predicted":{"min":1,"max":2},"reported":2,"verdict":"as-predicted"}]"#)
    }

    @Test func saysItInWords() {
        let reconciliation = Self.reconcile(
            [.init(column: "A", min: 1, max: 2)], rows: .init(min: 1, max: 2), [.init(column: "A", count: 2)], skipped: 200)
        #expect(
            reconciliation.words == [
                "Skipped rows: predicted 1 to 2, 200 reported, over the limit of 100.",
                "Column A, ParsingError: predicted 1 to 2, 2 reported, as predicted.",
            ])
    }
}
