import ByteSpans
internal import CSVKernels
import CSVTokenizer
import ValueFormats

// Without a profile: columns of nothing but numbers, or nearly so, are told by bits of fields: see `FieldBits`.

extension RowJudge {
    /// Columns that a batch told by bits, and when to try again.
    struct FormColumns {
        /// By column.
        fileprivate(set) var areTold: [Bool] = []
        /// Batches until it is tried again.
        fileprivate var pause = 0
        // Of the column that is entered: the odd fields, ascending, and the entries of its forms.
        fileprivate var oddPlaces: [OddPlace] = []
        fileprivate var entries: [Int] = []

        struct OddPlace: Equatable {
            let row: Int
            let entry: Int
        }

        func isTold(_ column: Int) -> Bool { column < areTold.count && areTold[column] }
    }

    /// A file without columns of numbers gains nothing: then it is tried again after so many batches.
    private static let batchesBetween = 63
    /// What share of the columns must be told: to look at each byte costs as much as to look at so many columns by themselves.
    private static func leastShare(_ kernel: Kernel) -> (columns: Int, of: Int) { kernel == .avx512 ? (1, 8) : (3, 5) }
    /// Of a column that is told no more than one value in so many is looked at by itself.
    private static let mostOddShare = 8

    mutating func findForms(_ batch: borrowing RowBatch, into found: inout FieldBits) -> Bool {
        formColumns.areTold.removeAll(keepingCapacity: true)
        if formColumns.pause > 0 {
            formColumns.pause -= 1
            return false
        }
        guard layout.width <= NumberColumns.mostColumns, batch.haveWidth(layout.width, kernel: kernel) else { return false }
        return batch.findForms(quote: layout.quote, kernel: kernel, into: &found)
    }

    /// Counts the forms, and chooses the columns that are told by them.
    mutating func chooseForms(_ found: inout FieldBits, _ batch: borrowing RowBatch, columnCount: Int, leavingOut rows: BitSet) {
        found.leaveOut(doubted)
        for row in rows { found.leaveOut(batch.fields(ofRow: row)) }
        found.count(width: layout.width, kernel: kernel)
        var count = 0
        for column in 0..<columnCount {
            let oddCount = found.count(FieldBits.FormKind.odd, column: column) - rows.count
            let isTold = oddCount * Self.mostOddShare <= batch.rowCount - rows.count
            formColumns.areTold.append(isTold)
            if isTold { count += 1 }
        }
        let least = Self.leastShare(kernel)
        if count * least.of < layout.width * least.columns { formColumns.pause = Self.batchesBetween }
    }

    /// Calls `body` with the bits of the last batch and, by column, whether it was told by them.
    ///
    /// - Returns: `false` if there are none.
    mutating func withForms(_ paths: JudgingPaths, _ body: (borrowing FieldBits, [Bool]) -> Void) -> Bool {
        guard paths.contains(.formBits), let found = takeFieldBits() else { return false }
        body(found, formColumns.areTold)
        putBack(found)
        return true
    }

    /// Enters what was found of the columns that are told.
    mutating func enterForms(_ found: borrowing FieldBits, _ batch: borrowing RowBatch, into evidence: inout BatchEvidence) {
        for column in evidence.heads.indices where formColumns.isTold(column) {
            formColumns.oddPlaces.removeAll(keepingCapacity: true)
            formColumns.entries.removeAll(keepingCapacity: true)
            if found.count(FieldBits.FormKind.odd, column: column) > 0 { countOdd(found, batch, column: column, into: &evidence) }
            var whole = batch.rowCount
            for kind in FieldBits.FormKind.allCases {
                let count = found.count(kind, column: column)
                whole -= count
                if kind == .odd || count == 0 { continue }
                enter(count, Self.formats(of: kind), found, batch, column: column, into: &evidence) { $0.has(kind, field: $1) }
            }
            if whole > 0 { enter(whole, .numbers, found, batch, column: column, into: &evidence) { $0.hasNone(field: $1) } }
            for place in formColumns.oddPlaces where evidence.wantsPlace(place.entry) && !formColumns.entries.contains(place.entry) {
                evidence.addPlace(row: place.row, field: place.row * layout.width + column, to: place.entry)
            }
        }
    }

    /// Enters the fields of one form. Among the first of them may be odd ones, as a number in quotes is.
    private mutating func enter(
        _ count: Int, _ formats: FormatSet, _ found: borrowing FieldBits, _ batch: borrowing RowBatch, column: Int,
        into evidence: inout BatchEvidence, _ isMeant: (_ found: borrowing FieldBits, _ field: Int) -> Bool
    ) {
        let entry = evidence.entry(of: formats, column: column)
        evidence.add(count, to: entry)
        formColumns.entries.append(entry)
        var (row, odd) = (0, 0)
        while row < batch.rowCount, evidence.wantsPlace(entry) {
            let field = row &* layout.width &+ column
            while odd < formColumns.oddPlaces.count, formColumns.oddPlaces[odd].row < row { odd &+= 1 }
            let isOddOne = odd < formColumns.oddPlaces.count && formColumns.oddPlaces[odd] == FormColumns.OddPlace(row: row, entry: entry)
            if isOddOne || isMeant(found, field) { evidence.addPlace(row: row, field: field, to: entry) }
            row &+= 1
        }
    }

    /// Looks at each value that has no form by its bits, and counts it.
    private mutating func countOdd(
        _ found: borrowing FieldBits, _ batch: borrowing RowBatch, column: Int, into evidence: inout BatchEvidence
    ) {
        for row in 0..<batch.rowCount {
            let field = row &* layout.width &+ column
            guard found.has(FieldBits.FormKind.odd, field: field), !doubted.contains(field), !special.contains(row) else { continue }
            let formats = exactFormats(of: batch.bytes[batch.range(ofField: field)].prefix(batch.limits.fieldBytes))
            let entry = evidence.entry(of: formats, column: column)
            evidence.add(1, to: entry)
            if let odd = OddValue(formats) { evidence.addRows(row..<(row + 1), with: odd, column: column) }
            formColumns.oddPlaces.append(FormColumns.OddPlace(row: row, entry: entry))
        }
    }

    private static func formats(of kind: FieldBits.FormKind) -> FormatSet {
        let form =
            switch kind {
            case .odd: CSV_FORM_UNKNOWN
            case .empty: CSV_FORM_EMPTY
            case .point: CSV_FORM_POINT
            case .pointOrGroup: CSV_FORM_POINT_OR_GROUP
            case .comma: CSV_FORM_COMMA
            case .commaOrGroup: CSV_FORM_COMMA_OR_GROUP
            case .integerZeros: csv_form(CSV_FORM_INTEGER.rawValue + CSV_FORM_LEADING_ZEROS.rawValue)
            case .pointZeros: csv_form(CSV_FORM_POINT.rawValue + CSV_FORM_LEADING_ZEROS.rawValue)
            case .commaZeros: csv_form(CSV_FORM_COMMA.rawValue + CSV_FORM_LEADING_ZEROS.rawValue)
            case .serialDay: CSV_FORM_SERIAL_DAY
            }
        return formats[Int(form.rawValue)]
    }
}
