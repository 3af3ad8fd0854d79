package import ImportProfiles
import Preflight
import ValueFormats

extension DoubtLearner {
    /// What ordinary imports add to a profile: each column's own, and nothing from contradictions.
    package static func additions(from lessons: [Lesson]) -> [ProfileAmendment.Addition] {
        lessons.filter { !$0.isContradictory && !$0.settled.isEmpty }.map {
            ProfileAmendment.Addition(column: $0.column, settled: $0.settled, comment: $0.evidence)
        }
    }

    /// What a calibration kit adds to the profile that it was made for.
    ///
    /// What holds for every column that can have a doubt is added once, for all columns.
    ///
    /// - Parameters:
    ///   - lessons: on the columns of the kit.
    ///   - kit: describes the columns of the kit.
    ///   - source: names the evidence.
    /// - Returns: the additions, and why some of what was learned is not among them, safe to print.
    package func additions(
        fromKit lessons: [Lesson], count: SkipCount?, kit: Profile, source: String
    ) -> (additions: [ProfileAmendment.Addition], problems: [String]) {
        var problems: [String] = []
        var settled: [String: Assumptions] = [:]
        for lesson in lessons where !lesson.isContradictory {
            guard let subject = CalibrationKit.subject(of: lesson.column),
                let format = profile.columns.first(where: { $0.name == subject }),
                let column = kit.columns.first(where: { $0.name == lesson.column }), Self.isAlike(column, format)
            else {
                problems.append("the kit's column \(lesson.column) has the format of no column of the profile: write the kit anew")
                continue
            }
            settled[subject] = lesson.settled.over(settled[subject] ?? Assumptions())
        }
        var byColumn: [(column: ColumnProfile, settled: Assumptions)] = []
        var untold = DoubtSet()
        for column in profile.columns where !column.type.kind.doubts.isEmpty {
            let subject = profile.columns.first { settled[$0.name] != nil && $0.hasFormat(of: column) }
            guard let subject, let found = settled[subject.name] else {
                // Of a column without consequences no doubt matters.
                if ValueRule(column: column).consequence != .missingItem(.create) { untold.formUnion(column.type.kind.doubts) }
                continue
            }
            let contrary = found.settled.intersection(column.assume.settled).doubts.filter { found[$0] != column.assume[$0] }
            for doubt in contrary {
                problems.append("the kit contradicts what the profile assumes: \(doubt.name) in \(column.name)")
            }
            // What this column leaves open must not be settled for it by others.
            untold.formUnion(column.type.kind.doubts.subtracting(found.settled))
            byColumn.append((column, found))
        }
        var common = Assumptions()
        for doubt in Doubt.allCases where !untold.contains(doubt) {
            let values = byColumn.compactMap { $0.settled[doubt] }
            let isOpenSomewhere = byColumn.contains { $0.column.assume[doubt] != nil }
            if let first = values.first, values.allSatisfy({ $0 == first }), !isOpenSomewhere { common[doubt] = first }
        }
        var additions: [ProfileAmendment.Addition] = []
        let newCount = profile.skipCount == nil ? count : nil
        if !common.isEmpty || newCount != nil {
            additions.append(ProfileAmendment.Addition(column: nil, settled: common, count: newCount, comment: source))
        }
        for (column, found) in byColumn {
            let own = found.limited(to: found.settled.subtracting(common.settled).subtracting(column.assume.settled))
            if !own.isEmpty { additions.append(ProfileAmendment.Addition(column: column.name, settled: own, comment: source)) }
        }
        return (additions, problems)
    }

    private static func isAlike(_ kitColumn: ColumnProfile, _ column: ColumnProfile) -> Bool {
        var kitColumn = kitColumn
        (kitColumn.items, kitColumn.itemsSource) = (column.items, column.itemsSource)
        return kitColumn.hasFormat(of: column)
    }
}
