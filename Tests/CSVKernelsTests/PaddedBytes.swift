import CSVTokenizer
import SeededRandom

/// The kernels that can be tried here, by their numbers.
let kernels = Kernel.allCases.filter { $0 != .scalar && $0.isAvailable }.map(\.number)

/// How many random inputs a test tries: debug builds take a sample.
func inputCount(_ release: Int) -> Int {
    #if DEBUG
        release / 100
    #else
        release
    #endif
}

/// Places up to the fourth block: in debug builds only the first and those around the edges of blocks.
let places: [Int] = {
    #if DEBUG
        [0, 1, 2] + Array(60...66) + Array(126...129)
    #else
        Array(0...196)
    #endif
}()

/// Content in a block of its own, with exactly the padding that the kernels ask for, full of what would mislead them.
struct PaddedBytes: ~Copyable {
    static let padding = 64

    /// The first byte of the content.
    let start: UnsafeMutablePointer<UInt8>
    let count: Int

    init(_ bytes: [UInt8], dialect: TestDialect, generator: inout SeededGenerator) {
        count = bytes.count
        let block = UnsafeMutablePointer<UInt8>.allocate(capacity: count + 2 * Self.padding)
        start = block + Self.padding
        bytes.withUnsafeBufferPointer { if let base = $0.baseAddress { start.update(from: base, count: count) } }
        let hostile: [UInt8] = [dialect.quote, dialect.delimiter, 0x80, 0x00, 0x0A, 0x0D, 0xF0, 0xE2, 0xC3, 0x39, 0x2E, 0x2D]
        // One byte throughout, or all of them mixed.
        let favourite = generator.once(in: 2) ? generator.element(of: hostile) : nil
        for place in 0..<Self.padding {
            block[place] = favourite ?? generator.element(of: hostile)
            start[count + place] = favourite ?? generator.element(of: hostile)
        }
    }

    deinit {
        (start - Self.padding).deallocate()
    }
}

extension [UInt8] {
    /// As a literal to be pasted into a table.
    var literal: String {
        "[" + map { "0x" + ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: ", ") + "]"
    }
}

extension [UInt64] {
    subscript(bit position: Int) -> Bool {
        get { self[position / 64] >> UInt64(position % 64) & 1 != 0 }
        set {
            let mask = UInt64(1) << UInt64(position % 64)
            if newValue { self[position / 64] |= mask } else { self[position / 64] &= ~mask }
        }
    }
}
