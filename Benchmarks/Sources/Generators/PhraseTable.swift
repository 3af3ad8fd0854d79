/// Texts to draw from, as bytes in one place: drawing one allocates and counts no reference.
///
/// The tables live as long as the process.
struct PhraseTable: @unchecked Sendable {
    // Sound: written before the first use, only read afterwards.
    private let bytes: UnsafeMutablePointer<UInt8>
    private let ends: UnsafeMutablePointer<Int>
    let count: Int

    init(_ phrases: [String]) {
        self.init(bytes: phrases.map { Array($0.utf8) })
    }

    init(bytes texts: [[UInt8]]) {
        let all = texts.flatMap { $0 }
        count = texts.count
        bytes = .allocate(capacity: all.count + ByteOutput.stride)
        bytes.initialize(repeating: 0, count: all.count + ByteOutput.stride)
        bytes.update(from: all, count: all.count)
        ends = .allocate(capacity: count + 1)
        ends[0] = 0
        for (index, text) in texts.enumerated() { ends[index + 1] = ends[index] + text.count }
    }

    /// The phrase that a number of at most 16 bits draws.
    @inline(__always)
    func drawn(by number: Int, ofBits bits: Int) -> Phrase {
        self[(number &* count) &>> bits]
    }

    @inline(__always)
    subscript(index: Int) -> Phrase {
        precondition(index >= 0 && index < count)
        return Phrase(start: bytes + ends[index], count: ends[index &+ 1] &- ends[index])
    }

    /// A text of a table. ``ByteOutput/stride`` bytes after its end can be read.
    struct Phrase {
        let start: UnsafePointer<UInt8>
        let count: Int
    }
}

extension PhraseTable {
    /// Each day of 2020 to 2026 in one notation.
    ///
    /// - Parameter text: writes year, month and day.
    static func days(_ text: (_ year: Int, _ month: Int, _ day: Int) -> String) -> PhraseTable {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var days: [String] = []
        for year in 2020...2026 {
            for month in 1...12 {
                let length = month == 2 && year % 4 == 0 ? 29 : lengths[month - 1]
                for day in 1...length { days.append(text(year, month, day)) }
            }
        }
        return PhraseTable(days)
    }

    static let isoDays = days { "\($0)-\(padded($1))-\(padded($2))" }
    static let europeanDays = days { "\(padded($2))/\(padded($1))/\($0)" }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
