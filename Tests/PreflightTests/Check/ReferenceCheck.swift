@testable import ByteSources
@testable import CSVTokenizer
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// The rules of the families 1 to 3 without a profile, written once more over a whole input that is walked byte by byte: the oracle.
///
/// It shares no code with the program, and no idea beyond the rules: no chunks, no batches, no states that survive a row.
struct ReferenceCheck {
    /// What is expected of one code in one column.
    struct Found {
        var count = 0
        var rows: Set<Int> = []
        /// All places, in the order of the file: `@row:column:byteOffset/line`.
        var places: [String] = []
    }

    private struct Key: Hashable {
        var kind: FindingKind
        var column: Int
    }

    struct Field {
        var range: Range<Int>
        var oddities: [(kind: FindingKind, offset: Int, count: Int)] = []
    }

    private struct LineEnd {
        var offset: Int
        var isCRLF: Bool
    }

    private(set) var rowCount = 0
    private(set) var columnCount = 0
    private(set) var loneCarriageReturnCount = 0
    private var found: [Key: Found] = [:]
    private var lineEnds: [LineEnd] = []
    /// Where the row begins that is read.
    private var rowStart = 0
    /// Whether the row is the header once more: nothing else is wrong with it then.
    private var isHeaderAgain = false
    let bytes: [UInt8]
    let delimiter: UInt8
    let quote: UInt8

    /// - Parameter fileHead: what the beginning was found to be: that has tests of its own.
    init(_ bytes: [UInt8], _ fileHead: FileHead, delimiter: UInt8, hasHeader: Bool) {
        self.bytes = fileHead.endsLinesWithCR ? bytes.map { $0 == 0x0D ? 0x0A : $0 } : bytes
        self.delimiter = delimiter
        quote = fileHead.quote
        if fileHead.refusal != nil { return }
        if fileHead.hasByteOrderMark { note(.byteOrderMark, row: nil, column: nil, at: 0) }
        if delimiter != 0x2C, delimiter != 0x3B { note(.unsupportedDelimiter, row: nil, column: nil, at: 0) }
        judge(readRows(from: fileHead.markLength + fileHead.skipped.length), hasHeader: hasHeader)
        judgeLineEnds()
        if fileHead.endsLinesWithCR {
            loneCarriageReturnCount = lineEnds.count
            lineEnds = []
        }
    }

    var crlfCount: Int { lineEnds.count { $0.isCRLF } }
    var lfCount: Int { lineEnds.count { !$0.isCRLF } }

    /// One line for each code and column: `CODE column count rows @row:column:byteOffset/line …`, in the order of a report.
    func lines(samples: Int) -> [String] {
        found.sorted { ($0.key.kind.code, $0.key.column) < ($1.key.kind.code, $1.key.column) }.map { key, found in
            // One finding may cover all columns, with the places of all; another test checks those.
            if key.kind == .invalidUTF8 { return Report.line(ofIllFormed: key.column, found.count, found.rows.count) }
            let places = found.places.prefix(samples).map { " " + $0 }.joined()
            return "\(key.kind) \(key.column) \(found.count) \(found.rows.count)\(places)"
        }
    }

    // MARK: Bytes to rows

    private mutating func readRows(from start: Int) -> [[Field]] {
        var rows: [[Field]] = []
        var index = start
        while index < bytes.count {
            var row: [Field] = []
            rowStart = index
            var isOpen = true
            let width = rows.first { $0.count > 1 || !$0[0].range.isEmpty }?.count ?? 0
            while isOpen {
                let field = readField(from: index, column: row.count + 1, width: width)
                row.append(field)
                index = field.range.upperBound
                if index == bytes.count {
                    isOpen = false
                } else if bytes[index] == delimiter {
                    index += 1
                } else {
                    let isCRLF = bytes[index] == 0x0D
                    lineEnds.append(LineEnd(offset: index, isCRLF: isCRLF))
                    index += isCRLF ? 2 : 1
                    isOpen = false
                }
            }
            rows.append(row)
        }
        return rows
    }

    private mutating func readField(from start: Int, column: Int, width: Int) -> Field {
        var field = Field(range: start..<start)
        var index = start
        var mayHoldQuote = true
        if let kind = swallowsRows(start, column: column, width: width) {
            mayHoldQuote = false
            field.oddities.append((kind, start, 1))
            index += 1
        } else if index < bytes.count, bytes[index] == quote {
            mayHoldQuote = false
            index += 1
            while index < bytes.count, bytes[index] != quote || (index + 1 < bytes.count && bytes[index + 1] == quote) {
                index += bytes[index] == quote ? 2 : 1
            }
            index += 1
            if !endsField(index) { field.oddities.append((.textAfterClosingQuote, index, 1)) }
        }
        var firstReturn: Int?
        var returns = 0
        while !endsField(index) {
            if bytes[index] == quote, mayHoldQuote {
                mayHoldQuote = false
                field.oddities.append((.strayQuote, index, 1))
            }
            if bytes[index] == 0x0D {
                firstReturn = firstReturn ?? index
                returns += 1
            }
            index += 1
        }
        if let firstReturn { field.oddities.append((.loneCarriageReturn, firstReturn, returns)) }
        loneCarriageReturnCount += returns
        field.range = start..<index
        return field
    }

    /// Whether a quote opens a field that has no end, or one in a later row although the rows between are whole.
    private func swallowsRows(_ start: Int, column: Int, width: Int) -> FindingKind? {
        guard start < bytes.count, bytes[start] == quote else { return nil }
        var index = start + 1
        while index < bytes.count, bytes[index] != quote || (index + 1 < bytes.count && bytes[index + 1] == quote) {
            index += bytes[index] == quote ? 2 : 1
        }
        if index >= bytes.count { return .unclosedQuote }
        let lines = bytes[start..<index].split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count > 1, width != 1, index + 1 < bytes.count, !endsField(index + 1), bytes[index + 1] != 0x0D else { return nil }
        func delimiters(_ line: ArraySlice<UInt8>) -> Int { line.count { $0 == delimiter } }
        let first = column + delimiters(lines[0])
        let closesAtStart = bytes[index - 1] == delimiter || (bytes[index - 1] == 0x0A && bytes[rowStart] == quote)
        // 0 in the first row, whose width is not known.
        if width == 0 {
            return first > 1 && closesAtStart && (lines.count == 2 || delimiters(lines[1]) + 1 == first) ? .runawayQuote : nil
        }
        guard first == width || (first > width && closesAtStart) else { return nil }
        let isWhole = lines.count > 2 ? delimiters(lines[1]) + 1 == width : closesAtStart
        return isWhole ? .runawayQuote : nil
    }

    private func endsField(_ index: Int) -> Bool {
        if index == bytes.count || bytes[index] == delimiter || bytes[index] == 0x0A { return true }
        return bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
    }

    // MARK: Rows to findings

    private mutating func judge(_ rows: [[Field]], hasHeader: Bool) {
        var header: [[UInt8]] = []
        for row in rows {
            let whole = bytes[row[0].range.lowerBound..<row[row.count - 1].range.upperBound]
            if row.count == 1, row[0].range.isEmpty {
                note(.blankLine, row: nil, column: nil, at: row[0].range.lowerBound)
                continue
            }
            if columnCount == 0 {
                columnCount = row.count
                rowCount = hasHeader ? 0 : 1
                if hasHeader {
                    judgeHeader(row)
                    header = row.map(text)
                } else if row.count > 1, row.allSatisfy({ folded(text(of: $0)).isEmpty }) {
                    note(.emptyRow, row: rowCount, column: nil, at: whole.startIndex)
                }
            } else {
                rowCount += 1
                if row.count > 1, row.count == columnCount, row.allSatisfy({ folded(text(of: $0)).isEmpty }) {
                    note(.emptyRow, row: rowCount, column: nil, at: whole.startIndex)
                }
                let place = placeOfHeader(in: row, header)
                if let place {
                    let isJoined = place > whole.startIndex
                    note(.repeatedHeader, row: rowCount, column: isJoined ? columnCount : nil, at: place)
                }
                isHeaderAgain = place != nil
            }
            judgeMarks(row)
            judgeWidth(row)
            judgeFields(row)
            isHeaderAgain = false
        }
        if columnCount == 0 {
            note(.emptyFile, row: nil, column: nil, at: 0)
        } else if rowCount == 0 {
            note(.noDataRows, row: nil, column: nil, at: 0)
        }
    }

    private mutating func judgeMarks(_ row: [Field]) {
        for (index, field) in row.prefix(columnCount).enumerated() {
            let text = bytes[field.range]
            let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
            if text.starts(with: mark) || text.starts(with: [quote] + mark) {
                note(.innerByteOrderMark, row: rowCount, column: index + 1, at: field.range.lowerBound, ofColumn: true)
            }
        }
    }

    /// Whether a name may look like another one for more reasons than letter case and spaces; such names have tests of their own.
    fileprivate static func isOdd(_ name: [UInt8]) -> Bool { name.contains { $0 < 0x20 || $0 > 0x7E } }

    private mutating func judgeHeader(_ row: [Field]) {
        var names: [[UInt8]] = []
        var folded: [[UInt8]] = []
        let hasOddNames = row.contains { Self.isOdd(text(of: $0)) }
        for (index, field) in row.enumerated() {
            let name = text(of: field)
            if name.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
                note(.emptyColumnName, row: 0, column: index + 1, at: field.range.lowerBound, ofColumn: true)
            } else if names.contains(name) {
                note(.duplicateColumnName, row: 0, column: index + 1, at: field.range.lowerBound, ofColumn: true)
            } else {
                let lowercased = name.map { $0 >= 0x41 && $0 <= 0x5A ? $0 + 32 : $0 }
                let trimmed = Array(lowercased.drop { $0 == 0x20 }.reversed().drop { $0 == 0x20 }.reversed())
                if folded.contains(trimmed), !hasOddNames {
                    note(.similarColumnNames, row: 0, column: index + 1, at: field.range.lowerBound, ofColumn: true)
                }
                folded.append(trimmed)
            }
            if name.count > 256 { note(.longColumnName, row: 0, column: index + 1, at: field.range.lowerBound, ofColumn: true) }
            names.append(name)
        }
    }

    func text(of field: Field) -> [UInt8] {
        var raw = Array(bytes[field.range])
        guard raw.count >= 2, raw.first == quote, raw.last == quote else { return raw }
        raw = Array(raw.dropFirst().dropLast())
        var text: [UInt8] = []
        while !raw.isEmpty {
            text.append(raw[0])
            raw.removeFirst(raw.starts(with: [quote, quote]) ? 2 : 1)
        }
        return text
    }

    private mutating func judgeWidth(_ row: [Field]) {
        if isHeaderAgain || (row.count > columnCount && row.contains { cause(of: $0, in: row) != nil }) { return }
        // What a runaway quote makes of its row is reported once.
        if row.contains(where: { $0.oddities.contains { $0.kind == .unclosedQuote || $0.kind == .runawayQuote } }) { return }
        if row.count < columnCount {
            note(.tooFewFields, row: rowCount, column: row.count, at: row[row.count - 1].range.lowerBound)
        } else if row.count > columnCount {
            note(.tooManyFields, row: rowCount, column: columnCount + 1, at: row[columnCount].range.lowerBound)
        }
    }

    private mutating func judgeFields(_ row: [Field]) {
        var beyond: [FindingKind: Int] = [:]
        for (index, field) in row.enumerated() {
            let cause = cause(of: field, in: row)
            for oddity in field.oddities {
                let isQuote = oddity.kind == .strayQuote || oddity.kind == .textAfterClosingQuote
                if isQuote, let cause {
                    note(cause.kind, row: rowCount, column: index + 1, at: cause.offset)
                    continue
                }
                if isQuote, isHeaderAgain || row.contains(where: { self.cause(of: $0, in: row) != nil }) { continue }
                note(oddity.kind, row: rowCount, column: index + 1, at: oddity.offset, count: oddity.count)
            }
            for (kind, places) in [(FindingKind.invalidUTF8, illFormedPlaces(field.range)), (.nulByte, nulPlaces(field.range))] {
                guard let first = places.first else { continue }
                if index < columnCount {
                    note(kind, row: rowCount, column: index + 1, at: first, count: places.count, ofColumn: true)
                } else {
                    beyond[kind, default: 0] += places.count
                }
            }
        }
        for (kind, count) in beyond { note(kind, row: rowCount, column: nil, at: row[0].range.lowerBound, count: count) }
    }

    private func nulPlaces(_ range: Range<Int>) -> [Int] {
        range.filter { bytes[$0] == 0 }
    }

    /// Where the standard library's decoder sees an error.
    private func illFormedPlaces(_ range: Range<Int>) -> [Int] {
        var places: [Int] = []
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes[range].makeIterator()
        var offset = range.lowerBound
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let scalar): offset += scalar.count
            case .error(let length):
                places.append(offset)
                offset += length
            case .emptyInput: return places
            }
        }
    }

    private mutating func judgeLineEnds() {
        let isCut = found[Key(kind: .tooFewFields, column: 0)]?.rows.contains(rowCount) ?? false
        if !isCut, lineEnds.count > 1, rowCount > 0, let last = bytes.last, last != 0x0A, last != 0x0D {
            note(.noLastLineEnd, row: nil, column: nil, at: bytes.count)
        }
        guard let first = lineEnds.first, let other = lineEnds.first(where: { $0.isCRLF != first.isCRLF }) else { return }
        note(.mixedLineEnds, row: nil, column: nil, at: other.offset, count: min(crlfCount, lfCount))
    }

    /// - Parameter ofColumn: whether each column has a finding of its own.
    private mutating func note(
        _ kind: FindingKind, row: Int?, column: Int?, at offset: Int, count: Int = 1, ofColumn: Bool = false
    ) {
        var finding = found[Key(kind: kind, column: ofColumn ? column ?? 0 : 0)] ?? Found()
        finding.count += count
        if let row { finding.rows.insert(row) }
        let line = 1 + bytes[..<offset].count { $0 == 0x0A }
        let place = [row, column].map { $0.map(String.init) ?? "-" }.joined(separator: ":")
        finding.places.append("@\(place):\(offset)/\(line)")
        found[Key(kind: kind, column: ofColumn ? column ?? 0 : 0)] = finding
    }
}

extension Report {
    /// The findings of families 0 to 3 in the reference's form.
    var referenceLines: [String] {
        // What the beginning tells has tests of its own.
        let told: Set<FindingKind> = [
            .utf16, .utf32, .notCSV, .doubleEncoded, .controlCharacter, .deceptiveColumnName, .carriageReturnLineEnds, .separatorLine,
            .otherDelimiter, .preamble, .totalsRow,
            .headerUnderline, .rowsInQuotes, .fixedWidth, .unitsRow, .repeatedRows,
        ]
        let hasOddNames = input.columnNames.contains { ReferenceCheck.isOdd($0.bytes) }
        return findings.filter {
            $0.code < "PF4" && !told.contains($0.kind) && !(hasOddNames && $0.kind == .similarColumnNames)
        }.flatMap { finding in
            if finding.kind == .invalidUTF8 { return Self.linesOfIllFormed(finding) }
            let places = finding.examples.map { " \($0.place.text)/\($0.place.line)" }.joined()
            return ["\(finding.code) \(finding.column?.index ?? 0) \(finding.count) \(finding.rows)\(places)"]
        }
    }

    /// By column, whether there is one finding for each or one for all.
    private static func linesOfIllFormed(_ finding: Finding) -> [String] {
        if finding.shares.isEmpty { return [line(ofIllFormed: finding.column?.index ?? 0, finding.count, finding.rows)] }
        let rest = finding.count - finding.shares.reduce(0) { $0 + $1.count }
        let unnamed = rest > 0 ? [line(ofIllFormed: 0, rest, 0)] : []
        return unnamed + finding.shares.map { line(ofIllFormed: $0.column.index, $0.count, $0.rows) }
    }

    /// How many rows have ill-formed text in fields without a column is not reported if one finding covers all columns.
    fileprivate static func line(ofIllFormed column: Int, _ count: Int, _ rows: Int) -> String {
        "PF101 \(column) \(count) \(column == 0 ? "-" : String(rows))"
    }
}
