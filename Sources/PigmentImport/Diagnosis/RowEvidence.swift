import ByteSources
import Preflight

/// The skipped rows of a report's summary as evidence: of several explanations of one column, those with which this number comes out together with
/// what is known of the other columns. A row with several skipped cells counts once (assumed).
///
/// ```
///   Amount   known: rows 3, 9       report: 3 rows skipped in all
///   Posted   plus-sign:   row 9  ── rows 3, 9      ── 2, not as reported
///            parentheses: row 5  ── rows 3, 5, 9   ── 3
/// ```
struct RowEvidence {
    /// Explanations that are tried. Where there are more, some of them are right by chance.
    private static let mostExplanations = 32

    /// The entry that is not decided.
    let entry: Int
    private let questions: [CellQuestion]
    /// By explanation, the number of its question.
    private let places: [Int]

    /// - Returns: `nil` unless one entry is not decided and all others have an explanation.
    init?(_ entries: [Diagnosis.Entry]) {
        let skipping = entries.indices.filter { entries[$0].reported.count != 0 && !entries[$0].keepsRow }
        // What came as predicted is taken for decided, whatever else would explain it.
        let open = skipping.filter {
            entries[$0].settled == nil && !(entries[$0].ties.isEmpty && entries[$0].explanations.first?.kind == .asPredicted)
        }
        guard open.count == 1, let entry = open.first, let column = entries[entry].column?.index else { return nil }
        let explanations = entries[entry].near
        guard (2...Self.mostExplanations).contains(explanations.count), !explanations.contains(where: \.countsRows) else { return nil }
        var questions = explanations.indices.map { (question: CellQuestion(column: column, test: explanations[$0].test), explanation: $0) }
        for index in skipping where index != entry {
            guard let first = entries[index].explanations.first, first.isExact, !first.countsRows, let own = entries[index].column?.index
            else { return nil }
            questions.append((CellQuestion(column: own, test: first.test), -1))
        }
        questions.sort { ($0.question.column, $0.explanation) < ($1.question.column, $1.explanation) }
        self.entry = entry
        self.questions = questions.map(\.question)
        places = explanations.indices.map { explanation in questions.firstIndex { $0.explanation == explanation } ?? 0 }
    }

    /// By explanation, the rows that are skipped if it is right.
    func rowCounts(of file: InputFile, options: CheckOptions) throws(SourceError) -> [Int] {
        let counter = RowCounter(places, of: questions.count)
        _ = try CellScan.ask(questions, of: file, options: options, receiver: counter)
        return counter.counts
    }
}

/// Counts the rows that are selected with each of some questions, beside the questions that are no alternatives.
private final class RowCounter: CellScan.RowReceiver {
    /// By question, its place among the alternatives.
    private var alternatives: [Int?]
    private(set) var counts: [Int]

    init(_ places: [Int], of count: Int) {
        alternatives = Array(repeating: nil, count: count)
        counts = Array(repeating: 0, count: places.count)
        for (index, place) in places.enumerated() { alternatives[place] = index }
    }

    func begin(_ beginning: Range<Int>) -> Bool { true }

    func take(_ row: CellScan.Row) -> Bool {
        let own = row.cells.map { alternatives[$0.question] }
        if own.contains(nil) {
            for index in counts.indices { counts[index] += 1 }
        } else {
            for case let index? in own { counts[index] += 1 }
        }
        return true
    }
}
