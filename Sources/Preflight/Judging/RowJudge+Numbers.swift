import ByteSpans
import CSVTokenizer
import ImportProfiles
import ValueFormats

// Numbers that are judged by bits of fields: see `FieldBits`.

extension RowJudge {
    /// Tells which fields of a batch are numbers, where that is worth it and all rows have their width.
    mutating func findNumbers(_ batch: borrowing RowBatch, into found: inout FieldBits) -> Bool {
        if layout.rules == nil { return findForms(batch, into: &found) }
        guard let columns = numberColumns, batch.haveWidth(layout.width, kernel: kernel) else { return false }
        return batch.findNumbers(decimal: columns.decimal, quote: layout.quote, kernel: kernel, into: &found)
    }

    /// A batch of data rows in which each field is empty or a number, and none is to be compared with anything: told without an index of the fields.
    /// Counts the masks of the numbers.
    mutating func isPlainlyNumbers(
        _ batch: inout RowBatch, _ found: inout FieldBits, header: Int?, into shapes: inout BatchShapes
    ) -> Bool {
        guard let columns = numberColumns, columns.areAllChosen, header == nil, layout.keys.isEmpty,
            layout.repeatedColumns.isEmpty, layout.expectations.isEmpty, !batch.hasAnomalies, !batch.isSuspicious,
            // Where the names are numbers, such as years, the header may be among them.
            !layout.namesMayBeNumbers
                || !found.haveQuotes && layout.headerPattern?.rows.contains(where: { batch.hasRow(equalTo: $0) }) != true,
            columns.areRight(found)
        else { return false }
        found.count(width: layout.width, kernel: kernel)
        let mayHaveEmptyRow = (0..<layout.width).allSatisfy { found.count(FieldBits.NumberKind.empty, column: $0) > 0 }
        // In a file of one column it is a blank line.
        if mayHaveEmptyRow, layout.width == 1 || found.haveQuotes || batch.hasRow(equalTo: layout.emptyRow) { return false }
        // What is kept is looked at later.
        if countNumbers(found, rowCount: batch.rowCount, into: &shapes) { batch.makeIndex() }
        return true
    }

    /// Makes ready what ``judgeNumberFaults(_:_:_:into:)`` needs.
    mutating func chooseNumbers(_ found: inout FieldBits, _ batch: borrowing RowBatch, leavingOut rows: BitSet) {
        found.leaveOut(doubted)
        for row in rows { found.leaveOut(batch.fields(ofRow: row)) }
        found.count(width: layout.width, kernel: kernel)
        numberColumns?.choose(
            plan, found, rowCount: batch.rowCount - rows.count, leftOutCount: rows.count, areMostlyWrong: &areMostlyWrong)
    }

    /// Judges the values of a tile that are not surely right numbers.
    mutating func judgeNumberFaults(
        _ found: borrowing FieldBits, _ batch: borrowing RowBatch, _ tile: RowTile, into shapes: inout BatchShapes
    ) {
        guard let columns = numberColumns else { return }
        let firstRow = tile.row(0)
        columns.forEachFault(in: tile.fields, found) { row, column in
            guard let step = columns.step(ofColumn: column).map({ plan.steps[$0] }) else { return }
            let text = kernelColumn(column, batch, tile).text(ofRow: row - firstRow)
            judgeApart(text, row - firstRow, of: tile, step, limit: batch.limits.fieldBytes, into: &shapes)
        }
    }

    /// Counts the numbers that are right, and keeps the first that can be read two ways.
    ///
    /// - Returns: whether any was kept.
    @discardableResult
    func countNumbers(_ found: borrowing FieldBits, rowCount: Int, into shapes: inout BatchShapes) -> Bool {
        guard let columns = numberColumns else { return false }
        var keepsFields = false
        for column in 0..<layout.width {
            guard let step = columns.step(ofColumn: column).map({ plan.steps[$0] }) else { continue }
            guard let evidence = plan.columns[step.judged].plainEvidence else { continue }
            let separated = found.count(.separated, column: column)
            let (fractions, groups) = step.decimal == 0 ? (0, 0) : (separated, found.count(.grouped, column: column))
            let (odd, empty): (FieldBits.NumberKind, FieldBits.NumberKind) = (.odd, .empty)
            let whole = rowCount - found.count(odd, column: column) - separated - found.count(empty, column: column)
            if whole | fractions == 0 { continue }
            shapes.add(plain: (whole, fractions - groups, groups), column: step.judged, evidence: evidence)
            guard groups > 0, evidence.2 == .both, shapes.wantsFields(column: step.judged) else { continue }
            for row in 0..<rowCount where found.has(.grouped, field: row * layout.width + column) {
                let field = row * layout.width + column
                if !shapes.wants(field: field, column: step.judged) { break }
                shapes.keep(row: row, field: field, column: step.judged)
                keepsFields = true
            }
        }
        return keepsFields
    }
}
