import ByteSources
import ByteSpans
import CSVTokenizer
import SafeText
import ValueFormats

/// The bytes by which a key is known: the same for the same values, however they are quoted and however the input is cut.
///
///     one column, a short value     its bytes
///     else, for each column         its length (4 bytes) and its bytes
///     a long value                  FF FF FF FF, its length (8 bytes), its digest (16 bytes), its beginning after its length (4 bytes)
///
/// Of a row that is longer than what is kept a value may lack bytes, but its digest is that of all of them. A value that can lack
/// bytes is at least half as long as what is kept of a field: doubled quotes are one. So from there on values go by their digest, whether
/// bytes are missing or not.
struct KeyText {
    private static let headByteCount = 4
    private static let longMark = UInt32.max
    /// A single value that is shorter needs no length: whatever has one is longer.
    private static let bareByteCount = 28
    /// The beginning that is kept of a long value: as much as is shown.
    private static let beginningByteCount = 4 * VisibleText.defaultLimit + 4

    let isComposite: Bool
    /// From how many bytes on a value goes by its digest.
    let longByteCount: Int

    /// Whether the key of a value is its bytes.
    @inline(__always)
    func isBare(_ value: Span<UInt8>) -> Bool {
        !isComposite && value.count < min(Self.bareByteCount, longByteCount)
    }

    /// Appends a value with all its bytes.
    @inline(__always)
    func append(_ value: Span<UInt8>, to bytes: inout [UInt8]) {
        if isBare(value) {
            bytes.append(contentsOf: value)
        } else if value.count < longByteCount {
            bytes.append(numberBytes: UInt32(truncatingIfNeeded: value.count))
            bytes.append(contentsOf: value)
        } else {
            appendLong(value, to: &bytes)
        }
    }

    @inline(never)
    private func appendLong(_ value: Span<UInt8>, to bytes: inout [UInt8]) {
        append(ValueDigest(value: value), beginning: value, to: &bytes)
    }

    /// Appends a value by its digest.
    ///
    /// - Parameter beginning: at least ``longByteCount`` bytes of it, or all.
    func append(_ digest: ValueDigest, beginning: Span<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(numberBytes: Self.longMark)
        bytes.append(numberBytes: digest.byteCount)
        bytes.append(numberBytes: digest.value.high)
        bytes.append(numberBytes: digest.value.low)
        let count = min(Self.beginningByteCount, longByteCount, beginning.count)
        bytes.append(numberBytes: UInt32(truncatingIfNeeded: count))
        bytes.append(contentsOf: beginning.prefix(count))
    }

    /// A value of a key, or the beginning of a long one.
    struct Part {
        let bytes: ArraySlice<UInt8>
        let byteCount: Int
    }

    /// The values of a key.
    func parts(of key: [UInt8]) -> [Part] {
        if !isComposite, key.count < Self.bareByteCount { return [Part(bytes: key[...], byteCount: key.count)] }
        var parts: [Part] = []
        var rest = key[...]
        func read<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type) -> Value {
            defer { rest = rest.dropFirst(MemoryLayout<Value>.size) }
            return rest.span.load(at: 0)
        }
        while !rest.isEmpty {
            let head = read(UInt32.self)
            var total = Int(head)
            var kept = Int(head)
            if head == Self.longMark {
                total = read(Int.self)
                rest = rest.dropFirst(2 * MemoryLayout<UInt64>.size)
                kept = Int(read(UInt32.self))
            }
            parts.append(Part(bytes: rest.prefix(kept), byteCount: total))
            rest = rest.dropFirst(kept)
        }
        return parts
    }
}
