import SafeText

/// The document of `diagnose` for machines, as pages for people read it; `diagnosis-v1.schema.json` describes it.
struct DiagnosisDocument {
    let value: JSONValue

    /// Entries, samples and cells that a page shows; what is left out is counted.
    static let (mostEntries, mostSamples, mostCells, mostExplanations) = (40, 20, 10, 5)
    private static let longest = 200

    /// What was reported of one column for one reason.
    struct Entry {
        let value: JSONValue

        var isExplained: Bool { value["isExplained"] == .bool(true) }
        var reason: String { value.text("reason") }
        var verdict: String { value.text("verdict") }

        var column: String {
            let name = value.text("column")
            if !name.isEmpty { return name }
            return value.integer("index").map { "column \($0)" } ?? "no column named"
        }

        /// What came as predicted needs no other explanation.
        var explanations: [JSONValue] {
            let all = value.list("explanations")
            return isExplained && all.first?["kind"] == .string("as-predicted") ? Array(all.prefix(1)) : all
        }

        var samples: [JSONValue] { value.list("samples") }

        /// The cells that the first explanation selects, where it accounts for all.
        var cells: [JSONValue] { known?.list("first") ?? [] }

        var cellsTitle: String { isExplained ? "These cells were skipped" : "Cells that this explanation selects" }

        /// Selected cells that the document does not list.
        var cellsLeft: Int { max(0, (known?.integer("cells") ?? 0) - cells.count) }

        private var known: JSONValue? { explanations.first.flatMap { $0["isExact"] == .bool(true) ? $0 : nil } }
    }

    var isExplained: Bool { value["isExplained"] == .bool(true) }
    var path: String { value["file"]?.text("path") ?? "" }
    var headline: String { value.text("headline", limit: 2_000) }
    var entries: [Entry] { value.list("entries").map(Entry.init) }
    var signs: [String] { Self.texts(value.list("otherFileSigns")) }
    /// Why a file of the skipped rows cannot be written.
    var refusals: [String] { Self.texts(value.list("rowRefusals")) }
    var written: [String] { value.list("written").map(Self.written) }

    /// Whether the import skipped rows, as far as its report says.
    var hasSkippedRows: Bool { value["report"]?.integer("skippedRows") != 0 }

    /// The import, the content, and what is known of it.
    var facts: String {
        let file = value["file"] ?? .null
        let identity =
            switch file["pushed"] {
            case .string("same")?: "this is the file that was pushed"
            case .string("other")?: "this is not the file that was pushed"
            default: "not known whether this is the file that was pushed"
            }
        let basis = value["basis"] == .string("inferred") ? "no profile: formats are inferred" : ""
        let id = value["report"]?.text("importId") ?? ""
        let digest = file.text("sha256")
        return [id.isEmpty ? "" : "import \(id)", digest.isEmpty ? "" : "SHA-256 \(digest)", identity, basis].filter { !$0.isEmpty }
            .joined(separator: ", ")
    }

    /// Numbers with what they count.
    var totals: [(number: String, label: String)] {
        let totals = [
            (value["file"]?.number("rows") ?? "", "rows in the file"),
            (value["report"]?.number("skippedRows") ?? "", "skipped rows reported"),
            (value.bounds("predictedRows"), "skipped rows predicted"),
        ]
        return totals.filter { !$0.0.isEmpty }
    }

    // MARK: Words

    /// How sure an explanation is.
    static func certainty(_ explanation: JSONValue) -> String {
        explanation["isExact"] == .bool(true) ? explanation.text("certainty") : "comes near"
    }

    /// A value of the file or of the server.
    static func shown(_ value: JSONValue, _ key: String) -> String { value.text(key, limit: longest) }

    /// Where a sample is.
    static func found(_ sample: JSONValue) -> String {
        let places = { (key: String) in sample.list(key).prefix(3).map(place).joined(separator: "; ") }
        let count = sample.integer("count") ?? 0
        let like = sample.integer("likeCount") ?? 0
        if count > 0 { return "\(count.counted("cell")), first at \(places("first"))" }
        return like > 0
            ? "not as it is; \(like.counted("cell")) in another spelling, first at \(places("likeFirst"))" : "occurs nowhere in the column"
    }

    static func place(_ cell: JSONValue) -> String {
        [("line", "line"), ("row", "row"), ("byte", "byteOffset")].compactMap { noun, key in cell.integer(key).map { "\(noun) \($0)" } }
            .joined(separator: ", ")
    }

    private static func written(_ file: JSONValue) -> String {
        let count = file.integer("rows").map { $0.counted("row") } ?? file.integer("cells").map { $0.counted("cell") } ?? ""
        return "\(count) written to \(file.text("path"))"
    }

    private static func texts(_ list: [JSONValue]) -> [String] {
        list.prefix(10).map { if case .string(let text) = $0 { VisibleText(text, limit: 400).text } else { "" } }
    }
}

extension Int {
    /// The number with its noun, for plurals of several words.
    func counted(_ singular: String, _ plural: String) -> String { "\(grouped) \(self == 1 ? singular : plural)" }
}
