import SafeText
import Yams

/// Builds a manifest from its YAML tree; collects all mistakes.
struct ManifestReader {
    var nodes: NodeReader

    init(fileName: String) {
        nodes = NodeReader(fileName: fileName)
    }

    /// What `defaults` may say for every step.
    private static let settings = ["profile", "configuration", "take", "missing", "max-skipped", "fail-on", "drift"]

    /// - Returns: `nil` only if there are mistakes.
    mutating func read(_ root: Node) -> RunManifest? {
        let known = ["version", "stop-on-fail", "defaults", "steps"]
        let required: KeyValuePairs = [
            "version": "the manifest needs the line \"version: 1\"", "steps": "the manifest needs \"steps\", the list of files to push",
        ]
        guard let entries = nodes.entries(of: root, "the manifest", known: known, required: required) else { return nil }
        if let entry = entries["version"], let text = nodes.text(entry.value, "\"version\""), text != "1" {
            nodes.note(
                "\"version\" must be 1, the only version that this program reads, not \(NodeReader.quoted(text))", at: entry.value)
        }
        let stopsOnFailure = entries["stop-on-fail"].flatMap { nodes.flag($0.value, "\"stop-on-fail\"") } ?? true
        var usual = NodeReader.Entries()
        if let entry = entries["defaults"] { usual = nodes.entries(of: entry.value, "\"defaults\"", known: Self.settings) ?? usual }
        let found = entries["steps"].map { readSteps($0.value, usual) } ?? []
        return RunManifest(stopsOnFailure: stopsOnFailure, steps: ordered(found))
    }

    private struct ReadStep {
        var step: RunManifest.Step
        /// Where each name of `after` is.
        var needs: [(name: String, node: Node)]
    }

    private mutating func readSteps(_ node: Node, _ usual: NodeReader.Entries) -> [ReadStep] {
        guard let list = nodes.list(node, "\"steps\"") else { return [] }
        if list.isEmpty { nodes.note("\"steps\" must have at least one step", at: node) }
        var names: Set<String> = []
        var steps: [ReadStep] = []
        for element in list {
            guard let step = readStep(element, usual) else { continue }
            if !names.insert(step.step.name).inserted {
                nodes.note("the step \(NodeReader.quoted(step.step.name)) is already described", at: element)
            } else {
                steps.append(step)
            }
        }
        for step in steps {
            for (name, node) in step.needs where !names.contains(name) {
                nodes.note("there is no step \(NodeReader.quoted(name))" + NodeReader.advice(for: name, among: names.sorted()), at: node)
            }
        }
        return steps
    }

    private mutating func readStep(_ node: Node, _ usual: NodeReader.Entries) -> ReadStep? {
        let required: KeyValuePairs = [
            "name": "a step needs a \"name\"", "files": "a step needs \"files\": a path, with * and {yyyy-MM-dd} if you like",
        ]
        let known = ["name", "files", "after", "expect"] + Self.settings
        guard let own = nodes.entries(of: node, "a step", known: known, required: required),
            let name = own["name"].flatMap({ nodes.text($0.value, "\"name\"") }),
            let entry = own["files"], let text = nodes.text(entry.value, "\"files\"")
        else { return nil }
        guard !name.isEmpty, !text.isEmpty else {
            nodes.note("\"name\" and \"files\" of a step must not be empty", at: node)
            return nil
        }
        let files: FilePattern
        do throws(FilePattern.Mistake) {
            files = try FilePattern(text)
        } catch {
            nodes.note(error.message, at: entry.value)
            return nil
        }
        var step = RunManifest.Step(name: name, files: files)
        readSettings(own.over(usual), into: &step)
        if let entry = own["expect"] { step.expectations = nodes.expectations(entry.value, "\"expect\"", origin: nodes.fileName) }
        var needs: [(name: String, node: Node)] = []
        if let entry = own["after"] {
            let elements: [Node] = if case .scalar = entry.value { [entry.value] } else { nodes.list(entry.value, "\"after\"") ?? [] }
            for element in elements {
                if let name = nodes.text(element, "a name under \"after\"") { needs.append((name, element)) }
            }
        }
        step.after = needs.map(\.name)
        return ReadStep(step: step, needs: needs)
    }

    private mutating func readSettings(_ entries: NodeReader.Entries, into step: inout RunManifest.Step) {
        if let entry = entries["profile"], let text = nodes.text(entry.value, "\"profile\"") { step.profile = FilePath(text) }
        if let entry = entries["configuration"] { step.configuration = nodes.text(entry.value, "\"configuration\"") }
        if let entry = entries["take"] { step.take = nodes.word(entry.value, "\"take\"", as: RunManifest.Taken.self) ?? .all }
        if let entry = entries["missing"] { step.missing = nodes.word(entry.value, "\"missing\"", as: RunManifest.Missing.self) ?? .fail }
        if let entry = entries["drift"] { step.drift = nodes.word(entry.value, "\"drift\"", as: RunManifest.Drift.self) }
        if let entry = entries["fail-on"] {
            step.failOn = nodes.choice(entry.value, "\"fail-on\"", of: [("error", .error), ("warning", .warning)])
        }
        if let entry = entries["max-skipped"], let text = nodes.text(entry.value, "\"max-skipped\"") {
            step.maxSkipped = SkipLimit(argument: text)
            if step.maxSkipped == nil {
                nodes.note(
                    "\"max-skipped\" must be a number of rows like 12 or a share of them like 0.5%, not \(NodeReader.quoted(text))",
                    at: entry.value)
            }
        }
    }

    /// The order of the file, but each step after those that it needs. A circle is a mistake.
    private mutating func ordered(_ found: [ReadStep]) -> [RunManifest.Step] {
        var waiting = found
        var done: Set<String> = []
        var steps: [RunManifest.Step] = []
        let names = Set(found.map(\.step.name))
        while let index = waiting.firstIndex(where: { $0.step.after.allSatisfy { done.contains($0) || !names.contains($0) } }) {
            let next = waiting.remove(at: index).step
            done.insert(next.name)
            steps.append(next)
        }
        if let first = waiting.first, let need = first.needs.first(where: { !done.contains($0.name) }) {
            let list = waiting.map { NodeReader.quoted($0.step.name) }.joined(separator: ", ")
            nodes.note("these steps wait for each other: \(list)", at: need.node)
        }
        return steps
    }
}
