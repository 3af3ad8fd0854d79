import ByteSpans

extension RowBatch {
    /// Digests the field's value, taken-out bytes included. Complexity: the length of the kept bytes.
    ///
    /// - Precondition: the tokenizer digests long fields (`Tokenizer.digestsLongFields`), or the field is whole.
    package func digest(ofField field: Int, quote: UInt8) -> ValueDigest {
        var range = range(ofField: field)
        var digest = ValueDigest(quote: quote)
        if let elision = elision(ofField: field) {
            precondition(elision.digest != nil, "nobody asked for digests")
            digest = elision.digest ?? digest
            range = min(elision.position, range.upperBound)..<range.upperBound
        }
        digest.update(bytes[range])
        return digest
    }

    /// Whether the field begins and ends in the quote, so that its value is what is inside.
    package func isInQuotes(_ field: Int, quote: UInt8) -> Bool {
        let range = range(ofField: field)
        guard let first = bytes[range].first, first == quote else { return false }
        if let elision = elision(ofField: field), elision.position >= range.upperBound { return elision.lastByte == quote }
        return byteCount(ofField: field) >= 2 && bytes[range.upperBound - 1] == quote
    }
}
