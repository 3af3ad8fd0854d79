import SafeText
import ValueFormats
import Yams

/// Items of a list, which the profile may name.
enum DimensionKind: ValueKind {
    static let name = "dimension"
    static let codes: KindCodes? = KindCodes(fails: "PF501", doubtful: "PF511")
    static let doubts = DoubtSet.items

    static func parser(for column: ColumnProfile) -> (any ValueParser)? { column.items.map { ItemParser($0) } }

    static func consequence(for column: ColumnProfile) -> FailureConsequence { .missingItem(column.onMissing) }

    static func quickTest(for column: ColumnProfile) -> QuickTest? {
        column.items != nil ? .item : column.isRequired ? .presentText : nil
    }

    /// Items that are created cost nothing.
    static func maskForm(for column: ColumnProfile) -> ValueMask.Form? {
        column.items == nil || column.onMissing == .create ? nil : .item
    }

    /// Other ways to match the items.
    static func usualEdits(of column: ColumnProfile) -> [ProfileEdit] {
        guard let source = column.itemsSource else { return [] }
        let (trims, ignoresCase) = (source.matching.trimsBlanks, source.matching.ignoresCase)
        let choices = [
            ItemMatching(trimsBlanks: true, ignoresCase: ignoresCase), ItemMatching(trimsBlanks: trims, ignoresCase: true),
            ItemMatching(trimsBlanks: true, ignoresCase: true),
        ]
        return choices.enumerated().filter { place, matching in
            matching != source.matching && choices.firstIndex(of: matching) == place
        }.map { _, matching in
            let words = [
                matching.trimsBlanks == trims ? nil : "trim true", matching.ignoresCase == ignoresCase ? nil : "case ignore",
            ].compactMap { $0 }
            return ProfileEdit("items " + words.joined(separator: " and "), column) {
                $0.itemsSource?.matching = matching
                $0.items = $0.items?.matched(by: matching)
            }
        }
    }

    // MARK: Inference

    /// Everything is an item.
    static let takesAnyValue = true

    static let inferredFormats = [InferredFormat(.period, "period")]
}

extension ColumnType {
    package static let dimension = ColumnType(DimensionKind.self)
}
