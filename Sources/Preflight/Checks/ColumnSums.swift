import CSVTokenizer
import SafeText
import ValueFormats

/// Whether the last row of a table is the sum of the rows above, column by column, exactly.
///
/// Each number is read twice, with the point and with the comma for decimals, regardless of the profile: one of the two sums is enough. What is no
/// number counts as nothing, if it is not most of the column.
struct ColumnSums {
    struct Match {
        var column: Int
        /// Whether the sum has four significant digits or more: no chance makes a value equal to the sum of others.
        var isLong: Bool
        fileprivate var sum: DecimalSum
    }

    private(set) var matches: [Match] = []

    /// A number is not the sum of less: two rows and a third with their sum are ordinary data.
    static let fewestAddends = 3
    private static let mostColumns = 1 << 10

    fileprivate struct Column {
        var sums = [DecimalSum(), DecimalSum()]
        var addendCount = 0
        var otherCount = 0
        /// Of the last row so far; it is added when another follows.
        var pending: (formats: FormatSet, text: [UInt8]) = (.empty, [])
    }

    /// - Parameter content: the rows, as UTF-8.
    init(_ content: UnsafeRawBufferPointer, delimiter: UInt8, quote: UInt8, hasHeader: Bool, width: Int) {
        var columns = Array(repeating: Column(), count: min(width, Self.mostColumns))
        let decoder = FieldDecoder(quote: quote)
        var isHeader = hasHeader
        DialectDetector(content, isCut: false).forEachRow(delimiter: delimiter, quote: quote) { batch, row, _ in
            defer { isHeader = false }
            if isHeader { return true }
            let fields = batch.fields(ofRow: row)
            for index in columns.indices {
                columns[index].addPending()
                guard index < fields.count else { continue }
                columns[index].pending = decoder.withText(of: fields.lowerBound + index, in: batch) { text -> (FormatSet, [UInt8]) in
                    let formats = FormatSet.formats(of: text)
                    return formats.isDisjoint(with: .numbers) ? (formats, []) : (formats, Array(text))
                }
            }
            return true
        }
        matches = columns.enumerated().compactMap { index, column in column.match(of: index) }
        // Two columns of one content say no more than one of them.
        if matches.count > 1, matches.allSatisfy({ !$0.isLong && $0.sum == matches[0].sum }) { matches = [matches[0]] }
    }
}

extension ColumnSums.Column {
    fileprivate mutating func addPending() {
        defer { pending = (.empty, []) }
        guard !pending.text.isEmpty else {
            if pending.formats.isDisjoint(with: [.empty, .nullWord]) { otherCount += 1 }
            return
        }
        let isZero = !pending.text.contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
        if !isZero { addendCount += 1 }
        for (index, decimal) in DecimalSum.separators.enumerated() {
            guard sums[index].isGood else { continue }
            if let number = DecimalSum(pending.text, pending.formats, decimal: decimal) {
                sums[index].add(number)
            } else {
                sums[index].isGood = false
            }
        }
    }

    /// `nil` where the last row is not the sum.
    fileprivate func match(of index: Int) -> ColumnSums.Match? {
        guard addendCount >= ColumnSums.fewestAddends, otherCount <= addendCount, !pending.text.isEmpty else { return nil }
        for (sum, decimal) in zip(sums, DecimalSum.separators) where sum.isGood && !sum.isZero {
            guard let last = DecimalSum(pending.text, pending.formats, decimal: decimal), last == sum else { continue }
            return ColumnSums.Match(column: index, isLong: last.significantDigits >= 4, sum: sum)
        }
        return nil
    }
}

/// An exact decimal number: what ``ColumnSums`` adds.
struct DecimalSum: Equatable {
    static let separators: [UInt8] = [UInt8(ascii: "."), UInt8(ascii: ",")]
    private static let withPoint: FormatSet = [.decimalPoint, .groupedByComma, .groupedBySpaceDecimalPoint, .groupedByApostrophe]
    private static let withComma: FormatSet = [.decimalComma, .groupedByPoint, .groupedBySpaceDecimalComma]
    private static let uncounted: FormatSet = [.exponent, .foreignDigits]

    /// The number is this, divided by ten as often as ``scale`` says. Without zeros at the end of its fraction.
    private var units: Int128 = 0
    private var scale = 0
    /// Whether all of it fitted so far.
    var isGood = true

    init() {}

    /// A number of a cell; `nil` if the separator has no place for decimals in it, or if it is longer than is counted.
    init?(_ text: [UInt8], _ formats: FormatSet, decimal: UInt8) {
        let wanted = decimal == UInt8(ascii: ".") ? Self.withPoint : Self.withComma
        guard !formats.isDisjoint(with: wanted), formats.isDisjoint(with: Self.uncounted) else { return nil }
        var digitCount = 0
        var isFraction = false
        for byte in text {
            if ASCII.isDigit(byte) {
                digitCount += 1
                if digitCount > 30 { return nil }
                units = units * 10 + Int128(byte - UInt8(ascii: "0"))
                if isFraction { scale += 1 }
            } else if byte == decimal {
                isFraction = true
            }
        }
        // The formats say where a sign may be: any there is makes it negative, an en dash or a parenthesis as well.
        let isNegative = text.contains(UInt8(ascii: "-")) || text.contains(UInt8(ascii: "(")) || formats.contains(.otherMinusSign)
        if isNegative { units = -units }
        shorten()
    }

    var isZero: Bool { units == 0 }

    /// Without the zeros at the end: 16000 has two.
    var significantDigits: Int {
        var rest = units.magnitude
        while rest != 0, rest.isMultiple(of: 10) { rest /= 10 }
        return rest == 0 ? 0 : String(rest).utf8.count
    }

    mutating func add(_ other: DecimalSum) {
        let common = max(scale, other.scale)
        guard let own = Self.scaled(units, by: common - scale), let others = Self.scaled(other.units, by: common - other.scale) else {
            isGood = false
            return
        }
        let (sum, overflow) = own.addingReportingOverflow(others)
        if overflow { isGood = false }
        (units, scale) = (sum, common)
        shorten()
    }

    private static func scaled(_ units: Int128, by count: Int) -> Int128? {
        var units = units
        for _ in 0..<count {
            let (product, overflow) = units.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            units = product
        }
        return units
    }

    private mutating func shorten() {
        while scale > 0, units.isMultiple(of: 10) {
            units /= 10
            scale -= 1
        }
    }
}
