/// Whether human output is coloured. Escape sequences are written here and nowhere else; each painted piece ends with a reset.
package struct TextStyle: Sendable, Equatable {
    package var hasColor: Bool

    package init(hasColor: Bool) {
        self.hasColor = hasColor
    }

    package static let plain = TextStyle(hasColor: false)
    package static let colored = TextStyle(hasColor: true)

    /// What a piece of text is, as parameters of the SGR sequence (ECMA-48, 8.3.117).
    package enum Ink: String, Sendable {
        /// What the eye should find first.
        case strong = "1"
        /// What may be passed over.
        case quiet = "2"
        case error = "1;31"
        case good = "1;32"
        case warning = "1;33"
        case note = "1;36"
    }

    /// The text in a colour, or as it is.
    package func paint(_ text: String, _ ink: Ink) -> String {
        hasColor ? "\u{1b}[\(ink.rawValue)m\(text)\u{1b}[0m" : text
    }
}
