import SafeText

/// A field as it is in the file, and what it says.
struct FieldText {
    let delimiter: UInt8
    let quote: UInt8

    /// Whether a field is quoted as RFC 4180 says.
    func isQuoted(_ raw: ArraySlice<UInt8>) -> Bool {
        guard raw.count >= 2, raw.first == quote, raw.last == quote else { return false }
        return arePaired(raw.dropFirst().dropLast())
    }

    /// Whether each quote is doubled.
    private func arePaired(_ text: ArraySlice<UInt8>) -> Bool {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == quote {
                guard index + 1 < text.endIndex, text[index + 1] == quote else { return false }
                index += 1
            }
            index += 1
        }
        return true
    }

    func decoded(_ raw: ArraySlice<UInt8>) -> [UInt8] {
        guard isQuoted(raw) else { return Array(raw) }
        var text: [UInt8] = []
        var isSecond = false
        for byte in raw.dropFirst().dropLast() {
            if byte == quote, isSecond {
                isSecond = false
                continue
            }
            isSecond = byte == quote
            text.append(byte)
        }
        return text
    }

    /// - Parameter isQuoted: whether it is quoted even if that is not needed.
    func encoded(_ text: [UInt8], isQuoted: Bool) -> [UInt8] {
        let needsQuotes = text.contains { $0 == delimiter || $0 == quote || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        guard isQuoted || needsQuotes else { return text }
        return [quote] + text.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
    }

    /// A field whose quotes or line ends other readers take for something else, written so that all read the same.
    ///
    /// - Parameter isLast: whether the line end follows.
    /// - Returns: `nil` where nothing is to be changed, or where it is not sure what is meant.
    func requoted(_ raw: [UInt8], isLast: Bool) -> (raw: [UInt8], kind: FindingKind)? {
        guard raw.contains(quote) else {
            // Before a line end it may be a part of that.
            let isText = raw.firstIndex(of: UInt8(ascii: "\r")).map { !isLast || $0 < raw.count - 1 } ?? false
            return isText && raw.last != UInt8(ascii: "\r") ? (encoded(raw, isQuoted: true), .loneCarriageReturn) : nil
        }
        // ="0012", and the same in quotes.
        if let value = quotedByFormula(raw[...]) { return (encoded(value, isQuoted: false), .quotedFormula) }
        if isQuoted(raw[...]) { return quotedByFormula(decoded(raw[...])[...]).map { (encoded($0, isQuoted: true), .quotedFormula) } }
        let trimmed = NumberParts.trimmed(raw)
        if isQuoted(trimmed[...]) { return (trimmed, raw.first == quote ? .textAfterClosingQuote : .spaceBeforeQuote) }
        guard !raw.contains(UInt8(ascii: "\\")), trimmed.first != UInt8(ascii: "=") else { return nil }
        if raw.first == quote { return requotedInside(trimmed).map { ($0, .textAfterClosingQuote) } }
        return trimmed.first == quote ? nil : (encoded(raw, isQuoted: true), .strayQuote)
    }

    /// What a formula `="0012"` quotes.
    private func quotedByFormula(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let value = text.dropFirst()
        return text.first == UInt8(ascii: "=") && isQuoted(value) && value.count > 2 ? decoded(value) : nil
    }

    /// `"the "big" one"`
    private func requotedInside(_ raw: [UInt8]) -> [UInt8]? {
        guard raw.count > 3, raw.last == quote else { return nil }
        let text = raw.dropFirst().dropLast()
        let hasPair = zip(text, text.dropFirst()).contains { $0 == quote && $1 == quote }
        guard !hasPair, text.first != quote || text.last != quote else { return nil }
        return encoded(Array(text), isQuoted: true)
    }
}
