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
    private var meters: [Meter] = []
    /// Data rows that have another number of fields.
    private var raggedCount = 0

    /// What is counted for one control total.
    private struct Meter {
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

    private enum Reading {
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
                addUp(batch, rows, meter: index, &amounts)
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
        _ batch: borrowing RowBatch, _ rows: BatchRows, meter index: Int, _ read: (_ row: Int, _ value: UnsafeRawBufferPointer) -> Bool
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
        guard meter.filter == nil, amounts.takesPlain, !meter.hasPlainNullWords, rows.cut.isEmpty else {
            return forEachValue(batch, rows, meter: index) { _, value in amounts.add(value) }
        }
        var (unread, firstUnread) = (0, Int?.none)
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: RowBatch.mostAddends) { others in
            var isWide = false
            rows.forEachWholeStretch(atMost: RowBatch.mostAddends) { stretch in
                guard let space = others.baseAddress, !isWide,
                    let found = batch.addUp(
                        column: meter.column, rows: stretch, decimal: amounts.reader.decimal, scale: amounts.usualScale, others: space)
                else { return isWide = true }
                amounts.add(units: found.sum)
                for other in others[..<found.otherCount] {
                    let row = stretch.lowerBound + Int(other)
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
            if isWide { forEachValue(batch, rows, meter: index) { _, value in amounts.add(value) } }
        }
        meters[index].unreadCount += unread
        meters[index].firstUnread = meters[index].firstUnread ?? firstUnread
    }

    /// Reads each value with a decimal point and with a decimal comma.
    private mutating func addUp(_ batch: borrowing RowBatch, _ rows: BatchRows, meter index: Int, _ amounts: inout [Amounts]) {
        let isSum = meters[index].quantity.measure == .sum
        func read(_ slot: Int, _ value: UnsafeRawBufferPointer, _ row: Int) {
            let isRead = isSum ? amounts[slot].add(value) : amounts[slot].compare(value, row: row, rows)
            if !isRead { amounts[slot].noteUnread { rows.number(of: row) } }
        }
        forEachValue(batch, rows, meter: index) { row, value in
            for slot in 0...1 {
                guard let plain = DecimalDigits.read(value, decimal: amounts[slot].reader.decimal) else { continue }
                read(slot, value, row)
                // With one separator and not three digits behind it, it is no number in the other reading.
                if plain.scale == 0 || plain.scale == 3 {
                    read(1 - slot, value, row)
                } else {
                    amounts[1 - slot].noteUnread { rows.number(of: row) }
                }
                return true
            }
            read(0, value, row)
            read(1, value, row)
            return true
        }
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

// MARK: What was found

extension ExpectationCheck {
    /// What is known of a control total at the end of the file.
    private struct Measured {
        enum Value: Equatable {
            case number(ExactDecimal)
            case day(Expectation.Day)
        }

        /// `nil` if it is not known: then the remark says why.
        var value: Value?
        /// The row that has it, of a smallest or largest value.
        var row: Int?
        var remark: String?
        /// How its numbers are read.
        var reader: AmountReader?
    }

    private func measured(_ quantity: Expectation.Quantity) -> Measured? {
        guard let meter = meters.first(where: { $0.quantity == quantity }) else { return nil }
        var measured: Measured
        var (unread, firstUnread) = (meter.unreadCount, meter.firstUnread)
        switch meter.reading {
        case .amounts(let all):
            // A decimal point, unless a comma reads more of them.
            guard let amounts = all.min(by: { $0.unreadCount < $1.unreadCount }) else { return nil }
            if all.count > 1 { (unread, firstUnread) = (amounts.unreadCount, amounts.firstUnread) }
            switch meter.quantity.measure {
            case .sum:
                measured = Measured(value: amounts.total.sum.map { .number($0) }, reader: amounts.reader)
                if measured.value == nil { measured.remark = "the sum has more digits than can be held" }
            case .min: measured = Measured(value: amounts.smallest.map { .number($0.value) }, row: amounts.smallest?.row)
            default: measured = Measured(value: amounts.largest.map { .number($0.value) }, row: amounts.largest?.row)
            }
        case .days(let days):
            let found = meter.quantity.measure == .min ? days.first : days.last
            measured = Measured(value: found.map { .day($0.day) }, row: found?.row)
        case .distinct(let values):
            measured = Measured(value: values.count.map { .number(ExactDecimal(units: Int128($0))) })
            if measured.value == nil { measured.remark = "there are more than \(DistinctValues.most.grouped) different values" }
        }
        if measured.value == nil, measured.remark == nil { measured.remark = "no value of the column can be compared" }
        var left: [String] = []
        if unread > 0, let firstUnread {
            left.append("\(unread.counted("value")) that cannot be read, first in row \(firstUnread.grouped)")
        }
        if raggedCount > 0 { left.append("\(raggedCount.counted("row")) with another number of fields") }
        if !left.isEmpty {
            measured.remark = [measured.remark, "without \(left.joined(separator: " and "))"].compactMap(\.self).joined(separator: "; ")
        }
        return measured
    }

    /// What the file as a whole has.
    struct FileFigures {
        var rows: Int
        var bytes: Int
        /// Hexadecimal; `nil` if the file was not read to its end, or nobody asked.
        var digest: String?
        /// Whether the file was read to its end.
        var isComplete: Bool
    }

    /// Compares all control totals with the file.
    ///
    /// - Parameters:
    ///   - check: what was read of the columns; `nil` if no column was.
    ///   - layout: `nil` for a file without a row.
    static func results(
        _ expectations: [Expectation], _ check: ExpectationCheck?, layout: FileLayout?, _ figures: FileFigures
    ) -> [ExpectationResult] {
        expectations.map { expectation in
            var result = ExpectationResult(expectation)
            switch (expectation.quantity, expectation.wanted) {
            case (.rows, .number(let wanted)): result.compare(.init(units: Int128(figures.rows)), wanted)
            case (.bytes, .number(let wanted)): result.compare(.init(units: Int128(figures.bytes)), wanted)
            case (.sha256, .digest(let wanted)):
                result.found = figures.digest
                if figures.digest == nil {
                    result.remark = "the file was not read to its end"
                } else {
                    result.holds = figures.digest == wanted
                }
            case (.column(_, let name, let filter), _):
                if let missing = ([name] + (filter.map { [$0.column] } ?? [])).first(where: { layout?.column(named: $0) == nil }) {
                    result.remark =
                        "the file has no column \(YAMLText.shown(missing))"
                        + (layout?.nearest(missing).map { "; the nearest name is \(YAMLText.shown($0))" } ?? "")
                    break
                }
                result.column = layout?.column(named: name).map { $0 + 1 }
                guard let measured = check?.measured(expectation.quantity) else {
                    result.remark = "the column does not hold what this total is about"
                    break
                }
                result.remark = measured.remark
                switch (measured.value, expectation.wanted) {
                case (.number(let found)?, .number(let wanted)): result.compare(found, wanted)
                case (.day(let found)?, .day(let wanted)):
                    result.found = found.text
                    result.holds = wanted.contains(found)
                default: break
                }
                (result.row, result.reader) = (measured.row, measured.reader)
            default: preconditionFailure("the value of a control total is of another kind than the total")
            }
            if !figures.isComplete, result.holds == true, expectation.quantity != .bytes {
                result.holds = nil
                result.remark = "the file was not read to its end"
            }
            return result
        }
    }

    /// Reports the control totals that do not hold.
    static func report(_ results: [ExpectationResult], log: inout FindingLog) {
        for (index, result) in results.enumerated() where result.holds != true {
            let kind: FindingKind =
                switch (result.holds, result.expectation.quantity) {
                case (nil, _): .uncheckedTotal
                case (_, .rows): .otherRowCount
                case (_, .bytes), (_, .sha256): .otherFile
                case (_, .column(.sum, _, _)): .otherSum
                case (_, .column(.distinct, _, _)): .otherDistinctCount
                case (_, .column(.min, _, _)), (_, .column(.max, _, _)): .otherExtreme
                }
            let group = log.group(kind, column: result.column, part: index + 1, severity: nil, predicts: nil)
            log.count(in: group, row: nil)
            log.addRemark(result.text, to: group)
        }
    }
}

extension FileLayout {
    /// The first column with this name, by index in the row.
    fileprivate func column(named name: String) -> Int? {
        if hasHeader { return columnNames.firstIndex { $0.bytes.elementsEqual(name.utf8) } }
        return rules?.firstIndex { $0?.name.utf8.elementsEqual(name.utf8) ?? false }
    }

    fileprivate func nearest(_ name: String) -> String? {
        let names = hasHeader ? columnNames.map { String(decoding: $0.bytes, as: UTF8.self) } : (rules ?? []).compactMap { $0?.name }
        return EditDistance.nearest(to: name, among: names)
    }
}

extension Expectation.Quantity {
    fileprivate var measure: Measure? {
        if case .column(let measure, _, _) = self { return measure }
        return nil
    }
}

extension GateRefusal {
    /// Whether the file is not what somebody said that it is: see ``Expectation``.
    package var isOfExpectation: Bool {
        if case .finding(let kind, _) = self { return ExpectationCheck.kinds.contains(kind) }
        return false
    }
}

// MARK: Readings

/// The numbers of a column under one format: their sum, or the smallest and the largest.
private struct Amounts {
    let reader: AmountReader
    /// Digits behind the separator that the numbers have, as far as was seen.
    private(set) var usualScale = 2
    private(set) var total = DecimalTotal()
    private(set) var smallest: (value: ExactDecimal, row: Int)?
    private(set) var largest: (value: ExactDecimal, row: Int)?
    /// The bounds so far as whole numbers of a scale: what is between them changes nothing.
    private var known: (scale: Int, units: ClosedRange<Int64>)?
    private(set) var unreadCount = 0
    private(set) var firstUnread: Int?

    init(decimal: UInt8) { reader = AmountReader(decimal: decimal) }
    init(_ format: NumberFormat, _ rule: ValueRule) { reader = AmountReader(format, rule) }

    var takesPlain: Bool { reader.takesPlain }

    /// Adds numbers of the usual scale.
    mutating func add(units: Int64) { total.add(units: units, scale: usualScale) }

    /// - Returns: `false` if the value is no number under the format.
    mutating func add(_ value: UnsafeRawBufferPointer) -> Bool {
        if takesPlain, let plain = DecimalDigits.read(value, decimal: reader.decimal) {
            total.add(units: plain.units, scale: plain.scale)
            usualScale = plain.scale
            return true
        }
        guard let number = reader.closely(value) else { return false }
        total.add(number)
        return true
    }

    /// - Returns: `false` if the value is no number under the format.
    mutating func compare(_ value: UnsafeRawBufferPointer, row: Int, _ rows: BatchRows) -> Bool {
        if takesPlain, let plain = DecimalDigits.read(value, decimal: reader.decimal) {
            if let known, known.scale == plain.scale, known.units.contains(plain.units) { return true }
            note(ExactDecimal(units: Int128(plain.units), scale: plain.scale), row: rows.number(of: row))
            let units = known.flatMap { $0.scale == plain.scale ? $0.units : nil }
            known = (plain.scale, min(plain.units, units?.lowerBound ?? plain.units)...max(plain.units, units?.upperBound ?? plain.units))
            return true
        }
        guard let number = reader.closely(value) else { return false }
        note(number, row: rows.number(of: row))
        return true
    }

    private mutating func note(_ number: ExactDecimal, row: Int) {
        if smallest.map({ number < $0.value }) ?? true { smallest = (number, row) }
        if largest.map({ number > $0.value }) ?? true { largest = (number, row) }
    }

    mutating func noteUnread(_ row: () -> Int) {
        unreadCount += 1
        if firstUnread == nil { firstUnread = row() }
    }

    mutating func merge(_ later: Amounts, rows: Int) {
        total.merge(later.total)
        if let other = later.smallest, smallest.map({ other.value < $0.value }) ?? true { smallest = (other.value, other.row + rows) }
        if let other = later.largest, largest.map({ other.value > $0.value }) ?? true { largest = (other.value, other.row + rows) }
        unreadCount += later.unreadCount
        firstUnread = firstUnread ?? later.firstUnread.map { $0 + rows }
    }
}

/// The first and the last day in a column.
private struct Days {
    private let patterns: [DatePattern]
    private(set) var first: (day: Expectation.Day, row: Int)?
    private(set) var last: (day: Expectation.Day, row: Int)?
    /// Texts that were read before, as long as there are few: they change nothing.
    private var known = ByteTable(capacity: mostKnown)
    private static let mostKnown = 1 << 12

    init(_ format: DateFormat) { patterns = format.patterns }

    /// - Returns: `false` if the value is no date under the format.
    mutating func read(_ value: UnsafeRawBufferPointer, row: @autoclosure () -> Int) -> Bool {
        if known.contains(value) { return true }
        for pattern in patterns {
            var matcher = DatePatternMatcher(value)
            guard matcher.judge(pattern).verdict == .parses else { continue }
            if known.count < Self.mostKnown { _ = known.insert(value) }
            let row = row()
            let day = Expectation.Day(year: matcher.date.year, month: matcher.date.month, day: matcher.date.day)
            if first.map({ day < $0.day }) ?? true { first = (day, row) }
            if last.map({ day > $0.day }) ?? true { last = (day, row) }
            return true
        }
        return false
    }

    mutating func merge(_ later: Days, rows: Int) {
        if let other = later.first, first.map({ other.day < $0.day }) ?? true { first = (other.day, other.row + rows) }
        if let other = later.last, last.map({ other.day > $0.day }) ?? true { last = (other.day, other.row + rows) }
    }
}

/// The different values of a column, as long as there are not too many.
private struct DistinctValues {
    static let most = 1 << 20
    private static let mostBytes = 64 << 20

    private var table = ByteTable(capacity: 64)
    private var capacity = 64
    private var byteCount = 0
    private var isFull = false

    /// `nil` if there are too many.
    var count: Int? { isFull ? nil : table.count }

    /// - Returns: `true`.
    mutating func insert(_ value: UnsafeRawBufferPointer) -> Bool {
        if isFull { return true }
        if table.count == capacity { grow() }
        if table.insert(value) { byteCount += value.count }
        if table.count > Self.most || byteCount > Self.mostBytes {
            isFull = true
            table = ByteTable(capacity: 1)
        }
        return true
    }

    private mutating func grow() {
        capacity *= 4
        var larger = ByteTable(capacity: capacity)
        for number in 0..<table.count { table[number].withUnsafeBytes { _ = larger.insert($0) } }
        table = larger
    }

    mutating func merge(_ later: DistinctValues) {
        if later.isFull {
            isFull = true
            return
        }
        for number in 0..<later.table.count { later.table[number].withUnsafeBytes { _ = insert($0) } }
    }
}

// MARK: Kinds

extension FindingKind {
    private static let compare =
        "Compare the file with the system that wrote it: rows may be lost, doubled or altered on the way, or it may be another file. If the "
        + "expectation is out of date, correct it where it is written."

    static let otherRowCount = FindingKind(
        code: "PF701", slug: "other-row-count", severity: .error, about: .bytes, title: "Another number of rows than expected",
        why: "A file that was cut, or of another period, loads without any error.",
        help: compare, showsPlaces: false, message: { $0.allRemarks ?? $0.title })

    static let otherSum = FindingKind(
        code: "PF702", slug: "other-sum", severity: .error, about: .bytes, title: "Another sum than expected",
        why: "Rows that are lost, doubled or altered load without any error; the sum tells.",
        help: compare, showsPlaces: false, message: { $0.allRemarks ?? $0.title })

    static let otherDistinctCount = FindingKind(
        code: "PF703", slug: "other-distinct-count", severity: .error, about: .bytes,
        title: "Another number of different values than expected",
        why: "An entity or a period may be missing altogether, which no value shows.",
        help: compare, showsPlaces: false, message: { $0.allRemarks ?? $0.title })

    static let otherExtreme = FindingKind(
        code: "PF704", slug: "other-extreme", severity: .error, about: .bytes, title: "Another smallest or largest value than expected",
        why: "The file may be of another period, or hold a value that is out of range.",
        help: compare, showsPlaces: false, message: { $0.allRemarks ?? $0.title })

    static let otherFile = FindingKind(
        code: "PF705", slug: "other-file", severity: .error, about: .bytes, title: "Not the file that is expected",
        why: "Its size or its digest is not what was stated for it: it was altered, or is another file.",
        help: compare, showsPlaces: false, message: { $0.allRemarks ?? $0.title })

    static let uncheckedTotal = FindingKind(
        code: "PF706", slug: "unchecked-total", severity: .error, about: .bytes, title: "A control total cannot be compared",
        why: "What was to be proved is not: the file may be complete, or not.",
        help: "Correct the name of the column, or the expectation; for dates and numbers in other formats, give a profile.",
        showsPlaces: false, message: { $0.allRemarks ?? $0.title })
}
