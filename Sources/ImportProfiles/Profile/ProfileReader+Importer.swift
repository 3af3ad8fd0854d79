import SafeText
package import ValueFormats
import Yams

extension ProfileReader {
    private static let importerKeys = ["version", "defaults", "doubts", "assume", "columns", "values", "samples"]

    /// Reads the rules of a hidden importer, over the profile that the file is checked with.
    ///
    /// - Returns: `nil` only if there are mistakes.
    mutating func readImporter(_ root: Node, over profile: Profile) -> ImporterRules? {
        guard let entries = nodes.entries(of: root, "the importer", known: Self.importerKeys) else { return nil }
        var base = profile
        base.forgetAssumptions()
        if let entry = entries["version"] { readVersion(entry.value) }
        if let entry = entries["defaults"] { replaceSettings(entry.value, of: &base) }
        var count: SkipCount?
        if let entry = entries["assume"] {
            let (assume, found) = readAssumptions(entry.value)
            count = found
            base.assume(assume)
        }
        if let entry = entries["columns"] { replaceColumns(entry.value, of: &base) }
        if let entry = entries["values"] { replaceValues(entry, of: &base) }
        let accepts = entries["doubts"].flatMap { nodes.choice($0.value, "\"doubts\"", of: Self.settlements) } ?? true
        return ImporterRules(
            base, acceptsDoubts: accepts, count: count ?? .cells,
            samples: entries["samples"].map { readSamples($0.value) } ?? ImporterRules.usualSamples)
    }

    private mutating func readSamples(_ node: Node) -> Int {
        let limits = ImporterRules.sampleLimits
        guard let text = nodes.text(node, "\"samples\"") else { return ImporterRules.usualSamples }
        if let number = Int(text), limits.contains(number) { return number }
        nodes.note(
            "\"samples\" must be a number from \(limits.lowerBound) to \(limits.upperBound), not \(NodeReader.quoted(text))", at: node)
        return ImporterRules.usualSamples
    }

    /// What holds for every column.
    private mutating func replaceSettings(_ node: Node, of profile: inout Profile) {
        let known = ColumnType.formats.map { $0.key.name } + ["null"]
        guard let entries = nodes.entries(of: node, "\"defaults\"", known: known) else { return }
        // Mistakes are noted once, whatever the number of columns.
        readFormats(entries, into: &profile.defaults.formats)
        let nullWords = entries["null"].map { readNullWords($0.value) }
        if let nullWords { profile.defaults.nullWords = nullWords }
        var silent = self
        func replace(_ column: inout ColumnProfile) {
            silent.readFormats(entries, into: &column.formats)
            if let nullWords { column.nullWords = nullWords }
        }
        for index in profile.columns.indices { replace(&profile.columns[index]) }
        if var pivot = profile.pivot {
            replace(&pivot.values)
            profile.pivot = pivot
        }
    }

    private mutating func replaceColumns(_ node: Node, of profile: inout Profile) {
        guard let list = nodes.list(node, "\"columns\"") else { return }
        let names = profile.columns.map(\.name)
        for element in list {
            let required: KeyValuePairs = ["name": "a column needs a \"name\", as the profile has it"]
            guard let entries = nodes.entries(of: element, "a column", known: ["name"] + Self.settingKeys, required: required),
                let entry = entries["name"], let name = nodes.text(entry.value, "\"name\"")
            else { continue }
            guard let index = names.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) else {
                nodes.note(
                    "the profile has no column \(NodeReader.quoted(name))" + NodeReader.advice(for: name, among: names), at: entry.value)
                continue
            }
            profile.columns[index] = replaced(entries, profile.columns[index])
        }
    }

    private mutating func replaceValues(_ entry: NodeReader.Entry, of profile: inout Profile) {
        guard let values = profile.pivot?.values else {
            nodes.note("\"values\" has a meaning only for a pivoted profile: remove it", at: entry.key)
            return
        }
        guard let entries = nodes.entries(of: entry.value, "\"values\"", known: Self.settingKeys) else { return }
        profile.pivot?.values = replaced(entries, values)
    }

    private mutating func replaced(_ entries: NodeReader.Entries, _ column: ColumnProfile) -> ColumnProfile {
        var column = column
        if let entry = entries["type"], let type = nodes.word(entry.value, "\"type\"", as: ColumnType.self) { column.type = type }
        return readSettings(entries, of: column, type: column.type)
    }
}

extension Profile {
    /// Leaves every doubt open.
    package mutating func forgetAssumptions() {
        skipCount = nil
        defaults.assume = Assumptions()
        for index in columns.indices { columns[index].assume = Assumptions() }
        pivot?.values.assume = Assumptions()
    }

    /// Settles doubts for all columns that leave them open.
    package mutating func assume(_ assumptions: Assumptions) {
        defaults.assume = defaults.assume.over(assumptions)
        for index in columns.indices { columns[index].assume(assumptions) }
        if var pivot {
            pivot.values.assume(assumptions)
            self.pivot = pivot
        }
    }
}

extension ColumnProfile {
    /// Settles doubts that values of its type can have, and that it leaves open.
    fileprivate mutating func assume(_ assumptions: Assumptions) {
        assume = assume.over(assumptions.limited(to: type.kind.doubts))
    }
}
