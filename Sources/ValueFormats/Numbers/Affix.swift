import ByteSpans
import SafeText

/// Finds a format's prefix or suffix at an end of a number.
package enum Affix {
    /// The length of the prefix at the beginning; `nil` where it is missing. Doubtful is one in other letter case, or with other blanks.
    package static func lengthAtStart(of text: Span<UInt8>, _ affix: [UInt8], _ noted: inout NotedDoubts) -> Int? {
        if text.starts(with: affix) { return affix.count }
        let wanted = Whitespace.trim(affix.span)
        if text.count >= wanted.count, isAlike(text[..<wanted.count], wanted) {
            noted.note(.affixSpelling)
            return wanted.count
        }
        guard let wide = otherWidth(of: wanted), text.starts(with: wide) else { return nil }
        noted.note(.affixSpelling)
        return wide.count
    }

    /// The same at the end.
    package static func lengthAtEnd(of text: Span<UInt8>, _ affix: [UInt8], _ noted: inout NotedDoubts) -> Int? {
        if text.count >= affix.count, text[(text.count - affix.count)...].elementsEqual(affix) { return affix.count }
        let wanted = Whitespace.trim(affix.span)
        if text.count >= wanted.count, isAlike(text.suffix(wanted.count), wanted) {
            noted.note(.affixSpelling)
            return wanted.count
        }
        guard let wide = otherWidth(of: wanted), text.count >= wide.count, text.suffix(wide.count).elementsEqual(wide) else { return nil }
        noted.note(.affixSpelling)
        return wide.count
    }

    /// A sign of a currency as keyboards of East Asia write it, or as others do.
    private static func otherWidth(of affix: Span<UInt8>) -> [UInt8]? {
        for (usual, wide) in signs {
            if affix.elementsEqual(usual) { return wide }
            if affix.elementsEqual(wide) { return usual }
        }
        return nil
    }

    private static let signs: [(usual: [UInt8], wide: [UInt8])] = [("$", "＄"), ("¥", "￥"), ("£", "￡"), ("₩", "￦"), ("¢", "￠")].map {
        (Array($0.0.utf8), Array($0.1.utf8))
    }

    /// But for the case of ASCII letters.
    private static func isAlike(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        left.indices.allSatisfy { ASCII.lowercased(left[$0]) == ASCII.lowercased(right[$0]) }
    }
}
