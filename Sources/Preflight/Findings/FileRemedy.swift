/// Commands that write a corrected copy of a file, ready to be pasted but for its name: what converts it comes first.
///
/// They speak of the content and call the file `FILE`: a finding is the same whether the content came from a plain file, gzip or a pipe.
struct FileRemedy {
    /// The encoding that has to be converted, as iconv names it; `nil` for UTF-8.
    var encoding: String?
    var endsLinesWithCR = false

    /// - Parameter filter: what is done to the text, with LF line ends; `nil` where the conversion is all.
    /// - Returns: `iconv -f utf-16le -t UTF-8 FILE | tail -n +3 > FILE.new.csv`
    func command(_ filter: String? = nil) -> String {
        var stages: [String] = []
        if let encoding { stages.append("iconv -f \(encoding) -t UTF-8") }
        if endsLinesWithCR { stages.append("tr '\\r' '\\n'") }
        if let filter { stages.append(filter) }
        guard let first = stages.first else { return "" }
        let source = first.hasPrefix("tr ") ? " < FILE" : " FILE"
        return ([first + source] + stages.dropFirst()).joined(separator: " | ") + " > FILE.new.csv"
    }
}
