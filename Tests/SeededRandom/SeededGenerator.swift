/// SplitMix64: the same numbers from the same seed on every platform.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: Int) {
        state = UInt64(bitPattern: Int64(seed))
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Cheaper in debug builds than `Int.random(in:using:)`; the bias does not matter here.
    public mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: next() % UInt64(bound))
    }

    /// True once in so many times.
    public mutating func once(in count: Int) -> Bool { below(count) == 0 }

    public mutating func element<Element>(of list: [Element]) -> Element { list[below(list.count)] }
}
