import ByteSources
import CSVTokenizer
import SafeText
import ValueFormats
import Yams

/// Builds a profile from its YAML tree; collects all mistakes instead of stopping at the first.
struct ProfileReader {
    var nodes: NodeReader
    var items: ItemsLoader
    /// Where each column of the profile is described.
    var columnPlaces: [ProfileLocation] = []
    /// What to say of columns that are not decided on.
    var undecided: UndecidedColumn

    /// What is legal and worth a second look.
    var remarks: [ProfileMistake] { nodes.remarks }

    /// In the order in which they were found.
    var mistakes: [ProfileMistake] { nodes.mistakes }

    /// - Parameters:
    ///   - text: of the profile, for the comments in it.
    ///   - readItems: gives the content of an items file by the path that the profile names; called once per path.
    init(fileName: String, text: String, readItems: @escaping (String) throws(SmallFile.Refusal) -> [UInt8]) {
        nodes = NodeReader(fileName: fileName)
        undecided = UndecidedColumn(text: text)
        items = ItemsLoader(read: readItems)
    }

    private static let keys = [
        "version", "configuration", "dialect", "defaults", "assume", "columns", "keys", "pivot", "extra-columns", "gate", "rules", "expect",
    ]
    private static let refusedKeys = [
        "multiplier": misplacedMultiplier
    ]

    /// - Returns: `nil` only if there are mistakes; with mistakes the profile is not fit for use.
    mutating func read(_ root: Node) -> Profile? {
        let required: KeyValuePairs = [
            "version": "the profile needs the line \"version: 1\"",
            "columns": "the profile needs \"columns\", the list of the file's columns",
        ]
        let known = Self.keys
        guard let entries = nodes.entries(of: root, "the profile", known: known, refused: Self.refusedKeys, required: required) else {
            return nil
        }
        if let entry = entries["version"] { readVersion(entry.value) }
        var defaults = entries["defaults"].map { readDefaults($0.value) } ?? ColumnDefaults()
        var skipCount: SkipCount?
        if let entry = entries["assume"] { (defaults.assume, skipCount) = readAssumptions(entry.value) }
        let (dialect, layout) = entries["dialect"].map { readDialect($0.value) } ?? (Profile.Dialect(), .flat)
        let columns = entries["columns"].map { readColumns($0.value, defaults: defaults) } ?? []
        let (keys, hasFlatKey) = entries["keys"].map { readKeys($0.value, columns: columns) } ?? ([], false)
        if let entry = entries["keys"] { checkPresence(ofKeys: keys, columns: columns, at: entry.value) }
        var profile = Profile(
            configuration: entries["configuration"].flatMap { readConfiguration($0.value) },
            dialect: dialect, defaults: defaults, columns: columns, keys: keys,
            pivot: readPivot(entries["pivot"], layout: layout, defaults: defaults),
            extraColumns: entries["extra-columns"].flatMap {
                nodes.word($0.value, "\"extra-columns\"", as: Profile.ExtraColumns.self)
            } ?? .warn,
            gate: entries["gate"].map { readGate($0.value) } ?? GatePolicy())
        profile.hasFlatKey = hasFlatKey
        profile.skipCount = skipCount
        if let entry = entries["rules"] { profile.rules = readRules(entry.value) }
        if let entry = entries["expect"] { profile.expectations = nodes.expectations(entry.value, "\"expect\"", origin: nodes.fileName) }
        return profile
    }

    mutating func readVersion(_ node: Node) {
        guard let text = nodes.text(node, "\"version\""), text != "1" else { return }
        nodes.note("\"version\" must be 1, the only version that this program reads, not \(NodeReader.quoted(text))", at: node)
    }

    private mutating func readConfiguration(_ node: Node) -> String? {
        guard let text = nodes.text(node, "\"configuration\"") else { return nil }
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        let isUUID =
            groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.unicodeScalars.allSatisfy { $0.isASCII && $0.properties.isASCIIHexDigit } }
        guard isUUID else {
            nodes.note(
                "\"configuration\" must be a UUID like 33d0d7d0-6125-47c4-b36a-882f4ed53b33, not \(NodeReader.quoted(text))", at: node)
            return nil
        }
        return text
    }

    /// Whether the columns of the file are those of the profile, or periods beside them.
    enum Layout: String, CaseIterable {
        case flat
        case pivoted
    }

    private mutating func readDialect(_ node: Node) -> (Profile.Dialect, Layout) {
        var dialect = Profile.Dialect()
        let known = ["encoding", "delimiter", "quote", "header", "layout"]
        guard let entries = nodes.entries(of: node, "\"dialect\"", known: known) else { return (dialect, .flat) }
        if let entry = entries["encoding"] { dialect.encoding = nodes.encoding(entry.value) }
        if let entry = entries["delimiter"] { dialect.delimiter = nodes.delimiter(entry.value, "\"delimiter\"") }
        if let entry = entries["quote"] { dialect.quote = nodes.quote(entry.value, "\"quote\"") }
        if let entry = entries["header"] {
            dialect.hasHeader =
                nodes.choice(entry.value, "\"header\" (the number of header rows)", of: [("1", true), ("0", false)]) ?? true
        }
        let layout = entries["layout"].flatMap { nodes.word($0.value, "\"layout\"", as: Layout.self) } ?? .flat
        if layout == .pivoted, !dialect.hasHeader, let entry = entries["header"] {
            nodes.note("\"layout: pivoted\" needs a header row, which names the periods: write header: 1, or layout: flat", at: entry.value)
        }
        return (dialect, layout)
    }

    private mutating func readPivot(_ entry: NodeReader.Entry?, layout: Layout, defaults: ColumnDefaults) -> Pivot? {
        guard let entry else { return layout == .pivoted ? Pivot(values: defaults.column("", .number)) : nil }
        if layout == .flat {
            nodes.note("\"pivot\" needs dialect: {layout: pivoted}: add it, or remove \"pivot\"", at: entry.key)
        }
        var pivot = Pivot(values: defaults.column("", .number))
        let refused = ["keys": "the key columns of a pivoted file are those under \"columns\": remove \"keys\" here"]
        guard let entries = nodes.entries(of: entry.value, "\"pivot\"", known: ["values", "periods"], refused: refused) else {
            return pivot
        }
        if let values = entries["values"] { pivot.values = readPivotValues(values.value, defaults: defaults) }
        if let periods = entries["periods"] { pivot.periods = DateFormat.read(periods.value, "\"periods\"", nodes: &nodes) }
        return pivot
    }

    /// `{PF206: ignore, PF4: warning}`. Which codes there are is not known here: see ``FindingRules/mistakes(in:codes:guarding:)``.
    private mutating func readRules(_ node: Node) -> FindingRules {
        var rules = FindingRules()
        guard case .mapping(let mapping) = node else {
            nodes.note("\"rules\" must be a map of codes, like {PF206: ignore}", at: node)
            return rules
        }
        for (key, value) in mapping {
            guard let code = nodes.text(key, "a code"),
                let action = nodes.word(value, "the rule of \(NodeReader.quoted(code))", as: FindingRules.Action.self)
            else { continue }
            var entry = FindingRules.Entry(code.uppercased(), action)
            entry.place = key.mark.map { ProfileLocation($0) } ?? .start
            rules.entries.append(entry)
        }
        return rules
    }

    private mutating func readGate(_ node: Node) -> GatePolicy {
        var gate = GatePolicy()
        guard let entries = nodes.entries(of: node, "\"gate\"", known: ["max-skipped", "fail-on", "uncertain"]) else { return gate }
        if let entry = entries["max-skipped"], let text = nodes.text(entry.value, "\"max-skipped\"") {
            if let limit = SkipLimit(argument: text) {
                gate.maxSkipped = limit
            } else {
                nodes.note(
                    "\"max-skipped\" must be a number of rows like 12 or a share of them like 0.5%, not \(NodeReader.quoted(text))",
                    at: entry.value)
            }
        }
        if let entry = entries["fail-on"] {
            gate.failOn = nodes.choice(entry.value, "\"fail-on\"", of: [("error", .error), ("warning", .warning)]) ?? .error
        }
        if let entry = entries["uncertain"] {
            gate.countsUncertain = nodes.choice(entry.value, "\"uncertain\"", of: [("count", true), ("allow", false)]) ?? true
        }
        return gate
    }
}
