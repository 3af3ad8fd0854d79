import ByteSources
import CSVTokenizer
import SafeText
import ValueFormats

/// Repairs of texts: they do not depend on what a profile says of their column.
enum TextRepair {
    /// A text as it should be, and why.
    struct Result: Equatable {
        var text: [UInt8]
        var kind: FindingKind
        var isSafe: Bool
    }

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Without byte order marks.
    static func withoutMarks(_ text: [UInt8]) -> Result? {
        guard text.contains(mark[0]) else { return nil }
        var result: [UInt8] = []
        var index = 0
        while index < text.count {
            if text[index...].starts(with: mark) {
                index += mark.count
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result == text ? nil : Result(text: result, kind: .innerByteOrderMark, isSafe: true)
    }

    /// Without control characters. Those above U+007F are what Windows-1252 was misread as.
    static func withoutControls(_ text: [UInt8]) -> Result? {
        guard text.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 }) else { return nil }
        var result: [UInt8] = []
        var index = 0
        while index < text.count {
            if let control = RowBatch.control(at: index, in: text.span) {
                if let meant = TextEncoding.windows1252.character(ofByte: control.code) { result += Array(String(meant).utf8) }
                index += control.length
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result == text ? nil : Result(text: result, kind: .controlCharacter, isSafe: false)
    }

    /// Text that was encoded twice, as it was before.
    static func decodedAgain(_ text: [UInt8]) -> Result? {
        guard text.contains(where: { $0 >= 0x80 }), let found = EncodedTwice(text) else { return nil }
        return Result(text: Array(found.repaired.utf8), kind: .doubleEncoded, isSafe: false)
    }

    /// Without an apostrophe that guards a value from spreadsheets.
    static func withoutApostrophe(_ value: [UInt8]) -> [UInt8]? {
        var result = value
        while DecoratedValueCheck.decoration(of: result.span) == .apostrophe { result.removeFirst() }
        return result == value ? nil : result
    }

    /// Without typographic quotes around it.
    static func withoutQuotes(_ value: [UInt8]) -> [UInt8]? {
        guard DecoratedValueCheck.decoration(of: value.span) == .quotes else { return nil }
        for pair in DecoratedValueCheck.pairs
        where value.count >= pair.opening.count + pair.closing.count && value.starts(with: pair.opening)
            && value.suffix(pair.closing.count).elementsEqual(pair.closing)
        {
            return Array(value.dropFirst(pair.opening.count).dropLast(pair.closing.count))
        }
        return nil
    }

    /// A value that becomes what its column holds without what is around it: spaces, an apostrophe, typographic quotes, and spaces and apostrophes
    /// between digits that are not those of ASCII.
    ///
    /// - Returns: `nil` for a value that is like its column already, or not even then.
    static func value(_ value: [UInt8], like type: InferredType) -> [UInt8]? {
        func fits(_ text: [UInt8]) -> Bool { type.fits(FormatSet.formats(of: text.span)) }
        if value.isEmpty || fits(value) { return nil }
        var text = NumberParts.trimmed(value)
        if fits(text) { return text }
        text = NumberParts.trimmed(withoutQuotes(text) ?? text)
        if fits(text) { return text }
        if text.first == UInt8(ascii: "'") {
            text.removeFirst()
            if fits(text) { return text }
        }
        let plain = WrittenNumber.normalized(text)
        return plain != text && fits(plain) ? plain : nil
    }
}
