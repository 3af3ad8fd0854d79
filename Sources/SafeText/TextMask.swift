/// What a text looks like without what it says: letters as `A` and `a`, digits as `9`, the signs between them as they are. `Q1-2026` is `A9-9999`.
package enum TextMask {
    /// Characters that are shown; how long a longer text is remains unknown.
    package static let most = 24

    package static func mask(_ text: String, limit: Int = most) -> String {
        var mask = ""
        for scalar in text.unicodeScalars.prefix(limit) {
            switch scalar {
            case "0"..."9": mask += "9"
            case _ where scalar.isASCII && !scalar.properties.isAlphabetic: mask.unicodeScalars.append(scalar)
            case _ where scalar.properties.isUppercase: mask += "A"
            // Other signs may say something, such as the language or the currency.
            default: mask += "a"
            }
        }
        return text.unicodeScalars.count > limit ? mask + "…" : mask
    }
}

extension VisibleText {
    /// What a whole row looks like.
    package var masked: VisibleText { VisibleText(TextMask.mask(text, limit: Self.mostMasked), limit: Self.mostMasked + 1) }

    private static let mostMasked = 400
}
