/// A number of bytes, written for people: `812 bytes`, `31.1 MB`. Decimal units: 1 MB is 1 000 000 bytes.
///
/// For human output only; reports for machines give plain numbers.
package struct ByteCount: Sendable, Hashable, CustomStringConvertible {
    /// Not negative.
    package var bytes: Int

    package init(_ bytes: Int) {
        self.bytes = bytes
    }

    package var description: String {
        if bytes < 1_000 { return bytes.counted("byte") }
        var unit = 1_000
        for name in ["kB", "MB", "GB", "TB", "PB"] {
            let tenths = Self.rounded(bytes, to: unit / 10)
            // 999 950 bytes are 1000.0 kB when rounded: written as 1.0 MB.
            if tenths < 10_000 { return "\(tenths / 10).\(tenths % 10) \(name)" }
            unit *= 1_000
        }
        let tenths = Self.rounded(bytes, to: unit / 10)
        return "\(tenths / 10).\(tenths % 10) EB"
    }

    /// How many times `step` fits, rounded half up, without a sum that could overflow.
    private static func rounded(_ number: Int, to step: Int) -> Int {
        number / step + (number % step >= step / 2 ? 1 : 0)
    }
}
