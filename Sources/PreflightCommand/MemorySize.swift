import ArgumentParser
import Preflight
import SafeText
import ValueFormats

/// An amount of memory as an argument: a number of bytes, or one followed by KiB, MiB or GiB.
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

    private static let factors = ["": 1, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30]

    /// As on a command line.
    var description: String {
        byteCount % (1 << 20) == 0 ? "\(byteCount >> 20)MiB" : "\(byteCount)"
    }

    var defaultValueDescription: String { description }
}
