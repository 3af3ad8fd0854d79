import CSVTokenizer
import SafeText
import ValueFormats

/// Columns whose type a draft leaves open, because the values of a file allow several: `type: undecided`. A profile that has one cannot be
/// used, so nothing passes a check under a type that was never chosen.
///
/// The lines to choose from are comments above the column's own:
///
///     # Which is it? No value decides. Replace the line below by one of these:
///     #   - {name: Date, type: date, date: {format: dd/MM/yyyy}}
///     #   - {name: Date, type: date, date: {format: MM/dd/yyyy}}
///     - {name: Date, type: undecided}
package struct UndecidedColumn {
    /// The word of a profile.
    package static let type = "undecided"

    /// Choices that are shown; a draft has fewer.
    private static let mostChoices = 8

    private let text: String
    /// Most profiles have no such column.
    private lazy var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }

    /// - Parameter text: of the profile.
    package init(text: String) {
        self.text = text
    }

    /// The comments and the line that a draft has for a column with several readings.
    package static func draft(name: String, choices: [String]) -> [String] {
        ["# Which is it? No value decides. Replace the line below by one of these:"] + choices.map { "#   " + $0 }
            + [line(name: name)]
    }

    /// The line of a column that is not decided on.
    package static func line(name: String) -> String {
        "- " + YAMLText.map([("name", YAMLText.scalar(name)), ("type", type)])
    }

    /// What to say of a column, with its choices.
    ///
    /// - Parameter line: in which it is described.
    package mutating func message(name: String, line: Int) -> String {
        let subject = name.isEmpty ? "the type is undecided" : "the type of the column \(NodeReader.quoted(name)) is undecided"
        let choices = choices(above: line)
        if choices.isEmpty {
            return "\(subject): write the type that the import configuration maps it to, one of \(ColumnType.names)"
        }
        let shown = choices.prefix(Self.mostChoices).map { "\n    " + VisibleText($0, limit: 500).text }.joined()
        return "\(subject): replace its line by the one that says what the import configuration does" + shown
    }

    /// The lines of a profile among the comments directly above a line.
    private mutating func choices(above line: Int) -> [String] {
        var found: [String] = []
        for text in lines.prefix(max(0, line - 1)).reversed() {
            let comment = text.drop { $0 == " " || $0 == "\t" }
            guard comment.first == "#" else { break }
            let choice = comment.dropFirst().drop { $0 == " " }
            if choice.hasPrefix("- {") { found.append(String(choice)) }
        }
        return found.reversed()
    }
}
