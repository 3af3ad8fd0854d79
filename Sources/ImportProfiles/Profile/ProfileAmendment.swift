import ByteSources
import SafeText
package import ValueFormats
import Yams

/// Adds settled doubts to the text of a profile, and leaves every other byte as it is.
///
/// The result is read again: it is used only if it is the same profile with these doubts settled.
package struct ProfileAmendment {
    /// Doubts that are settled in one place.
    package struct Addition: Sendable, Equatable {
        /// `nil` for all columns.
        package var column: String?
        package var settled: Assumptions
        package var count: SkipCount?
        /// Names the evidence; may hold names from a server.
        package var comment: String

        package init(column: String?, settled: Assumptions, count: SkipCount? = nil, comment: String) {
            self.column = column
            self.settled = settled
            self.count = count
            self.comment = comment
        }

        fileprivate var entries: [(key: String, value: String)] {
            (count.map { [("count", $0.rawValue)] } ?? []) + settled.entries
        }
    }

    /// The whole text, with a byte order mark where there was one.
    package let text: String
    /// What changed, as a unified diff without context.
    package let diff: String

    /// Why a profile was not changed, with the lines to add by hand.
    package struct Refusal: Error {
        package let message: String
    }

    /// - Parameters:
    ///   - yaml: the profile's file.
    ///   - fileName: for the diff.
    package init(yaml: [UInt8], fileName: String, additions: [Addition]) throws(Refusal) {
        let byHand = additions.map(Self.line).joined(separator: "\n")
        func refusal(_ reason: String) -> Refusal { Refusal(message: "\(reason). Add this by hand:\n\(byHand)") }
        guard let document = try? ProfileDocument(yaml: yaml, fileName: fileName), case .mapping(let root) = document.root else {
            throw refusal("the profile cannot be read")
        }
        var editor = ProfileTextEditor(document.text)
        for addition in additions where !addition.entries.isEmpty {
            let target = addition.column.map { Self.column($0, in: root) } ?? root
            guard let target, editor.add(addition.entries, comment: addition.comment, to: target, isRoot: addition.column == nil) else {
                throw refusal("the profile is written in a way that cannot be amended")
            }
        }
        let mark = yaml.starts(with: [0xEF, 0xBB, 0xBF]) ? "\u{FEFF}" : ""
        text = mark + editor.text
        diff = editor.diff(fileName: fileName)
        guard Self.isRight(Array(text.utf8), yaml, additions) else {
            throw refusal("the profile is written in a way that cannot be amended")
        }
    }

    private static func column(_ name: String, in root: Node.Mapping) -> Node.Mapping? {
        guard case .sequence(let columns)? = value(of: "columns", in: root)?.value else { return nil }
        for case .mapping(let column) in columns {
            if case .scalar(let scalar)? = value(of: "name", in: column)?.value, scalar.string.utf8.elementsEqual(name.utf8) {
                return column
            }
        }
        return nil
    }

    fileprivate static func value(of key: String, in mapping: Node.Mapping) -> (key: Node, value: Node)? {
        for (name, value) in mapping {
            if case .scalar(let scalar) = name, scalar.string == key { return (name, value) }
        }
        return nil
    }

    private static func line(_ addition: Addition) -> String {
        let place = addition.column.map { "  in column \(YAMLText.scalar($0)): " } ?? "  "
        return place + "assume: " + YAMLText.map(addition.entries)
    }

    /// Whether the new text says what the old one says, and the additions.
    private static func isRight(_ new: [UInt8], _ old: [UInt8], _ additions: [Addition]) -> Bool {
        func items(_ path: String) throws(SmallFile.Refusal) -> [UInt8] { Array("x\n".utf8) }
        guard var expected = try? Profile(yaml: old, fileName: "", readItems: items),
            let found = try? Profile(yaml: new, fileName: "", readItems: items)
        else { return false }
        for addition in additions {
            if let name = addition.column {
                guard let place = expected.columns.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return false }
                expected.columns[place].assume = addition.settled.over(expected.columns[place].assume)
            } else {
                if let count = addition.count { expected.skipCount = count }
                expected.assume(addition.settled)
            }
        }
        return found == expected
    }
}

/// Inserts entries into maps of a YAML text, by the places of its nodes.
private struct ProfileTextEditor {
    /// Without their ends.
    private let lines: [[Unicode.Scalar]]
    private let ends: [String]
    /// Of lines that are added.
    private let lineEnd: String
    /// What is inserted: by line, the scalars before the offset stay before it.
    private var insertions: [Int: [(offset: Int, text: String)]] = [:]
    /// Whole lines that come before a line.
    private var newLines: [Int: [String]] = [:]
    /// Comments at the ends of lines.
    private var comments: [Int: [String]] = [:]

    init(_ text: String) {
        var lines: [[Unicode.Scalar]] = [[]]
        for scalar in text.unicodeScalars {
            if scalar == "\n" { lines.append([]) } else { lines[lines.count - 1].append(scalar) }
        }
        ends = lines.indices.map { $0 == lines.count - 1 ? "" : lines[$0].last == "\r" ? "\r\n" : "\n" }
        lineEnd = ends.first == "\r\n" ? "\r\n" : "\n"
        self.lines = zip(lines, ends).map { $1 == "\r\n" ? Array($0.dropLast()) : $0 }
    }

    /// - Returns: `false` where the place cannot be found.
    mutating func add(_ entries: [(key: String, value: String)], comment: String, to target: Node.Mapping, isRoot: Bool) -> Bool {
        if let existing = ProfileAmendment.value(of: "assume", in: target) {
            guard case .mapping(let map) = existing.value else { return false }
            return addEntries(entries, comment: comment, to: map)
        }
        if isFlow(target) { return insert([("assume", YAMLText.map(entries))], comment: comment, intoFlow: target) }
        // Before the second entry of a column, before "columns" of the profile: the first line may begin with a dash.
        let keys = target.map(\.key)
        let isColumns: (Node) -> Bool = { if case .scalar(let scalar) = $0 { scalar.string == "columns" } else { false } }
        guard let key = isRoot ? keys.first(where: isColumns) : keys.dropFirst().first, let place = place(of: key), isFirstInLine(place)
        else {
            return false
        }
        let indent = String(repeating: " ", count: place.column - 1)
        if isRoot {
            let block = ["\(indent)assume:"] + entries.map { "\(indent)  \($0.key): \($0.value)" + Self.comment(comment) }
            newLines[place.line, default: []] += block
        } else {
            newLines[place.line, default: []].append("\(indent)assume: \(YAMLText.map(entries))" + Self.comment(comment))
        }
        return true
    }

    private mutating func addEntries(_ entries: [(key: String, value: String)], comment: String, to map: Node.Mapping) -> Bool {
        if isFlow(map) { return insert(entries, comment: comment, intoFlow: map) }
        guard let first = map.first?.key, let place = place(of: first), isFirstInLine(place) else { return false }
        let indent = String(repeating: " ", count: place.column - 1)
        newLines[place.line, default: []] += entries.map { "\(indent)\($0.key): \($0.value)" + Self.comment(comment) }
        return true
    }

    private func isFlow(_ mapping: Node.Mapping) -> Bool {
        guard let mark = mapping.mark, let line = line(mark.line) else { return false }
        return mark.column <= line.count && line[mark.column - 1] == "{"
    }

    /// Before the brace that closes the map.
    private mutating func insert(_ entries: [(key: String, value: String)], comment: String, intoFlow map: Node.Mapping) -> Bool {
        guard let mark = map.mark, let end = closingBrace(ProfileLocation(mark)), let line = line(end.line) else { return false }
        // After what comes before the brace, be it in this line or only blanks.
        var offset = end.column - 1
        while offset > 0, line[offset - 1] == " " { offset -= 1 }
        let before = offset > 0 ? line[offset - 1] : nil
        // JSON has its keys in quotes.
        let isJSON = map.first.map { pair in place(of: pair.key).map { self.line($0.line)?[$0.column - 1] == "\"" } ?? false } ?? false
        let items = entries.map { entry in
            let value = isJSON ? Self.json(entry.value) : entry.value
            return isJSON ? "\"\(entry.key)\": \(value)" : "\(entry.key): \(value)"
        }
        let separator = before == "{" ? "" : before == "," ? " " : ", "
        insertions[end.line, default: []].append((offset, separator + items.joined(separator: ", ")))
        if !isJSON { comments[end.line, default: []].append(comment) }
        return true
    }

    /// `{a: b}` as JSON.
    private static func json(_ value: String) -> String {
        let inner = value.hasPrefix("{") ? String(value.dropFirst().dropLast()) : nil
        guard let inner else { return "\"\(value)\"" }
        let pairs = inner.split(separator: ", ").map { pair in
            pair.split(separator: ": ").map { "\"\($0)\"" }.joined(separator: ": ")
        }
        return "{" + pairs.joined(separator: ", ") + "}"
    }

    // MARK: Places

    private func line(_ number: Int) -> [Unicode.Scalar]? {
        lines.indices.contains(number - 1) ? lines[number - 1] : nil
    }

    private func place(of node: Node) -> ProfileLocation? {
        guard let mark = node.mark, let line = line(mark.line), mark.column - 1 < line.count else { return nil }
        return ProfileLocation(mark)
    }

    private func isFirstInLine(_ place: ProfileLocation) -> Bool {
        line(place.line)?.prefix(place.column - 1).allSatisfy { $0 == " " } ?? false
    }

    /// The brace that closes the one at a place. Quoted text and comments are passed over.
    private func closingBrace(_ start: ProfileLocation) -> ProfileLocation? {
        var depth = 0
        var quote: Unicode.Scalar?
        for number in start.line...max(start.line, lines.count) {
            let line = lines[number - 1]
            var index = number == start.line ? start.column - 1 : 0
            while index < line.count {
                let scalar = line[index]
                let previous = index > 0 ? line[index - 1] : " "
                if let open = quote {
                    if open == "\"", scalar == "\\" {
                        index += 1
                    } else if scalar == open {
                        quote = nil
                    }
                } else if scalar == "#", previous == " " || previous == "\t" || index == 0 {
                    break
                } else if (scalar == "\"" || scalar == "'") && " \t,[{:".unicodeScalars.contains(previous) {
                    quote = scalar
                } else if scalar == "{" || scalar == "[" {
                    depth += 1
                } else if scalar == "}" || scalar == "]" {
                    depth -= 1
                    if depth == 0 { return ProfileLocation(line: number, column: index + 1) }
                }
                index += 1
            }
        }
        return nil
    }

    // MARK: The result

    private static func comment(_ text: String) -> String {
        text.isEmpty ? "" : "  # learned: " + VisibleText(text, limit: 200).text
    }

    private func changed(_ number: Int) -> String {
        var line = lines[number - 1].map { String($0) }
        for insertion in (insertions[number] ?? []).reversed().sorted(by: { $0.offset > $1.offset }) {
            line.insert(insertion.text, at: insertion.offset)
        }
        var text = line.joined()
        let found = (comments[number] ?? []).filter { !$0.isEmpty }
        if !found.isEmpty {
            let unique = found.enumerated().filter { place, text in found.firstIndex(of: text) == place }.map(\.element)
            text += Self.comment(unique.joined(separator: "; "))
        }
        return text
    }

    var text: String {
        lines.indices.map { index in
            let number = index + 1
            return (newLines[number] ?? []).map { $0 + lineEnd }.joined() + changed(number) + ends[index]
        }.joined()
    }

    func diff(fileName: String) -> String {
        var hunks: [String] = []
        var added = 0
        for number in 1...lines.count {
            let new = newLines[number] ?? []
            let old = String(String.UnicodeScalarView(lines[number - 1]))
            let changed = changed(number)
            if !new.isEmpty {
                hunks.append("@@ -\(number - 1),0 +\(number + added),\(new.count) @@")
                hunks += new.map { "+" + VisibleText($0, limit: 1000).text }
                added += new.count
            }
            if changed != old {
                hunks.append("@@ -\(number) +\(number + added) @@")
                hunks += ["-" + VisibleText(old, limit: 1000).text, "+" + VisibleText(changed, limit: 1000).text]
            }
        }
        return hunks.isEmpty ? "" : (["--- \(fileName)", "+++ \(fileName)"] + hunks).joined(separator: "\n") + "\n"
    }
}
