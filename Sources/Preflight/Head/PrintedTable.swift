import ByteSources
import ByteSpans
import SafeText

/// Tables that a program drew for people: lines of dashes and bars around the values, and no delimiter that a reader could trust.
///
///     +----+-------+        id | name       -------------      | id | name |      ┌────┬──────┐
///     | id | name  |      ----+-------      |id|name    |      |----|------|      │ id │ name │
///     +----+-------+        1 | Okoro      -------------      | 1  | Okoro|      ├────┼──────┤
///     |  1 | Okoro |      (1 row)           |1 |Okoro   |
enum PrintedTable {
    /// Lines that are looked at, from the first on: a report may have a title.
    private static let mostLines = 60
    private static let mostBytes = 32 << 10

    /// - Parameter content: the beginning of a file, as UTF-8.
    /// - Returns: what the table is, in words, with how to get a CSV; `nil` where there is none.
    static func name(of content: Span<UInt8>) -> String? {
        // Nearly every file ends here: no line of its first ones is a rule.
        let text = content.prefix(mostBytes)
        let ends: (UInt8) -> Bool = { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        let lines = Array(text).split(maxSplits: mostLines, whereSeparator: ends).prefix(mostLines).map { Line($0) }
        guard let first = lines.firstIndex(where: { $0.rule != nil }), let rule = lines[first].rule else { return nil }
        let table = lines[max(0, first - 1)...]
        switch rule {
        case .plus: return areRows(lines[first...], \.isBarred) ? Words.bordered : nil
        case .bars: return first > 0 && lines[first - 1].isBarred && areRows(table, \.isBarred) ? Words.markdown : nil
        case .box: return areRows(table, \.hasBoxBar) ? Words.box : nil
        case .dashes: return areRows(lines[first...], \.isBarred) ? Words.list : nil
        case .crossed(let count):
            guard first > 0, lines[first - 1].barCount == count else { return nil }
            return areRows(table, { $0.barCount >= count }) ? Words.aligned : nil
        }
    }

    /// Whether two lines, and most of those that are not rules, are rows of the table. What follows it may be a footer.
    private static func areRows(_ lines: ArraySlice<Line>, _ isRow: (Line) -> Bool) -> Bool {
        let others = lines.filter { $0.rule == nil && !$0.isFooter }
        let count = others.count(where: isRow)
        return count > 1 && count * 10 >= others.count * 9
    }

    private enum Rule {
        /// `+----+`
        case plus
        /// `----+----`, and the number of its plus signs.
        case crossed(Int)
        /// `|----|----|`
        case bars
        /// `---------`
        case dashes
        /// With characters for drawing.
        case box
    }

    private struct Line {
        private let text: [UInt8]
        let rule: Rule?

        init(_ bytes: ArraySlice<UInt8>) {
            text = Array(Whitespace.trim(bytes.span))
            rule = Self.rule(text)
        }

        private static let bar = UInt8(ascii: "|")

        var isBarred: Bool { text.count > 2 && text.first == Self.bar && text.last == Self.bar }
        var barCount: Int { text.count { $0 == Self.bar } }
        var hasBoxBar: Bool { ["│", "┃", "║", "┆"].contains { text.starts(with: $0.utf8) } }
        var isFooter: Bool { ExportFooter(line: text, mayBeNote: false) != nil }

        private static func rule(_ text: [UInt8]) -> Rule? {
            guard text.count > 2, let first = text.first else { return nil }
            if first == 0xE2 { return corners.contains { text.starts(with: $0.utf8) } ? .box : nil }
            guard signs.contains(first) else { return nil }
            var (dashes, pluses, bars) = (0, 0, 0)
            for byte in text {
                switch byte {
                case UInt8(ascii: "-"), UInt8(ascii: "="): dashes += 1
                case UInt8(ascii: "+"): pluses += 1
                case UInt8(ascii: "|"): bars += 1
                case UInt8(ascii: ":"), UInt8(ascii: " "): break
                default: return nil
                }
            }
            guard dashes > 2 else { return nil }
            if bars > 0 { return pluses == 0 && first == UInt8(ascii: "|") ? .bars : nil }
            if first == UInt8(ascii: "+") { return pluses > 1 && text.last == first ? .plus : nil }
            if pluses > 0 { return .crossed(pluses) }
            return text.allSatisfy { $0 == first } ? .dashes : nil
        }

        private static let signs = Array("+-=|:".utf8)
        private static let corners = ["┌", "├", "└", "╭", "╰", "╔", "╠", "╟", "╚", "┏", "┣", "┡", "┢", "┗", "╒", "╞", "╘"]
    }

    private enum Words {
        static let bordered = "a table with borders, as the mysql client prints it: export it with mysql --batch, or with INTO OUTFILE"
        static let aligned = "a table that psql printed: export it with psql --csv, or with \\copy … TO FILE CSV"
        static let list = "a printed list with bars and dashes, as SAP saves it: export it as a spreadsheet or text with tabs"
        static let markdown = "a Markdown table: export it as CSV"
        static let box = "a table drawn with line characters: export it as CSV (duckdb -csv, sqlite3 -csv, psql --csv)"
    }
}
