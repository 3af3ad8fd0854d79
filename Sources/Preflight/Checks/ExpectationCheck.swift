import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Adds up and counts what control totals are about, see ``Expectation``, and compares it with them.
///
/// Data rows with the right number of fields count. Numbers are summed as they are written under the column's format: a multiplier is left out, and
/// a percent sign changes nothing. Without a profile they are read with a decimal point and with a decimal comma, and the reading counts that
/// reads more of them.
struct ExpectationCheck: Check {
    static let kinds: [FindingKind] = [
        .otherRowCount, .otherSum, .otherDistinctCount, .otherExtreme, .otherFile, .uncheckedTotal,
    ]

    private let decoder: FieldDecoder
    private(set) var meters: [Meter] = []
    /// Data rows that have another number of fields.
    private(set) var raggedCount = 0

    /// What is counted for one control total.
    struct Meter {
        let quantity: Expectation.Quantity
        /// By index in the row.
        let column: Int
        let filter: (column: Int, text: [UInt8])?
        let nullWords: WordSet
        /// Whether a word for no value is a plain number.
        let hasPlainNullWords: Bool
        var reading: Reading
        /// Values that were not read, and the first row that has one.
        var unreadCount = 0
        var firstUnread: Int?
    }

    enum Reading {
        case amounts([Amounts])
        case days(Days)
        case distinct(DistinctValues)
    }

    init?(layout: FileLayout, plan: ColumnPlan) {
        decoder = FieldDecoder(quote: layout.quote)
        for expectation in layout.expectations {
            guard case .column(let measure, let name, let filter) = expectation.quantity, let column = layout.column(named: name) else {
                continue
            }
            var row: (column: Int, text: [UInt8])?
            if let filter {
                guard let column = layout.column(named: filter.column) else { continue }
                row = (column, Array(filter.text.utf8))
            }
            let profile = column < (layout.rules ?? []).count ? layout.rules?[column]?.settings.profile : nil
            let rule = column < (layout.rules ?? []).count ? layout.rules?[column]?.settings.rule : nil
            guard let reading = Self.reading(measure, profile, rule, wanted: expectation.wanted) else { continue }
            let nullWords = rule?.nullWords ?? .empty
            meters.append(
                Meter(
                    quantity: expectation.quantity, column: column, filter: row, nullWords: nullWords,
                    hasPlainNullWords: nullWords.words.contains { $0.utf8.contains(where: ASCII.isDigit) }, reading: reading))
        }
        if meters.isEmpty { return nil }
    }

    /// - Returns: `nil` if the column holds nothing that can be measured so.
    private static func reading(
        _ measure: Expectation.Quantity.Measure, _ profile: ColumnProfile?, _ rule: ValueRule?, wanted: Expectation.Wanted
    ) -> Reading? {
        if measure == .distinct { return .distinct(DistinctValues()) }
        if case .day = wanted {
            guard let profile else { return .days(Days(DateFormat([DatePattern("yyyy-MM-dd")].compactMap(\.self)))) }
            return profile.type == .date ? .days(Days(profile.date)) : nil
        }
        guard let profile, let rule else { return .amounts([Amounts(decimal: UInt8(ascii: ".")), Amounts(decimal: UInt8(ascii: ","))]) }
        // A column of texts or items may be of numbers, such as codes.
        if profile.type.kind.holdsNumbers { return .amounts([Amounts(profile.number, rule)]) }
        return profile.type == .date ? nil : .amounts([Amounts(decimal: UInt8(ascii: "."))])
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        raggedCount += judgement.rows.ragged.count
        for index in meters.indices { read(batch, judgement.rows, meter: index) }
    }

    private mutating func read(_ batch: borrowing RowBatch, _ rows: BatchRows, meter index: Int) {
        // What is counted is taken out, so that nothing is copied.
        var reading = Reading.amounts([])
        swap(&reading, &meters[index].reading)
        defer { meters[index].reading = reading }
        switch reading {
        case .amounts(var amounts):
            reading = .amounts([])
            if amounts.count == 1 {
                addUp(batch, rows, meter: index, &amounts[0])
            } else {
                var both = BothReadings(amounts)
                addUp(batch, rows, meter: index, &both)
                amounts = both.amounts
            }
            reading = .amounts(amounts)
        case .days(var days):
            reading = .amounts([])
            forEachValue(batch, rows, meter: index) { row, value in days.read(value, row: rows.number(of: row)) }
            reading = .days(days)
        case .distinct(var values):
            reading = .amounts([])
            forEachValue(batch, rows, meter: index) { _, value in values.insert(value) }
            reading = .distinct(values)
        }
    }

    /// Reads the rows that a control total is about, and counts the values that are not read.
    @inline(__always)
    private mutating func forEachValue(
        _ batch: borrowing RowBatch, _ rows: BatchRows, meter index: Int, _ read: (_ row: Int, _ value: Span<UInt8>) -> Bool
    ) {
        let meter = meters[index]
        let (column, filter) = (meter.column, meter.filter)
        let nullWords = meter.nullWords.words.isEmpty ? nil : meter.nullWords
        let last = max(column, filter?.column ?? 0)
        var (unread, firstUnread) = (0, Int?.none)
        rows.forEachWhole { row in
            if !rows.cut.isEmpty, rows.cut.contains(row), last >= batch.steadyFieldCount(ofRow: row) { return }
            let first = batch.fields(ofRow: row).lowerBound
            if let filter, !isText(filter.text, first &+ filter.column, batch) { return }
            let field = first &+ column
            let isWhole = batch.byteCount(ofField: field) <= batch.limits.fieldBytes
            let isRead = decoder.withText(of: field, in: batch) { value in
                value.isEmpty || nullWords?.contains(value) == true || (isWhole && read(row, value))
            }
            if !isRead {
                unread += 1
                if firstUnread == nil { firstUnread = rows.number(of: row) }
            }
        }
        meters[index].unreadCount += unread
        meters[index].firstUnread = meter.firstUnread ?? firstUnread
    }

    /// Adds up the values under one format, those that kernels read first.
    private mutating func addUp(_ batch: borrowing RowBatch, _ rows: BatchRows, meter index: Int, _ amounts: inout Amounts) {
        let meter = meters[index]
        guard meter.quantity.measure == .sum else {
            return forEachValue(batch, rows, meter: index) { row, value in amounts.compare(value, row: row, rows) }
        }
        guard meter.filter == nil, amounts.takesPlain, !meter.hasPlainNullWords, rows.cut.isEmpty, batch.canAddUp(column: meter.column)
        else {
            return forEachValue(batch, rows, meter: index) { _, value in amounts.add(value) }
        }
        var (unread, firstUnread) = (0, Int?.none)
        var others = Block<UInt32>(repeating: 0, count: RowBatch.mostAddends)
        rows.forEachWholeStretch(atMost: RowBatch.mostAddends) { stretch in
            let scale = amounts.usualScale
            let found = batch.addUp(
                column: meter.column, rows: stretch, decimal: amounts.reader.decimal, scale: scale, others: &others)
            amounts.add(units: found.sum, scale: scale)
            for place in 0..<found.otherCount {
                let row = stretch.lowerBound + Int(others[place])
                let field = batch.fields(ofRow: row).lowerBound + meter.column
                let isWhole = batch.byteCount(ofField: field) <= batch.limits.fieldBytes
                let isRead = decoder.withText(of: field, in: batch) { value in
                    value.isEmpty || meter.nullWords.contains(value) || (isWhole && amounts.add(value))
                }
                if !isRead {
                    unread += 1
                    if firstUnread == nil { firstUnread = rows.number(of: row) }
                }
            }
        }
        meters[index].unreadCount += unread
        meters[index].firstUnread = meters[index].firstUnread ?? firstUnread
    }

    /// Adds up the values under both readings, see ``BothReadings``: first those that kernels read.
    private mutating func addUp(_ batch: borrowing RowBatch, _ rows: BatchRows, meter index: Int, _ amounts: inout BothReadings) {
        let meter = meters[index]
        guard meter.quantity.measure == .sum else {
            return forEachValue(batch, rows, meter: index) { row, value in
                amounts.compare(value, row: row, rows)
                return true
            }
        }
        guard meter.filter == nil, rows.cut.isEmpty, batch.canAddUp(column: meter.column) else {
            return forEachValue(batch, rows, meter: index) { row, value in
                amounts.add(value) { rows.number(of: row) }
                return true
            }
        }
        var (unread, firstUnread) = (0, Int?.none)
        var others = Block<UInt32>(repeating: 0, count: RowBatch.mostAddends)
        rows.forEachWholeStretch(atMost: RowBatch.mostAddends) { stretch in
            let (decimal, scale) = amounts.usual
            let found = batch.addUp(column: meter.column, rows: stretch, decimal: decimal, scale: scale, others: &others)
            for place in 0..<found.otherCount {
                let row = stretch.lowerBound + Int(others[place])
                let field = batch.fields(ofRow: row).lowerBound + meter.column
                if batch.byteCount(ofField: field) > batch.limits.fieldBytes {
                    unread += 1
                    if firstUnread == nil { firstUnread = rows.number(of: row) }
                    continue
                }
                decoder.withText(of: field, in: batch) { value in
                    if !value.isEmpty { amounts.add(value) { rows.number(of: row) } }
                }
            }
            amounts.add(units: found.sum, decimal: decimal, scale: scale) {
                batch.filledRows(stretch, column: meter.column, except: others.span.extracting(first: found.otherCount))
            } number: {
                rows.number(of: $0)
            }
        }
        meters[index].unreadCount += unread
        meters[index].firstUnread = meter.firstUnread ?? firstUnread
    }

    private func isText(_ text: [UInt8], _ field: Int, _ batch: borrowing RowBatch) -> Bool {
        batch.byteCount(ofField: field) <= batch.limits.fieldBytes
            && decoder.withText(of: field, in: batch) { value in value.count == text.count && value.elementsEqual(text) }
    }

    mutating func merge(_ later: ExpectationCheck, at joint: Joint) {
        raggedCount += later.raggedCount
        for index in meters.indices {
            let other = later.meters[index]
            meters[index].unreadCount += other.unreadCount
            meters[index].firstUnread = meters[index].firstUnread ?? other.firstUnread.map { $0 + joint.rows }
            switch (meters[index].reading, other.reading) {
            case (.amounts(var own), .amounts(let others)):
                for slot in own.indices { own[slot].merge(others[slot], rows: joint.rows) }
                meters[index].reading = .amounts(own)
            case (.days(var own), .days(let others)):
                own.merge(others, rows: joint.rows)
                meters[index].reading = .days(own)
            case (.distinct(var own), .distinct(let others)):
                own.merge(others)
                meters[index].reading = .distinct(own)
            default: preconditionFailure("the expectations of two ranges are not in one order")
            }
        }
    }
}

extension RowBatch {
    /// The rows that have a value in a column: how many, and the first.
    ///
    /// - Parameter others: do not count; by their distance to the first row, ascending.
    fileprivate func filledRows(_ rows: Range<Int>, column: Int, except others: Span<UInt32>) -> (count: Int, first: Int?) {
        var (count, first, place) = (0, Int?.none, 0)
        for row in rows {
            if place < others.count, Int(others[place]) == row - rows.lowerBound {
                place += 1
            } else if byteCount(ofField: fields(ofRow: row).lowerBound + column) > 0 {
                count += 1
                if first == nil { first = row }
            }
        }
        return (count, first)
    }
}

extension ExpectationCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder(&raggedCount)
        coder.each(&meters) { coder, meter in
            coder(&meter.unreadCount)
            coder(&meter.firstUnread)
            switch meter.reading {
            case .amounts(var amounts):
                coder.each(&amounts)
                meter.reading = .amounts(amounts)
            case .days(var days):
                coder(&days)
                meter.reading = .days(days)
            case .distinct(var values):
                coder(&values)
                meter.reading = .distinct(values)
            }
        }
    }
}
