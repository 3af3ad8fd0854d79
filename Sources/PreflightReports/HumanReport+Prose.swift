import Preflight
import SafeText

extension HumanReport {
    /// Prose is broken before this column of the terminal.
    private static let proseWidth = 100

    /// A labelled paragraph; further lines stand under the first word. None at all for an empty text.
    ///
    /// What may quote the file is not to be wrapped, or a piece of the file could begin a line. A command, known by its placeholder `FILE`,
    /// is never broken, so that it can be pasted: it gets a line of its own where it stands at the end.
    func proseLines(_ label: String, _ text: String, isWrapped: Bool = true) -> [String] {
        if text.isEmpty { return [] }
        let hang = 8
        let room = Self.proseWidth - hang
        var pieces = [text]
        if isWrapped, text.count > room {
            let (prose, command) = separated(text)
            pieces = prose.contains(" FILE") ? [prose] : wrapped(prose, room: room)
            if let command { pieces.append(command) }
        }
        let indent = String(repeating: " ", count: hang)
        let blanks = String(repeating: " ", count: hang - 2 - label.count)
        return pieces.enumerated().map { $0 == 0 ? "  \(style.paint(label, .quiet))\(blanks)\($1)" : indent + $1 }
    }

    /// The text up to its last colon, and the command behind it, if it is one.
    private func separated(_ text: String) -> (prose: String, command: String?) {
        guard let colon = text.ranges(of: ": ").last, text[colon.upperBound...].contains(" FILE") else { return (text, nil) }
        return (String(text[..<colon.lowerBound]) + ":", String(text[colon.upperBound...]))
    }

    /// Lines of at most `room` characters, longer words apart.
    func wrapped(_ text: String, room: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= room {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
