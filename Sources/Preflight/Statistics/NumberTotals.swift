import ByteSpans
import SafeText
import ValueFormats

/// The plain numbers of a column by their separator: how many there are, and the smallest and largest ones. Totals of different rows merge in any
/// order.
struct NumberTotals {
    private(set) var kinds = Array(repeating: Kind(), count: Separator.allCases.count)
    private(set) var windows = NumberWindows(separator: point)
    /// Whether a number with the separator of the windows may be in them.
    private var hasSeparator = false

    enum Separator: Int, CaseIterable {
        case none, point, comma

        init(_ byte: UInt8) { self = byte == UInt8(ascii: ",") ? .comma : .point }
    }

    /// Numbers with the same separator.
    struct Kind {
        var count = 0
        var bounds = PlainBounds()
    }

    private static let (point, comma) = (UInt8(ascii: "."), UInt8(ascii: ","))

    var count: Int { kinds.reduce(0) { $0 + $1.count } }

    subscript(separator: Separator) -> Kind { kinds[separator.rawValue] }

    /// Adds numbers within the windows.
    mutating func add(integers: Int, separated: Int) {
        kinds[Separator.none.rawValue].count += integers
        kinds[Separator(windows.separator).rawValue].count += separated
    }

    /// Prepares the windows for a batch, when the number of its numbers with each separator is known.
    ///
    /// - Returns: `false` if the windows cannot have all of them.
    mutating func expect(points: Int, commas: Int) -> Bool {
        if points == 0, commas == 0 { return true }
        guard points == 0 || commas == 0 else { return false }
        return use(points > 0 ? .point : .comma)
    }

    private mutating func use(_ separator: Separator) -> Bool {
        if hasSeparator { return Separator(windows.separator) == separator }
        if Separator(windows.separator) != separator { windows = NumberWindows(separator: separator == .comma ? Self.comma : Self.point) }
        hasSeparator = true
        return true
    }

    /// Adds a value, or several that are equal, if it is a plain number.
    ///
    /// - Parameters:
    ///   - value: Sixteen bytes are readable from its start.
    ///   - count: 0 where it was counted before.
    /// - Returns: `false` if it is none, or its eight digits may be a day.
    mutating func add(_ value: Span<UInt8>, count: Int) -> Bool {
        guard let (number, separator) = Self.read(value), separator != .none || !Self.mayBeDay(value) else { return false }
        kinds[separator.rawValue].count += count
        kinds[separator.rawValue].bounds.widen(units: number.units, scale: number.scale)
        if separator != .none { _ = use(separator) }
        // Between two others with these digits first may be days.
        let mayBeginDay = value[0] == UInt8(ascii: "1") || value[0] == UInt8(ascii: "2")
        if separator != .none || value.count != 8 || !mayBeginDay { windows.add(value) }
        return true
    }

    private static func read(_ value: Span<UInt8>) -> (number: (units: Int64, scale: Int), separator: Separator)? {
        if let number = DecimalDigits.read(value, decimal: point) { return (number, number.scale == 0 ? .none : .point) }
        return DecimalDigits.read(value, decimal: comma).map { ($0, .comma) }
    }

    /// Whether a whole number may be `20260131`.
    private static func mayBeDay(_ number: Span<UInt8>) -> Bool {
        guard number.count == 8, let first = number.first else { return false }
        return first == UInt8(ascii: "1") && number[1] == UInt8(ascii: "9") || first == UInt8(ascii: "2") && number[1] == UInt8(ascii: "0")
    }

    mutating func merge(_ other: NumberTotals) {
        for index in kinds.indices {
            kinds[index].count += other.kinds[index].count
            kinds[index].bounds.merge(other.kinds[index].bounds)
        }
    }
}

extension NumberTotals: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder.each(&kinds) { coder, kind in
            coder(&kind.count)
            coder(&kind.bounds)
        }
    }
}

extension ValueSummary {
    init(_ numbers: NumberTotals, others: [ColumnValues.Value]) {
        func kind(_ separator: NumberTotals.Separator) -> Numbers {
            Numbers(count: numbers[separator].count, bounds: numbers[separator].bounds.bounds)
        }
        self.init(whole: kind(.none), points: kind(.point), commas: kind(.comma), others: others)
    }

    /// - Parameter values: all of a column.
    init(_ values: [ColumnValues.Value]) {
        var numbers = NumberTotals()
        var others: [ColumnValues.Value] = []
        for value in values {
            let padded = value.text + [UInt8](repeating: 0, count: 16)
            if !numbers.add(padded.span.extracting(first: value.text.count), count: value.count) { others.append(value) }
        }
        self.init(numbers, others: others)
    }
}
