/// Reads the middle of a number: digits, separators and an exponent, without sign, prefix and suffix.
struct NumberDigits {
    private let decimal: UInt8
    private let group: UInt8
    /// The first reason for doubt so far.
    private(set) var doubt: JudgementReason
    private(set) var hasDecimalSeparator = false
    /// Digits from the first that is not 0 on.
    private(set) var significantCount = 0

    private var integerCount = 0
    private var fractionCount = 0
    private var groupCount = 0
    /// Digits since the last group separator, or since the beginning.
    private var runLength = 0
    private var isGroupingIllFormed = false
    private var beginsWithZero = false

    /// - Parameter group: 0 for none; a space stands for the no-break spaces too.
    init(decimal: UInt8, group: UInt8, doubt: JudgementReason) {
        self.decimal = decimal
        self.group = group
        self.doubt = doubt
    }

    /// - Returns: ``JudgementReason/none`` if `text` is a number, else why it is none; ``JudgementReason/notANumber`` where only a look at the
    ///   whole field tells more.
    mutating func read(_ text: UnsafeRawBufferPointer) -> JudgementReason {
        var index = 0
        while index < text.count {
            let byte = text[index]
            let groupLength = groupLength(in: text, at: index)
            if ASCIIWords.isDigit(byte) {
                countDigit(isZero: byte == UInt8(ascii: "0"))
                index += 1
            } else if byte == decimal {
                if hasDecimalSeparator {
                    return tailHasOnlyDigitsAndSeparators(text, from: index) ? .repeatedDecimalSeparator : .notANumber
                }
                hasDecimalSeparator = true
                index += 1
            } else if groupLength > 0 {
                if hasDecimalSeparator { return tailHasOnlyDigitsAndSeparators(text, from: index) ? .groupBehindDecimal : .notANumber }
                countGroupSeparator()
                index += groupLength
            } else if let digit = Self.foreignDigit(in: text, at: index) {
                note(.foreignDigits)
                countDigit(isZero: digit.value == 0)
                index += digit.length
            } else if byte | 0x20 == UInt8(ascii: "e"), integerCount + fractionCount > 0, Self.isExponent(text, from: index + 1) {
                index = text.count
                finishCounts()
                note(.exponent)
                return .none
            } else {
                return .notANumber
            }
        }
        guard integerCount + fractionCount > 0 else { return .notANumber }
        finishCounts()
        return .none
    }

    private mutating func countDigit(isZero: Bool) {
        if isZero, integerCount == 0, !hasDecimalSeparator { beginsWithZero = true }
        if hasDecimalSeparator {
            fractionCount += 1
        } else {
            integerCount += 1
            runLength += 1
        }
        if !isZero || significantCount > 0 { significantCount += 1 }
    }

    private mutating func countGroupSeparator() {
        // The first run has 1 to 3 digits of which the first is not 0, every other one 3.
        if beginsWithZero || runLength > 3 || runLength == 0 || (groupCount > 0 && runLength != 3) { isGroupingIllFormed = true }
        groupCount += 1
        runLength = 0
    }

    private mutating func finishCounts() {
        if isGroupingIllFormed || (groupCount > 0 && runLength != 3) { note(.illFormedGrouping) }
        if hasDecimalSeparator, integerCount == 0 || fractionCount == 0 { note(.bareDecimalSeparator) }
    }

    private mutating func note(_ reason: JudgementReason) {
        if doubt == .none { doubt = reason }
    }

    private func groupLength(in text: UnsafeRawBufferPointer, at index: Int) -> Int {
        if group == 0 { return 0 }
        if text[index] == group { return 1 }
        return group == UInt8(ascii: " ") ? Self.noBreakSpaceLength(in: text, at: index) : 0
    }

    /// Bytes of the no-break space (U+00A0) or narrow no-break space (U+202F) at `index`, 0 if there is none.
    static func noBreakSpaceLength(in text: UnsafeRawBufferPointer, at index: Int) -> Int {
        if text[index] == 0xC2, index + 1 < text.count, text[index + 1] == 0xA0 { return 2 }
        if text[index] == 0xE2, index + 2 < text.count, text[index + 1] == 0x80, text[index + 2] == 0xAF { return 3 }
        return 0
    }

    private func tailHasOnlyDigitsAndSeparators(_ text: UnsafeRawBufferPointer, from start: Int) -> Bool {
        var index = start
        while index < text.count {
            if ASCIIWords.isDigit(text[index]) || text[index] == decimal {
                index += 1
            } else {
                let length = groupLength(in: text, at: index)
                if length == 0 { return false }
                index += length
            }
        }
        return integerCount + fractionCount > 0
    }

    private static func isExponent(_ text: UnsafeRawBufferPointer, from start: Int) -> Bool {
        var index = start
        if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") { index += 1 }
        return index < text.count && text[index...].allSatisfy(ASCIIWords.isDigit)
    }

    /// Full-width digits (U+FF10 to U+FF19), Arabic-Indic ones (U+0660 to U+0669) and their eastern forms (U+06F0 to U+06F9).
    static func foreignDigit(in text: UnsafeRawBufferPointer, at index: Int) -> (value: UInt8, length: Int)? {
        guard index + 1 < text.count else { return nil }
        let second = text[index + 1]
        switch (text[index], second) {
        case (0xD9, 0xA0...0xA9): return (second - 0xA0, 2)
        case (0xDB, 0xB0...0xB9): return (second - 0xB0, 2)
        case (0xEF, 0xBC):
            guard index + 2 < text.count, (0x90...0x99).contains(text[index + 2]) else { return nil }
            return (text[index + 2] - 0x90, 3)
        default: return nil
        }
    }
}
