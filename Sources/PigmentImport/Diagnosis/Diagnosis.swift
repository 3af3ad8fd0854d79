package import ImportProfiles
package import Preflight
import SafeText

/// A server's report on skipped rows, explained from the file: what was reported and predicted, where the samples are, and why.
package struct Diagnosis: Sendable {
    /// What was skipped in one column for one reason.
    package struct Entry: Sendable {
        package var reported: ServerReport.Entry
        package var match: NameMatch
        /// The column of the file; `nil` where it has none, or several, of that name.
        package var column: ColumnReference?
        /// Whether the profile names the column.
        package var isInProfile: Bool
        package var predicted: Bounds
        package var verdict: Reconciliation.Verdict
        package var samples: [SampleFinding] = []
        /// The best first.
        package var explanations: [Explanation] = []
        /// What decides between those that fit.
        package var deciding: DecidingCell?
        /// What the cells of the first explanation have in common.
        package var slice: FailureSlice?
        /// Cells of the column that are not empty.
        package var filled = 0
        /// What was tried to explain the cells.
        var space = SearchSpace()
        /// Whether the settings of the column were inferred from its values, without a profile.
        package var isInferred = false

        /// Whether the reason says that rows or cells were skipped which the file can explain.
        package var isAboutValues: Bool {
            [.parsingError, .missingItemSkipsRow, .missingItemUsesDefault].contains(reported.reason)
        }

        /// Whether the row stays (assumed), so that it is none of those that were skipped.
        package var keepsRow: Bool { reported.reason == .missingItemUsesDefault }

        /// The explanation that accounts for all cells, where no other of equal right selects other cells: then it is known which they are,
        /// whatever the cause.
        package var settled: Explanation? {
            guard let first = explanations.first, first.isExact, !samples.contains(where: \.isLost) else { return nil }
            return disputing.isEmpty ? first : nil
        }

        /// Those that could be so as well as the first and select other cells. Many that suppose clearly more may be as probable together as one that
        /// does not: then all of them.
        var disputing: [Explanation] {
            guard let first = explanations.first, first.isExact else { return [] }
            let others = explanations.dropFirst().filter { $0.isExact && $0.selection != first.selection }
            let together = others.reduce(0) { $0 + ExplanationCost.odds($1.cost - first.cost - first.sharing) }
            return together < ExplanationCost.odds(Explanation.clearMargin) ? others.filter { $0.disputes(first) } : others
        }

        /// Those that suppose as little as the first and select other cells, with the first; none where it is alone.
        package var ties: [Explanation] {
            guard let first = explanations.first, first.isExact else { return [] }
            let ties = explanations.filter { $0.isExact && $0.cost <= first.cost + 0.01 }
            return ties.contains { $0.selection != first.selection } ? ties : []
        }

        /// Those between which is to be decided: the ties, else the first and those that could be so as well.
        var undecided: [Explanation] {
            guard let first = explanations.first, first.isExact, ties.isEmpty else { return ties }
            return [first] + disputing
        }

        /// The first explanations that fit, as far as the number of skipped rows can change their order.
        var near: [Explanation] {
            guard let first = explanations.first else { return [] }
            return Array(explanations.prefix { $0.isExact && $0.cost < first.cost + ExplanationCost.otherRows })
        }

        /// Puts those first with which the number of skipped rows comes out.
        ///
        /// - Parameter fitting: of those that are ``near``.
        mutating func weigh(_ fitting: [Bool]) {
            for (index, fits) in fitting.enumerated() {
                explanations[index].makesRows = fits
                if !fits { explanations[index].cost += ExplanationCost.otherRows }
            }
            sort()
        }

        /// Puts the explanations in order after their costs changed.
        mutating func sort() {
            explanations = explanations.byCost.certified(by: samples, in: space)
            deciding = DecidingCell(undecided)
        }

        /// Whether it is known why each of the cells was skipped.
        package var isExplained: Bool {
            if reported.count == 0, predicted.min == 0 { return true }
            return settled.map { $0.kind != .samples && $0.kind != .everyValue } ?? false
        }
    }

    /// Whether the file is the one that was pushed.
    package enum Identity: Sendable, Equatable {
        /// The digest of what was sent is that of the file, or the file has not changed since.
        case same
        /// It is that of another content.
        case other(sha256: String)
        /// Nobody kept it.
        case unknown
    }

    package var report: ServerReport
    /// The file as given, escaped.
    package var path: String
    /// Of what a push sends; `nil` where there was none to compare it with.
    package var sha256: String?
    package var identity: Identity
    /// The name of the file that was pushed, where the ledger knows it. Safe to print.
    package var pushedAs: String?
    package var rows: Int
    /// Bytes of the decompressed file.
    package var byteCount: Int
    /// Whether the columns were inferred, without a profile.
    package var isInferred: Bool
    package var predictedRows: Bounds
    package var entries: [Entry]
    /// Rows with a cell that the first explanations select.
    package var selectedRows: Int
    /// What is wrong with the file itself, where that is so: then counts speak of what was read.
    package var isComplete: Bool
    /// Why the table in the file is not the one that was meant.
    package var obstacle: Obstacle?

    /// Rows that the import counted, where it says so.
    package var countedRows: Int? {
        guard let counts = report.counts, let inserted = counts.inserted, let updated = counts.updated, let skipped = counts.skipped
        else { return nil }
        return inserted + updated + skipped
    }

    /// Whether everything that was skipped is accounted for.
    package var isExplained: Bool {
        if case .other = identity { return false }
        return isComplete && otherFileSigns.isEmpty && entries.allSatisfy(\.isExplained)
    }

    /// What speaks for another file or another configuration than this. Sentences without the last full stop, safe to print.
    package var otherFileSigns: [String] { otherFileSigns(besidesNames: false) }

    func otherFileSigns(besidesNames: Bool) -> [String] {
        var signs: [String] = []
        for entry in entries where !besidesNames {
            guard case .unknown(let nearest) = entry.match, let name = entry.reported.columnName else { continue }
            signs.append("the file has no column \"\(name)\"" + (nearest.map { "; the nearest name is \"\($0)\"" } ?? ""))
        }
        for entry in entries where report.isComplete && !besidesNames {
            guard case .bySamples = entry.match, let name = entry.reported.columnName else { continue }
            signs.append("the file has no column \"\(name)\"; its samples are in \(entry.place)")
        }
        let texts = entries.flatMap(\.samples).filter { !$0.sample.isRedacted }
        if !texts.isEmpty, texts.allSatisfy({ $0.count == 0 && $0.nearest == nil }) {
            signs.append(
                texts.count == 1 ? "the sample occurs nowhere in its column" : "none of the \(texts.count) samples occurs in its column")
        }
        if let counted = countedRows, counted > rows || counted == 0 && rows > 0 {
            signs.append("the import counted \(counted.counted("row")), the file has \(rows.grouped)")
        }
        return signs
    }

    /// What is asked of the cells to find the rows that were skipped.
    ///
    /// - Parameter isSuperset: whether all rows that any explanation selects are wanted.
    /// - Returns: `nil` where the rows are not known: see ``rowRefusals``.
    package func rowQuestions(isSuperset: Bool) -> [CellQuestion]? {
        if !isSuperset, !rowRefusals.isEmpty { return nil }
        var tests: [Int: [CellTest]] = [:]
        for entry in entries where !entry.keepsRow && entry.reported.count != 0 {
            guard let column = entry.column?.index else { continue }
            let chosen = isSuperset ? entry.explanations : entry.settled.map { [$0] } ?? []
            tests[column, default: []] += chosen.map(\.test)
            if isSuperset {
                let texts = entry.samples.filter { $0.count > 0 }.flatMap { $0.sample.isCut ? $0.first.map(\.value) : [$0.sample.bytes] }
                if !texts.isEmpty { tests[column, default: []].append(.texts(Set(texts))) }
            }
        }
        let questions = tests.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map {
            CellQuestion(column: $0.key, test: .any($0.value))
        }
        return questions.isEmpty ? nil : questions
    }

    /// Why a file with exactly the skipped rows cannot be written; empty where it can. Sentences without a full stop, safe to print.
    package var rowRefusals: [String] {
        var refusals: [String] = []
        if case .other = identity { refusals.append("the file is not the one that was pushed") }
        if !isComplete { refusals.append("the file could not be read to its end") }
        let wanted = entries.filter { !$0.keepsRow && $0.reported.count != 0 }
        if wanted.isEmpty { refusals.append("no row was skipped") }
        for entry in wanted where entry.settled == nil { refusals.append(entry.whyUnsettled) }
        return refusals
    }
}

extension Diagnosis.Entry {
    /// Why it is not known which cells were skipped.
    var whyUnsettled: String {
        guard let first = explanations.first else { return "\(place): nothing accounts for the \(cellWords) reported" }
        if first.isExact, let lost = lostWords { return "\(place): \(lost)" }
        if first.isExact { return "\(place): several explanations fit, and they select different cells" }
        return
            "\(place): \(first.cells.grouped) cells are accounted for, \(reported.count.map { $0.grouped } ?? "an unknown number") reported"
    }

    private var cellWords: String { reported.count.map { $0.counted("cell") } ?? "cells" }

    /// The column for people.
    package var place: String {
        (column?.name ?? reported.columnName).map { $0.isEmpty ? "column \(column?.index ?? 0)" : $0.shown } ?? "no column named"
    }
}
