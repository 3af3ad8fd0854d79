/// Commands that write a corrected copy of a file, ready to paste except for its name. A conversion of its encoding comes first.
///
/// They call the file `FILE` and depend only on its content: a plain file, gzip and a pipe give the same finding.
struct FileRemedy {
    /// The encoding that has to be converted, as iconv names it; `nil` for UTF-8.
    var encoding: String?
    var endsLinesWithCR = false

    /// - Parameter filter: The command for the text with LF line ends; `nil` if the conversion is enough.
    /// - Returns: `iconv -f utf-16le -t UTF-8 FILE | tail -n +3 > FILE.new.csv`
    func command(_ filter: String? = nil, to output: String = "FILE.new.csv") -> String {
        var stages: [String] = []
        if let encoding { stages.append("iconv -f \(encoding) -t UTF-8") }
        if endsLinesWithCR { stages.append("tr '\\r' '\\n'") }
        if let filter { stages.append(filter) }
        guard let first = stages.first else { return "" }
        let source = first.hasPrefix("tr ") ? " < FILE" : " FILE"
        return ([first + source] + stages.dropFirst()).joined(separator: " | ") + " > \(output)"
    }

    /// Two commands that write the two tables of a file, the lines up to one and those from another on.
    func split(upTo last: Int, from first: Int) -> String {
        "\(command("head -n \(last)", to: "FILE.1.csv")); \(command("tail -n +\(first)", to: "FILE.2.csv"))"
    }
}
