import ByteSpans
import CSVTokenizer
import SafeText
import ValueFormats

/// Compares cells with a few samples. Most cells are told apart from all of them by their length and their first two digits.
struct SampleLookup {
    private struct Entry {
        var sample: SampleText
        /// Without spaces and quotes around it, in lower case.
        var bare: [UInt8]
        /// Its digits without zeros at the beginning.
        var digits: [UInt8]
        /// Whether it has a separator, so that zeros at its end make no difference.
        var isFraction: Bool
        /// The numbers of a date, sorted; else empty.
        var parts: [Int]
        var numbers: Numbers
    }

    /// How many numbers a text has, and their sum: what other dates with the same numbers have in common with it.
    private struct Numbers: Equatable {
        var count = 0
        var sum = 0
    }

    private let entries: [Entry]
    /// A bit for each length of a cell that may be a sample without digits.
    private let lengths: UInt64
    /// By byte, whether a cell that begins with it may be a sample without digits.
    private let firstBytes: [Bool]
    private let hasCut: Bool
    /// By the first two digits after leading zeros, a missing one as 0: whether a cell that has them may be a sample.
    private let beginnings: [Bool]

    init(_ samples: [SampleText]) {
        entries = samples.map { sample in
            let bytes = sample.bytes.span
            return Entry(
                sample: sample, bare: Self.bare(bytes), digits: Array(sample.bytes.filter(ASCII.isDigit).drop { $0 == Self.zero }),
                isFraction: bytes.contains(where: Self.isSeparator), parts: Self.parts(bytes), numbers: Self.numbers(bytes))
        }
        var lengths: UInt64 = 0
        // Before a text may be blanks, of several bytes too, and quotes.
        var firstBytes = (UInt8.min...UInt8.max).map { $0 <= 0x20 || $0 >= 0x80 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
        var beginnings = Array(repeating: false, count: samples.isEmpty ? 0 : 100)
        for entry in entries where !entry.sample.isCut {
            if entry.digits.isEmpty {
                let counts = [entry.sample.bytes.count] + (0...Self.mostAround).map { entry.bare.count + $0 }
                for count in counts { lengths |= 1 << UInt64(min(count, 63)) }
                for byte in [entry.bare.first, entry.sample.bytes.first].compactMap(\.self) {
                    for other in 0..<256 where ASCII.lowercased(UInt8(other)) == ASCII.lowercased(byte) { firstBytes[other] = true }
                }
            }
            for beginning in Self.beginnings(of: entry) { beginnings[beginning] = true }
        }
        (self.lengths, self.firstBytes) = (lengths, firstBytes)
        self.beginnings = beginnings
        hasCut = entries.contains { $0.sample.isCut }
    }

    var isEmpty: Bool { entries.isEmpty }

    /// The same as ``mayMatch(_:)`` for a plain number: its length tells nothing, and most begin with two digits.
    ///
    /// - Parameters:
    ///   - field: the first bytes of a plain number, or of nothing, and of what follows it.
    ///   - quote: may be around it.
    ///   - orBelowOne: whether numbers that begin with a zero count, samples or not.
    @inline(__always)
    func mayMatch(plain field: UInt64, quote: UInt8, orBelowOne: Bool) -> Bool {
        if hasCut { return true }
        var text = UInt8(truncatingIfNeeded: field) == quote ? field >> 8 : field
        if UInt8(truncatingIfNeeded: text) == UInt8(ascii: "-") { text >>= 8 }
        let (first, second) = (UInt8(truncatingIfNeeded: text) &- Self.zero, UInt8(truncatingIfNeeded: text >> 8) &- Self.zero)
        if entries.isEmpty { return orBelowOne && first == 0 }
        if first &- 1 < 9, second < 10 { return beginnings[Int(first) &* 10 &+ Int(second)] }
        // A zero, a single digit, or nothing at all.
        return true
    }

    /// Whether ``forEachMatch(_:_:)`` may find anything; most cells are ruled out by it.
    @inline(__always)
    func mayMatch(_ value: Span<UInt8>) -> Bool {
        if entries.isEmpty { return false }
        if hasCut || value.isEmpty { return true }
        if lengths >> UInt64(min(value.count, 63)) & 1 != 0, firstBytes[Int(value[0])] { return true }
        return beginnings[Self.beginning(of: value)]
    }

    private static func beginning(of value: Span<UInt8>) -> Int {
        var first = 0
        for index in value.indices where ASCII.isDigit(value[index]) {
            let byte = value[index]
            if first > 0 { return first * 10 + Int(byte - zero) }
            first = Int(byte - zero)
        }
        return first * 10
    }

    /// How a cell begins that is an entry in another spelling.
    private static func beginnings(of entry: Entry) -> [Int] {
        guard !entry.digits.isEmpty else { return [] }
        // The numbers of a date come in any order; a second digit may be that of the next number.
        let parts = entry.parts.flatMap { part -> [Int] in
            let text = Array(String(part).utf8)
            return text.count > 1 ? [Int(text[0] - zero) * 10 + Int(text[1] - zero)] : (0..<10).map { part * 10 + $0 }
        }
        return parts + [beginning(of: entry.digits.span)]
    }

    /// Calls `body` with the index of each sample that the cell is, and how; `nil` for exactly.
    func forEachMatch(_ value: Span<UInt8>, _ body: (Int, SampleFinding.Likeness?) -> Void) {
        if value.isEmpty { return }
        var isFound = false
        for (index, entry) in entries.enumerated() where Self.isExactly(value, entry.sample) {
            body(index, nil)
            isFound = true
        }
        if isFound || value.count > ValueMask.longestValue { return }
        matchLoosely(value, body)
    }

    private static func isExactly(_ value: Span<UInt8>, _ sample: SampleText) -> Bool {
        sample.isCut
            ? value.count >= sample.bytes.count && value.prefix(sample.bytes.count).elementsEqual(sample.bytes)
            : value.count == sample.bytes.count && value.elementsEqual(sample.bytes)
    }

    private func matchLoosely(_ value: Span<UInt8>, _ body: (Int, SampleFinding.Likeness?) -> Void) {
        for (index, entry) in entries.enumerated() where !entry.sample.isCut {
            if entry.digits.isEmpty {
                if (entry.bare.count...(entry.bare.count + Self.mostAround)).contains(value.count), Self.bare(value) == entry.bare {
                    body(index, .spacing)
                }
            } else if Self.hasDigits(value, of: entry) {
                body(index, Self.bare(value) == entry.bare ? .spacing : .digits)
            } else if !entry.parts.isEmpty, (6...40).contains(value.count), Self.numbers(value) == entry.numbers,
                Self.parts(value) == entry.parts
            {
                body(index, .parts)
            }
        }
    }

    private static let zero = UInt8(ascii: "0")
    /// Spaces and quotes around a sample in another spelling.
    private static let mostAround = 8

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") }

    /// Whether a value has the digits of a sample in their order; zeros at the end of a fraction do not matter.
    private static func hasDigits(_ value: Span<UInt8>, of entry: Entry) -> Bool {
        var place = 0
        var extra = 0
        var isFraction = false
        for index in value.indices {
            let byte = value[index]
            if isSeparator(byte) { isFraction = true }
            guard ASCII.isDigit(byte), place > 0 || byte != zero else { continue }
            if place < entry.digits.count {
                guard entry.digits[place] == byte else { return false }
                place += 1
            } else {
                guard byte == zero else { return false }
                extra += 1
            }
        }
        if extra > 0, !isFraction { return false }
        let rest = entry.digits[place...]
        return rest.isEmpty || place > 0 && entry.isFraction && rest.allSatisfy { $0 == zero }
    }

    private static func bare(_ value: Span<UInt8>) -> [UInt8] {
        var text = Whitespace.trim(value)
        if text.count >= 2, let first = text.first, first == text.last, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            text = Whitespace.trim(text[1..<(text.count - 1)])
        }
        return Array(text).map { ASCII.lowercased($0) }
    }

    private static func numbers(_ value: Span<UInt8>) -> Numbers {
        var numbers = Numbers()
        var number = -1
        for index in value.indices {
            let byte = value[index]
            if ASCII.isDigit(byte) {
                number = min(max(number, 0) * 10 + Int(byte - zero), largestNumber)
            } else if number >= 0 {
                numbers.count += 1
                numbers.sum += number
                number = -1
            }
        }
        if number >= 0 {
            numbers.count += 1
            numbers.sum += number
        }
        return numbers
    }

    private static let largestNumber = 1 << 40

    /// Three numbers or more, of which one is a year and the others may be a month and a day.
    private static func parts(_ value: Span<UInt8>) -> [Int] {
        var parts: [Int] = []
        var number: Int?
        for index in value.indices {
            let byte = value[index]
            if ASCII.isDigit(byte) {
                number = min((number ?? 0) * 10 + Int(byte - zero), largestNumber)
            } else if let ended = number {
                parts.append(ended)
                number = nil
            }
        }
        if let number { parts.append(number) }
        guard parts.count >= 3, parts.prefix(3).filter({ $0 <= 31 }).count == 2, parts.prefix(3).contains(where: { 1900..<2200 ~= $0 })
        else { return [] }
        return parts.sorted()
    }
}
