import ByteSpans
package import ImportProfiles
package import Preflight
package import ValueFormats

/// Learns from reports on imports which doubts the import configuration accepts.
///
/// It trusts that the configuration has the formats of the profile: where a report contradicts that, nothing is learned from its column. Doubts
/// are taken to be settled alike for all values of a column (assumed).
package struct DoubtLearner {
    /// An import: what was predicted of its file with every doubt open, and what the server reported.
    package struct Import {
        /// For people and for comments: `import 3f9c…`, `report.json`. Safe to print.
        package var source: String
        package var prediction: Prediction
        package var skipped: [ServerReport.Entry]
        /// What the counts count, if that is known of this import.
        package var count: SkipCount?

        package init(source: String, prediction: Prediction, skipped: [ServerReport.Entry], count: SkipCount? = nil) {
            self.source = source
            self.prediction = prediction
            self.skipped = skipped
            self.count = count
        }
    }

    /// What was found out about one column.
    package struct Lesson: Sendable, Equatable {
        /// As the profile has it.
        package var column: String
        package var type: ColumnType
        /// Settled now, and not in the profile before.
        package var settled = Assumptions()
        /// Doubts that occur and remain open.
        package var open: DoubtSet = []
        package var isExact = true
        /// The observations it rests on.
        package var observations: [DoubtObservation] = []
        /// Why nothing, or not all, was learned. Safe to print.
        package var problems: [String] = []
        /// Whether a report contradicts another one, the profile, or the file.
        package var isContradictory = false

        /// The evidence in a few words, for a comment.
        package var evidence: String {
            let shown = observations.filter { !$0.entries.isEmpty }
            guard let first = shown.first else { return "" }
            if shown.count > 1 { return "\(shown.count) imports, the first \(first.source)" }
            return "\(first.source): \(first.reported) reported, \(first.failing) certain"
        }
    }

    let profile: Profile

    package init(_ profile: Profile) {
        self.profile = profile
    }

    /// The profile with every doubt open: what imports are to be judged under.
    package static func open(_ profile: Profile) -> Profile {
        var open = profile
        open.forgetAssumptions()
        return open
    }

    /// One lesson for each column of the profile of which some import has doubts or a contradiction.
    package func lessons(from imports: [Import]) -> [Lesson] {
        profile.columns.compactMap { lesson(on: $0, from: imports) }
    }

    private func lesson(on column: ColumnProfile, from imports: [Import]) -> Lesson? {
        var lesson = Lesson(column: column.name, type: column.type)
        if column.type == .date, column.date.patterns.count > 1 {
            // A value may be doubtful under one pattern for one thing and under another for another.
            let hasDoubts = imports.contains { !($0.prediction.columns(named: column.name).first?.doubts.isEmpty ?? true) }
            guard hasDoubts else { return nil }
            lesson.problems = ["it has several date patterns, so a count does not tell which doubt was meant"]
            return lesson
        }
        var open = column
        open.assume = Assumptions()
        let rule = ValueRule(column: open)
        for item in imports {
            switch observation(of: column, rule, in: item) {
            case .none: break
            case .some(.observed(let observation)): lesson.observations.append(observation)
            case .some(.unusable(let problem)):
                lesson.problems.append(problem)
                lesson.isContradictory = true
            }
        }
        guard !lesson.observations.isEmpty || !lesson.problems.isEmpty else { return nil }
        solve(&lesson, known: column.assume)
        let hasDoubts = lesson.observations.contains { !$0.entries.isEmpty }
        return hasDoubts || !lesson.problems.isEmpty ? lesson : nil
    }

    private func solve(_ lesson: inout Lesson, known: Assumptions) {
        switch DoubtSolver.solve(lesson.observations, known: known) {
        case .solved(let solution):
            lesson.settled = solution.settled.limited(to: solution.settled.settled.subtracting(known.settled))
            lesson.open = solution.open
            lesson.isExact = solution.isExact
            if !solution.isExact { lesson.problems.append("too many doubts at once to try every combination") }
        case .contradiction(let places):
            lesson.isContradictory = true
            lesson.open = lesson.observations.reduce(into: []) { $0.formUnion($1.doubts) }
            if !known.isEmpty, case .solved = DoubtSolver.solve(lesson.observations) {
                lesson.problems.append("the reports contradict what the profile assumes")
            } else {
                lesson.problems.append(Self.contradiction(places.map { lesson.observations[$0] }))
            }
        }
    }

    private static func contradiction(_ observations: [DoubtObservation]) -> String {
        let sources = observations.map(\.source)
        guard observations.count == 1, let one = observations.first else {
            return "contradiction: no answer explains both \(sources.joined(separator: " and "))"
        }
        let most = one.failing + one.entries.reduce(one.otherCount) { $0 + $1.count }
        return "\(one.source) reports \(one.reported), and no choice of doubts explains that (\(one.failing) to \(most) predicted): "
            + "the configuration may differ from the profile"
    }

    // MARK: One import

    private enum Reading {
        case observed(DoubtObservation)
        case unusable(String)
    }

    /// - Returns: `nil` where the import says nothing about the column.
    private func observation(of column: ColumnProfile, _ rule: ValueRule, in item: Import) -> Reading? {
        let predicted = item.prediction.columns(named: column.name)
        let name = ColumnName(column.name)
        guard predicted.count <= 1, !column.name.isEmpty else { return nil }
        guard let predicted = predicted.first else {
            let count = rule.skipReason(for: .fails(.none)).flatMap { reason in
                item.skipped.first { $0.columnName == name && $0.reason == reason }?.count
            }
            guard let count, count > 0 else { return nil }
            return .unusable("\(item.source) reports \(count), and none was predicted: the configuration may differ from the profile")
        }
        // A report without a column may speak of this one.
        if item.skipped.contains(where: { $0.columnName == nil && $0.reason == predicted.reason }) { return nil }
        let reports = item.skipped.filter { $0.columnName == name && $0.reason == predicted.reason }
        guard reports.count <= 1 else { return nil }
        if let report = reports.first, report.count == nil { return nil }
        var observation = DoubtObservation(
            source: item.source, entries: predicted.doubts.entries, otherCount: predicted.doubts.otherCount, failing: predicted.cells.min,
            reported: reports.first?.count ?? 0, uncounted: item.count == .cells ? 0 : predicted.sharedRows)
        for sample in reports.first?.samples ?? [] where !sample.isCut {
            let judgement = rule.judge(sample.bytes.span)
            switch judgement.verdict {
            case .fails: break
            case .doubtful:
                // One that the file does not have may have been cut or trimmed.
                if observation.entries.contains(where: { $0.doubts == judgement.doubts }) { observation.rejected.append(judgement.doubts) }
            case .parses, .empty:
                return .unusable(
                    "\(item.source) shows a sample that the profile reads without doubt: the configuration may differ from the profile")
            }
        }
        return .observed(observation)
    }
}

extension Prediction {
    /// The predictions about the columns of one name.
    fileprivate func columns(named name: String) -> [ColumnPrediction] {
        let name = ColumnName(name)
        return columns.filter { $0.column.name == name }
    }
}
