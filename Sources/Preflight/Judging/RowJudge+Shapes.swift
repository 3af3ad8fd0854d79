import CSVScan

extension RowJudge {
    /// Counts the shape of a value.
    ///
    /// - Returns: its entry; -1 where none is kept: of empty values, and in columns without a type.
    mutating func countShape(
        of text: UnsafeRawBufferPointer, _ judgement: Judgement, judged: Int, into shapes: inout BatchShapes
    ) -> Int32 {
        guard judgement.verdict != .empty, let kind = plan.columns[judged].shapeKind else { return -1 }
        shape.write(text, kind: kind)
        let entry = shapes.entry(of: shape, column: judged, value: text)
        shapes.add(1, to: entry)
        return Int32(entry)
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
        func add(_ count: Int, _ shape: StaticString) -> Int {
            if count == 0 { return -1 }
            return self.add(count, UnsafeRawBufferPointer(start: shape.utf8Start, count: shape.utf8CodeUnitCount), judged, to: &shapes)
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
        let samples = plan.columns[judged].dateSamples
        func add(_ count: Int, _ text: [UInt8]) -> Int {
            count == 0 ? -1 : text.withUnsafeBytes { self.add(count, $0, judged, to: &shapes) }
        }
        _ = add(dates - swappable - same, samples.decided)
        _ = add(same, samples.same)
        let entry = add(swappable, samples.swappable)
        return entry >= 0 && shapes.wantsPlace(entry) ? entry : -1
    }

    /// - Parameter value: one of them.
    private mutating func add(_ count: Int, _ value: UnsafeRawBufferPointer, _ judged: Int, to shapes: inout BatchShapes) -> Int {
        guard let kind = plan.columns[judged].shapeKind else { return -1 }
        shape.write(value, kind: kind)
        let entry = shapes.entry(of: shape, column: judged, value: value)
        shapes.add(count, to: entry)
        return entry
    }

    /// Looks for the first fields of a column that have a shape: they were counted before.
    mutating func findPlaces(of entry: Int, _ batch: borrowing RowBatch, rows: Range<Int>, column: Int, judged: Int, in shapes: inout BatchShapes) {
        guard let kind = plan.columns[judged].shapeKind else { return }
        for row in rows where shapes.wantsPlace(entry) {
            let field = batch.fields(ofRow: row).lowerBound + column
            let isMeant = decoder.withText(of: field, in: batch) { text in
                if text.isEmpty { return false }
                shape.write(text, kind: kind)
                return shapes.table.shape(of: entry).elementsEqual(shape.bytes)
            }
            if isMeant { shapes.addPlace(row: row, field: field, to: entry) }
        }
    }
}
