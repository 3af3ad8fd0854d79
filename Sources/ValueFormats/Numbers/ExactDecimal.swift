import ByteSpans
package import SafeText

/// A decimal number without rounding: whole units, and how many of their last digits are after the point.
package struct ExactDecimal: Sendable, Hashable {
    /// The number times ten to the power of ``scale``.
    package private(set) var units: Int128
    /// From 0. A fraction has no trailing zeros.
    package private(set) var scale: Int

    /// Digits that any sum of such numbers has room for.
    static let mostDigits = 30

    package init(units: Int128 = 0, scale: Int = 0) {
        (self.units, self.scale) = (units, scale)
        if scale == 0 { return }
        // Dividing 128 bits is slow.
        if var few = Int64(exactly: units) {
            while self.scale > 0, few.isMultiple(of: 10) {
                few /= 10
                self.scale -= 1
            }
            self.units = Int128(few)
            return
        }
        while self.scale > 0, self.units.isMultiple(of: 10) {
            self.units /= 10
            self.scale -= 1
        }
    }

    /// Reads `-?d+(.d+)?`.
    ///
    /// - Returns: `nil` for anything else, and for more than 30 digits.
    package init?(_ text: some StringProtocol) {
        var (digits, scale, isFraction) = (Int128(0), 0, false)
        let isNegative = text.first == "-"
        let parts = text.utf8.dropFirst(isNegative ? 1 : 0).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(ASCII.isDigit) }),
            parts.reduce(0, { $0 + $1.count }) <= Self.mostDigits
        else { return nil }
        for part in parts {
            for byte in part {
                digits = digits * 10 + Int128(byte - UInt8(ascii: "0"))
                if isFraction { scale += 1 }
            }
            isFraction = true
        }
        self.init(units: isNegative ? -digits : digits, scale: scale)
    }

    /// - Returns: `nil` if the sum has too many digits.
    package func adding(_ other: ExactDecimal) -> ExactDecimal? {
        let common = max(scale, other.scale)
        guard let own = scaled(to: common), let others = other.scaled(to: common) else { return nil }
        let (sum, overflow) = own.addingReportingOverflow(others)
        return overflow ? nil : ExactDecimal(units: sum, scale: common)
    }

    /// - Returns: `nil` if the product has too many digits.
    package func multiplied(by other: ExactDecimal) -> ExactDecimal? {
        let (product, overflow) = units.multipliedReportingOverflow(by: other.units)
        return overflow ? nil : ExactDecimal(units: product, scale: scale + other.scale)
    }

    package static prefix func - (number: ExactDecimal) -> ExactDecimal { ExactDecimal(units: -number.units, scale: number.scale) }

    /// The nearest of those that a `Double` can hold.
    package var double: Double {
        var number = Double(units)
        for _ in 0..<scale { number /= 10 }
        return number
    }

    /// Without the sign.
    package var magnitude: ExactDecimal { units < 0 ? -self : self }

    /// `nil` if that has too many digits.
    private func scaled(to scale: Int) -> Int128? {
        var result = units
        for _ in self.scale..<scale {
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            result = product
        }
        return result
    }

    /// `-1234.5`
    package var text: String {
        let digits = String(units.magnitude)
        let sign = units < 0 ? "-" : ""
        if scale == 0 { return sign + digits }
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
        return "\(sign)\(padded.dropLast(scale)).\(padded.suffix(scale))"
    }
}

extension ExactDecimal: Comparable {
    package static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        let common = max(left.scale, right.scale)
        switch (left.scaled(to: common), right.scaled(to: common)) {
        case (let own?, let other?): return own < other
        // What does not fit is farther from 0 than what does.
        case (nil, _): return left.units < 0
        case (_, nil): return right.units > 0
        }
    }
}

/// The exact sum of any number of decimals, which can be merged.
package struct DecimalTotal: Sendable, Equatable {
    /// By digits after the point, so that adding never scales.
    private var units = [Int128](repeating: 0, count: ExactDecimal.mostDigits + 1)
    private var hasOverflow = false

    package init() {}

    /// - Parameter scale: at most 18.
    @inline(__always)
    package mutating func add(units amount: Int64, scale: Int) {
        // No file has as many rows as would make this overflow.
        units[scale] &+= Int128(amount)
    }

    package mutating func add(_ number: ExactDecimal) {
        guard number.scale < units.count else { return hasOverflow = true }
        let (sum, overflow) = units[number.scale].addingReportingOverflow(number.units)
        units[number.scale] = sum
        if overflow { hasOverflow = true }
    }

    package mutating func merge(_ other: DecimalTotal) {
        for scale in units.indices {
            let (sum, overflow) = units[scale].addingReportingOverflow(other.units[scale])
            units[scale] = sum
            if overflow { hasOverflow = true }
        }
        if other.hasOverflow { hasOverflow = true }
    }

    /// `nil` if it has more digits than can be held.
    package var sum: ExactDecimal? {
        if hasOverflow { return nil }
        var sum = ExactDecimal()
        for (scale, amount) in units.enumerated() where amount != 0 {
            guard let next = sum.adding(ExactDecimal(units: amount, scale: scale)) else { return nil }
            sum = next
        }
        return sum
    }
}

/// Reads plain numbers, as ``PlainNumber`` describes them, eight digits at a time.
package enum DecimalDigits {
    /// - Parameters:
    ///   - text: eight bytes more can be read after it.
    ///   - decimal: The separator before the fraction.
    /// - Returns: The number without its point, and how many digits came after that; `nil` for more than 16 bytes and for any other text.
    @inline(__always)
    package static func read(_ text: Span<UInt8>, decimal: UInt8) -> (units: Int64, scale: Int)? {
        guard !text.isEmpty else { return nil }
        let isNegative = text[0] == UInt8(ascii: "-")
        let start = isNegative ? 1 : 0
        let count = text.count &- start
        guard count > 0, count <= 16 else { return nil }
        let first = digits(text, start, min(count, 8), decimal: decimal)
        guard first.isGood else { return nil }
        var (value, scale) = (first.value, first.point >= 0 ? min(count, 8) &- 1 &- first.point : 0)
        if first.point == 0 { return nil }
        if count > 8 {
            let second = digits(text, start &+ 8, count &- 8, decimal: decimal)
            guard second.isGood, first.point < 0 || second.point < 0 else { return nil }
            let read = count &- 8 &- (second.point >= 0 ? 1 : 0)
            value = value &* powers[read] &+ second.value
            if first.point >= 0 { scale &+= read } else if second.point >= 0 { scale = count &- 9 &- second.point }
        }
        // A point needs digits after it.
        if scale == 0, first.point >= 0 || text[text.count &- 1] == decimal { return nil }
        return (isNegative ? -Int64(value) : Int64(value), scale)
    }

    private static let powers: [UInt64] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000]

    /// Up to eight bytes: digits, perhaps one point between them.
    ///
    /// - Returns: What they are together, and the place of the point, -1 without one.
    @inline(__always)
    private static func digits(
        _ text: Span<UInt8>, _ start: Int, _ count: Int, decimal: UInt8
    ) -> (value: UInt64, point: Int, isGood: Bool) {
        // The last digit is in the last byte, and 0 in the bytes before the first.
        let unused = UInt64(truncatingIfNeeded: 64 &- 8 &* count)
        // Eight bytes more can be read after the text.
        var word = (unsafe text.paddedWord(at: start) ^ 0x3030_3030_3030_3030) &<< unused
        let others = ((word & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676 | word) & 0x8080_8080_8080_8080
        var point = -1
        if others != 0 {
            let bit = others.trailingZeroBitCount & ~7
            let byte = UInt8(truncatingIfNeeded: word &>> UInt64(truncatingIfNeeded: bit))
            guard others & (others &- 1) == 0, byte == decimal ^ 0x30 else { return (0, -1, false) }
            point = (bit &- Int(unused)) &>> 3
            // The digits before it take its place.
            let before = (1 &<< UInt64(truncatingIfNeeded: bit)) &- 1
            word = word & ~(before << 8 | 0xFF) | (word & before) &<< 8
        }
        word = (word &* 10 &+ (word &>> 8)) & 0x00FF_00FF_00FF_00FF
        word = (word &* 100 &+ (word &>> 16)) & 0x0000_FFFF_0000_FFFF
        word = (word &* 10_000 &+ (word &>> 32)) & 0xFFFF_FFFF
        return (word, point, true)
    }
}

extension ExactDecimal: CodedValue {
    package static var blank: ExactDecimal { ExactDecimal() }

    package mutating func code(_ coder: inout StateCoder) {
        coder(&units)
        coder(&scale)
        if !(0...Self.mostDigits).contains(scale) { coder.fail() }
    }
}

extension DecimalTotal: CodedState {
    package mutating func code(_ coder: inout StateCoder) {
        coder.each(&units)
        coder(&hasOverflow)
    }
}
