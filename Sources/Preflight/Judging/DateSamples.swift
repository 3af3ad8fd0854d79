/// Dates of one pattern, one of each kind that the kernels tell apart.
struct DateSamples: Sendable {
    /// A day that can be no month.
    let decided: [UInt8]
    /// A day that could be the month.
    let swappable: [UInt8]
    /// Day and month are the same number.
    let same: [UInt8]

    init(_ pattern: DatePattern) {
        decided = Self.text(pattern, month: 1, day: 13)
        swappable = Self.text(pattern, month: 1, day: 2)
        same = Self.text(pattern, month: 1, day: 1)
    }

    /// The first day or so of 2001, at one o'clock. Of parts that the kernels do not judge (names, offsets) nothing.
    private static func text(_ pattern: DatePattern, month: Int, day: Int) -> [UInt8] {
        var text: [UInt8] = []
        for element in pattern.elements {
            switch element {
            case .literal(let byte): text.append(byte)
            case .number(let part, let count, _):
                var value =
                    switch part {
                    case .year: 2001
                    case .month: month
                    case .day: day
                    case .hour24, .hour12, .minute, .second, .fraction: 1
                    }
                var digits: [UInt8] = []
                for _ in 0..<count {
                    digits.insert(UInt8(ascii: "0") + UInt8(value % 10), at: 0)
                    value /= 10
                }
                text += digits
            case .monthName, .weekdayName, .designator, .offset: break
            }
        }
        return text
    }
}
