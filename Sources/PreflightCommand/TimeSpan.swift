import ArgumentParser
import Preflight

/// A duration on the command line: `90`, `90s`, `0.5s`, `10m` or `2h`.
struct TimeSpan: ExpressibleByArgument, CustomStringConvertible {
    let value: Duration

    init(_ value: Duration) {
        self.value = value
    }

    init?(argument: String) {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
        let unit = argument.last.flatMap { units[$0] }
        guard let number = PlainDecimal.number(argument.dropLast(unit == nil ? 0 : 1)) else { return nil }
        let seconds = number * (unit ?? 1)
        guard seconds <= 366 * 86_400 else { return nil }
        value = .milliseconds(Int(seconds * 1000))
    }

    var description: String {
        "\(value.components.seconds)s"
    }

    var defaultValueDescription: String { description }
}
