import SafeText

/// Judges whether values are among the items of a dimension: as they are, or as the matching of the set allows.
///
/// A value that differs from an item only by letter case and surrounding spaces is doubtful. Any other value is unknown.
package struct ItemParser: ValueParser {
    private let items: ItemSet

    package init(_ items: ItemSet) {
        self.items = items
    }

    package func judge(_ field: UnsafeRawBufferPointer) -> Judgement {
        let text = Whitespace.trim(field)
        // Every item is among the folded ones: most unknown values need no other look-up.
        if !text.isEmpty, !items.containsFolded(text) { return .fails(.unknownItem) }
        if items.contains(field) || items.matches(field) { return .parses }
        if text.isEmpty { return .doubtful(.blanksOnly) }
        var noted = NotedDoubts()
        let isCaseOnly = items.matching.trimsBlanks || items.containsCaseless(field)
        if !isCaseOnly {
            noted.noteBlanks(around: text, in: field)
            if noted.isEmpty { noted.note(.itemBlank) }
        }
        if isCaseOnly || !(items.matching.ignoresCase || items.containsTrimmed(field)) { noted.note(.itemCase) }
        return Judgement(doubtful: .itemCaseOrBlanks, noted.doubts)
    }

    package func judgeLong(_ field: UnsafeRawBufferPointer) -> Judgement { judge(field) }
}
