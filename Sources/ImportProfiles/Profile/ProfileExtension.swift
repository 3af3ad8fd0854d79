import SafeText
import Yams

/// Adds columns to the text of a profile, after those that it has, and leaves every other byte as it is.
package struct ProfileExtension {
    /// A column to add: comments and the line that describes it, as under `columns:`.
    package struct Column: Sendable {
        package var name: String
        package var lines: [String]

        package init(name: String, lines: [String]) { (self.name, self.lines) = (name, lines) }
    }

    /// The whole text, with a byte order mark where there was one.
    package let text: String
    /// What is added, as a unified diff without context; empty where nothing is.
    package let diff: String

    /// The names of the columns that a profile's text describes, also of those whose type is undecided; `nil` where it cannot be read.
    package static func names(inYAML yaml: [UInt8]) -> [String]? {
        guard let document = try? ProfileDocument(yaml: yaml, fileName: ""), let columns = columnNodes(document.root) else { return nil }
        return columns.compactMap(name)
    }

    /// - Parameters:
    ///   - yaml: the profile's file.
    ///   - fileName: for the diff.
    ///   - added: whose names it does not have yet.
    package init(yaml: [UInt8], fileName: String, adding added: [Column]) throws(ProfileAmendment.Refusal) {
        let lines = added.flatMap(\.lines)
        func refusal(_ reason: String) -> ProfileAmendment.Refusal {
            ProfileAmendment.Refusal(message: "\(reason). Add this by hand:\n\(lines.map { "  " + $0 }.joined(separator: "\n"))")
        }
        guard let document = try? ProfileDocument(yaml: yaml, fileName: fileName) else { throw refusal("the profile cannot be read") }
        let mark = yaml.starts(with: [0xEF, 0xBB, 0xBF]) ? "\u{FEFF}" : ""
        guard !added.isEmpty else {
            (text, diff) = (mark + document.text, "")
            return
        }
        let cannot = "the columns of the profile are written in a way that cannot be extended"
        guard let before = Self.columnNodes(document.root), let place = before.last?.mark else { throw refusal(cannot) }
        // By line feeds; a carriage return stays at the end of its line.
        var old = document.text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
            String(String.UnicodeScalarView($0))
        }
        let end = old.first?.hasSuffix("\r") == true ? "\r" : ""
        guard old.indices.contains(place.line - 1) else { throw refusal(cannot) }
        let indent = String(old[place.line - 1].prefix { $0 == " " })
        guard old[place.line - 1].dropFirst(indent.count).hasPrefix("-") else { throw refusal(cannot) }
        // The lines of the last column are further in.
        var last = place.line - 1
        for index in old.indices.dropFirst(place.line) {
            let blanks = old[index].prefix { $0 == " " }.count
            let rest = old[index].dropFirst(blanks).trimmingReturn
            if rest.isEmpty || rest.hasPrefix("#") { continue }
            guard blanks > indent.count else { break }
            last = index
        }
        if last == old.count - 1 { old.append("") }
        let new = lines.map { indent + $0 + end }
        if end.isEmpty == false, !old[last].hasSuffix(end) { old[last] += end }
        old.insert(contentsOf: new, at: last + 1)
        let changed = old.joined(separator: "\n")
        guard let after = (try? ProfileDocument(yaml: Array(changed.utf8), fileName: fileName)).flatMap({ Self.columnNodes($0.root) }),
            after.compactMap(Self.name) == before.compactMap(Self.name) + added.map(\.name)
        else { throw refusal(cannot) }
        text = mark + changed
        var shown = ["--- \(fileName)", "+++ \(fileName)", "@@ -\(last + 1),0 +\(last + 2),\(new.count) @@"]
        for line in lines { shown.append("+" + String(indent) + VisibleText(line, limit: 2_000).text) }
        diff = shown.joined(separator: "\n") + "\n"
    }

    private static func columnNodes(_ root: Node) -> [Node]? {
        guard case .mapping(let mapping) = root else { return nil }
        for (key, value) in mapping {
            if case .scalar(let scalar) = key, scalar.string == "columns", case .sequence(let columns) = value { return Array(columns) }
        }
        return nil
    }

    private static func name(_ column: Node) -> String? {
        guard case .mapping(let mapping) = column else { return nil }
        for (key, value) in mapping {
            if case .scalar(let scalar) = key, scalar.string == "name", case .scalar(let name) = value { return name.string }
        }
        return nil
    }
}

extension Substring {
    /// Without a carriage return at its end.
    fileprivate var trimmingReturn: Substring { hasSuffix("\r") ? dropLast() : self }
}
