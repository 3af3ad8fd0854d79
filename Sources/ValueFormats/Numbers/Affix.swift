import SafeText

/// Finds a format's prefix or suffix at an end of a number.
package enum Affix {
    /// The length of the prefix at the beginning; `nil` where it is missing. Doubtful is one in other letter case, or with other blanks.
    package static func lengthAtStart(of text: UnsafeRawBufferPointer, _ affix: [UInt8], _ doubt: inout JudgementReason) -> Int? {
        if text.starts(with: affix) { return affix.count }
        return affix.withUnsafeBytes { affix in
            let wanted = Whitespace.trim(affix)
            guard text.count >= wanted.count, isAlike(UnsafeRawBufferPointer(rebasing: text[..<wanted.count]), wanted) else { return nil }
            NumberParser.note(.otherAffix, &doubt)
            return wanted.count
        }
    }

    /// The same at the end.
    package static func lengthAtEnd(of text: UnsafeRawBufferPointer, _ affix: [UInt8], _ doubt: inout JudgementReason) -> Int? {
        if text.count >= affix.count, text[(text.count - affix.count)...].elementsEqual(affix) { return affix.count }
        return affix.withUnsafeBytes { affix in
            let wanted = Whitespace.trim(affix)
            guard text.count >= wanted.count,
                isAlike(UnsafeRawBufferPointer(rebasing: text[(text.count - wanted.count)...]), wanted)
            else { return nil }
            NumberParser.note(.otherAffix, &doubt)
            return wanted.count
        }
    }

    /// But for the case of ASCII letters.
    private static func isAlike(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        left.indices.allSatisfy { ASCII.lowercased(left[$0]) == ASCII.lowercased(right[$0]) }
    }
}
