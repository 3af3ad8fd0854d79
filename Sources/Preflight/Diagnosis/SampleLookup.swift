import ByteSpans
import CSVTokenizer
import SafeText
import ValueFormats

/// Compares cells with a few samples. Most cells are told apart from all of them by their length and their first two digits.
struct SampleLookup {
    /// A sample, or what it may stand for, see ``SampleSpellings``.
    private struct Entry {
        /// Number of the sample.
        var sample: Int
        var text: [UInt8]
        /// Whether cells that begin with the text are the sample, exactly.
        var isCut: Bool
        /// Whether the text is not the sample itself, but what it may stand for.
        var isVariant: Bool
        /// Whether a longer cell may be meant: a report may cut samples without a sign of it.
        var mayBeCut: Bool
        /// Without spaces and quotes around it, in lower case, with a space for each run of them.
        var bare: [UInt8]
        /// Its digits without zeros at the beginning.
        var digits: [UInt8]
        /// Its letters, in lower case.
        var letters: [UInt8]
        /// Whether it has a separator, so that zeros at its end make no difference.
        var isFraction: Bool
        /// The numbers of a date, sorted; else empty.
        var parts: [Int]
        var numbers: Numbers

        init(_ text: [UInt8], of sample: Int, isCut: Bool, isVariant: Bool, mayBeCut: Bool) {
            (self.text, self.sample, self.isCut, self.isVariant, self.mayBeCut) = (text, sample, isCut, isVariant, mayBeCut)
            bare = SampleLookup.bare(text.span)
            digits = Array(text.filter(ASCII.isDigit).drop { $0 == SampleLookup.zero })
            letters = SampleLookup.letters(text.span)
            isFraction = text.contains(where: SampleLookup.isSeparator)
            parts = SampleLookup.parts(text.span)
            numbers = SampleLookup.numbers(text.span)
        }

        /// Whether cells that are longer count, exactly or not.
        var hasLonger: Bool { isCut || mayBeCut }
    }

    /// How many numbers a text has, and their sum: what other dates with the same numbers have in common with it.
    private struct Numbers: Equatable {
        var count = 0
        var sum = 0
    }

    /// By sample, those of one after another.
    private let entries: [Entry]
    private let comparesDigits: Bool
    /// A bit for each length of a cell that may be a sample without digits.
    private let lengths: UInt64
    /// By byte, whether a cell that begins with it may be a sample without digits.
    private let firstBytes: [Bool]
    /// Whether any cell may be a longer one.
    private let comparesAll: Bool
    /// By the first two digits after leading zeros, a missing one as 0: whether a cell that has them may be a sample.
    private let beginnings: [Bool]
    /// The same by the first three digits, of cells that have three.
    private let longBeginnings: [Bool]

    /// - Parameter comparesDigits: whether the same digits in another spelling are likely to be meant, as in numbers and dates.
    init(_ samples: [SampleText], comparesDigits: Bool = true) {
        self.comparesDigits = comparesDigits
        entries = samples.enumerated().flatMap { index, sample in
            [
                Entry(
                    sample.bytes, of: index, isCut: sample.isCut, isVariant: false,
                    mayBeCut: !sample.isCut && sample.bytes.count >= Self.fewestOfCut)
            ]
                + (sample.isCut ? [] : SampleSpellings.variants(of: sample.bytes)).map {
                    Entry($0.text, of: index, isCut: false, isVariant: true, mayBeCut: $0.isCut || $0.text.count >= Self.fewestOfCut)
                }
        }
        var lengths: UInt64 = 0
        // Before a text may be blanks, of several bytes too, and quotes.
        var firstBytes = (UInt8.min...UInt8.max).map { $0 <= 0x20 || $0 >= 0x80 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
        var beginnings = Array(repeating: false, count: samples.isEmpty ? 0 : 100)
        var longBeginnings = Array(repeating: false, count: samples.isEmpty ? 0 : 1_000)
        for entry in entries {
            if entry.digits.isEmpty {
                let counts = [entry.text.count] + (0...Self.mostAround).map { entry.bare.count + $0 }
                for count in counts { lengths |= 1 << UInt64(min(count, 63)) }
                if entry.hasLonger || entry.bare.contains(UInt8(ascii: " ")) {
                    lengths |= ~0 << UInt64(min(entry.bare.count, entry.text.count, 63))
                }
                for byte in [entry.bare.first, entry.text.first].compactMap(\.self) {
                    for other in 0..<256 where ASCII.lowercased(UInt8(other)) == ASCII.lowercased(byte) { firstBytes[other] = true }
                }
            }
            for beginning in Self.beginnings(of: entry) {
                beginnings[beginning] = true
                for third in Self.thirdDigits(of: entry) { longBeginnings[beginning * 10 + third] = true }
            }
        }
        (self.lengths, self.firstBytes) = (lengths, firstBytes)
        (self.beginnings, self.longBeginnings) = (beginnings, longBeginnings)
        // What a cell with digits begins with says nothing of its digits, or only that the first ones are zeros.
        comparesAll = entries.contains { $0.hasLonger && $0.digits.isEmpty && ($0.text.count <= 1 || $0.text.contains(Self.zero)) }
    }

    /// Bytes of a sample that may be the beginning of a longer value although nothing says so.
    private static let fewestOfCut = 24

    var isEmpty: Bool { entries.isEmpty }

    /// The same as ``mayMatch(_:)`` for a plain number: its length tells nothing, and most begin with two digits.
    ///
    /// - Parameters:
    ///   - text: of a plain number, or empty; 8 bytes are readable at its beginning.
    ///   - quote: may be around it.
    ///   - orBelowOne: whether numbers that begin with a zero count, samples or not.
    @inline(__always)
    func mayMatch(plain text: Span<UInt8>, quote: UInt8, orBelowOne: Bool) -> Bool {
        if comparesAll { return true }
        // The batch goes on after each field.
        let field = unsafe text.paddedWord(at: 0)
        var text = UInt8(truncatingIfNeeded: field) == quote ? field >> 8 : field
        if UInt8(truncatingIfNeeded: text) == UInt8(ascii: "-") { text >>= 8 }
        let (first, second) = (UInt8(truncatingIfNeeded: text) &- Self.zero, UInt8(truncatingIfNeeded: text >> 8) &- Self.zero)
        if entries.isEmpty { return orBelowOne && first == 0 }
        if first &- 1 < 9, second < 10 {
            let two = Int(first) &* 10 &+ Int(second)
            // What comes after two digits may be another field.
            let third = UInt8(truncatingIfNeeded: text >> 16) &- Self.zero
            return third < 10 ? longBeginnings[two &* 10 &+ Int(third)] : beginnings[two]
        }
        // A zero, a single digit, or nothing at all.
        return true
    }

    /// Whether ``forEachMatch(_:_:)`` may find anything; most cells are ruled out by it.
    @inline(__always)
    func mayMatch(_ value: Span<UInt8>) -> Bool {
        if entries.isEmpty { return false }
        if comparesAll || value.isEmpty { return true }
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
        guard let first = entry.digits.first else { return [] }
        // The numbers of a date come in any order; a second digit may be that of the next number.
        let parts = entry.parts.flatMap { part -> [Int] in
            let text = Array(String(part).utf8)
            return text.count > 1 ? [Int(text[0] - zero) * 10 + Int(text[1] - zero)] : (0..<10).map { part * 10 + $0 }
        }
        let isOpen = entry.hasLonger && entry.digits.count == 1
        let longer = isOpen ? (0..<10).map { Int(first - zero) * 10 + $0 } : []
        return parts + longer + [beginning(of: entry.digits.span)]
    }

    /// The third digit of a cell that is an entry in another spelling, after its first two.
    private static func thirdDigits(of entry: Entry) -> ClosedRange<Int> {
        guard entry.parts.isEmpty, !entry.hasLonger || entry.digits.count > 2 else { return 0...9 }
        let digit = entry.digits.count > 2 ? Int(entry.digits[2] - zero) : 0
        return digit...digit
    }

    /// Calls `body` with the index of each sample that the cell is, and how; `nil` for exactly.
    func forEachMatch(_ value: Span<UInt8>, _ body: (Int, SampleFinding.Likeness?) -> Void) {
        if value.isEmpty { return }
        var start = 0
        while start < entries.count {
            let sample = entries[start].sample
            var isExact = false
            var best: SampleFinding.Likeness?
            while start < entries.count, entries[start].sample == sample {
                let entry = entries[start]
                start += 1
                if isExact { continue }
                if !entry.isVariant, Self.isExactly(value, entry) {
                    isExact = true
                } else if let like = likeness(value, entry), like.rawValue < best?.rawValue ?? .max {
                    best = like
                }
            }
            if isExact { body(sample, nil) } else if let best { body(sample, best) }
        }
    }

    private static func isExactly(_ value: Span<UInt8>, _ entry: Entry) -> Bool {
        entry.isCut
            ? value.count >= entry.text.count && value.prefix(entry.text.count).elementsEqual(entry.text)
            : value.count == entry.text.count && value.elementsEqual(entry.text)
    }

    private func likeness(_ value: Span<UInt8>, _ entry: Entry) -> SampleFinding.Likeness? {
        if entry.isCut { return nil }
        if entry.isVariant, Self.isExactly(value, entry) { return .spacing }
        if entry.mayBeCut, value.count > entry.text.count, value.prefix(entry.text.count).elementsEqual(entry.text) { return .beginning }
        if value.count > ValueMask.longestValue { return nil }
        if entry.digits.isEmpty || !comparesDigits { return Self.isBare(value, entry) ? .spacing : nil }
        if Self.hasDigits(value, of: entry) {
            if Self.isBare(value, entry) { return .spacing }
            let letters = Self.letters(value)
            return letters.isEmpty || entry.letters.isEmpty || letters == entry.letters ? .digits : nil
        }
        guard !entry.parts.isEmpty, (6...40).contains(value.count), Self.numbers(value) == entry.numbers, Self.parts(value) == entry.parts
        else { return nil }
        return .parts
    }

    private static func isBare(_ value: Span<UInt8>, _ entry: Entry) -> Bool {
        guard value.count >= entry.bare.count else { return false }
        guard value.count <= entry.bare.count + mostAround || entry.bare.contains(UInt8(ascii: " ")) else { return false }
        return bare(value) == entry.bare
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
        // A screen shows line ends and several spaces as one space.
        var bare: [UInt8] = []
        var index = 0
        while index < text.count {
            let length = Whitespace.leadingLength(of: text, at: index, before: text.count)
            if length == 0 {
                bare.append(ASCII.lowercased(text[index]))
                index += 1
            } else {
                if bare.last != UInt8(ascii: " ") { bare.append(UInt8(ascii: " ")) }
                index += length
            }
        }
        return bare
    }

    private static func letters(_ value: Span<UInt8>) -> [UInt8] {
        var letters: [UInt8] = []
        value.forEach { byte in
            let letter = ASCII.lowercased(byte)
            if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) { letters.append(letter) }
        }
        return letters
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
