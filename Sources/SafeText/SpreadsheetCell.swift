/// Text for a CSV file that people open in a spreadsheet.
package enum SpreadsheetCell {
    private static let quote = UInt8(ascii: "\"")

    /// A quoted field, which no spreadsheet takes for a formula.
    package static func field(_ text: String) -> String {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends such a field: a list may have several for each few bytes of a file.
    package static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(quote)
        if isFormula(text) { bytes.append(UInt8(ascii: "'")) }
        for byte in text.utf8 {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        bytes.append(quote)
    }

    /// A spreadsheet takes what begins so for a formula, unless it is a number.
    package static func inert(_ text: String) -> String { isFormula(text) ? "'" + text : text }

    private static func isFormula(_ text: String) -> Bool {
        switch text.unicodeScalars.first {
        case "+", "-":
            !text.utf8.dropFirst().allSatisfy { ASCII.isDigit($0) || $0 == 0x2E || $0 == 0x2C || $0 == 0x27 || $0 == 0x20 }
        // The wide forms too: some input methods and locales take them for the others.
        case "=", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": true
        default: false
        }
    }
}
