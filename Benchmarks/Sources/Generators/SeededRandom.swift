/// SplitMix64: a seeded sequence of numbers that is the same on every machine.
public struct SeededRandom: Sendable {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    /// The next 64 bits.
    @inline(__always)
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed &>> 31)
    }
}

/// The bits of one random number, handed out from the low end: one number serves several fields of a row.
struct RandomBits {
    private var bits: UInt64

    init(_ bits: UInt64) {
        self.bits = bits
    }

    /// The next `count` bits. Beyond the 64th there are only zeros.
    @inline(__always)
    mutating func take(_ count: UInt64) -> Int {
        let taken = bits & ((1 &<< count) &- 1)
        bits &>>= count
        return Int(truncatingIfNeeded: taken)
    }

    /// Whether an event of `perMille` thousandths (to 1/1024) happens. Takes ten bits.
    @inline(__always)
    mutating func happens(perMille: Int) -> Bool {
        take(10) &* 1000 < perMille &* 1024
    }
}
