import ByteSpans
import SafeText

/// Hashes the bytes of a key, with a secret of this process: no one can prepare a file whose keys all collide. The secret does not affect the
/// findings.
///
/// Eight bytes a step, each multiplied to 128 bits and folded, as in wyhash (Wang Yi, 2019).
struct KeyHash {
    private var secret: UInt64
    private static let prime: UInt64 = 0xA076_1D64_78BD_642F

    init() {
        secret = UInt64.random(in: .min ... .max) | 1
    }

    private init(secret: UInt64) { self.secret = secret }

    /// Hashes the same way in every run: for statistics, where collisions made on purpose do no harm.
    static let stable = KeyHash(secret: 0x9E37_79B9_7F4A_7C15)

    func callAsFunction(_ bytes: Span<UInt8>) -> UInt64 {
        var hash = secret ^ UInt64(bytes.count)
        var index = 0
        while index + 8 <= bytes.count {
            hash = Self.fold(hash ^ bytes.load(at: index), Self.prime)
            index += 8
        }
        var rest: UInt64 = 0
        while index < bytes.count {
            rest = rest << 8 | UInt64(bytes[index])
            index += 1
        }
        return Self.fold(hash ^ rest, Self.prime ^ secret)
    }

    /// The same for bytes after which eight more can be read.
    @inline(__always)
    func callAsFunction(padded bytes: Span<UInt8>) -> UInt64 {
        var hash = secret ^ UInt64(bytes.count)
        var (place, left) = (0, bytes.count)
        while left >= 8 {
            hash = unsafe Self.fold(hash ^ bytes.paddedWord(at: place), Self.prime)
            place += 8
            left &-= 8
        }
        // The last bytes, the first of them in the highest place.
        let rest = unsafe left == 0 ? 0 : UInt64(bigEndian: bytes.paddedWord(at: place)) &>> UInt64(truncatingIfNeeded: 64 &- 8 &* left)
        return Self.fold(hash ^ rest, Self.prime ^ secret)
    }

    @inline(__always)
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}

extension KeyHash: CodedState {
    /// The ranges of a file are hashed alike by several processes.
    mutating func code(_ coder: inout StateCoder) { coder(&secret) }
}
