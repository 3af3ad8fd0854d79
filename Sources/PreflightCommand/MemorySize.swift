import ArgumentParser
import Preflight
import SafeText
import ValueFormats

/// An amount of memory, or of a file, as an argument: a number of bytes, or one followed by KiB, MiB, GiB (powers of 1024) or kB, MB, GB (of 1000).
struct MemorySize: ExpressibleByArgument, CustomStringConvertible {
    let byteCount: Int

    init(byteCount: Int) {
        self.byteCount = byteCount
    }

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && $0.isNumber }
        guard let number = PlainDecimal.integer(digits), number > 0,
            let factor = Self.factors[argument.dropFirst(digits.count).lowercased()]
        else {
            return nil
        }
        let (byteCount, overflows) = number.multipliedReportingOverflow(by: factor)
        if overflows { return nil }
        self.byteCount = byteCount
    }

    private static let factors = [
        "": 1, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000,
    ]

    /// As on a command line.
    var description: String {
        byteCount % (1 << 20) == 0 ? "\(byteCount >> 20)MiB" : "\(byteCount)"
    }

    var defaultValueDescription: String { description }
}
