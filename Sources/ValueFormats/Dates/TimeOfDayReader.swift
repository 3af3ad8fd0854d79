import SafeText

/// Reads a time of day in the forms that exports append to dates, whatever the pattern: ` 00:00:00 +00:00`, `T10:00:00Z`, ` 9:30 PM`.
package struct TimeOfDayReader: ~Escapable {
    private let field: Span<UInt8>
    package private(set) var index: Int
    /// Whether it is a time that only some readers take: 24:00, a leap second, an offset of more than fourteen hours.
    package private(set) var isUnusual = false

    @_lifetime(copy field)
    package init(_ field: Span<UInt8>, _ index: Int) {
        self.field = field
        self.index = index
    }

    /// The form of a time offset.
    package enum Offset {
        case absent
        /// `Z`
        case zulu
        /// `+01:00`
        case withColon
        /// `+0100` or `+01`
        case withoutColon
        /// More than fourteen hours, which no place has.
        case unusual
        case impossible
    }

    /// Reads all of the rest.
    ///
    /// - Parameter afterTime: whether hours and minutes were already read, so that only seconds, fraction and offset can follow.
    /// - Returns: ``JudgementReason/none`` if the rest is a time.
    package mutating func readTail(afterTime: Bool) -> JudgementReason {
        var isMidnight = false
        if !afterTime {
            guard take(UInt8(ascii: "T")) || take(UInt8(ascii: "t")) || takeBlanks() else { return .notADate }
            guard let hour = readDigits(1...2), take(UInt8(ascii: ":")), let minute = readDigits(2...2) else { return .notADate }
            isMidnight = hour == 24
            if hour > 24 || minute > (isMidnight ? 0 : 59) { return .noSuchTime }
            isUnusual = isMidnight
        }
        if take(UInt8(ascii: ":")) {
            guard let second = readDigits(2...2) else { return .notADate }
            if second > (isMidnight ? 0 : 60) { return .noSuchTime }
            isUnusual = isUnusual || second == 60
        }
        if take(UInt8(ascii: ".")) || take(UInt8(ascii: ",")) {
            guard readDigits(1...9) != nil else { return .notADate }
        }
        _ = takeBlanks()
        if readMeridiem() { _ = takeBlanks() }
        switch readOffset() {
        case .impossible: return .noSuchTime
        case .unusual: isUnusual = true
        case .absent, .zulu, .withColon, .withoutColon: break
        }
        return index == field.count ? .none : .notADate
    }

    /// Reads an offset if one begins here.
    package mutating func readOffset() -> Offset {
        if take(UInt8(ascii: "Z")) || take(UInt8(ascii: "z")) { return .zulu }
        let start = index
        guard take(UInt8(ascii: "+")) || take(UInt8(ascii: "-")), let hours = readDigits(2...2) else {
            index = start
            return .absent
        }
        let hasColon = take(UInt8(ascii: ":"))
        let afterColon = index
        guard let minutes = readDigits(2...2) else {
            index = hasColon ? start : afterColon
            return hasColon ? .absent : hours > 23 ? .impossible : .withoutColon
        }
        if hours > 23 || minutes > 59 { return .impossible }
        return !hasColon ? .withoutColon : hours > 14 ? .unusual : .withColon
    }

    private mutating func readMeridiem() -> Bool {
        guard ASCII.begins(field, at: index, with: "am") || ASCII.begins(field, at: index, with: "pm") else { return false }
        index += 2
        return true
    }

    private mutating func readDigits(_ counts: ClosedRange<Int>) -> Int? {
        var value = 0
        var count = 0
        while count < counts.upperBound, index < field.count, ASCII.isDigit(field[index]) {
            value = value * 10 + Int(field[index] - UInt8(ascii: "0"))
            index += 1
            count += 1
        }
        return counts.contains(count) ? value : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < field.count, field[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func takeBlanks() -> Bool {
        let start = index
        while index < field.count, Whitespace.isASCIIBlank(field[index]) { index += 1 }
        return index > start
    }
}
