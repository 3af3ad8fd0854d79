import CSVTokenizer
import ImportProfiles
import ValueFormats

/// What the profile says of a column, compiled: shared by all columns of a file that differ only in their names; there may be thousands.
final class ColumnSettings: Sendable {
    /// Without the column's name.
    let profile: ColumnProfile
    let rule: ValueRule
    /// How the mask of a value is made; `nil` where no mask is kept.
    let maskForm: ValueMask.Form?
    /// The first pattern of dates that the kernels judge.
    let fixedDate: DatePattern?
    /// `nil` for columns whose values can be read one way only.
    let reading: AlternativeFormat?
    /// What the kernels count.
    let plain: PlainMasks?
    /// The decimal separator of plain numbers, 0 for whole ones; `nil` for other columns.
    let plainDecimal: UInt8?
    /// Null words that the kernels count with the values.
    let plainNullWords: [PlainNullWord]
    /// The quick test; `nil` for columns that hold any text.
    let step: ColumnStep?

    init(_ profile: ColumnProfile) {
        self.profile = profile
        let rule = ValueRule(column: profile)
        self.rule = rule
        maskForm = profile.type.kind.maskForm(for: profile)
        let test = profile.type.kind.quickTest(for: profile)
        let date: DatePattern? =
            if case .date(let pattern) = test, pattern.isPlainlySetOff, DateShape(pattern) != nil { pattern } else { nil }
        fixedDate = date
        reading = AlternativeFormat(profile)
        plain = PlainMasks(
            test, datePattern: date, reading: reading, nullWords: rule.nullWords, tellsFractions: rule.tellsFractions)
        plainDecimal = if case .number(let decimal) = test { decimal } else { nil }
        let quick = test.map { ColumnStep($0, profile, fixedDate: date) }
        plainNullWords = quick.map { Self.plainNullWords(rule.nullWords, quick: $0) } ?? []
        let count = plainNullWords.count
        step = quick.map { Self.step($0, profile, plainNullWordCount: count) }
    }

    private static func plainNullWords(_ words: WordSet, quick: ColumnStep) -> [PlainNullWord] {
        var found: [PlainNullWord] = []
        for word in words.words where found.count <= PlainNullWord.most {
            if let word = PlainNullWord(word, for: quick, kernel: .best) { found.append(word) }
        }
        return found
    }

    /// A null word may look like a value, and is then missing where one is required; the kernels do not tell.
    private static func step(_ quick: ColumnStep, _ profile: ColumnProfile, plainNullWordCount: Int) -> ColumnStep {
        let asksRule =
            switch quick.test {
            case .number, .date: plainNullWordCount > PlainNullWord.most || (profile.isRequired && plainNullWordCount > 0)
            case .boolean, .item, .presentText, .rule: profile.isRequired && !profile.nullWords.isEmpty
            }
        return asksRule ? quick.asking : quick
    }
}

/// Finds the settings of columns that were compiled before.
struct ColumnSettingsPool {
    private var known: [ColumnSettings] = []
    /// Files have few kinds of columns, or each is one of its own.
    private static let mostCompared = 16

    /// - Parameter column: its name makes no difference.
    mutating func settings(for column: ColumnProfile) -> ColumnSettings {
        var column = column
        column.name = ""
        if let found = known.suffix(Self.mostCompared).last(where: { $0.profile == column }) { return found }
        let made = ColumnSettings(column)
        known.append(made)
        return made
    }
}
