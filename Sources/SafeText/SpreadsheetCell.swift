/// Text for a CSV file that people open in a spreadsheet.
package enum SpreadsheetCell {
    /// A quoted field, which no spreadsheet takes for a formula.
    package static func field(_ text: String) -> String {
        "\"" + inert(text).replacing("\"", with: "\"\"") + "\""
    }

    /// A spreadsheet takes what begins so for a formula, unless it is a number.
    package static func inert(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, starts.contains(first) else { return text }
        let rest = text.unicodeScalars.dropFirst()
        let isNumber =
            "+-".unicodeScalars.contains(first) && rest.allSatisfy { ("0"..."9").contains($0) || ".,' ".unicodeScalars.contains($0) }
        return isNumber ? text : "'" + text
    }

    /// The wide forms too: some input methods and locales take them for the others.
    private static let starts: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
}
