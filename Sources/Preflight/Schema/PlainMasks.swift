import ByteSpans
import ImportProfiles
import ValueFormats

/// The masks of the values that a kernel passes: it counts them without a look at each, as three kinds at most.
///
///     numbers    9    9.9    9.999    the last may also be a whole number with a group separator
///     dates      d    d=m    d/m      the day of the last may also be the month
///
/// A value that is judged exactly, parses and has one of these masks is counted here too, so the way in which a value is judged does not affect
/// any count. Each kind is represented by one value that is none of the column's null words.
struct PlainMasks: Sendable {
    /// By kind; one for whole numbers, else three.
    let samples: [[UInt8]]
    /// By kind.
    let evidence: Evidence

    typealias Evidence = (ReadingEvidence, ReadingEvidence, ReadingEvidence)

    /// The kind that may be read two ways.
    static let ambiguous = 2

    /// - Parameter tellsFractions: whether numbers below 1 are judged in another way, and so are none of these.
    /// - Returns: `nil` for a column whose values no kernel counts.
    init?(_ test: QuickTest?, datePattern: DatePattern?, reading: AlternativeFormat?, nullWords: WordSet, tellsFractions: Bool) {
        func sample(_ text: (Int) -> [UInt8]) -> [UInt8] {
            // One of more texts than there are null words is none of them.
            (0...nullWords.words.count).lazy.map(text).first { !nullWords.contains($0.span) } ?? text(0)
        }
        switch test {
        case .number(let decimal):
            let separator = String(Unicode.Scalar(decimal))
            let whole = sample { Array("9\($0 == 0 ? "" : String($0))".utf8) }
            if decimal == 0 {
                samples = [whole]
            } else {
                samples = [
                    // A fraction: where a changed setting doubts those, it doubts no more values than it is said to.
                    whole, sample { Array((tellsFractions ? "\(9 + $0)\(separator)9" : "0\(separator)\(9 + 10 * $0)").utf8) },
                    // 900 times 999 of them, more than a profile has words.
                    sample { Array("\(1 + (8 + $0 / 900) % 999)\(separator)\(100 + (899 + $0) % 900)".utf8) },
                ]
            }
        case .date:
            guard let datePattern else { return nil }
            samples = [(month: 1, day: 13), (1, 1), (1, 2)].map { date in
                sample { Self.text(datePattern, year: 2001 + $0, month: date.month, day: date.day) }
            }
        case .boolean, .item, .presentText, .rule, nil: return nil
        }
        let found = samples.map { sample in reading.map { reading in reading.evidence(of: sample.span) } ?? .none }
        evidence = found.count == 3 ? (found[0], found[1], found[2]) : (found[0], .none, .none)
    }

    /// Whether a text is a number that a kernel passes, and written as a zero, the separator, and digits that are not all 0.
    static func isFraction(_ text: Span<UInt8>, decimal: UInt8) -> Bool {
        let start = text.first == UInt8(ascii: "-") ? 1 : 0
        return text.count > start + 2 && text[start] == UInt8(ascii: "0") && text[start + 1] == decimal
            && text[(start + 2)...].contains { $0 != UInt8(ascii: "0") } && kind(ofNumber: text, decimal: decimal) != nil
    }

    /// The kind of a number; `nil` for one that no kernel counts.
    ///
    /// - Parameters:
    ///   - text: not empty.
    ///   - decimal: the column's separator; 0 for whole numbers.
    static func kind(ofNumber text: Span<UInt8>, decimal: UInt8) -> Int? {
        // The kernels pass no longer ones.
        guard text.count < 16, let number = PlainNumber(text) else { return nil }
        if number.separator == 0 { return 0 }
        return number.separator != decimal ? nil : number.mayBeGrouped ? ambiguous : 1
    }

    /// The kind of a date that the column's first pattern reads.
    static func kind(of date: (month: Int, day: Int), isYearLast: Bool) -> Int {
        if !isYearLast { return 0 }
        return date.day == date.month ? 1 : date.day <= 12 ? ambiguous : 0
    }

    /// A date at one o'clock or so. Of parts that the kernels do not judge (names, offsets) nothing.
    private static func text(_ pattern: DatePattern, year: Int, month: Int, day: Int) -> [UInt8] {
        var text: [UInt8] = []
        for element in pattern.elements {
            switch element {
            case .literal(let byte): text.append(byte)
            case .number(let part, let count, _):
                var value =
                    switch part {
                    case .year: 1 + (year - 1) % 9_999
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
