/// Reads a time of day in the forms that exports append to dates, whatever the pattern: ` 00:00:00 +00:00`, `T10:00:00Z`, ` 9:30 PM`.
struct TimeOfDayReader {
    private let field: UnsafeRawBufferPointer
    private(set) var index: Int

    init(_ field: UnsafeRawBufferPointer, _ index: Int) {
        self.field = field
        self.index = index
    }

    /// The form of a time offset.
    enum Offset {
        case absent
        /// `Z`
        case zulu
        /// `+01:00`
        case withColon
        /// `+0100` or `+01`
        case withoutColon
        case impossible
    }

    /// Reads all of the rest.
    ///
    /// - Parameter afterTime: whether hours and minutes were already read, so that only seconds, fraction and offset can follow.
    /// - Returns: ``JudgementReason/none`` if the rest is a time.
    mutating func readTail(afterTime: Bool) -> JudgementReason {
        if !afterTime {
            guard take(UInt8(ascii: "T")) || takeBlanks() else { return .notADate }
            guard let hour = readDigits(1...2), take(UInt8(ascii: ":")), let minute = readDigits(2...2) else { return .notADate }
            if hour > 23 || minute > 59 { return .noSuchTime }
        }
        if take(UInt8(ascii: ":")) {
            guard let second = readDigits(2...2) else { return .notADate }
            if second > 59 { return .noSuchTime }
        }
        if take(UInt8(ascii: ".")) || take(UInt8(ascii: ",")) {
            guard readDigits(1...9) != nil else { return .notADate }
        }
        _ = takeBlanks()
        if readMeridiem() { _ = takeBlanks() }
        switch readOffset() {
        case .impossible: return .noSuchTime
        case .absent, .zulu, .withColon, .withoutColon: break
        }
        return index == field.count ? .none : .notADate
    }

    /// Reads an offset if one begins here.
    mutating func readOffset() -> Offset {
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
            return hasColon ? .absent : hours > 14 ? .impossible : .withoutColon
        }
        if hours > 14 || minutes > 59 { return .impossible }
        return hasColon ? .withColon : .withoutColon
    }

    private mutating func readMeridiem() -> Bool {
        guard ASCIIWords.begins(field, at: index, with: "am") || ASCIIWords.begins(field, at: index, with: "pm") else { return false }
        index += 2
        return true
    }

    private mutating func readDigits(_ counts: ClosedRange<Int>) -> Int? {
        var value = 0
        var count = 0
        while count < counts.upperBound, index < field.count, ASCIIWords.isDigit(field[index]) {
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
        while index < field.count, Blanks.isASCIIBlank(field[index]) { index += 1 }
        return index > start
    }
}
