import ByteSpans
import CSVTokenizer
import SafeText
import ValueFormats

/// Whether the last row of a table is the sum of the rows above, column by column, exactly.
///
/// Each number is read twice, with a decimal point and with a decimal comma, regardless of the profile: one matching sum is enough. Other values
/// are ignored, unless they are most of the column. The sums of two ranges can be merged.
struct ColumnSums {
    struct Match {
        var column: Int
        /// Whether the sum has four significant digits or more: a value hardly equals such a sum by chance.
        var isLong: Bool
        fileprivate var sum: DecimalSum
    }

    /// The fewest rows that can be summed: two rows and a third with their sum are ordinary data.
    static let fewestAddends = 3
    private static let mostColumns = 1 << 10

    private var columns: [Column]
    private var hasRows = false

    fileprivate struct Column {
        var sums = [DecimalSum(), DecimalSum()]
        var addendCount = 0
        var otherCount = 0
        /// The numbers of the last row so far, which are added when another row follows.
        var pending = Cell.empty
    }

    fileprivate enum Cell {
        /// The cell is empty, or a word for no value.
        case empty
        case other
        case plain(PlainAmount)
        case number(FormatSet, [UInt8])

        init(_ text: Span<UInt8>) {
            if let plain = PlainAmount(text) {
                self = .plain(plain)
                return
            }
            let formats = FormatSet.formats(of: text)
            if !formats.isDisjoint(with: .numbers) {
                self = .number(formats, Array(text))
            } else {
                self = formats.isDisjoint(with: [.empty, .nullWord]) ? .other : .empty
            }
        }

        /// Whether it is a number other than 0.
        var isAddend: Bool {
            switch self {
            case .empty, .other: false
            case .plain(let number): number.units != 0
            case .number(_, let text): text.contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
            }
        }

        /// `nil` if it is not a number with this separator.
        func decimal(_ separator: UInt8) -> DecimalSum? {
            switch self {
            case .empty, .other: nil
            case .plain(let number): number.separator == 0 || number.separator == separator ? DecimalSum(number) : nil
            case .number(let formats, let text): DecimalSum(text, formats, decimal: separator)
            }
        }

        var isNumber: Bool {
            switch self {
            case .empty, .other: false
            case .plain, .number: true
            }
        }
    }

    /// - Parameter content: The rows, as UTF-8.
    init(_ content: Span<UInt8>, delimiter: UInt8, quote: UInt8, hasHeader: Bool, width: Int) {
        columns = Array(repeating: Column(), count: min(width, Self.mostColumns))
        let decoder = FieldDecoder(quote: quote)
        var isHeader = hasHeader
        DialectDetector(content, isCut: false).forEachRow(delimiter: delimiter, quote: quote) { batch, row, _ in
            defer { isHeader = false }
            if isHeader { return true }
            hasRows = true
            let fields = batch.fields(ofRow: row)
            for index in columns.indices {
                columns[index].addPending()
                guard index < fields.count else { continue }
                columns[index].pending = decoder.withText(of: fields.lowerBound + index, in: batch) { Cell($0) }
            }
            return true
        }
    }

    /// The columns whose last row is the sum of the others.
    var matches: [Match] {
        let matches = columns.enumerated().compactMap { index, column in column.match(of: index) }
        // Two columns with the same content count once.
        return matches.count > 1 && matches.allSatisfy { !$0.isLong && $0.sum == matches[0].sum } ? [matches[0]] : matches
    }

    /// The sums of these rows and of those of the range after them.
    func merged(with later: ColumnSums) -> ColumnSums {
        guard later.hasRows else { return self }
        guard hasRows else { return later }
        var all = self
        for index in columns.indices { all.columns[index].merge(later.columns[index]) }
        return all
    }
}

extension ColumnSums.Column {
    fileprivate mutating func addPending() {
        defer { pending = .empty }
        guard pending.isNumber else {
            if case .other = pending { otherCount += 1 }
            return
        }
        if pending.isAddend { addendCount += 1 }
        for index in sums.indices where sums[index].isGood {
            if let number = pending.decimal(DecimalSum.separators[index]) {
                sums[index].add(number)
            } else {
                sums[index].isGood = false
            }
        }
    }

    fileprivate mutating func merge(_ later: ColumnSums.Column) {
        addPending()
        addendCount += later.addendCount
        otherCount += later.otherCount
        for index in sums.indices where sums[index].isGood {
            sums[index].add(later.sums[index])
            if !later.sums[index].isGood { sums[index].isGood = false }
        }
        pending = later.pending
    }

    /// `nil` where the last row is not the sum.
    fileprivate func match(of index: Int) -> ColumnSums.Match? {
        guard addendCount >= ColumnSums.fewestAddends, otherCount <= addendCount, pending.isNumber else { return nil }
        for (sum, decimal) in zip(sums, DecimalSum.separators) where sum.isGood && !sum.isZero {
            guard let last = pending.decimal(decimal), last == sum else { continue }
            return ColumnSums.Match(column: index, isLong: last.significantDigits >= 4, sum: sum)
        }
        return nil
    }
}

/// A number that can be read in only one way: `-?d+`, perhaps with decimals after a point or comma that cannot separate thousands.
struct PlainAmount {
    /// Without the separator.
    let units: Int64
    let scale: Int
    /// 0 without one.
    let separator: UInt8

    /// - Parameter text: as ``DecimalDigits`` takes it.
    init?(_ text: Span<UInt8>) {
        for separator in DecimalSum.separators {
            guard let number = DecimalDigits.read(text, decimal: separator) else { continue }
            // Three digits may be a thousands group.
            if number.scale == 3 { return nil }
            (units, scale, self.separator) = (number.units, number.scale, number.scale == 0 ? 0 : separator)
            return
        }
        return nil
    }
}

/// The sum of numbers under one decimal separator, for ``ColumnSums``.
struct DecimalSum: Equatable {
    static let separators: [UInt8] = [UInt8(ascii: "."), UInt8(ascii: ",")]
    private static let withPoint: FormatSet = [.decimalPoint, .groupedByComma, .groupedBySpaceDecimalPoint, .groupedByApostrophe]
    private static let withComma: FormatSet = [.decimalComma, .groupedByPoint, .groupedBySpaceDecimalComma]
    private static let uncounted: FormatSet = [.exponent, .foreignDigits]

    private var number = ExactDecimal()
    /// Whether no sum has overflowed so far.
    var isGood = true

    init() {}

    init(_ number: PlainAmount) {
        self.number = ExactDecimal(units: Int128(number.units), scale: number.scale)
    }

    /// The number in a cell; `nil` if the separator cannot mark decimals in it, or if it has too many digits.
    init?(_ text: [UInt8], _ formats: FormatSet, decimal: UInt8) {
        let wanted = decimal == UInt8(ascii: ".") ? Self.withPoint : Self.withComma
        guard !formats.isDisjoint(with: wanted), formats.isDisjoint(with: Self.uncounted) else { return nil }
        var (units, scale, digitCount, isFraction) = (Int128(0), 0, 0, false)
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
        // The formats determine where a sign may be; here any sign makes the number negative, also an en dash or a parenthesis.
        let isNegative = text.contains(UInt8(ascii: "-")) || text.contains(UInt8(ascii: "(")) || formats.contains(.otherMinusSign)
        number = ExactDecimal(units: isNegative ? -units : units, scale: scale)
    }

    var isZero: Bool { number.units == 0 }

    /// Without trailing zeros: 16000 has two.
    var significantDigits: Int {
        var rest = number.units.magnitude
        while rest != 0, rest.isMultiple(of: 10) { rest /= 10 }
        return rest == 0 ? 0 : String(rest).utf8.count
    }

    mutating func add(_ other: DecimalSum) {
        guard let sum = number.adding(other.number) else { return isGood = false }
        number = sum
    }
}

extension ColumnSums: CodedState {
    /// No rows.
    init(width: Int) {
        columns = Array(repeating: Column(), count: min(width, Self.mostColumns))
    }

    mutating func code(_ coder: inout StateCoder) {
        coder(&hasRows)
        coder.each(&columns) { coder, column in
            coder.each(&column.sums)
            coder(&column.addendCount)
            coder(&column.otherCount)
            column.pending.code(&coder)
        }
    }
}

extension ColumnSums.Cell {
    fileprivate mutating func code(_ coder: inout StateCoder) {
        var (isOther, plain, formats, text) = (false, PlainAmount?.none, FormatSet(), [UInt8]?.none)
        switch self {
        case .empty: break
        case .other: isOther = true
        case .plain(let amount): plain = amount
        case .number(let found, let bytes): (formats, text) = (found, bytes)
        }
        coder(&isOther)
        coder.optional(&plain, blank: .blank) { coder, plain in plain.code(&coder) }
        coder.raw(&formats)
        coder(&text)
        self = isOther ? .other : plain.map(Self.plain) ?? text.map { .number(formats, $0) } ?? .empty
    }
}

extension PlainAmount: CodedState {
    fileprivate static var blank: PlainAmount { PlainAmount(units: 0, scale: 0, separator: 0) }

    private init(units: Int64, scale: Int, separator: UInt8) {
        (self.units, self.scale, self.separator) = (units, scale, separator)
    }

    mutating func code(_ coder: inout StateCoder) {
        var (units, scale, separator) = (Int(units), scale, separator)
        coder(&units)
        coder(&scale)
        coder(&separator)
        self = PlainAmount(units: Int64(units), scale: scale, separator: separator)
    }
}

extension DecimalSum: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&number)
        coder(&isGood)
    }
}
