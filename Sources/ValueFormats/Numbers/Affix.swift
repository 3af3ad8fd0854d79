import ByteSpans
import SafeText

/// Finds a format's prefix or suffix at an end of a number.
package enum Affix {
    /// The length of the prefix at the beginning; `nil` where it is missing. Doubtful is one in other letter case, or with other blanks.
    package static func lengthAtStart(of text: Span<UInt8>, _ affix: [UInt8], _ noted: inout NotedDoubts) -> Int? {
        if text.starts(with: affix) { return affix.count }
        let wanted = Whitespace.trim(affix.span)
        guard text.count >= wanted.count, isAlike(text[..<wanted.count], wanted) else { return nil }
        noted.note(.affixSpelling)
        return wanted.count
    }

    /// The same at the end.
    package static func lengthAtEnd(of text: Span<UInt8>, _ affix: [UInt8], _ noted: inout NotedDoubts) -> Int? {
        if text.count >= affix.count, text[(text.count - affix.count)...].elementsEqual(affix) { return affix.count }
        let wanted = Whitespace.trim(affix.span)
        guard text.count >= wanted.count, isAlike(text[(text.count - wanted.count)...], wanted) else { return nil }
        noted.note(.affixSpelling)
        return wanted.count
    }

    /// But for the case of ASCII letters.
    private static func isAlike(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        left.indices.allSatisfy { ASCII.lowercased(left[$0]) == ASCII.lowercased(right[$0]) }
    }
}
