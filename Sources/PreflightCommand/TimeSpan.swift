import ArgumentParser
import ByteSources
import ImportProfiles
import PigmentImport
import Preflight
import SafeText
import ValueFormats

/// A duration on the command line: `50ms`, `90`, `90s`, `0.5s`, `10m` or `2h`; a number without a unit means seconds.
struct TimeSpan: ExpressibleByArgument, CustomStringConvertible {
    let value: Duration

    init(_ value: Duration) {
        self.value = value
    }

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let unit = Self.milliseconds[String(argument.dropFirst(digits.count))], let number = PlainDecimal.number(digits) else {
            return nil
        }
        let milliseconds = number * unit
        guard milliseconds <= 366 * 86_400_000 else { return nil }
        value = .milliseconds(Int(milliseconds.rounded()))
        // A duration above zero must not round to zero.
        if value == .zero, number > 0 { return nil }
    }

    /// The milliseconds of each unit.
    private static let milliseconds: [String: Double] = ["": 1000, "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000]

    /// As on a command line.
    var description: String {
        let milliseconds = Int(value.components.seconds) * 1000 + Int(value.components.attoseconds / 1_000_000_000_000_000)
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }

    var defaultValueDescription: String { description }
}
