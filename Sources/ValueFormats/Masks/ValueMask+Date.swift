import SafeText

extension ValueMask {
    /// Digits as 9; after them what the calendar says: which orders of day, month and year exist, or else in which range each number lies.
    package mutating func appendDate(_ text: UnsafeRawBufferPointer) {
        if let run = Self.onlyRun(in: text), !Self.mayBeNull(text) { return append(text, run: run) }
        // The day of the week goes with one date only; words for no value are distinguished, since a profile may list them.
        if Self.weekday(in: text) || Self.mayBeNull(text) { return append(text) }
        var parts = DateTokens(text, room: tokens)
        parts.read()
        appendSkeleton(text, parts)
        append(UInt8(ascii: "|"))
        let orders = parts.orders
        if orders.bits != 0 { append(UInt8(ascii: "A") + orders.bits) }
        for index in (orders.bits != 0 && orders.areSure ? 3 : 0)..<max(3, parts.count) where index < parts.count {
            appendRange(parts, index, text)
        }
    }

    /// The digits of a text that has one run of them, and no letters of which three could be a name; `nil` for any other text.
    private static func onlyRun(in text: UnsafeRawBufferPointer) -> Range<Int>? {
        var (start, end, letterCount) = (-1, -1, 0)
        for index in text.indices {
            let byte = text[index]
            if ASCII.isDigit(byte) {
                if start < 0 {
                    start = index
                } else if end != index {
                    return nil
                }
                end = index &+ 1
                letterCount = 0
            } else {
                letterCount = DateTokens.isLetter(byte) ? letterCount &+ 1 : 0
                if letterCount == 3 { return nil }
            }
        }
        return start < 0 ? nil : start..<end
    }

    /// The same as for other texts, whose numbers would have to be found first.
    private mutating func append(_ text: UnsafeRawBufferPointer, run: Range<Int>) {
        let written = buffer + count
        for index in 0..<run.lowerBound { written[index] = text[index] }
        for index in run { written[index] = UInt8(ascii: "9") }
        for index in run.upperBound..<text.count { written[index] = text[index] }
        written[text.count] = UInt8(ascii: "|")
        count += text.count + 1
        let digits = UnsafeRawBufferPointer(rebasing: text[run])
        let value = digits.count <= 2 ? digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } : 0
        appendRange(digits, value)
    }

    private mutating func appendSkeleton(_ text: UnsafeRawBufferPointer, _ parts: borrowing DateTokens) {
        var index = 0
        for number in 0..<parts.count {
            let token = parts[number]
            append(UnsafeRawBufferPointer(rebasing: text[index..<token.range.lowerBound]))
            switch token.kind {
            // The short name and the full one of May are the same.
            case .shortName: append(token.value == 5 ? "<m>" : "<n>")
            case .fullName: append(token.value == 5 ? "<m>" : "<name>")
            case .digits: for _ in token.range { append(UInt8(ascii: "9")) }
            }
            index = token.range.upperBound
        }
        append(UnsafeRawBufferPointer(rebasing: text[index...]))
    }

    /// Tells of a number what a part of a date or time asks: nothing finer makes a difference to any.
    private mutating func appendRange(_ parts: borrowing DateTokens, _ index: Int, _ text: UnsafeRawBufferPointer) {
        let token = parts[index]
        guard token.kind == .digits else { return append(UInt8(ascii: "n")) }
        appendRange(UnsafeRawBufferPointer(rebasing: text[token.range]), token.value)
    }

    /// - Parameter value: of one or two digits.
    private mutating func appendRange(_ digits: UnsafeRawBufferPointer, _ value: Int) {
        switch digits.count {
        case 1, 2: append(Self.range(of: value))
        case 5: append((UInt8(ascii: "2")...UInt8(ascii: "6")).contains(digits[0]) ? UInt8(ascii: "s") : UInt8(ascii: "."))
        case 4, 6, 8, 12, 14:
            let orders = DateTokens.orders(ofRun: digits)
            append(UInt8(ascii: "A") + orders)
            // A year that is not 0, then pairs: compact dates and times.
            let hasYear = digits[0] | digits[1] | digits[2] | digits[3] != UInt8(ascii: "0")
            append(hasYear ? UInt8(ascii: "y") : UInt8(ascii: "0"))
            var place = DateTokens.isOrder(orders) && digits.count >= 8 ? 8 : 0
            while place < digits.count {
                append(Self.range(of: Int(digits[place] &- 0x30) &* 10 &+ Int(digits[place &+ 1] &- 0x30)))
                place &+= 2
            }
        // No part of a date or time is so long, or it is a fraction.
        default: append(UInt8(ascii: "."))
        }
    }

    /// Bounds of months, hours of half a day, hours of an offset, hours, midnight, days, minutes, seconds.
    private static func range(of value: Int) -> UInt8 {
        switch value {
        case 0: UInt8(ascii: "0")
        case 1...12: UInt8(ascii: "1")
        case 13, 14: UInt8(ascii: "2")
        case 15...23: UInt8(ascii: "3")
        case 24: UInt8(ascii: "4")
        case 25...31: UInt8(ascii: "5")
        case 32...59: UInt8(ascii: "6")
        case 60: UInt8(ascii: "7")
        default: UInt8(ascii: "8")
        }
    }

    private static func weekday(in text: UnsafeRawBufferPointer) -> Bool {
        // A name has three letters at least.
        for index in 0..<max(0, text.count - 2) where text[index] >= UInt8(ascii: "A") && text[index + 1] >= UInt8(ascii: "A") {
            switch text[index] | 0x20 {
            case UInt8(ascii: "m"), UInt8(ascii: "t"), UInt8(ascii: "w"), UInt8(ascii: "f"), UInt8(ascii: "s"):
                if EnglishNames.find(.weekdays, text, at: index) != nil { return true }
            default: break
            }
        }
        return false
    }
}
