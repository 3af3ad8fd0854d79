import ByteSources
import SafeText

/// Bytes of upload in a second, as a person states them: `900kB/s`, `1.5MB/s`. Decimal units.
package struct TransferRate: Sendable, Hashable, CustomStringConvertible {
    /// At least 1.
    package let bytesPerSecond: Int

    /// - Precondition: positive.
    package init(bytesPerSecond: Int) {
        precondition(bytesPerSecond > 0, "nothing would ever arrive")
        self.bytesPerSecond = bytesPerSecond
    }

    /// Reads a number and one of `B/s`, `kB/s`, `MB/s`, `GB/s`, with or without a space between them; `nil` for anything else. A small `b`
    /// is refused: it means bits to some.
    package init?(argument: String) {
        for (unit, factor) in [("kB/s", 1e3), ("MB/s", 1e6), ("GB/s", 1e9), ("B/s", 1)] where argument.hasSuffix(unit) {
            var digits = argument.dropLast(unit.count)
            if digits.last == " " { digits = digits.dropLast() }
            guard let number = PlainDecimal.number(digits) else { return nil }
            let bytes = (number * factor).rounded()
            guard bytes >= 1, bytes <= 1e15 else { return nil }
            self.init(bytesPerSecond: Int(bytes))
            return
        }
        return nil
    }

    /// What lines to a service usually carry: a slow office, a good office, a data centre.
    package static let usual = [5, 20, 100].map { TransferRate(bytesPerSecond: $0 * 1_000_000) }

    /// How long that many bytes are under way.
    package func duration(ofByteCount byteCount: Int) -> Duration {
        .seconds(Double(byteCount) / Double(bytesPerSecond))
    }

    package var description: String {
        "\(ByteCount(bytesPerSecond))/s"
    }
}
