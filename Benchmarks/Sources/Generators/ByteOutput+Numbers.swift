extension ByteOutput {
    /// Appends a number in decimal digits.
    mutating func append(digitsOf value: Int) {
        var (rest, word, count) = (UInt(bitPattern: value), UInt64(0), 0)
        // Up to eight digits at a time, built from the last one.
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            word = word &<< 8 | UInt64(UInt8(ascii: "0")) &+ UInt64(digit)
            rest = quotient
            count &+= 1
        } while rest > 0 && count < 8
        if rest > 0 { append(digitsOf: Int(rest)) }
        append(word: word, count: count)
    }

    /// Appends exactly two digits.
    @inline(__always)
    mutating func append(twoDigitsOf value: Int) {
        append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value / 10))
        append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value % 10))
    }

    /// Appends a number with a separator between groups of three digits.
    mutating func append(digitsOf value: Int, groupedBy separator: UInt8) {
        guard value >= 1000 else { return append(digitsOf: value) }
        append(digitsOf: value / 1000, groupedBy: separator)
        append(separator)
        let group = value % 1000
        append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: group / 100))
        append(twoDigitsOf: group % 100)
    }
}
