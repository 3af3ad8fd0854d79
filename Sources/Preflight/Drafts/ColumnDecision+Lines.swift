import ImportProfiles
import SafeText

extension ColumnDecision {
    /// - Parameters:
    ///   - common: Words of all columns.
    ///   - meaning: All words that mean no value.
    mutating func settleNullWords(_ common: [String], meaning: Set<String>) {
        let own = nullWords.filter { meaning.contains($0) }
        let others = nullWords.filter { !meaning.contains($0) }
        if nullWordsMayBeValues, !others.isEmpty {
            notes.append("\(others.map(YAMLText.shown).joined(separator: ", ")) may mean no value: then add null: \(YAMLText.list(others))")
        }
        change { $0.nullWords = common + own.filter { !common.contains($0) } }
        guard nullWordsMayBeValues, !own.isEmpty, let mask = codeMask, question == nil,
            let word = own.first(where: { TextMask.mask($0) == mask })
        else { return }
        // A country is called NA as well.
        let kept = column
        choices = [Choice(kept, "as no value")]
        var values = kept
        values.nullWords = []
        choices.append(Choice(values, "as a value like the others"))
        question = "is \(YAMLText.shown(word)) no value here, or one of the codes?"
    }

    /// The lines of the draft.
    func lines(defaults: ColumnDefaults, isPivot: Bool = false) -> [String] {
        var lines = notes.map { "# \($0)" }
        func line(_ column: ColumnProfile) -> String { ProfileWriter.columnLine(for: column, defaults: defaults) }
        guard let question else { return lines + [line(column)] }
        lines.append("# ? \(question.prefix(1).uppercased())\(question.dropFirst()) Replace the line below by one of these:")
        for (number, choice) in choices.enumerated() {
            lines.append("# \(number + 1). \(choice.words)")
            lines.append("#   \(line(choice.column))")
        }
        return lines + [isPivot ? "values: {type: \(UndecidedColumn.type)}" : UndecidedColumn.line(name: name)]
    }
}
