import SafeText

/// Judges whether values are among the items of a dimension: as they are, or as the matching of the set allows.
///
/// A value that differs from an item only by letter case and surrounding spaces is doubtful. Any other value is unknown.
package struct ItemParser: ValueParser {
    private let items: ItemSet

    package init(_ items: ItemSet) {
        self.items = items
    }

    package func judge(_ field: Span<UInt8>) -> Judgement {
        let text = Whitespace.trim(field)
        // Every item is among the folded ones: most unknown values need no other look-up.
        if !text.isEmpty, !items.containsFolded(text) { return .fails(.unknownItem) }
        if items.contains(field) || items.matches(field) { return .parses }
        if text.isEmpty { return .doubtful(.blanksOnly) }
        var noted = NotedDoubts()
        let isCaseOnly = items.haveNoBlanks(field, trimmed: text) || items.matching.trimsBlanks || items.containsCaseless(field)
        if !isCaseOnly {
            noted.noteBlanks(around: text, in: field)
            if noted.isEmpty { noted.note(.itemBlank) }
        }
        if isCaseOnly || !(items.matching.ignoresCase || items.containsTrimmed(field)) { noted.note(.itemCase) }
        return Judgement(
            doubtful: isCaseOnly || !Self.hasInvisible(around: text, in: field) ? .itemCaseOrBlanks : .itemInvisibles, noted.doubts)
    }

    /// Whether some character before or after a text cannot be seen at all: a zero-width space or a byte order mark.
    private static func hasInvisible(around text: Span<UInt8>, in field: Span<UInt8>) -> Bool {
        guard let range = field.indices(of: text) else { return false }
        return field.indices.contains { index in
            guard !range.contains(index), index + 3 <= field.count else { return false }
            switch (field[index], field[index + 1], field[index + 2]) {
            case (0xE2, 0x80, 0x8B), (0xE2, 0x81, 0xA0), (0xEF, 0xBB, 0xBF): return true
            default: return false
            }
        }
    }

    package func judgeLong(_ field: Span<UInt8>) -> Judgement { judge(field) }
}
