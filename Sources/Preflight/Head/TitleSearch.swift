import CSVTokenizer
import SafeText
import ValueFormats

/// Looks for lines above the header that are not rows: a title, the day of the export.
///
/// A first line of another width than all rows below may be a title, or a header that is short of a name. It is taken for a title only where the
/// line below is a header beyond doubt: it has names of the profile, or texts above numbers or dates, or a blank line above it; and where the
/// first line does not look like a header itself.
struct TitleSearch {
    struct Title {
        var lines: Int
        var byteCount: Int
        /// Of the rows below.
        var evidence: DelimiterEvidence
    }

    let detector: DialectDetector
    let quote: UInt8
    /// The delimiter, where somebody gave it.
    let given: UInt8?
    /// The names of the profile's columns; none without one.
    let columnNames: [[UInt8]]

    /// Lines that a title may have.
    private static let mostLines = 20
    /// Rows below the header that are asked for numbers and dates.
    private static let mostRows = 100

    /// Where a row begins, and how many fields it has.
    private struct Row {
        var start: Int
        var width: Int
        var isWhole: Bool
    }

    /// - Parameter evidence: of the file from its first line on.
    func find(evidence: DelimiterEvidence?) -> Title? {
        if let evidence, evidence.rows < 3 || evidence.share > 0.1 { return nil }
        // A title is in the first lines, so a sample is as good as the whole; only very long rows need more.
        let cuts = cutRows(detector.sample ?? detector)
        let isShort = cuts.contains { $0.rows.count > Self.mostLines } || detector.sample == nil
        return find(in: isShort ? cuts : cutRows(detector), widerThan: evidence?.width ?? 1)
    }

    private typealias Cut = (delimiter: UInt8, rows: [Row])

    /// The rows under each delimiter in question, those left out that cut nothing in the lines where a header may be.
    private func cutRows(_ detector: DialectDetector) -> [Cut] {
        let delimiters = given.map { [$0] } ?? DialectDetector.candidates
        return delimiters.map { delimiter in
            var rows: [Row] = []
            var cutsSome = false
            detector.forEachRow(delimiter: delimiter, quote: quote) { batch, row, isWhole in
                let fields = batch.fields(ofRow: row)
                let start = batch.streamOffset(ofPosition: batch.range(ofField: fields.lowerBound).lowerBound)
                rows.append(Row(start: start, width: fields.count, isWhole: isWhole))
                if fields.count > 1 { cutsSome = true }
                return cutsSome || rows.count <= Self.mostLines
            }
            return (delimiter, rows)
        }
    }

    private func find(in cuts: [Cut], widerThan width: Int) -> Title? {
        let tops = cuts.compactMap { cut in texts(detector, delimiter: cut.delimiter, rowCount: 1).first.map { (cut.delimiter, $0) } }
        // Under the other delimiters too: the names of a semicolon file may be cut by commas.
        if tops.contains(where: { areOfProfile($0.1) }) { return nil }
        let topTexts = Dictionary(uniqueKeysWithValues: tops)
        var start = 0
        for lines in 1...Self.mostLines {
            guard let end = detector.rows[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            let isBelowBlank = lines > 1 && detector.rows[start..<end].allSatisfy { $0 == UInt8(ascii: "\r") }
            start = end + 1
            let rest = DialectDetector(UnsafeRawBufferPointer(rebasing: detector.rows[start...]), isCut: detector.isCut)
            let delimiters = cuts.filter { cut in
                cutsEvenly(cut.rows, from: start, widerThan: width)
                    && begins(
                        rest, withHeaderCutBy: cut.delimiter, below: lines == 1 ? topTexts[cut.delimiter] : nil, isBelowBlank: isBelowBlank)
            }.map(\.delimiter)
            guard !delimiters.isEmpty else { continue }
            let found = given == nil ? rest.best(quote: quote, except: nil) : rest.evidence(delimiter: delimiters[0], quote: quote)
            guard let found, delimiters.contains(found.delimiter), found.isConvincing else { return nil }
            return Title(lines: lines, byteCount: start, evidence: found)
        }
        return nil
    }

    private func cutsEvenly(_ rows: [Row], from start: Int, widerThan width: Int) -> Bool {
        let index = rows.partitionPoint { $0.start < start }
        guard index < rows.count, rows[index].start == start, rows[index].isWhole, rows[index].width > width else { return false }
        let below = rows[(index + 1)...]
        let evenCount = below.count { $0.width == rows[index].width && $0.isWhole }
        return below.count >= 2 && evenCount * 10 >= below.count * 9
    }

    // MARK: Header or title

    /// - Parameter top: the cells of the first line, where it is the only one above.
    private func begins(
        _ rest: DialectDetector, withHeaderCutBy delimiter: UInt8, below top: [[UInt8]]?, isBelowBlank: Bool
    ) -> Bool {
        let table = texts(rest, delimiter: delimiter, rowCount: 1 + Self.mostRows)
        guard let header = table.first, Self.areNames(header) else { return false }
        if areOfProfile(header) || isBelowBlank { return true }
        if let top, top.count > 1, 2 * top.count >= header.count, Self.areNames(top) { return false }
        return header.indices.contains { column in
            let values = table.dropFirst().compactMap { $0.count > column ? Self.formats($0[column]) : nil }
                .filter { $0.isDisjoint(with: [.empty, .nullWord]) }
            let typedCount = values.count { $0.isDisjoint(with: .text) }
            return typedCount >= 2 && typedCount * 10 >= values.count * 9
        }
    }

    /// The texts of the first rows.
    private func texts(_ detector: DialectDetector, delimiter: UInt8, rowCount: Int) -> [[[UInt8]]] {
        let decoder = FieldDecoder(quote: quote)
        var rows: [[[UInt8]]] = []
        (detector.sample ?? detector).forEachRow(delimiter: delimiter, quote: quote) { batch, row, _ in
            var texts: [[UInt8]] = []
            for field in batch.fields(ofRow: row) { texts.append(decoder.withText(of: field, in: batch) { Array($0) }) }
            rows.append(texts)
            return rows.count < rowCount
        }
        return rows
    }

    /// Whether at least half of the cells are names of the profile's columns.
    private func areOfProfile(_ cells: [[UInt8]]) -> Bool {
        let count = cells.count { columnNames.contains($0) }
        return count > 0 && 2 * count >= min(cells.count, columnNames.count)
    }

    /// Whether the cells are different texts, and no values.
    private static func areNames(_ cells: [[UInt8]]) -> Bool {
        Set(cells).count == cells.count
            && cells.allSatisfy { cell in
                guard let first = cell.first, first != UInt8(ascii: " ") else { return false }
                return !ASCII.isDigit(first) && first != UInt8(ascii: "-") && first != UInt8(ascii: "+")
                    && formats(cell).isDisjoint(with: [.nullWord, .spreadsheetError])
            }
    }

    private static func formats(_ cell: [UInt8]) -> FormatSet {
        cell.withUnsafeBytes { FormatSet.formats(of: $0) }
    }
}
