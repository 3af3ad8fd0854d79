import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

// What an example says of its value.

extension ValueCheck {
    /// The reason with the characters that the eye takes for others: `trailing sign: U+2212 minus sign`.
    func words(for reason: JudgementReason, of field: Int, index: Int, _ batch: borrowing RowBatch) -> String {
        let areItems = columns[index].settings.profile.items != nil
        let scalars = decoder.withText(of: field, in: batch) { text in
            text.count <= Self.sampleByteCount ? Self.characters(of: text, for: reason) : []
        }
        // The closest item says which of its letters differ.
        let named = scalars.filter { !areItems || !$0.properties.isAlphabetic }.prefix(2).map(Lookalike.name)
        return reason.text + (named.isEmpty ? "" : ": " + named.joined(separator: ", "))
    }

    /// The characters of a value that make it doubtful, or that the eye takes for others.
    private static func characters(of text: Span<UInt8>, for reason: JudgementReason) -> [Unicode.Scalar] {
        func isBetweenDigits(_ index: Int) -> Bool {
            index > 0 && index + 1 < text.count && ASCII.isDigit(text[index - 1]) && ASCII.isDigit(text[index + 1])
        }
        guard Lookalike.mayDeceive(text) else {
            let separator = text.indices.first { isBetweenDigits($0) && " '`_".utf8.contains(text[$0]) }
            return reason == .otherGroupSeparator ? separator.map { [Unicode.Scalar(text[$0])] } ?? [] : []
        }
        let string = String(decoding: text, as: UTF8.self)
        let mistakable = Lookalike.mistakable(in: string)
        if !mistakable.isEmpty { return mistakable }
        // Beside a sign such as €, which is what it looks like.
        switch reason {
        case .foreignDigits: return string.unicodeScalars.filter { !$0.isASCII && $0.properties.numericType != nil }
        case .otherAffix, .innerBlanks, .surroundingBlanks, .blanksOnly, .otherGroupSeparator, .otherMinusSign:
            return string.unicodeScalars.filter { scalar in
                // Signs of currencies in full width are not among those that look like others.
                !scalar.isASCII && (Lookalike.appearance(of: scalar) != scalar || (0xFFE0...0xFFE6).contains(scalar.value))
            }
        default: return []
        }
    }
}
