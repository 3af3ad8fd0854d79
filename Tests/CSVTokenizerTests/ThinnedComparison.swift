import ByteSpans
import CSVTokenizer

#if DEBUG
    let isDebugBuild = true
#else
    let isDebugBuild = false
#endif

/// Holds the rows of a batch that may have been thinned against the reference, and collects what does not agree.
struct ThinnedComparison {
    var bytes: [UInt8]
    var rows: [[Outline.Field]]
    var limits: RowBatch.Limits
    var differences: [String] = []

    private mutating func check(_ holds: Bool, _ what: @autoclosure () -> String) {
        if !holds { differences.append(what()) }
    }

    mutating func compare(row: Int, of batch: borrowing RowBatch, firstRow: Int) {
        let number = firstRow + row
        guard rows.indices.contains(number) else { return differences.append("row \(number) is too much") }
        let expected = rows[number]
        check(
            batch.fieldCount(ofRow: row) == expected.count, "row \(number): \(batch.fieldCount(ofRow: row)) fields, not \(expected.count)")
        var sum = ReferenceCharacters([], offset: 0)
        for (index, field) in batch.fields(ofRow: row).enumerated() {
            let offset = batch.streamOffset(ofPosition: batch.range(ofField: field).lowerBound)
            check(batch.column(ofField: field, inRow: row) == min(index, limits.fields) + 1, "row \(number): column of field \(index)")
            // Behind the kept fields it may be any later one, but it must be one.
            let candidate =
                index < limits.fields
                ? expected[safe: index] : expected[min(limits.fields, expected.count)...].first { $0.offset == offset }
            guard let candidate, candidate.offset == offset else {
                differences.append("row \(number): no field \(index) at \(offset)")
                continue
            }
            compare(field: field, of: batch, with: candidate)
            sum = sum + ReferenceCharacters(batch.characters(ofField: field))
        }
        if row == 0, let missing = batch.missingFieldsCharacters { sum = sum + ReferenceCharacters(missing) }
        let whole = expected.reduce(ReferenceCharacters([], offset: 0)) { $0 + ReferenceCharacters($1.bytes, offset: $1.offset) }
        check(sum == whole, "row \(number): characters \(sum), not \(whole)")
        check(whole.isClean || batch.isSuspicious, "row \(number): no suspicion")
    }

    private mutating func compare(field: Int, of batch: borrowing RowBatch, with expected: Outline.Field) {
        let place = "field at \(expected.offset)"
        let range = batch.range(ofField: field)
        let head = expected.bytes.prefix(limits.fieldBytes)
        check(batch.byteCount(ofField: field) == expected.bytes.count, "\(place): \(batch.byteCount(ofField: field)) bytes")
        check(batch.bytes[range].starts(with: Array(head)), "\(place): begins with \(Array(batch.bytes[range]))")
        let before = batch.newlines(before: range.lowerBound)
        check(batch.firstLine + before == expected.line, "\(place): line \(batch.firstLine + before)")
        let behind = batch.newlines(before: range.upperBound, known: (range.lowerBound, before))
        check(behind == batch.newlines(before: range.upperBound), "\(place): lines counted in steps and at once")
        check(behind - before == expected.bytes.count { $0 == 0x0A }, "\(place): \(behind - before) line ends")
        let characters = ReferenceCharacters(expected.bytes, offset: expected.offset)
        let scan = batch.characters(ofField: field)
        check(ReferenceCharacters(scan) == characters, "\(place): characters \(scan), not \(characters)")
        let lines = batch.lines(of: scan, inField: field, fieldLine: expected.line)
        for (line, offset) in [(lines.invalid, characters.firstInvalidOffset), (lines.nul, characters.firstNulOffset)] {
            guard let offset else { continue }
            let wanted = expected.line + expected.bytes.prefix(offset - expected.offset).count { $0 == 0x0A }
            check(line == wanted, "\(place): line \(line) of the character at \(offset), not \(wanted)")
        }
        for position in range {
            let offset = batch.streamOffset(ofPosition: position)
            check(batch.bytes[position] == bytes[offset], "position \(position) is not offset \(offset)")
            check(batch.position(ofStreamOffset: offset) == position, "position of offset \(offset)")
        }
        for offset in expected.offset..<(expected.offset + expected.bytes.count) {
            guard let position = batch.position(ofStreamOffset: offset) else { continue }
            check(range.contains(position) && batch.streamOffset(ofPosition: position) == offset, "offset \(offset) is not \(position)")
        }
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? {
        indices.contains(index) ? self[index] : nil
    }
}
