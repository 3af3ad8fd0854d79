import SafeText

/// Breaks text between words, so that no line is wider than a terminal.
///
/// A number stays on one line with the word after it, and so does whatever is given as one piece: a name of the file, a command.
struct WrappedText {
    private var pieces: [Substring] = []

    init() {}

    init(_ text: String) {
        add(text)
    }

    /// Adds words that may be broken apart; a setting as a profile has it, `boolean: {true: ["yes"]}`, may not.
    mutating func add(_ text: String) {
        var openBraces = 0
        for word in text.split(separator: " ") {
            let isInSetting = openBraces > 0 || (word.first == "{" && pieces.last?.last == ":")
            openBraces += word.reduce(0) { $0 + ($1 == "{" ? 1 : $1 == "}" ? -1 : 0) }
            if let last = pieces.last, isInSetting || (Self.isNumber(last) && (word.first?.isLetter == true || word.first == "%")) {
                pieces[pieces.count - 1] = Substring(String(last) + " " + String(word))
            } else {
                pieces.append(word)
            }
        }
    }

    /// Adds a piece that is never broken.
    mutating func add(whole piece: String) {
        pieces.append(Substring(piece))
    }

    /// The lines: the first may take `first` columns, each other one `room`. Only a piece that is longer than that is a longer line.
    func lines(first: Int, room: Int) -> [String] {
        var lines: [String] = []
        var width = 0
        for piece in pieces {
            let own = TerminalWidth.columns(of: piece)
            let limit = lines.count <= 1 ? first : room
            if !lines.isEmpty, width + 1 + own <= limit {
                lines[lines.count - 1] += " " + piece
                width += 1 + own
            } else {
                lines.append(String(piece))
                width = own
            }
        }
        return lines
    }

    private static func isNumber(_ text: Substring) -> Bool {
        text.last?.isNumber == true && text.allSatisfy { $0.isNumber || $0 == "," || $0 == "." || $0 == "(" }
    }
}

extension HumanReport {
    /// Prose is not wider than this, however wide the terminal is: long lines are hard to read.
    static let widestProse = 100
    /// Further lines of a paragraph begin here, where no line of the report begins: text of the file cannot pass for one.
    static let hanging = 6

    var proseWidth: Int { min(style.width, Self.widestProse) }

    /// A paragraph with a label before its first word, which is painted. Nothing for an empty text.
    func paragraph(_ label: String, ink: TextStyle.Ink, indent: Int, _ text: WrappedText) -> [String] {
        let lead = indent + label.count + (label.isEmpty ? 0 : 1)
        let lines = text.lines(first: proseWidth - lead, room: proseWidth - Self.hanging)
        return lines.enumerated().map { index, line in
            if index > 0 { return Self.spaces(Self.hanging) + line }
            return Self.spaces(indent) + (label.isEmpty ? "" : style.paint(label, ink) + " ") + line
        }
    }

    static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

    /// The text, filled up with spaces.
    static func padded(_ text: String, to width: Int) -> String { text + spaces(width - TerminalWidth.columns(of: text)) }

    /// The beginning of the text in at most `width` columns, with `…` where it goes on.
    static func clipped(_ text: String, to width: Int) -> String {
        guard TerminalWidth.columns(of: text) > width else { return text }
        var kept = ""
        var columns = 1
        for character in text {
            columns += TerminalWidth.columns(of: String(character))
            if columns > width { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
