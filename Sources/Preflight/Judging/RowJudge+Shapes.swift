import CSVScan

extension RowJudge {
    /// Counts the shape of a value.
    ///
    /// - Returns: its entry; -1 where none is kept: of empty values, and in columns without a type.
    mutating func countShape(
        of text: UnsafeRawBufferPointer, _ judgement: Judgement, judged: Int, into shapes: inout BatchShapes
    ) -> Int32 {
        guard judgement.verdict != .empty, writeShape(of: text, parses: judgement.verdict == .parses, judged: judged) else { return -1 }
        let entry = shapes.entry(of: shape, column: judged, value: text)
        shapes.add(1, to: entry)
        return Int32(entry)
    }

    /// - Parameter parses: what the column's rule says of it.
    /// - Returns: `false` where no shape is kept.
    private mutating func writeShape(of text: UnsafeRawBufferPointer, parses: Bool, judged: Int) -> Bool {
        guard let kind = plan.columns[judged].shapeKind else { return false }
        if parses, let pattern = plan.columns[judged].fixedDate?.pattern, let date = DateReader.date(text, pattern) {
            pattern.isYearLast ? shape.writeDate(date) : shape.write(ValueShape.decidedDate)
        } else {
            shape.write(text, kind: kind)
        }
        return true
    }

    func keepPlace(row: Int, field: Int, of entry: Int32, in shapes: inout BatchShapes) {
        if entry >= 0, shapes.wantsPlace(Int(entry)) { shapes.addPlace(row: row, field: field, to: Int(entry)) }
    }

    // MARK: Values that a kernel passed

    /// Counts plain numbers of which only a kernel saw what they are.
    ///
    /// - Returns: the entry of those whose separator could also stand between thousands, if it wants places; else -1.
    mutating func count(
        numbers: Int, _ counts: (empty: Int, separated: Int, grouped: Int), decimal: UInt8, judged: Int, into shapes: inout BatchShapes
    ) -> Int {
        let isComma = decimal == UInt8(ascii: ",")
        func add(_ count: Int, _ plain: StaticString) -> Int {
            if count == 0 { return -1 }
            shape.write(plain)
            return self.add(count, UnsafeRawBufferPointer(start: plain.utf8Start, count: plain.utf8CodeUnitCount), judged, to: &shapes)
        }
        _ = add(numbers - counts.separated, ValueShape.plainInteger)
        _ = add(counts.separated - counts.grouped, isComma ? ValueShape.plainComma : ValueShape.plainPoint)
        let entry = add(counts.grouped, isComma ? ValueShape.plainCommaOrGroup : ValueShape.plainPointOrGroup)
        return entry >= 0 && shapes.wantsPlace(entry) ? entry : -1
    }

    /// Counts dates of the column's first pattern.
    ///
    /// - Parameters:
    ///   - swappable: those whose day could be the month, and is another number.
    ///   - same: those whose day and month are the same number.
    /// - Returns: the entry of the swappable ones, if it wants places; else -1.
    mutating func count(dates: Int, swappable: Int, same: Int, judged: Int, into shapes: inout BatchShapes) -> Int {
        guard let samples = plan.columns[judged].fixedDate?.samples else { return -1 }
        func add(_ count: Int, _ text: [UInt8], _ date: (month: Int, day: Int)) -> Int {
            if count == 0 { return -1 }
            shape.writeDate(date)
            return text.withUnsafeBytes { self.add(count, $0, judged, to: &shapes) }
        }
        _ = add(dates - swappable - same, samples.decided, (1, 13))
        _ = add(same, samples.same, (1, 1))
        let entry = add(swappable, samples.swappable, (1, 2))
        return entry >= 0 && shapes.wantsPlace(entry) ? entry : -1
    }

    /// Adds to the entry of the shape that was written.
    ///
    /// - Parameter value: one that has it.
    private func add(_ count: Int, _ value: UnsafeRawBufferPointer, _ judged: Int, to shapes: inout BatchShapes) -> Int {
        let entry = shapes.entry(of: shape, column: judged, value: value)
        shapes.add(count, to: entry)
        return entry
    }

    /// Looks for the first fields of a column that have a shape: they were counted before.
    mutating func findPlaces(
        of entry: Int, _ batch: borrowing RowBatch, rows: Range<Int>, column: Int, judged: Int, in shapes: inout BatchShapes
    ) {
        for row in rows where shapes.wantsPlace(entry) {
            let field = batch.fields(ofRow: row).lowerBound + column
            let isMeant = decoder.withText(of: field, in: batch) { text in
                // Dates may be wrong: only what parses was counted.
                guard !text.isEmpty, writeShape(of: text, parses: plan.columns[judged].fixedDate != nil, judged: judged) else {
                    return false
                }
                return shapes.table.text(of: entry).elementsEqual(shape.bytes)
            }
            if isMeant { shapes.addPlace(row: row, field: field, to: entry) }
        }
    }
}
