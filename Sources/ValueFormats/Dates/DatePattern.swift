/// A date pattern in .NET notation (that Pigment uses this notation is assumed), for instance `dd/MM/yyyy HH:mm`.
///
/// Known tokens: `yyyy yy MMMM MMM MM M dddd ddd dd d HH H hh h mm m ss s f…fffffff tt t zzz K`. Names are English. Other letters must be
/// quoted (`'T'`) or escaped (`\T`); every other character means itself.
package struct DatePattern: Sendable, Equatable {
    /// The pattern as written.
    package let text: String
    package let elements: [Element]

    /// A numeric part of a date.
    package enum Part: UInt8, Sendable {
        case year, month, day, hour24, hour12, minute, second, fraction
    }

    package enum Element: Sendable, Equatable {
        /// - Parameters:
        ///   - digits: the digits that the token asks for; 1 accepts two as well.
        ///   - isFixed: whether it is directly next to another number, so that only the width separates the two.
        case number(Part, digits: Int, isFixed: Bool)
        case monthName(isFull: Bool)
        case weekdayName(isFull: Bool)
        /// AM or PM, or only the first letter.
        case designator(letters: Int)
        /// `+01:00`; with `allowsNone` also `Z` or nothing at all.
        case offset(allowsNone: Bool)
        case literal(UInt8)
    }

    /// What is wrong with a pattern.
    package struct Mistake: Error, Equatable {
        /// Unicode scalars before the place.
        package var offset: Int
        package var message: String
    }

    /// - Throws: ``Mistake`` for an unknown token, a part given twice, or a pattern that does not say which day (or month, or year) is meant.
    package init(compiling text: String) throws(Mistake) {
        var compiler = DatePatternCompiler(text)
        self.text = text
        elements = try compiler.compile()
        isYearLast = Self.isYearLast(elements)
        (hasNames, hasTime) = (elements.contains(where: \.isName), elements.contains(where: \.isTime))
    }

    /// - Returns: `nil` if the pattern has a mistake.
    package init?(_ text: String) {
        guard let pattern = try? DatePattern(compiling: text) else { return nil }
        self = pattern
    }

    private init(text: String, elements: [Element]) {
        self.text = text
        self.elements = elements
        isYearLast = Self.isYearLast(elements)
        (hasNames, hasTime) = (elements.contains(where: \.isName), elements.contains(where: \.isTime))
    }

    /// Whether the year has two digits.
    package var hasTwoDigitYear: Bool {
        elements.contains { if case .number(.year, digits: 2, _) = $0 { true } else { false } }
    }

    /// `yyyy-MM-dd`.
    package static let iso = DatePattern(
        text: "yyyy-MM-dd",
        elements: [
            .number(.year, digits: 4, isFixed: false), .literal(UInt8(ascii: "-")),
            .number(.month, digits: 2, isFixed: false), .literal(UInt8(ascii: "-")),
            .number(.day, digits: 2, isFixed: false),
        ])

    /// Whether the year follows day and month, in either order; the order year, day, month is not in use.
    package let isYearLast: Bool

    private static func isYearLast(_ elements: [Element]) -> Bool {
        let parts = elements.compactMap { if case .number(let part, _, _) = $0 { part } else { nil } }
        guard let year = parts.firstIndex(of: .year), let day = parts.firstIndex(of: .day), let month = parts.firstIndex(of: .month) else {
            return false
        }
        return year > day && year > month
    }

    /// Of patterns with the year last, whether the day comes first; `nil` where a name tells the month, or the year comes first.
    package var isDayFirst: Bool? {
        guard isYearLast else { return nil }
        let parts = elements.compactMap { if case .number(let part, _, _) = $0 { part } else { nil } }
        return parts.first { $0 == .day || $0 == .month } == .day
    }

    /// The pattern with day and month in each other's place; `nil` unless it has both as numbers.
    package var swapped: DatePattern? {
        func isPart(_ element: Element, _ wanted: Part) -> Bool {
            if case .number(wanted, _, _) = element { true } else { false }
        }
        guard elements.contains(where: { isPart($0, .day) }), elements.contains(where: { isPart($0, .month) }) else { return nil }
        var isQuoted = false
        let text = String(
            text.map { character in
                if character == "'" || character == "\"" { isQuoted.toggle() }
                return isQuoted ? character : character == "d" ? "M" : character == "M" ? "d" : character
            })
        return try? DatePattern(compiling: text)
    }

    /// Whether no pattern that is tried in its place looks at the numbers of its dates any closer than at day and month: the parts of the date
    /// come first, separated by one `/`, `-` or `.`, and the time is `HH:mm` or `HH:mm:ss`, after a space or `T`.
    ///
    /// Of other patterns the values are looked at one by one: the digits of `yyyyMMdd` may be read in other groups.
    package var isPlainlySetOff: Bool {
        var isTime = false
        for (index, element) in elements.enumerated() {
            let isLiteralExpected = index % 2 == 1
            guard case .literal(let byte) = element else {
                guard case .number(let part, _, let isFixed) = element, !isLiteralExpected, !isFixed, part.isTime == isTime else {
                    return false
                }
                continue
            }
            guard isLiteralExpected, index + 1 < elements.count else { return false }
            if isTime {
                guard byte == UInt8(ascii: ":") else { return false }
            } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "T") {
                isTime = true
            } else if byte != UInt8(ascii: "/"), byte != UInt8(ascii: "-"), byte != UInt8(ascii: ".") {
                return false
            }
        }
        return hasUsualOrder
    }

    /// Whether ``DateClass`` tells how short values are judged: no pattern with parts of a time, days of the week or digits of its own, or in an order
    /// that is not in use.
    package var goesByClass: Bool {
        let hasClassed = elements.allSatisfy { element in
            switch element {
            case .number(let part, _, _): !part.isTime
            case .literal(let byte): !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            case .monthName: true
            case .weekdayName, .designator, .offset: false
            }
        }
        return hasClassed && (hasNames || hasUsualOrder)
    }

    /// Of numbers only: a date in one of the orders that are tried, a time from the hour on.
    private var hasUsualOrder: Bool {
        let parts = elements.compactMap { if case .number(let part, _, _) = $0 { part } else { nil } }
        let (date, time) = (parts.filter { !$0.isTime }, parts.filter(\.isTime))
        let orders: [[Part]] = [[.year, .month, .day], [.day, .month, .year], [.month, .day, .year], [.year, .month], [.month, .year]]
        guard orders.contains(date) else { return false }
        if time.isEmpty { return true }
        let isHour = time.first == .hour24 || time.first == .hour12
        return isHour && date.count == 3 && (time.dropFirst() == [.minute] || time.dropFirst() == [.minute, .second])
    }

    /// Whether it has the name of a month or of a day of the week.
    package let hasNames: Bool

    /// Whether the pattern has a part of the time of day.
    package let hasTime: Bool

    /// Whether its hours are those of half a day.
    package var hasHalfDays: Bool {
        elements.contains { if case .number(.hour12, _, _) = $0 { true } else { false } }
    }
}

extension DatePattern.Element {
    var isName: Bool {
        switch self {
        case .monthName, .weekdayName: true
        case .number, .designator, .offset, .literal: false
        }
    }

    package var isTime: Bool {
        switch self {
        case .number(let part, _, _): part.isTime
        case .designator, .offset: true
        case .monthName, .weekdayName, .literal: false
        }
    }

    /// Whether a date is incomplete without this element.
    package var isDate: Bool {
        switch self {
        case .number(let part, _, _): !part.isTime
        case .monthName, .weekdayName: true
        case .designator, .offset, .literal: false
        }
    }
}

extension DatePattern.Part {
    package var isTime: Bool {
        switch self {
        case .year, .month, .day: false
        case .hour24, .hour12, .minute, .second, .fraction: true
        }
    }
}
