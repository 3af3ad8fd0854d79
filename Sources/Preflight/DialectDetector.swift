import CSVScan

/// How evenly a delimiter cuts the beginning of a file.
struct DelimiterEvidence: Equatable {
    var delimiter: UInt8
    /// Fields of the first row.
    var width: Int
    /// Rows behind the first, blank ones left out, and how many of them have its number of fields and whole quotes.
    var rows: Int
    var evenRows: Int

    var share: Double { rows == 0 ? 1 : Double(evenRows) / Double(rows) }

    /// Enough to contradict somebody who said otherwise.
    var isConvincing: Bool { rows > 0 && share >= 0.9 }

    /// `2 039 of 2 040 rows have 9 fields`.
    var text: String { "\(evenRows.grouped) of \(rows.counted("row")) behind the first have its \(width.counted("field"))" }
}

/// Finds out which delimiter and which quote cut the beginning of a file into even rows.
struct DialectDetector {
    private let rows: UnsafeRawBufferPointer
    /// Whether the beginning ends before the file does.
    private let isCut: Bool

    init(_ rows: UnsafeRawBufferPointer, isCut: Bool) {
        self.rows = rows
        self.isCut = isCut
    }

    /// The comma comes last: it is common in texts and numbers, where the others are rare.
    private static let candidates = Array(";\t|,".utf8)

    /// The candidate that cuts the first row, and the others into as many fields as the first.
    ///
    /// Any candidate but the comma needs half of the rows for it; the comma is taken when none of them has that. So one ragged row, a
    /// decimal comma or a comma in a name does not turn a semicolon file into a comma file.
    ///
    /// Where one of them cuts nearly all rows of the first ``sampleByteCount`` bytes, the others are not tried on all the rest.
    func best(quote: UInt8, except refused: UInt8?) -> DelimiterEvidence? {
        if rows.count > 2 * Self.sampleByteCount {
            let sample = DialectDetector(UnsafeRawBufferPointer(rebasing: rows.prefix(Self.sampleByteCount)), isCut: true)
            if let found = sample.best(quote: quote, except: refused), found.isConvincing,
                let all = evidence(delimiter: found.delimiter, quote: quote), all.isConvincing
            {
                return all
            }
        }
        var best: DelimiterEvidence?
        for candidate in Self.candidates where candidate != quote && candidate != refused {
            guard let found = evidence(delimiter: candidate, quote: quote) else { continue }
            if candidate == UInt8(ascii: ","), let best, best.share >= 0.5 { continue }
            if candidate == UInt8(ascii: ",") || found.share > best?.share ?? -1 { best = found }
        }
        return best
    }

    static let sampleByteCount = 64 << 10

    /// Lines that a title may have.
    private static let longestPreamble = 20

    /// Lines in front of the header that are no rows: behind them a row of names stands, and nearly all others have its number of fields.
    ///
    /// - Parameters:
    ///   - given: the delimiter, where somebody said it.
    ///   - evidence: of the file from its first line on.
    func preamble(quote: UInt8, given: UInt8?, evidence: DelimiterEvidence?) -> (lines: Int, byteCount: Int, evidence: DelimiterEvidence)? {
        if let evidence, evidence.rows < 3 || evidence.share > 0.1 { return nil }
        var start = rows.startIndex
        for lines in 1...Self.longestPreamble {
            guard let end = rows[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            start = end + 1
            let rest = DialectDetector(UnsafeRawBufferPointer(rebasing: rows[start...]), isCut: isCut)
            let found = given.map { rest.evidence(delimiter: $0, quote: quote) } ?? rest.best(quote: quote, except: nil)
            guard let found, found.rows >= 2, found.share >= 0.9, found.width > evidence?.width ?? 1 else { continue }
            if rest.beginsWithNames(delimiter: found.delimiter, quote: quote) { return (lines, start, found) }
        }
        return nil
    }

    /// Whether no field of the first line is empty, or begins like a number.
    private func beginsWithNames(delimiter: UInt8, quote: UInt8) -> Bool {
        let line = rows.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        return line.split(separator: delimiter, omittingEmptySubsequences: false).allSatisfy { field in
            let first = field.first { $0 != quote && $0 != UInt8(ascii: " ") }
            return first.map { !ASCIIWords.isDigit($0) && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") } ?? false
        }
    }

    /// - Returns: `nil` when the delimiter does not cut the first row, or cuts it inside quotes.
    func evidence(delimiter: UInt8, quote: UInt8) -> DelimiterEvidence? {
        guard delimiter != quote else { return nil }
        var tokenizer = Tokenizer(dialect: Dialect(delimiter: delimiter, quote: quote))
        var batch = RowBatch()
        tokenizer.tokenize(into: &batch, byteCount: rows.count) {
            $0.copyMemory(from: rows)
            return rows.count
        }
        var found: DelimiterEvidence?
        // The last row may be cut; a file of one row without a line end has no other.
        if batch.rowCount > 0 { guard count(batch, in: &found, delimiter) else { return nil } }
        if !isCut || batch.rowCount == 0 {
            tokenizer.finish(&batch)
            guard count(batch, in: &found, delimiter) else { return nil }
        }
        return found.flatMap { $0.width > 1 ? $0 : nil }
    }

    /// - Returns: whether the first row is whole.
    private func count(_ batch: borrowing RowBatch, in found: inout DelimiterEvidence?, _ delimiter: UInt8) -> Bool {
        var broken = BitSet()
        batch.addFields(withAnomaly: { $0 != .loneCarriageReturn }, to: &broken)
        for row in 0..<batch.rowCount {
            let fields = batch.fields(ofRow: row)
            if fields.count == 1, batch.byteCount(ofField: fields.lowerBound) == 0 { continue }
            let isWhole = !broken.intersects(fields)
            guard found != nil else {
                guard isWhole else { return false }
                found = DelimiterEvidence(delimiter: delimiter, width: fields.count, rows: 0, evenRows: 0)
                continue
            }
            found?.rows += 1
            if fields.count == found?.width, isWhole { found?.evenRows += 1 }
        }
        return true
    }

    /// Whether fields stand between apostrophes, in at least half of the lines, and none between quotation marks.
    func isQuotedByApostrophes(delimiter: UInt8?) -> Bool {
        guard mayBeQuotedByApostrophes else { return false }
        var lines = 0
        var quoted = 0
        let apostrophe = UInt8(ascii: "'")
        let delimiters = delimiter.map { [$0] } ?? Self.candidates
        for line in rows.prefix(Self.sampleByteCount).split(separator: UInt8(ascii: "\n")) {
            lines += 1
            var hasPair = false
            var isOpen = false
            var previous: UInt8?
            for (offset, byte) in line.enumerated() {
                let next = line.index(line.startIndex, offsetBy: offset + 1)
                let isAtStart = previous.map { delimiters.contains($0) } ?? true
                let isAtEnd = next == line.endIndex || delimiters.contains(line[next]) || line[next] == UInt8(ascii: "\r")
                if byte == UInt8(ascii: "\""), isAtStart { return false }
                if byte == apostrophe, isAtStart, !isOpen {
                    isOpen = true
                } else if byte == apostrophe, isAtEnd, isOpen {
                    isOpen = false
                    hasPair = true
                }
                previous = byte
            }
            if hasPair { quoted += 1 }
        }
        return quoted > 0 && quoted * 2 >= lines
    }

    /// Whether an apostrophe stands where a field may begin.
    private var mayBeQuotedByApostrophes: Bool {
        let sample = rows.prefix(Self.sampleByteCount)
        var rest = sample
        while let place = rest.firstIndex(of: UInt8(ascii: "'")) {
            if place == 0 || rows[place - 1] == UInt8(ascii: "\n") || Self.candidates.contains(rows[place - 1]) { return true }
            rest = sample[(place + 1)...]
        }
        return false
    }
}
