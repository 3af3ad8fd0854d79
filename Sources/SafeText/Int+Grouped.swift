extension Int {
    /// The number with a comma between groups of three digits, `336,777`. For counts in sentences; line and row numbers stay ungrouped, so that
    /// they can be pasted into a command.
    package var grouped: String {
        let digits = Array(String(magnitude))
        var text = self < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// The number with its noun in the right form: `1 row`, `336,777 rows`.
    ///
    /// - Parameter noun: in the singular; its plural adds an `s`.
    package func counted(_ noun: String) -> String {
        "\(grouped) \(noun)\(self == 1 ? "" : "s")"
    }
}
