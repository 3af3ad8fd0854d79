import SafeText

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Counts different values by their hashes: exactly as long as they are few, then by an estimate.
///
/// HyperLogLog (Flajolet et al., 2007) with the estimator of Otmar Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (2017),
/// algorithm 6: it needs no table of corrections. The standard error is 1.04 / √2048 = 2.3 %. Which hashes were seen is all that counts, so sketches
/// merge in any order. Memory: 2 KiB, and at most 32 KiB more while values are few.
struct DistinctSketch: Equatable {
    /// The most values that are counted one by one.
    static let mostExact = 1_024

    private static let bits: UInt64 = 11
    private static let registerCount = 1 << 11

    /// By the first bits of a hash: the highest place of the first 1 among the others.
    private var registers = [UInt8](repeating: 0, count: registerCount)
    private var few = HashCounts()

    /// Counts a value, or several that are equal.
    mutating func add(_ hash: UInt64, count: Int = 1) {
        let mixed = Self.mixed(hash)
        let register = Int(truncatingIfNeeded: mixed &>> (64 &- Self.bits))
        let rank = UInt8(truncatingIfNeeded: (mixed &<< Self.bits | 1 &<< (Self.bits &- 1)).leadingZeroBitCount &+ 1)
        if registers[register] < rank { registers[register] = rank }
        few.add(hash, count: count)
    }

    /// Hashes of short texts differ in few of their bits: here all of them have to be as good as random. The last step of MurmurHash3.
    @inline(__always)
    private static func mixed(_ hash: UInt64) -> UInt64 {
        var bits = hash
        bits ^= bits &>> 33
        bits = bits &* 0xFF51_AFD7_ED55_8CCD
        bits ^= bits &>> 33
        bits = bits &* 0xC4CE_B9FE_1A85_EC53
        return bits ^ (bits &>> 33)
    }

    mutating func merge(_ other: DistinctSketch) {
        for index in registers.indices { registers[index] = max(registers[index], other.registers[index]) }
        few.merge(other.few)
    }

    var distinct: ColumnStatistics.Distinct {
        if let count = few.count { return ColumnStatistics.Distinct(count: count, isExact: true) }
        return ColumnStatistics.Distinct(count: max(Self.mostExact + 1, Int(estimate.rounded())), isExact: false)
    }

    /// How often each value occurs, by its hash; `nil` if there are too many.
    var counts: [UInt64: Int]? { few.all }

    private var estimate: Double {
        let most = 64 - Int(Self.bits) + 1
        var counts = [Double](repeating: 0, count: most + 1)
        for rank in registers { counts[Int(rank)] += 1 }
        let count = Double(Self.registerCount)
        var sum = count * Self.tau(1 - counts[most] / count)
        for rank in stride(from: most - 1, through: 1, by: -1) { sum = 0.5 * (sum + counts[rank]) }
        sum += count * Self.sigma(counts[0] / count)
        return count * count / (2 * log(2.0) * sum)
    }

    private static func sigma(_ start: Double) -> Double {
        if start == 1 { return .infinity }
        var (x, y, sum) = (start, 1.0, start)
        while true {
            x *= x
            let before = sum
            sum += x * y
            y += y
            if sum == before { return sum }
        }
    }

    private static func tau(_ start: Double) -> Double {
        if start == 0 || start == 1 { return 0 }
        var (x, y, sum) = (start, 1.0, 1 - start)
        while true {
            x = x.squareRoot()
            let before = sum
            y *= 0.5
            sum -= (1 - x) * (1 - x) * y
            if sum == before { return sum / 3 }
        }
    }
}

/// Counts a few hashes one by one; gives up when there are more than ``DistinctSketch/mostExact``.
private struct HashCounts: Equatable {
    /// By the lowest bits of the hash, or after it; 0 where there is none. Empty before the first, and when there are too many.
    private var slots: [UInt64] = []
    private var counts: [Int] = []
    private var used = 0
    private var isFull = false

    /// `nil` if there are too many.
    var count: Int? { isFull ? nil : used }

    /// `nil` if there are too many.
    var all: [UInt64: Int]? {
        if isFull { return nil }
        return Dictionary(uniqueKeysWithValues: zip(slots, counts).filter { $0.0 != 0 })
    }

    static func == (left: HashCounts, right: HashCounts) -> Bool { left.all == right.all }

    mutating func add(_ hash: UInt64, count: Int) {
        if isFull { return }
        // 0 marks a free slot.
        let hash = max(hash, 1)
        if 2 * used >= slots.count { grow() }
        var slot = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
        while slots[slot] != 0 {
            if slots[slot] == hash { return counts[slot] &+= count }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        (slots[slot], counts[slot]) = (hash, count)
        used += 1
        if used > DistinctSketch.mostExact { (slots, counts, isFull) = ([], [], true) }
    }

    private mutating func grow() {
        let (hashes, before) = (slots, counts)
        slots = Array(repeating: 0, count: max(16, 2 * hashes.count))
        counts = Array(repeating: 0, count: slots.count)
        used = 0
        for (hash, count) in zip(hashes, before) where hash != 0 { add(hash, count: count) }
    }

    mutating func merge(_ other: HashCounts) {
        if other.isFull { (slots, counts, isFull) = ([], [], true) }
        for (hash, count) in zip(other.slots, other.counts) where hash != 0 { add(hash, count: count) }
    }
}

extension DistinctSketch: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder.sparse(&registers)
        few.code(&coder)
    }
}

extension HashCounts {
    fileprivate mutating func code(_ coder: inout StateCoder) {
        coder(&isFull)
        var all = self.all ?? [:]
        coder(&all)
        guard coder.isReading else { return }
        for (hash, count) in all { add(hash, count: count) }
    }
}
