/// Commands that write a corrected copy of a file, ready to be pasted: what decompresses and converts it comes first.
struct FileRemedy {
    private let path: String
    private let isCompressed: Bool
    /// The encoding that has to be converted; `nil` for UTF-8.
    private let encoding: String?
    private let endsLinesWithCR: Bool

    init(_ input: InputSummary, encoding: String?, endsLinesWithCR: Bool) {
        // Standard input has no name, and a name that was escaped cannot be pasted.
        path = input.path == "-" || input.path.contains("\\") ? "FILE" : input.path
        isCompressed = input.compression == .gzip
        self.encoding = encoding
        self.endsLinesWithCR = endsLinesWithCR
    }

    /// - Parameter filter: what is done to the text, with LF line ends; `nil` where the conversion is all.
    /// - Returns: `gzip -dc export.csv.gz | iconv -f utf-16le -t UTF-8 | tail -n +3 > export.csv.gz.new.csv`
    func command(_ filter: String? = nil) -> String {
        var stages: [String] = []
        if isCompressed { stages.append("gzip -dc") }
        if let encoding { stages.append("iconv -f \(encoding) -t UTF-8") }
        if endsLinesWithCR { stages.append("tr '\\r' '\\n'") }
        if let filter { stages.append(filter) }
        guard let first = stages.first else { return "" }
        let source = (first.hasPrefix("tr ") ? " < " : " ") + Self.word(path)
        return ([first + source] + stages.dropFirst()).joined(separator: " | ") + " > " + Self.word(path + ".new.csv")
    }

    private static func word(_ path: String) -> String {
        ShellCommand([ShellCommand.Word(FilePath(path))]).description
    }
}
