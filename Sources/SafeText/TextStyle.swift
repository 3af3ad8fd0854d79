/// How human output is drawn: in colour or not, and how wide. Escape sequences are written here and nowhere else; each painted piece ends with
/// a reset.
package struct TextStyle: Sendable, Equatable {
    package var hasColor: Bool
    /// Columns of the terminal, at least ``narrowest``.
    package let width: Int

    /// - Parameter width: of the terminal; ``usualWidth`` where the output is not one, so that the same file gives the same text.
    package init(hasColor: Bool, width: Int = Self.usualWidth) {
        self.hasColor = hasColor
        self.width = max(width, Self.narrowest)
    }

    /// The width of text that is not written to a terminal.
    package static let usualWidth = 80
    /// Below this, tables and excerpts would be cut to nothing; the terminal then breaks the lines.
    package static let narrowest = 40

    package static let plain = TextStyle(hasColor: false)
    package static let colored = TextStyle(hasColor: true)

    /// What a piece of text is, as parameters of the SGR sequence (ECMA-48, 8.3.117).
    package enum Ink: String, Sendable {
        /// What the eye should find first.
        case strong = "1"
        /// What can be skipped.
        case quiet = "2"
        // The colours of gcc, which are readable on light and on dark backgrounds: yellow is not.
        case error = "1;31"
        case good = "1;32"
        case warning = "1;35"
        case note = "1;36"
    }

    /// The text in a colour, or as it is.
    package func paint(_ text: String, _ ink: Ink) -> String {
        hasColor ? "\u{1b}[\(ink.rawValue)m\(text)\u{1b}[0m" : text
    }
}
