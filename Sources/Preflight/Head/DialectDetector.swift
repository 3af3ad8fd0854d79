import ByteSpans
import CSVTokenizer
import SafeText
import ValueFormats

/// How evenly a delimiter cuts the beginning of a file.
struct DelimiterEvidence: Equatable {
    var delimiter: UInt8
    /// Fields of the first row.
    var width: Int
    /// Rows after the first, without blank ones, and how many of them have its number of fields and whole quotes.
    var rows: Int
    var evenRows: Int

    var share: Double { rows == 0 ? 1 : Double(evenRows) / Double(rows) }

    /// Enough evidence to contradict a declaration.
    var isConvincing: Bool { rows > 0 && share >= 0.9 }

    /// `2 039 of 2 040 rows after the first have its 9 fields`.
    var text: String {
        "\(evenRows.grouped) of \(rows.counted("row")) after the first \(rows == 1 ? "has" : "have") its \(width.counted("field"))"
    }
}

/// Finds out which delimiter and which quote cut the beginning of a file into even rows.
struct DialectDetector: ~Escapable {
    let rows: Span<UInt8>
    /// Whether the beginning ends before the file does.
    let isCut: Bool

    @_lifetime(copy rows)
    init(_ rows: Span<UInt8>, isCut: Bool) {
        self.rows = rows
        self.isCut = isCut
    }

    /// The most common first: among equals it wins.
    static let candidates = Array(",;\t|".utf8)

    /// The candidate that cuts the first row, the others most evenly, and into cells that look most like values.
    ///
    /// Two candidates may both cut all rows evenly: in `Name;Amount,EUR` and `X;1,5` a comma is in every row as well. What is left inside
    /// the cells then decides: see ``CellLook``. One ragged row, a decimal comma or a comma in a name does not turn a semicolon file into a
    /// comma file, and a list like `A;B` in a column does not turn a comma file into a semicolon file.
    ///
    /// The first ``sampleByteCount`` bytes choose; the choice is tried on all bytes, and the others only where it fails there.
    func best(quote: UInt8, except refused: UInt8?) -> DelimiterEvidence? {
        let candidates = Self.candidates.filter { $0 != quote && $0 != refused }
        guard let sample, sample.hasWholeRow(quote: quote) else { return choose(candidates, quote: quote) }
        guard let found = sample.choose(candidates, quote: quote) else { return nil }
        if let all = evidence(delimiter: found.delimiter, quote: quote), all.isConvincing { return all }
        return choose(candidates, quote: quote)
    }

    /// A delimiter that cuts all rows alike, although no row has its quotes in place: with a space after each, say.
    func bestAmongBroken(quote: UInt8) -> DelimiterEvidence? {
        let text = sampleOrAll
        for delimiter in Self.candidates where delimiter != quote {
            if let found = text.evidence(delimiter: delimiter, quote: quote, areWhole: false), found.rows > 0, found.evenRows == found.rows
            {
                return found
            }
        }
        return bestWithSpacesBeforeQuotes(quote: quote)
    }

    /// The same where a space before each opening quote lets delimiters inside the quotes cut.
    private func bestWithSpacesBeforeQuotes(quote: UInt8) -> DelimiterEvidence? {
        let bytes = Array(sampleOrAll.rows)
        let space = UInt8(ascii: " ")
        for delimiter in Self.candidates where delimiter != quote {
            var text: [UInt8] = []
            var hasSpaces = false
            for byte in bytes {
                if byte == quote {
                    let end = (text.lastIndex { $0 != space } ?? -1) + 1
                    if end > 0, end < text.count, text[end - 1] == delimiter {
                        text.removeSubrange(end...)
                        hasSpaces = true
                    }
                }
                text.append(byte)
            }
            guard hasSpaces else { continue }
            let found = DialectDetector(text.span, isCut: isCut || bytes.count < rows.count).evidence(delimiter: delimiter, quote: quote)
            if let found, found.rows > 0, found.evenRows == found.rows { return found }
        }
        return nil
    }

    /// Delimiters that few programs write, SOH (Hive) and the unit separator among them: only one that cuts all rows alike is taken for one.
    private static let rare: [UInt8] = [UInt8(ascii: "~"), UInt8(ascii: "^"), 0x01, 0x1F, 0x02, 0x1E, 0x07]

    /// A delimiter that is none of ``candidates``.
    func rare(quote: UInt8) -> DelimiterEvidence? {
        let text = sampleOrAll
        for delimiter in Self.rare where delimiter != quote {
            guard let found = text.evidence(delimiter: delimiter, quote: quote), found.rows > 0, found.evenRows == found.rows else {
                continue
            }
            return found
        }
        return nil
    }

    static let sampleByteCount = 64 << 10

    /// The first bytes, where there are many more.
    var sample: DialectDetector? {
        @_lifetime(copy self) get {
            guard rows.count > 2 * Self.sampleByteCount else { return nil }
            return DialectDetector(rows.prefix(Self.sampleByteCount), isCut: true)
        }
    }

    private func choose(_ candidates: [UInt8], quote: UInt8) -> DelimiterEvidence? {
        let found = candidates.compactMap { evidence(delimiter: $0, quote: quote) }
        guard found.count > 1 else { return found.first }
        let rivals = found.map(\.delimiter)
        var best: (evidence: DelimiterEvidence, score: Double)?
        for evidence in found {
            var look = CellLook(delimiter: evidence.delimiter, rivals: rivals, quote: quote)
            forEachRow(delimiter: evidence.delimiter, quote: quote) { batch, row, _ in look.add(row, of: batch) }
            // A candidate that cuts half of the rows needs cells that look much better. Neither factor is 0, so that the other still counts.
            let score = (evidence.share * evidence.share.squareRoot() + 0.001) * (look.share + 0.001)
            if score > (best?.score ?? 0) + 1e-9 { best = (evidence, score) }
        }
        return best?.evidence
    }

    /// Whether the first row is there to its end: another follows.
    private func hasWholeRow(quote: UInt8) -> Bool {
        var count = 0
        forEachRow(delimiter: quote == Self.candidates[0] ? Self.candidates[1] : Self.candidates[0], quote: quote) { _, _, _ in
            count += 1
            return count < 2
        }
        return count > 1
    }

    /// - Parameter areWhole: whether only rows count whose quotes are in place.
    /// - Returns: `nil` when the delimiter does not cut the first row, or cuts it inside quotes.
    func evidence(delimiter: UInt8, quote: UInt8, areWhole: Bool = true) -> DelimiterEvidence? {
        var found: DelimiterEvidence?
        forEachRow(delimiter: delimiter, quote: quote) { batch, row, isWhole in
            let width = batch.fields(ofRow: row).count
            guard found != nil else {
                guard isWhole || !areWhole, width > 1 else { return false }
                found = DelimiterEvidence(delimiter: delimiter, width: width, rows: 0, evenRows: 0)
                return true
            }
            found?.rows += 1
            if width == found?.width, isWhole || !areWhole { found?.evenRows += 1 }
            return true
        }
        return found
    }

    /// The first bytes, or all where there are not many more.
    var sampleOrAll: DialectDetector {
        @_lifetime(copy self) get {
            if let sample { return sample }
            return self
        }
    }

    /// Bytes that are cut at first, then as many again as before: most candidates do not cut the first row, and need no further look.
    private static let firstByteCount = 4 << 10

    /// Cuts the bytes into rows and shows those that are not blank, with whether their quotes are in place, until `body` has seen enough. A last
    /// row that may be cut is left out, unless it is the only one.
    func forEachRow(delimiter: UInt8, quote: UInt8, _ body: (borrowing RowBatch, Int, Bool) -> Bool) {
        guard let dialect = Dialect(delimiter: delimiter, quote: quote) else { return }
        // Blank lines are not shown, and a file may begin with nothing else.
        let first = leadingBlankByteCount
        var tokenizer = Tokenizer(dialect: dialect, byteOffset: first)
        var batch = RowBatch()
        var start = first
        var hasRow = first > 0
        while start < rows.count {
            let piece = rows[start...].prefix(max(start - first, Self.firstByteCount))
            start += piece.count
            tokenizer.tokenize(into: &batch, byteCount: piece.count) {
                $0.copy(piece)
                return piece.count
            }
            hasRow = hasRow || batch.rowCount > 0
            guard Self.show(batch, body) else { return }
        }
        if isCut, hasRow { return }
        tokenizer.finish(&batch)
        _ = Self.show(batch, body)
    }

    /// - Returns: whether more is wanted.
    private static func show(_ batch: borrowing RowBatch, _ body: (borrowing RowBatch, Int, Bool) -> Bool) -> Bool {
        var broken = BitSet()
        batch.addFieldsWithAnomaly(besidesCarriageReturns: true, to: &broken)
        var blank = BitSet()
        batch.addBlankRows(to: &blank)
        var others = blank.gaps(below: batch.rowCount)
        while let rows = others.next() {
            for row in rows {
                guard body(batch, row, !broken.intersects(batch.fields(ofRow: row))) else { return false }
            }
        }
        return true
    }

    /// Bytes of the blank lines at the beginning. Complexity: a step for each eight of them.
    private var leadingBlankByteCount: Int {
        var count = 0
        while count + 8 <= rows.count {
            let word = rows.word(at: count)
            guard word == Self.lineFeeds || word == Self.lineEnds else { break }
            count += 8
        }
        while count < rows.count {
            let isCarriageReturn = rows[count] == UInt8(ascii: "\r") && count + 1 < rows.count
            guard rows[isCarriageReturn ? count + 1 : count] == UInt8(ascii: "\n") else { break }
            count += isCarriageReturn ? 2 : 1
        }
        return count
    }

    private static let lineFeeds: UInt64 = 0x0A0A_0A0A_0A0A_0A0A
    private static let lineEnds: UInt64 = 0x0A0D_0A0D_0A0D_0A0D

    /// Whether fields are enclosed in apostrophes, in at least half of the lines, and none between quotation marks.
    func isQuotedByApostrophes(delimiter: UInt8?) -> Bool {
        guard mayBeQuotedByApostrophes else { return false }
        var lines = 0
        var quoted = 0
        let apostrophe = UInt8(ascii: "'")
        let delimiters = delimiter.map { [$0] } ?? Self.candidates
        for line in Array(rows.prefix(Self.sampleByteCount)).split(separator: UInt8(ascii: "\n")) {
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

    /// Whether there is an apostrophe where a field may begin.
    private var mayBeQuotedByApostrophes: Bool {
        let sample = rows.prefix(Self.sampleByteCount)
        var start = 0
        while let place = sample.nextIndex(of: UInt8(ascii: "'"), from: start) {
            if place == 0 || rows[place - 1] == UInt8(ascii: "\n") || Self.candidates.contains(rows[place - 1]) { return true }
            start = place + 1
        }
        return false
    }
}

extension DelimiterEvidence: CodedState {
    static var blank: DelimiterEvidence { DelimiterEvidence(delimiter: 0, width: 0, rows: 0, evenRows: 0) }

    mutating func code(_ coder: inout StateCoder) {
        coder(&delimiter)
        coder(&width)
        coder(&rows)
        coder(&evenRows)
    }
}
