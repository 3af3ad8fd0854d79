internal import CSVKernels
import ValueFormats

/// A date pattern in which every part has a fixed width, as words of eight bytes: a kernel judges it with a few operations on whole words.
///
///     pattern    y y y y - M M - d d
///     digits     F F F F . F F . F F      bytes that must be digits
///     literals   . . . . - . . - . .      bytes that must be these
///
/// The kernel answers "surely a date of this pattern" or "look closely"; the 29th of February is always looked at closely. A year of
/// two digits might be taken for any other part: such patterns are not judged so.
struct DateShape: Sendable {
    private(set) var shape: csv_date_shape = {
        var shape = csv_date_shape()
        shape.year_mask = .max
        return shape
    }()

    private var (hasDay, hasMonth) = (false, false)

    /// `nil` for patterns with names, offsets, or parts of one digit, and for long ones.
    init?(_ pattern: DatePattern) {
        for element in pattern.elements {
            switch element {
            case .literal(let byte):
                append(byte, isDigit: false)
            case .number(let part, let count, _):
                guard count > 1 || part == .fraction, place(part, count) else { return nil }
                for _ in 0..<count { append(0, isDigit: true) }
            case .monthName, .weekdayName, .designator, .offset:
                return nil
            }
            guard shape.length <= 24 else { return nil }
        }
        shape.has_day = hasDay && hasMonth
        shape.has_order = pattern.isYearLast
    }

    private mutating func place(_ part: DatePattern.Part, _ count: Int) -> Bool {
        switch part {
        case .year:
            if count == 4 { (shape.year, shape.year_mask) = (UInt32(shape.length), 0) }
            return count == 4
        case .month:
            shape.month = UInt32(shape.length)
            hasMonth = true
            add(1...12)
        case .day:
            shape.day = UInt32(shape.length)
            hasDay = true
            add(1...31)
        case .hour24: add(0...23)
        case .hour12: add(1...12)
        case .minute, .second: add(0...59)
        case .fraction: return true
        }
        return count == 2
    }

    /// A part of two digits begins here. A pattern has each of the five once.
    private mutating func add(_ values: ClosedRange<UInt32>) {
        let part = csv_date_part(place: UInt32(shape.length), lowest: values.lowerBound, count: UInt32(values.count))
        switch shape.part_count {
        case 0: shape.parts.0 = part
        case 1: shape.parts.1 = part
        case 2: shape.parts.2 = part
        case 3: shape.parts.3 = part
        default: shape.parts.4 = part
        }
        shape.part_count += 1
    }

    private mutating func append(_ byte: UInt8, isDigit: Bool) {
        let (word, shift) = (shape.length / 8, UInt64(shape.length % 8 * 8))
        shape.length += 1
        guard word < 3 else { return }
        func add(_ value: UInt64, to words: inout (UInt64, UInt64, UInt64)) {
            switch word {
            case 0: words.0 |= value << shift
            case 1: words.1 |= value << shift
            default: words.2 |= value << shift
            }
        }
        if isDigit {
            add(0xFF, to: &shape.digits)
        } else {
            add(UInt64(byte), to: &shape.literals)
            add(0xFF, to: &shape.literal_masks)
        }
    }
}
