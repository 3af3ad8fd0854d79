import ByteSpans
import CSVTokenizer
import SafeText
import ValueFormats

/// Looks for lines above the header that are not rows: a title, the day of the export, an account and its period.
///
/// A first line that differs from the rows below may be a title, or a header that is short of a name. It is taken for a title only where a line
/// below is a header beyond doubt: it has names of the profile, or texts above numbers or dates, or a blank line above it; and where no line above
/// looks like a header itself. Lines above may have delimiters: pairs of a label and its value, a title that is padded to the width of the table,
/// prose with commas, comments. A title that is as wide as the table is told by what it says and by the names below.
struct TitleSearch: ~Escapable {
    struct Title {
        var lines: Int
        var byteCount: Int
        /// Of the rows below.
        var evidence: DelimiterEvidence
    }

    let detector: DialectDetector
    let quote: UInt8
    /// The delimiter, if it was given.
    let given: UInt8?
    /// The names of the profile's columns; none without one.
    let columnNames: [[UInt8]]
    private let knownNames: Set<[UInt8]>

    @_lifetime(copy detector)
    init(detector: DialectDetector, quote: UInt8, given: UInt8?, columnNames: [[UInt8]]) {
        self.detector = detector
        self.quote = quote
        self.given = given
        self.columnNames = columnNames
        knownNames = Set(columnNames)
    }

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

    private typealias Cut = (delimiter: UInt8, rows: [Row])

    /// - Parameter evidence: of the file from its first line on.
    func find(evidence: DelimiterEvidence?) -> Title? {
        if let evidence, evidence.rows < 3 || evidence.share > 0.9 {
            // Nearly every file ends here: its first line is as wide as the others, and has a name in each field.
            let texts = texts(detector, delimiter: evidence.delimiter, rowCount: 1).first ?? []
            let top = PreambleRow(texts)
            if !top.isPadded, !top.isProse, !top.mayBeTitle, !top.isLaidOut, columnNames.isEmpty || areOfProfile(texts) { return nil }
        }
        // A title is in the first lines, so a sample is as good as the whole; only very long rows need more.
        let cuts = cutRows(detector.sampleOrAll)
        let isShort = cuts.contains { $0.rows.count > Self.mostLines } || detector.sample == nil
        return find(in: isShort ? cuts : cutRows(detector))
    }

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

    private func find(in cuts: [Cut]) -> Title? {
        // Under the other delimiters too: the names of a semicolon file may be cut by commas.
        let tops = cuts.map { cut in texts(detector, delimiter: cut.delimiter, rowCount: Self.mostLines + 1) }
        if tops.contains(where: { $0.first.map { areOfProfile($0) } ?? false }) { return nil }
        let candidates = zip(cuts, tops).filter { cut, _ in cut.rows.contains { $0.width > 1 } }
        let hasNamesBelow = tops.contains { top in top.dropFirst().contains { areSurelyOfProfile($0) } }
        if !hasNamesBelow, candidates.contains(where: { cut, top in isHeader(0, of: cut, below: [], texts: top) }) { return nil }
        var start = 0
        for lines in 1...Self.mostLines {
            guard let end = detector.rows.nextIndex(of: UInt8(ascii: "\n"), from: start) else { return nil }
            start = end + 1
            let delimiters = candidates.filter { cut, top in
                guard let index = cut.rows.firstIndex(where: { $0.start >= start }), cut.rows[index].start == start, index > 0,
                    index < top.count
                else { return false }
                return isHeader(index, of: cut, below: top[..<index].map(PreambleRow.init), texts: top)
            }.map { cut, _ in cut.delimiter }
            guard !delimiters.isEmpty else { continue }
            func evidence(upTo end: Int) -> DelimiterEvidence? {
                let table = DialectDetector(
                    detector.rows[start..<end], isCut: detector.isCut && end == detector.rows.count)
                return given == nil ? table.best(quote: quote, except: nil) : table.evidence(delimiter: delimiters[0], quote: quote)
            }
            var found = evidence(upTo: endOfTable(from: start))
            // A blank line may be right below the header.
            if found?.rows == 0 { found = evidence(upTo: detector.rows.count) }
            guard let found, delimiters.contains(found.delimiter), found.isConvincing else { return nil }
            return Title(lines: lines, byteCount: start, evidence: found)
        }
        return nil
    }

    // MARK: Header or title

    /// Whether a row is the header of the rows below it, and no row above is.
    private func isHeader(_ index: Int, of cut: Cut, below above: [PreambleRow], texts top: [[[UInt8]]]) -> Bool {
        let header = PreambleRow(top[index])
        guard header.filled > 1, header.areNames || index > 0 && header.areNamesAfterBlank, !isTitle(index, texts: top),
            cutsEvenly(cut.rows, from: index)
        else { return false }
        if index > 0, areSurelyOfProfile(top[index]) { return true }
        let isTitled = above.contains { $0.isTitle(above: header) }
        if index > 0 {
            guard above.allSatisfy({ $0.isAbove(header) }) else { return false }
            // A header that is short of names, if it is right above.
            if let last = above.last, index == 1, !last.isProse, !isTitled, last.filled > 1, 2 * last.filled >= header.filled, last.areNames
            {
                return false
            }
        }
        if areOfProfile(top[index]) { return index > 0 }
        let end = endOfTable(from: cut.rows[index].start)
        // One row below proves little: the header itself or the lines above it have to look so.
        let isShort = cut.rows.count(where: { $0.start > cut.rows[index].start && $0.start < end }) < 2
        let followsBlank = index > 0 && followsBlankLine(cut.rows[index].start)
        if isShort, index > 0, !isTitled, !isLikely(header, below: above, followsBlank: followsBlank) { return false }
        if followsBlank { return true }
        let rest = DialectDetector(detector.rows[cut.rows[index].start..<end], isCut: false)
        let values = texts(rest, delimiter: cut.delimiter, rowCount: 1 + Self.mostRows).dropFirst()
        let isTable = (0..<header.filled).contains { column in
            let formats = values.compactMap { $0.count > column ? PreambleRow.formats($0[column]) : nil }
                .filter { $0.isDisjoint(with: [.empty, .nullWord]) }
            let typedCount = formats.count { $0.isDisjoint(with: .text) }
            return typedCount >= min(2, values.count) && typedCount > 0 && typedCount * 10 >= formats.count * 9
        }
        if !isTable { return isTitled && header.isKnown }
        // Labels and values look like a small table.
        return header.filled != 2 || header.isAllKnown || !PreambleRow.arePairs([top[index]] + values)
    }

    /// Whether a row looks like a header, or those above like titles. A table of one column begins with a name.
    private func isLikely(_ header: PreambleRow, below above: [PreambleRow], followsBlank: Bool) -> Bool {
        if above.count == 1 { return followsBlank || header.isKnown || above[0].isWordy }
        return (above[0].isWordy || !above[0].isKnown) && (header.isKnown || above.contains(where: \.isWordy))
    }

    /// Whether a row is a title above one of the next rows.
    private func isTitle(_ index: Int, texts top: [[[UInt8]]]) -> Bool {
        let row = PreambleRow(top[index])
        guard row.mayBeTitle else { return false }
        for next in top[(index + 1)...].prefix(Self.mostTitles).lazy.map(PreambleRow.init) {
            if row.isTitle(above: next) { return true }
            guard next.mayBeTitle || next.filled < 2 else { return false }
        }
        return false
    }

    /// Titles one below the other that are looked at.
    private static let mostTitles = 5

    /// Whether the rows of the table below a row have its width. Where blank lines follow, that is told up to the first of them too.
    private func cutsEvenly(_ rows: [Row], from index: Int) -> Bool {
        guard rows[index].isWhole, rows[index].width > 1 else { return false }
        func areEven(_ below: ArraySlice<Row>) -> Bool {
            let evenCount = below.count { $0.width == rows[index].width && $0.isWhole }
            return below.count >= 1 && evenCount * 10 >= below.count * 9
        }
        if areEven(rows[(index + 1)...]) { return true }
        let end = endOfTable(from: rows[index].start)
        let last = rows.partitionPoint { $0.start < end }
        return areEven(rows[(index + 1)..<max(index + 1, last)])
    }

    /// Where the first blank line after a place begins; the end, if there is none in the sample.
    private func endOfTable(from start: Int) -> Int {
        let sample = detector.sampleOrAll.rows
        var place = start
        while place < sample.count, let end = sample.nextIndex(of: UInt8(ascii: "\n"), from: place) {
            if sample[place..<end].allSatisfy({ $0 == UInt8(ascii: "\r") }) { return place }
            place = end + 1
        }
        return detector.rows.count
    }

    private func followsBlankLine(_ start: Int) -> Bool {
        let before = detector.rows[..<max(0, start - 1)]
        guard let end = before.lastIndex(of: UInt8(ascii: "\n")) else { return before.allSatisfy { $0 == UInt8(ascii: "\r") } }
        return before[(end + 1)...].allSatisfy { $0 == UInt8(ascii: "\r") }
    }

    /// The texts of the first rows.
    private func texts(_ detector: DialectDetector, delimiter: UInt8, rowCount: Int) -> [[[UInt8]]] {
        let decoder = FieldDecoder(quote: quote)
        var rows: [[[UInt8]]] = []
        detector.sampleOrAll.forEachRow(delimiter: delimiter, quote: quote) { batch, row, _ in
            var texts: [[UInt8]] = []
            for field in batch.fields(ofRow: row) { texts.append(decoder.withText(of: field, in: batch) { Array($0) }) }
            rows.append(texts)
            return rows.count < rowCount
        }
        return rows
    }

    /// Whether several cells, at least half of them, are names of the profile's columns.
    private func areSurelyOfProfile(_ cells: [[UInt8]]) -> Bool {
        !columnNames.isEmpty && cells.count { knownNames.contains($0) } > 1 && areOfProfile(cells)
    }

    /// Whether at least half of the cells are names of the profile's columns.
    private func areOfProfile(_ cells: [[UInt8]]) -> Bool {
        let count = cells.count { knownNames.contains($0) }
        return count > 0 && 2 * count >= min(cells.count, columnNames.count)
    }
}
