import ByteSpans
import CSVTokenizer
import SafeText
import ValueFormats

/// What the first rows show that makes them no table with a header and values: found out once, in the first bytes.
struct TableShape {
    /// Each row is in quotes as a whole; this delimiter cuts what is in them.
    private(set) var delimiterInQuotes: UInt8?
    /// Columns of fixed width without a delimiter; whether a row of dashes shows them.
    private(set) var fixedWidth: (hasRule: Bool, columnCount: Int)?
    /// Whether the delimiter cuts some of these lines, a comma in their amounts.
    private(set) var isFixedWidthCut = false
    /// The row below the header is dashes.
    private(set) var hasUnderline = false
    /// The row below the header is words above columns of values: units, or names once more.
    private(set) var hasUnitsRow = false
    /// How many columns those are.
    private(set) var valueColumnCount = 0
    /// Where the row below the header begins, counted from the header, and its line, counted from 0 for that of the header.
    private(set) var second = (byteOffset: 0, line: 0)

    /// The beginning of that row.
    private(set) var secondText: [UInt8] = []

    private static let mostRows = 100
    private static let mostShown = 128

    init() {}

    /// - Parameter table: from the header on.
    init(of table: DialectDetector, delimiter: UInt8?, quote: UInt8, hasHeader: Bool) {
        let sample = table.sampleOrAll
        let (rows, starts) = Self.rows(sample, delimiter: delimiter, quote: quote)
        guard rows.count > 1 else { return }
        let rest = sample.rows[starts[1]...]
        let length = rest.firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? rest.count
        second = (starts[1], sample.rows[..<starts[1]].count { $0 == UInt8(ascii: "\n") })
        secondText = Array(rest[..<length].prefix(Self.mostShown))
        if rows[0].count == 1 {
            findRowsInQuotes(sample, rows: rows, starts: starts, quote: quote)
            if delimiterInQuotes == nil {
                findFixedWidth(Self.lines(sample, upTo: rows.count))
                isFixedWidthCut = rows.contains { $0.count > 1 }
            }
        } else if hasHeader {
            findUnderline(rows)
            if !hasUnderline { findUnitsRow(rows) }
        }
    }

    private static func rows(
        _ detector: DialectDetector, delimiter: UInt8?, quote: UInt8
    ) -> (texts: [[[UInt8]]], starts: [Int]) {
        let decoder = FieldDecoder(quote: quote)
        var rows: [[[UInt8]]] = []
        var starts: [Int] = []
        detector.forEachRow(delimiter: delimiter ?? UInt8(ascii: ","), quote: quote) { batch, row, _ in
            let fields = batch.fields(ofRow: row)
            starts.append(batch.streamOffset(ofPosition: batch.range(ofField: fields.lowerBound).lowerBound))
            var texts: [[UInt8]] = []
            for field in fields { texts.append(decoder.withText(of: field, in: batch) { Array($0) }) }
            rows.append(texts)
            // Nearly every file has a value in its first row: nothing more is asked of it.
            if rows.count == 2, rows[0].count > 1, texts.count > 1, !mayBeAboveValues(texts), !mayBePeriods(texts) { return false }
            return rows.count < mostRows
        }
        return (rows, starts)
    }

    /// The lines that are not blank.
    private static func lines(_ sample: DialectDetector, upTo count: Int) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var rest = sample.rows
        while !rest.isEmpty, lines.count < count {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.count
            let line = rest[..<end]
            let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if !text.isEmpty { lines.append(Array(text)) }
            rest = rest.dropFirst(end + 1)
        }
        return lines
    }

    // MARK: Rows of one field

    private mutating func findRowsInQuotes(_ sample: DialectDetector, rows: [[[UInt8]]], starts: [Int], quote: UInt8) {
        let isQuoted = starts.allSatisfy { sample.rows[$0] == quote } && rows.allSatisfy { $0.count == 1 }
        guard isQuoted else { return }
        let inner = Array(rows.map { $0[0] }.joined(separator: [UInt8(ascii: "\n")]))
        let found = DialectDetector(inner.span, isCut: false).best(quote: quote, except: nil)
        guard let found, found.rows == rows.count - 1, found.evenRows == found.rows else { return }
        // A comma that a space follows belongs to a name or a sentence.
        let isProse = rows.allSatisfy { row in
            row[0].indices.allSatisfy { row[0][$0] != found.delimiter || ($0 + 1 < row[0].count && row[0][$0 + 1] == UInt8(ascii: " ")) }
        }
        if !isProse { delimiterInQuotes = found.delimiter }
    }

    private mutating func findFixedWidth(_ lines: [[UInt8]]) {
        guard lines.count > 2, let ruled = Self.rule(lines[1]) else {
            let columnCount = Self.alignedColumnCount(lines)
            if columnCount > 1 { fixedWidth = (false, columnCount) }
            return
        }
        fixedWidth = (true, ruled)
    }

    /// - Returns: the number of runs of dashes, where there is nothing else in a line but spaces and plus signs.
    private static func rule(_ line: [UInt8]) -> Int? {
        let runs = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "+") }
        let areDashes = runs.allSatisfy { run in
            run.allSatisfy { $0 == UInt8(ascii: "-") } || run.allSatisfy { $0 == UInt8(ascii: "=") }
        }
        return areDashes && runs.contains { $0.count > 1 } && runs.count > 1 ? runs.count : nil
    }

    /// Lines in which the same columns of characters are blank, at least two of them side by side or with a number right after.
    private static func alignedColumnCount(_ lines: [[UInt8]]) -> Int {
        // A count of the rows may follow.
        let table = lines.prefix(50).filter { $0.contains(UInt8(ascii: " ")) }
        guard table.count > 2, table.count * 10 >= min(lines.count, 50) * 9, let shortest = table.map(\.count).min() else { return 0 }
        var columnCount = 1
        var gap = 0
        for place in 0..<shortest {
            if table.allSatisfy({ $0[place] == UInt8(ascii: " ") }) {
                gap += 1
                continue
            }
            let isColumn = gap > 1 && place > gap && table.allSatisfy { line in line[place...].contains { $0 != UInt8(ascii: " ") } }
            if isColumn { columnCount += 1 }
            gap = 0
        }
        // A few lines of text may have gaps side by side.
        return table.count > 3 || columnCount > 2 ? columnCount : 0
    }

    // MARK: Rows of several fields

    private mutating func findUnderline(_ rows: [[[UInt8]]]) {
        hasUnderline = rows.count > 1 && rows[1].count == rows[0].count && Self.isUnderline(rows[1], of: rows[0])
    }

    /// Whether each cell of a row is dashes, or each is equals signs: three, or as many as its name has characters. A single one may be a missing value,
    /// so some cell has several.
    private static func isUnderline(_ row: [[UInt8]], of names: [[UInt8]]) -> Bool {
        var sign: UInt8?
        var longest = 0
        for (cell, name) in zip(row, names) where !PreambleRow.isBlank(cell) {
            let text = trimmed(cell)
            guard let first = text.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "="), first == sign ?? first,
                text.allSatisfy({ $0 == first }), text.count >= min(3, String(decoding: trimmed(name), as: UTF8.self).count)
            else { return false }
            sign = first
            longest = max(longest, text.count)
        }
        return longest > 1
    }

    private static func trimmed(_ cell: [UInt8]) -> ArraySlice<UInt8> {
        let rest = cell.drop { $0 == UInt8(ascii: " ") }
        return rest.prefix((rest.lastIndex { $0 != UInt8(ascii: " ") } ?? rest.startIndex - 1) + 1 - rest.startIndex)
    }

    private mutating func findUnitsRow(_ rows: [[[UInt8]]]) {
        guard rows.count > 2, rows[1].count == rows[0].count else { return }
        let names = PreambleRow(rows[0])
        let valueColumns = Self.valueColumns(of: rows)
        let words = valueColumns.map { rows[1][$0] }.filter { !PreambleRow.isBlank($0) }
        guard !words.isEmpty else { return }
        let isRow: Bool
        if Self.mayBePeriods(rows[1]) {
            // Periods below names, or below groups of them: nothing is above the names of the rows.
            let blank = rows[1].indices.filter { PreambleRow.isBlank(rows[1][$0]) }
            isRow =
                words.count + blank.count == rows[1].count && Self.areInOrder(words)
                && blank.contains { column in rows.dropFirst(2).allSatisfy { $0.count > column && !PreambleRow.isBlank($0[column]) } }
        } else if names.areNames || names.areWords {
            isRow = (rows.count > 3 || words.allSatisfy(Self.isUnit)) && Self.mayBeAboveValues(rows[1]) && Self.areUnits(words)
        } else {
            // Below groups of columns, which are named at the first of each.
            isRow =
                rows.count > 3 && Self.mayBeAboveValues(rows[1]) && PreambleRow(rows[1]).areWords && words.count == valueColumns.count
                && rows[0].contains(where: PreambleRow.isBlank) && words.allSatisfy(Self.mayBeUnit)
        }
        guard isRow else { return }
        hasUnitsRow = true
        valueColumnCount = words.count
    }

    /// Columns that have values in all rows from the third on.
    private static func valueColumns(of rows: [[[UInt8]]]) -> [Int] {
        let below = rows.dropFirst(2)
        return rows[0].indices.filter { column in
            let formats = below.compactMap { $0.count > column ? PreambleRow.formats($0[column]) : nil }
                .filter { $0.isDisjoint(with: [.empty, .nullWord]) }
            return formats.count >= min(2, below.count) && formats.allSatisfy { $0.isDisjoint(with: .text) }
        }
    }

    private static func areUnits(_ words: [[UInt8]]) -> Bool {
        guard words.allSatisfy(mayBeUnit) else { return false }
        let known = words.count(where: isUnit)
        return known == words.count || (words.count > 1 && (known > 0 || Set(words).count == words.count))
    }

    // MARK: Periods

    /// Whether a row has nothing but periods, at least two: years, quarters, months.
    private static func mayBePeriods(_ row: [[UInt8]]) -> Bool {
        let filled = row.filter { !PreambleRow.isBlank($0) }
        return filled.count > 1 && filled.count < row.count && filled.allSatisfy(isPeriod)
    }

    private static func isPeriod(_ cell: [UInt8]) -> Bool {
        if year(cell) != nil { return true }
        let text = String(decoding: cell, as: UTF8.self).lowercased()
        if text.count < 4, let first = text.first, "qthw".contains(first), text.dropFirst().allSatisfy(\.isNumber), text.count > 1 {
            return true
        }
        return months.contains(text) || PeriodName(cell, format: nil) != nil
    }

    private static func year(_ cell: [UInt8]) -> Int? {
        guard cell.count == 4, cell.allSatisfy(ASCII.isDigit), cell.starts(with: "19".utf8) || cell.starts(with: "20".utf8) else {
            return nil
        }
        return Int(String(decoding: cell, as: UTF8.self))
    }

    /// Whether years follow each other, perhaps once more for each group of columns: others are values.
    private static func areInOrder(_ periods: [[UInt8]]) -> Bool {
        let years = periods.compactMap(year)
        guard years.count == periods.count, let first = years.first else { return true }
        return zip(years, years.dropFirst()).allSatisfy { $1 == $0 || $1 == $0 + 1 || $1 == first } && Set(years).count > 1
    }

    private static let months: Set<String> = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "january", "february", "march", "april",
        "june", "july", "august", "september", "october", "november", "december", "mär", "mrz", "mai", "okt", "dez", "januar", "februar",
        "märz", "juni", "juli", "oktober", "dezember", "janv.", "févr.", "mars", "avr.", "juin", "juil.", "août", "sept.", "oct.", "nov.",
        "déc.", "ene", "abr", "ago", "dic", "fev", "set", "out",
    ]

    /// Whether a row has texts only.
    private static func mayBeAboveValues(_ row: [[UInt8]]) -> Bool {
        row.contains { !PreambleRow.isBlank($0) }
            && row.allSatisfy { cell in
                PreambleRow.isBlank(cell) || !PreambleRow.formats(cell).isDisjoint(with: .text)
            }
    }

    static func mayBeUnit(_ cell: [UInt8]) -> Bool {
        cell.count <= 40 && !placeholders.contains(String(decoding: cell, as: UTF8.self).lowercased())
    }

    /// Words for a value that is missing.
    private static let placeholders: Set<String> = [
        "unknown", "missing", "none", "pending", "tbd", "tba", "n.a.", "n/a", "na", "nil", "null", "error", "invalid", "open", "-", "?",
        "--",
        "unbekannt", "fehlt", "offen", "inconnu", "manquant", "desconocido", "x", "total", "sum",
    ]

    /// Whether a cell is a unit by itself: in brackets, or one that is usual.
    private static func isUnit(_ cell: [UInt8]) -> Bool {
        let text = String(decoding: cell, as: UTF8.self)
        if let first = text.first, let last = text.last, text.count > 2, "[(<".contains(first), "])>".contains(last) { return true }
        return units.contains(text.lowercased())
    }

    private static let units: Set<String> = [
        "eur", "usd", "gbp", "chf", "jpy", "€", "$", "£", "keur", "teur", "meur", "k€", "m€", "kusd", "musd", "%", "pct", "percent", "kg",
        "g",
        "mg", "t", "to", "lb", "m", "km", "cm", "mm", "m2", "m²", "m3", "m³", "l", "ml", "kwh", "mwh", "gwh", "wh", "kw", "mw", "w", "v",
        "a", "h",
        "hours", "min", "s", "sec", "ms", "days", "d", "pcs", "stk", "stück", "units", "unit", "number", "date", "text", "string",
        "integer",
        "int", "decimal", "float", "double", "boolean", "datetime", "timestamp", "°c", "°f", "k", "hpa", "bar", "kg/m3", "km/h", "m/s",
        "ppm", "dd.mm.yyyy",
        "dd/mm/yyyy", "mm/dd/yyyy", "yyyy-mm-dd", "datum", "zahl", "währung", "currency", "count", "qty", "amount",
    ]
}

extension TableShape: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&delimiterInQuotes)
        coder.optional(&fixedWidth, blank: (false, 0)) { coder, width in
            coder(&width.hasRule)
            coder(&width.columnCount)
        }
        coder(&isFixedWidthCut)
        coder(&hasUnderline)
        coder(&hasUnitsRow)
        coder(&valueColumnCount)
        coder(&second.byteOffset)
        coder(&second.line)
        coder(&secondText)
    }
}
