import SafeText

/// Numbers of columns, from 1. Memory: a bit for each column up to the last.
struct ColumnSet {
    private var words: [UInt64] = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    init() {}

    init(_ columns: Range<Int>) {
        guard let last = columns.last else { return }
        words = Array(repeating: 0, count: last / 64 + 1)
        for column in columns { words[column / 64] |= 1 << UInt64(column % 64) }
        count = columns.count
    }

    mutating func insert(_ column: Int) {
        let (word, bit) = (column / 64, UInt64(1) << UInt64(column % 64))
        if word >= words.count { words += Array(repeating: 0, count: word + 1 - words.count) }
        guard words[word] & bit == 0 else { return }
        words[word] |= bit
        count += 1
    }

    mutating func formUnion(_ other: ColumnSet) {
        if other.words.count > words.count { words += Array(repeating: 0, count: other.words.count - words.count) }
        for word in other.words.indices {
            count += (other.words[word] & ~words[word]).nonzeroBitCount
            words[word] |= other.words[word]
        }
    }

    var first: Int? {
        words.firstIndex { $0 != 0 }.map { $0 * 64 + words[$0].trailingZeroBitCount }
    }

    var last: Int? {
        words.lastIndex { $0 != 0 }.map { $0 * 64 + 63 - words[$0].leadingZeroBitCount }
    }
}

extension ColumnSet: CodedValue {
    static var blank: ColumnSet { ColumnSet() }

    mutating func code(_ coder: inout StateCoder) {
        coder(&words)
        if coder.isReading { count = words.reduce(0) { $0 + $1.nonzeroBitCount } }
    }
}
