import ByteSources
import ByteSpans
import CSVTokenizer
import SafeText
import ValueFormats

extension Locator {
    /// Looks for everything in the rows of a batch, which follow those of the last one.
    ///
    /// - Parameter isLast: whether no further row comes.
    func look(_ batch: inout RowBatch, isLast: Bool = false) {
        guard batch.rowCount > 0, answer.refusal == nil else { return }
        var header: Int?
        if names == nil, let first = readFirstRow(&batch), hasHeader { header = first }
        guard answer.refusal == nil else { return }
        let dataCount = batch.rowCount - batch.blankRowCount() - (header == nil ? 0 : 1)
        defer { answer.rowCount += dataCount }
        let firstNumber = answer.rowCount + 1
        let wanted = Wanted(
            rows: rows.take((header == nil ? firstNumber : 0)..<(firstNumber + dataCount)),
            lines: lines.wants(from: batch.firstLine) ? lines.take(batch.firstLine..<Self.endLine(of: batch)) : [],
            bytes: bytes.take(batch.streamOffset(ofPosition: 0)..<batch.streamOffset(ofPosition: batch.bytes.count)))
        let hasOpenHits = context > 0 && firstOpenHit < answer.hits.count
        if hasOpenHits || !wanted.isEmpty || mayHaveText(batch) {
            batch.makeIndex()
            let rows = LocatedRows(blank: batch.blankRows(), header: header, firstNumber: firstNumber, count: batch.rowCount)
            show(spots(wanted, rows, batch), rows, batch)
        }
        if !isLast { rememberLastRows(&batch) }
    }

    /// The places that are in a batch.
    private struct Wanted {
        var rows: [ClosedRange<Int>]
        var lines: [ClosedRange<Int>]
        var bytes: [ClosedRange<Int>]

        var isEmpty: Bool { rows.isEmpty && lines.isEmpty && bytes.isEmpty }
    }

    /// A place in a row that was looked for.
    private struct Spot {
        var row: Int
        var position: Int
        /// In the file: not that of `position` where the byte was taken out of a long row.
        var byteOffset: Int
        /// Index in the batch.
        var field: Int?
    }

    /// The line after the last one that has a byte in the batch.
    private static func endLine(of batch: borrowing RowBatch) -> Int {
        batch.firstLine + batch.newlines(before: batch.bytes.count) + (batch.bytes.last == UInt8(ascii: "\n") ? 0 : 1)
    }

    private func mayHaveText(_ batch: borrowing RowBatch) -> Bool {
        for search in searches where search.mayOccur(in: batch.bytes) { return true }
        return false
    }

    /// Reads the first row that is not blank, if the batch has one: the header, or none.
    private func readFirstRow(_ batch: inout RowBatch) -> Int? {
        batch.makeIndex()
        let blank = batch.blankRows()
        guard blank.count < batch.rowCount else { return nil }
        let first = blank.indices.first { blank[$0] != $0 } ?? blank.count
        let names = hasHeader ? decoder.names(inRow: first, of: batch) : []
        self.names = names
        chooseColumns(names.map(\.bytes))
        return first
    }

    private func chooseColumns(_ texts: [[UInt8]]) {
        guard let wanted = query.column else { return }
        let named = texts.indices.filter { texts[$0] == wanted }
        if !named.isEmpty {
            columns = named
        } else if let number = Int(String(decoding: wanted, as: UTF8.self)), number >= 1 {
            columns = [number - 1]
        } else {
            let shown = (names ?? []).prefix(20).map { "\"\($0.shown)\"" }.joined(separator: ", ")
            let known = hasHeader ? "; its columns are \(shown)\((names ?? []).count > 20 ? ", …" : "")" : " and no header"
            answer.refusal = "it has no column \"\(VisibleText(wanted).text)\"\(known)"
        }
    }

    // MARK: Finding

    private func spots(_ wanted: Wanted, _ rows: LocatedRows, _ batch: borrowing RowBatch) -> [Spot] {
        var spots: [Spot] = []
        func beginning(ofRow row: Int) -> Spot {
            let position = batch.start(ofRow: row)
            return Spot(row: row, position: position, byteOffset: batch.streamOffset(ofPosition: position))
        }
        for range in wanted.rows {
            for row in rows.index(ofNumber: range.lowerBound)...rows.index(ofNumber: range.upperBound) where !rows.isBlank(row) {
                spots.append(beginning(ofRow: row))
            }
        }
        for range in wanted.bytes {
            let first = spot(ofByte: range.lowerBound, isOne: range.count == 1, batch)
            let last = spot(ofByte: range.upperBound, isOne: false, batch).row
            spots.append(first)
            spots += (first.row..<last).map { beginning(ofRow: $0 + 1) }
        }
        if !wanted.lines.isEmpty {
            let starts = startLines(batch)
            for range in wanted.lines {
                let first = starts.partitionPoint { $0 <= range.lowerBound } - 1
                let last = starts.partitionPoint { $0 <= range.upperBound } - 1
                spots.append(spot(ofLine: range.lowerBound - starts[first], inRow: first, batch))
                spots += (first..<last).map { beginning(ofRow: $0 + 1) }
            }
        }
        spots += textSpots(rows, batch)
        return spots.sorted { ($0.row, $0.position, $0.field ?? -1) < ($1.row, $1.position, $1.field ?? -1) }
    }

    private func spot(ofByte offset: Int, isOne: Bool, _ batch: borrowing RowBatch) -> Spot {
        let position = batch.place(ofStreamOffset: offset)
        let field = batch.field(atPosition: position)
        return Spot(row: batch.row(ofField: field), position: position, byteOffset: offset, field: isOne ? field : nil)
    }

    /// - Parameter line: counted from the first of the row.
    private func spot(ofLine line: Int, inRow row: Int, _ batch: borrowing RowBatch) -> Spot {
        let end = batch.range(ofField: batch.fields(ofRow: row).upperBound - 1).upperBound
        var position = batch.start(ofRow: row)
        for _ in 0..<line {
            guard let lineFeed = batch.bytes.firstIndex(of: UInt8(ascii: "\n"), in: position..<end) else { break }
            position = lineFeed + 1
        }
        return Spot(row: row, position: position, byteOffset: batch.streamOffset(ofPosition: position))
    }

    private func textSpots(_ rows: LocatedRows, _ batch: borrowing RowBatch) -> [Spot] {
        var spots: [Spot] = []
        let room = most - answer.hits.count
        let fieldCount = batch.fields(ofRow: batch.rowCount - 1).upperBound
        for search in searches {
            var lastRow = -1
            var rowCount = 0
            search.forEachMatch(in: batch, fieldCount: fieldCount, decoder: decoder) { field in
                let row = batch.row(ofField: field)
                let column = field - batch.fields(ofRow: row).lowerBound
                return columns.map { $0.contains(column) } ?? true && column < batch.steadyFieldCount(ofRow: row) && !rows.isBlank(row)
            } body: { field in
                let row = batch.row(ofField: field)
                let position = batch.range(ofField: field).lowerBound
                if row != lastRow { rowCount += 1 }
                lastRow = row
                spots.append(
                    Spot(row: row, position: position, byteOffset: batch.streamOffset(ofPosition: position), field: field))
                // The other fields of a row that is only counted do not matter.
                return rowCount <= room ? field + 1 : batch.fields(ofRow: row).upperBound
            }
        }
        return spots
    }

    /// The line in which each row begins.
    private func startLines(_ batch: borrowing RowBatch) -> [Int] {
        var lines = LineCursor()
        var starts: [Int] = []
        starts.reserveCapacity(batch.rowCount)
        for row in 0..<batch.rowCount { starts.append(lines.line(of: batch.start(ofRow: row), in: batch)) }
        return starts
    }

    // MARK: Showing

    /// - Parameter spots: by row.
    private func show(_ spots: [Spot], _ rows: LocatedRows, _ batch: borrowing RowBatch) {
        let hasOpenHits = context > 0 && firstOpenHit < answer.hits.count
        let wantsShown = answer.hits.count < most && !spots.isEmpty
        let starts = hasOpenHits || wantsShown ? startLines(batch) : []
        func shown(_ row: Int) -> Row { Row(line: starts[row], Self.bytes(ofRow: row, batch)) }
        if hasOpenHits { for row in 0..<min(context, batch.rowCount) { giveAfter(shown(row)) } }
        var rest = spots[...]
        while let row = rest.first?.row {
            let own = rest.prefix { $0.row == row }
            rest = rest.dropFirst(own.count)
            guard admitsHit() else { continue }
            let neighbours = max(0, row - context)..<row
            let earlier = recent.suffix(context - neighbours.count) + neighbours.map { shown($0) }
            let later = (row + 1)..<max(row + 1, min(batch.rowCount, row + 1 + context))
            answer.hits.append(hit(Array(own), rows, batch, starts: starts, text: shown(row).text))
            answer.hits[answer.hits.count - 1].before = earlier.map(\.neighbour)
            answer.hits[answer.hits.count - 1].after = later.map { shown($0).neighbour }
        }
        while firstOpenHit < answer.hits.count, answer.hits[firstOpenHit].after.count >= context { firstOpenHit += 1 }
    }

    private func hit(
        _ spots: [Spot], _ rows: LocatedRows, _ batch: borrowing RowBatch, starts: [Int], text: VisibleText
    ) -> Hit {
        let row = spots[0].row
        // The next row begins in the line after; the last one of the batch has no next.
        let end = batch.start(ofRow: row) + Self.bytes(ofRow: row, batch).count
        let lastLine = row + 1 < starts.count ? starts[row + 1] - 1 : batch.firstLine + batch.newlines(before: end)
        var fields = Set(spots.compactMap(\.field))
        let own = batch.fields(ofRow: row)
        if let columns, searches.isEmpty {
            fields.formUnion(columns.filter { own.indices.contains(own.lowerBound + $0) }.map { own.lowerBound + $0 })
        }
        return Hit(
            kind: rows.kind(row), row: rows.number(row), line: starts[row], byteOffset: spots[0].byteOffset,
            lastLine: lastLine, text: text,
            fields: rows.isBlank(row) ? [] : fields.sorted().map { field($0, ofRow: row, batch) },
            hex: Self.hex(Array(batch.bytes[spots[0].position...].prefix(Self.hexBytes))), before: [], after: [])
    }

    private func field(_ field: Int, ofRow row: Int, _ batch: borrowing RowBatch) -> Field {
        let column = batch.column(ofField: field, inRow: row)
        let names = self.names ?? []
        return Field(
            column: ColumnReference(index: column, name: column <= names.count ? names[column - 1] : ""),
            value: VisibleText(field: field, in: batch, quote: reader.tokenizer.dialect.quote))
    }

    @_lifetime(borrow batch)
    private static func bytes(ofRow row: Int, _ batch: borrowing RowBatch) -> Span<UInt8> {
        let end = batch.range(ofField: batch.fields(ofRow: row).upperBound - 1).upperBound
        return batch.bytes[batch.start(ofRow: row)..<end]
    }

    /// Keeps the last rows, for what is found right after them.
    private func rememberLastRows(_ batch: inout RowBatch) {
        guard context > 0 else { return }
        let starts = batch.startsOfLastRows(context)
        if starts.count >= context { recent.removeAll(keepingCapacity: true) }
        var line = reader.tokenizer.openRowLine - batch.newlinesAfter(starts.first ?? 0)
        for (number, start) in starts.enumerated() {
            let next = number + 1 < starts.count ? starts[number + 1] : batch.bytes.count
            var bytes = batch.bytes[start..<next]
            if bytes.last == UInt8(ascii: "\n") { bytes = bytes.dropLast() }
            if bytes.last == UInt8(ascii: "\r") { bytes = bytes.dropLast() }
            remember(Row(line: line, bytes))
            line += batch.newlinesAfter(start) - batch.newlinesAfter(next)
        }
    }
}

/// What the rows of a batch are.
struct LocatedRows {
    /// Indexes of the rows without a byte, ascending.
    let blank: [Int]
    let header: Int?
    /// Record number of the first data row.
    let firstNumber: Int
    let count: Int

    func isBlank(_ row: Int) -> Bool {
        let place = blank.partitionPoint { $0 < row }
        return place < blank.count && blank[place] == row
    }

    func kind(_ row: Int) -> Locator.Kind {
        row == header ? .header : isBlank(row) ? .blankLine : .row
    }

    /// `nil` for a blank line.
    func number(_ row: Int) -> Int? {
        switch kind(row) {
        case .header: 0
        case .row: lastNumber(through: row)
        default: nil
        }
    }

    /// The index of the header or of a data row of the batch.
    func index(ofNumber number: Int) -> Int {
        if number == 0, let header { return header }
        return (0..<count).partitionPoint { lastNumber(through: $0) < number }
    }

    /// Record number of the last data row up to this row.
    private func lastNumber(through row: Int) -> Int {
        firstNumber + row - blank.partitionPoint { $0 <= row } - (header.map { $0 <= row ? 1 : 0 } ?? 0)
    }
}
