import SafeText

/// Reads one date under one pattern, from left to right and without looking back.
package struct DatePatternMatcher: ~Escapable {
    private let field: Span<UInt8>
    private var index = 0
    /// What was read so far.
    package private(set) var date = CalendarDate()
    private var noted = NotedDoubts()
    private let takesForeignNames: Bool
    /// Whether the pattern has a point after the element that is being read.
    private var isBeforePoint = false

    /// - Parameter takesForeignNames: whether a name may be one of another language, which is doubtful.
    @_lifetime(copy field)
    package init(_ field: Span<UInt8>, takesForeignNames: Bool = false) {
        self.field = field
        self.takesForeignNames = takesForeignNames
    }

    /// Month and day of a value under a pattern that has both; `nil` where the value does not parse.
    package static func date(_ field: Span<UInt8>, _ pattern: DatePattern) -> (month: Int, day: Int)? {
        var reader = DatePatternMatcher(field)
        return reader.judge(pattern).verdict == .parses ? (reader.date.month, reader.date.day) : nil
    }

    package mutating func judge(_ pattern: DatePattern) -> Judgement {
        for (position, element) in pattern.elements.enumerated() {
            if index == field.count, !element.allowsNothing {
                guard Self.isOnlyTimeMissing(pattern, from: position) else { return .fails(.notADate) }
                note(.missingTime)
                break
            }
            if takesForeignNames { isBeforePoint = pattern.hasPoint(after: position) }
            let failure = read(element)
            if failure != .none { return .fails(failure) }
        }
        if index < field.count {
            var time = TimeOfDayReader(field, index)
            let failure = time.readTail(afterTime: pattern.hasTime)
            if failure != .none { return .fails(failure) }
            note(.timePart)
        }
        if date.hasUnusualTime { note(.unusualTime) }
        switch date.failure {
        case .none: break
        // Some readers exchange the two where only that is a date, and pass over the day of the week.
        case .swappedDayAndMonth: note(.swappedDayMonth)
        case .wrongWeekday: note(.wrongWeekday)
        case let failure: return .fails(failure)
        }
        return noted.judgement
    }

    /// Whether the date itself is complete and what is missing is its time, or what follows the minutes.
    private static func isOnlyTimeMissing(_ pattern: DatePattern, from position: Int) -> Bool {
        let before = pattern.elements[..<position]
        let rest = pattern.elements[position...]
        guard before.contains(where: \.isDate), !rest.contains(where: \.isDate), rest.contains(where: \.isTime) else { return false }
        return !before.contains(where: \.isTime) || !rest.contains(where: \.isMinute)
    }

    private mutating func read(_ element: DatePattern.Element) -> JudgementReason {
        switch element {
        case .number(let part, let digits, let isFixed): return readNumber(part, digits: digits, isFixed: isFixed)
        case .monthName(let isFull): return readMonthName(isFull: isFull)
        case .weekdayName(let isFull): return readWeekdayName(isFull: isFull)
        case .designator(let letters): return readDesignator(letters: letters)
        case .offset(let allowsNone): return readOffset(allowsNone: allowsNone)
        case .literal(let byte): return readLiteral(byte)
        }
    }

    private mutating func readNumber(_ part: DatePattern.Part, digits: Int, isFixed: Bool) -> JudgementReason {
        let most = isFixed ? max(digits, part == .year || part == .fraction ? digits : 2) : Self.mostDigits(of: part)
        var count = 0
        var value = 0
        while count < most, index < field.count, ASCII.isDigit(field[index]) {
            value = value * 10 + Int(field[index] - UInt8(ascii: "0"))
            index += 1
            count += 1
        }
        if count == 0 { return .notADate }
        if isFixed, digits > 1 {
            if count != digits { return .notADate }
        } else {
            switch part {
            case .year:
                if count == 2, digits == 4 {
                    note(.twoDigitYear)
                } else if count == 4, digits == 2 {
                    note(.fourDigitYear)
                } else if count != digits {
                    return .notADate
                }
            case .fraction: if count != digits { note(.fractionLength) }
            case .month: if count < digits { note(.shortMonth) }
            case .day: if count < digits { note(.shortDay) }
            case .hour24, .hour12, .minute, .second: if count < digits { note(.shortTime) }
            }
        }
        return date.set(part, value, digits: count)
    }

    private static func mostDigits(of part: DatePattern.Part) -> Int {
        switch part {
        case .year: 4
        case .fraction: 9
        case .month, .day, .hour24, .hour12, .minute, .second: 2
        }
    }

    private mutating func readMonthName(isFull: Bool) -> JudgementReason {
        // Where months are abbreviated with a point, those that are spelled as in English have one too.
        guard let (number, wasFull) = readName(.months, isAbbreviatedByPoint: takesForeignNames && !isBeforePoint) else {
            return readForeignName()
        }
        // The short and the full name of May are the same.
        if wasFull != isFull, number != 5 { note(.nameLength) }
        date.month = number
        return .none
    }

    private mutating func readWeekdayName(isFull: Bool) -> JudgementReason {
        guard let (number, wasFull) = readName(.weekdays) else { return skipForeignWeekday() }
        if wasFull != isFull { note(.nameLength) }
        date.weekday = number
        return .none
    }

    /// A full name or its first three letters, in any letter case. Numbers from 1.
    ///
    /// - Parameter isAbbreviatedByPoint: whether one with a point after it is none.
    private mutating func readName(_ names: EnglishNames.List, isAbbreviatedByPoint: Bool = false) -> (number: Int, isFull: Bool)? {
        guard let (number, length, isFull) = EnglishNames.find(names, field, at: index) else { return nil }
        if isAbbreviatedByPoint, index + length < field.count, field[index + length] == UInt8(ascii: ".") { return nil }
        // "Sept" and "Januar" begin like English names.
        if takesForeignNames, index + length < field.count, field[index + length] | 0x20 >= UInt8(ascii: "a") { return nil }
        index += length
        return (number, isFull)
    }

    /// Which month it names is not looked up: any day up to the 31st passes.
    private mutating func readForeignName() -> JudgementReason {
        guard takesForeignNames else { return .notADate }
        let english = EnglishNames.abbreviatedMonth(field, at: index)
        if let (number, length, hasPoint) = english, !hasPoint {
            note(.nameLength)
            date.month = number
            index += length
            return .none
        }
        guard var length = MonthNames.foreignLength(in: field, at: index) else { return .notADate }
        let end = index + length
        // The point is the pattern's, unless there are two.
        if isBeforePoint, field[end - 1] == UInt8(ascii: "."), end == field.count || field[end] != UInt8(ascii: ".") { length -= 1 }
        // "nov." goes with "déc.", but is English as well.
        noted.note(.foreignName, reason: english == nil ? nil : .otherNameLength)
        index += length
        return .none
    }

    private mutating func skipForeignWeekday() -> JudgementReason {
        let start = index
        while index < field.count, field[index] >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(field[index] | 0x20) {
            index += 1
        }
        guard takesForeignNames, index - start >= 2 else { return .notADate }
        note(.foreignName)
        return .none
    }

    private mutating func readDesignator(letters: Int) -> JudgementReason {
        let first = ASCII.lowercased(field[index])
        guard first == UInt8(ascii: "a") || first == UInt8(ascii: "p") else { return .notADate }
        index += 1
        if letters == 2 {
            guard index < field.count, ASCII.lowercased(field[index]) == UInt8(ascii: "m") else { return .notADate }
            index += 1
        }
        return .none
    }

    private mutating func readOffset(allowsNone: Bool) -> JudgementReason {
        if allowsNone, index == field.count { return .none }
        var time = TimeOfDayReader(field, index)
        let kind = time.readOffset()
        index = time.index
        switch kind {
        case .absent: return allowsNone ? .none : .notADate
        case .impossible: return .noSuchTime
        case .withColon: return .none
        case .zulu:
            if !allowsNone { note(.offsetSpelling) }
            return .none
        case .withoutColon, .unusual:
            note(.offsetSpelling)
            return .none
        }
    }

    private mutating func readLiteral(_ byte: UInt8) -> JudgementReason {
        let found = field[index]
        if found != byte {
            guard Self.isSeparator(found), Self.isSeparator(byte) else { return .notADate }
            note(.otherDateSeparator)
        }
        index += 1
        return .none
    }

    /// Whether two patterns have the same numbers in the same order and differ in their separators only: a value then fails under both or neither, and for
    /// the same reason.
    static func differ(onlyInSeparators left: DatePattern, _ right: DatePattern) -> Bool {
        left.elements.count == right.elements.count && !left.hasNames
            && zip(left.elements, right.elements).allSatisfy { left, right in
                if case .literal(let one) = left, case .literal(let other) = right {
                    return one == other || isSeparator(one) && isSeparator(other)
                }
                return left == right
            }
    }

    /// What people put between the parts of a date or a time, `T` among it.
    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "T"),
            UInt8(ascii: "_"), UInt8(ascii: ","):
            true
        default: false
        }
    }

    private mutating func note(_ doubt: Doubt) {
        noted.note(doubt)
    }
}

extension DatePattern {
    fileprivate func hasPoint(after position: Int) -> Bool {
        guard position + 1 < elements.count, case .literal(UInt8(ascii: ".")) = elements[position + 1] else { return false }
        return true
    }
}

extension DatePattern.Element {
    fileprivate var isMinute: Bool {
        if case .number(.minute, _, _) = self { true } else { false }
    }

    /// Whether the end of the value satisfies the element.
    fileprivate var allowsNothing: Bool {
        switch self {
        case .offset(let allowsNone): allowsNone
        case .number, .monthName, .weekdayName, .designator, .literal: false
        }
    }
}
