import ByteSources
import SafeText
import ValueFormats
import Yams

/// Changes what the text of a profile says about columns, and leaves every other byte as it is, comments included.
///
/// The result is read again: it is used only if it is the same profile with these columns changed.
package struct ColumnEdit {
    /// The whole text, with a byte order mark where there was one.
    package let text: String
    /// What changed, as a unified diff without context.
    package let diff: String

    /// - Parameters:
    ///   - yaml: the profile's file.
    ///   - fileName: for the diff.
    ///   - lines: of columns that the profile has, as `ProfileWriter/columnLine(for:defaults:)` writes them.
    package init(yaml: [UInt8], fileName: String, lines: [String]) throws(ProfileAmendment.Refusal) {
        let byHand = lines.map { "  " + $0 }.joined(separator: "\n")
        func refusal(_ reason: String) -> ProfileAmendment.Refusal {
            ProfileAmendment.Refusal(message: "\(reason). Change this by hand:\n\(byHand)")
        }
        guard let document = try? ProfileDocument(yaml: yaml, fileName: fileName) else { throw refusal("the profile cannot be read") }
        let mark = yaml.starts(with: [0xEF, 0xBB, 0xBF]) ? "\u{FEFF}" : ""
        var changed = document.text
        for line in lines {
            guard let next = Self.changing(changed, to: line) else {
                throw refusal("the profile is written in a way that cannot be changed")
            }
            changed = next
        }
        guard Self.isRight(Array(changed.utf8), Array(document.text.utf8), lines) else {
            throw refusal("the profile is written in a way that cannot be changed")
        }
        text = mark + changed
        diff = LineDiff.text(from: document.text, to: changed, fileName: fileName)
    }

    /// Whether the new text says what the old one says, but for the columns of some lines.
    private static func isRight(_ new: [UInt8], _ old: [UInt8], _ lines: [String]) -> Bool {
        func items(_ path: String) throws(SmallFile.Refusal) -> [UInt8] { Array("x\n".utf8) }
        guard var expected = try? Profile(yaml: old, fileName: "", readItems: items),
            let found = try? Profile(yaml: new, fileName: "", readItems: items), expected.columns.count == found.columns.count
        else { return false }
        for index in expected.columns.indices where expected.columns[index] != found.columns[index] {
            let line = ProfileWriter.columnLine(for: found.columns[index], defaults: found.defaults)
            guard lines.contains(line) else { return false }
            expected.columns[index] = found.columns[index]
        }
        return expected == found
    }

    // MARK: One column

    private static func changing(_ text: String, to line: String) -> String? {
        guard let root = (try? ProfileDocument(yaml: Array(text.utf8), fileName: ""))?.root,
            let new = try? ProfileDocument(yaml: Array("columns:\n\(line)\n".utf8), fileName: "").root,
            let wanted = columns(of: new)?.first, let name = value(of: "name", in: wanted)?.value.scalar?.string,
            let old = columns(of: root)?.first(where: {
                value(of: "name", in: $0)?.value.scalar?.string.utf8.elementsEqual(name.utf8) == true
            })
        else { return nil }
        var editor = NodeTextEditor(text)
        let map = String(line.dropFirst(2))
        if editor.isFlow(old) { return editor.replaceFlow(old, by: map) ? editor.text : nil }
        let source = NodeTextEditor("columns:\n\(line)\n")
        for (key, entry) in wanted where value(of: key.scalar?.string ?? "", in: old).map({ $0.value != entry }) ?? true {
            guard let word = key.scalar?.string, let written = source.flowText(of: entry) else { return nil }
            let isDone =
                value(of: word, in: old).map { editor.replaceValue(of: $0.key, by: written, in: old) }
                ?? editor.append("\(word): \(written)", to: old)
            if !isDone { return nil }
        }
        for (key, _) in old where value(of: key.scalar?.string ?? "", in: wanted) == nil {
            if !editor.removeEntry(key, of: old) { return nil }
        }
        return editor.text
    }

    private static func columns(of root: Node) -> [Node.Mapping]? {
        guard case .mapping(let mapping) = root, case .sequence(let list)? = value(of: "columns", in: mapping)?.value else { return nil }
        return list.compactMap { if case .mapping(let column) = $0 { column } else { nil } }
    }

    private static func value(of key: String, in mapping: Node.Mapping) -> (key: Node, value: Node)? {
        for (name, value) in mapping where name.scalar?.string == key { return (name, value) }
        return nil
    }
}

/// Replaces parts of a YAML text by the places of its nodes. Whole lines are replaced at the end, so that places stay right.
struct NodeTextEditor {
    private var lines: [[Unicode.Scalar]]
    /// What becomes of lines: `nil` for none.
    private var changes: [Int: [String]?] = [:]
    /// Lines after a line.
    private var additions: [Int: [String]] = [:]

    init(_ text: String) {
        lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0) }
    }

    var text: String {
        var result: [String] = []
        for index in lines.indices {
            let own = String(String.UnicodeScalarView(lines[index]))
            if let change = changes[index] { result += change ?? [] } else { result.append(own) }
            result += additions[index] ?? []
        }
        return result.joined(separator: "\n")
    }

    func isFlow(_ mapping: Node.Mapping) -> Bool {
        guard let mark = mapping.mark, lines.indices.contains(mark.line - 1) else { return false }
        return mark.column <= lines[mark.line - 1].count && lines[mark.line - 1][mark.column - 1] == "{"
    }

    /// Replaces a map in braces; a comment after it stays.
    mutating func replaceFlow(_ mapping: Node.Mapping, by text: String) -> Bool {
        guard let mark = mapping.mark, let end = closingBrace(line: mark.line - 1, offset: mark.column - 1), changes[end.line] == nil else {
            return false
        }
        // Comments between the braces would be lost.
        if end.line > mark.line - 1, lines[(mark.line - 1)...end.line].contains(where: { $0.contains("#") }) { return false }
        let before = String(String.UnicodeScalarView(lines[mark.line - 1][..<(mark.column - 1)]))
        let after = String(String.UnicodeScalarView(lines[end.line][(end.offset + 1)...]))
        changes[mark.line - 1] = [before + text + after]
        for index in lines.indices where index > mark.line - 1 && index <= end.line { changes[index] = .some(nil) }
        return true
    }

    /// The text of a node in a map in braces, in one line.
    func flowText(of node: Node) -> String? {
        guard let mark = node.mark, lines.indices.contains(mark.line - 1) else { return nil }
        let line = lines[mark.line - 1]
        guard mark.column - 1 < line.count else { return nil }
        let end = Self.end(of: line, from: mark.column - 1)
        return String(String.UnicodeScalarView(line[(mark.column - 1)..<end]))
    }

    /// Replaces the value of a key that has a line of its own; a comment after it stays.
    mutating func replaceValue(of key: Node, by text: String, in mapping: Node.Mapping) -> Bool {
        guard let range = entryLines(key, in: mapping), changes[range.lowerBound] == nil else { return false }
        let line = lines[range.lowerBound]
        guard let colon = line.firstIndex(of: ":") else { return false }
        var rest = colon + 1
        while rest < line.count, line[rest] == " " { rest += 1 }
        // A value in the lines below: a comment after the colon stays.
        let end = rest < line.count && line[rest] != "#" ? Self.end(of: line, from: rest) : rest
        var comment = String(String.UnicodeScalarView(line[end...]))
        if comment.hasPrefix("#") { comment = "  " + comment }
        changes[range.lowerBound] = [String(String.UnicodeScalarView(line[...colon])) + " " + text + comment]
        for index in range.dropFirst() where !isComment(index) { changes[index] = .some(nil) }
        return true
    }

    /// Adds an entry at the end of a map that has a line for each.
    mutating func append(_ entry: String, to mapping: Node.Mapping) -> Bool {
        guard let last = mapping.map(\.key).last, let range = entryLines(last, in: mapping), let mark = last.mark else { return false }
        var end = range.lowerBound
        for index in range where !isComment(index) { end = index }
        let carriageReturn = lines[end].last == "\r" ? "\r" : ""
        additions[end, default: []].append(String(repeating: " ", count: mark.column - 1) + entry + carriageReturn)
        return true
    }

    /// Removes an entry that has a line of its own.
    mutating func removeEntry(_ key: Node, of mapping: Node.Mapping) -> Bool {
        guard let range = entryLines(key, in: mapping), changes[range.lowerBound] == nil, let mark = key.mark,
            lines[range.lowerBound].prefix(mark.column - 1).allSatisfy({ $0 == " " })
        else { return false }
        for index in range where !isComment(index) { changes[index] = .some(nil) }
        return true
    }

    /// The lines of an entry, up to the next one or to what is less indented.
    private func entryLines(_ key: Node, in mapping: Node.Mapping) -> Range<Int>? {
        guard let mark = key.mark, lines.indices.contains(mark.line - 1) else { return nil }
        let first = mark.line - 1
        // Another entry in the same line belongs to a map in braces.
        guard mapping.map(\.key).count(where: { $0.mark?.line == mark.line }) == 1 else { return nil }
        var end = first + 1
        while end < lines.count {
            let blanks = lines[end].prefix { $0 == " " }.count
            let rest = lines[end].dropFirst(blanks)
            let isBlank = rest.isEmpty || rest.first == "\r"
            if !isBlank, blanks < mark.column { break }
            end += 1
        }
        while end > first + 1, lines[end - 1].allSatisfy({ $0 == " " || $0 == "\r" }) { end -= 1 }
        return first..<end
    }

    private func isComment(_ index: Int) -> Bool { lines[index].first { $0 != " " } == "#" }

    /// The end of a value in a line: before the comma or brace after it, or before a comment.
    private static func end(of line: [Unicode.Scalar], from start: Int) -> Int {
        var (depth, quote, index) = (0, Unicode.Scalar?.none, start)
        while index < line.count {
            let scalar = line[index]
            if let open = quote {
                if scalar == "\\", open == "\"" { index += 1 } else if scalar == open { quote = nil }
            } else {
                switch scalar {
                case "\"", "'": if index == start || depth > 0 { quote = scalar }
                case "{", "[": depth += 1
                case "}", "]":
                    depth -= 1
                    if depth < 0 { return index }
                    if depth == 0 { return index + 1 }
                case ",": if depth == 0 { return index }
                case "#": if index > start, line[index - 1] == " " { return blanksBefore(index, line) }
                case "\r": return index
                default: break
                }
            }
            index += 1
        }
        return min(index, line.count)
    }

    private static func blanksBefore(_ index: Int, _ line: [Unicode.Scalar]) -> Int {
        var end = index
        while end > 0, line[end - 1] == " " { end -= 1 }
        return end
    }

    private func closingBrace(line start: Int, offset: Int) -> (line: Int, offset: Int)? {
        var (depth, quote) = (0, Unicode.Scalar?.none)
        for number in start..<lines.count {
            var index = number == start ? offset : 0
            while index < lines[number].count {
                let scalar = lines[number][index]
                if let open = quote {
                    if scalar == "\\", open == "\"" { index += 1 } else if scalar == open { quote = nil }
                } else {
                    switch scalar {
                    case "\"", "'": quote = scalar
                    case "#": if index == 0 || lines[number][index - 1] == " " { index = lines[number].count }
                    case "{", "[": depth += 1
                    case "}", "]":
                        depth -= 1
                        if depth == 0 { return (number, index) }
                    default: break
                    }
                }
                index += 1
            }
        }
        return nil
    }
}
