import SafeText

/// What a file must satisfy before any byte of it is sent.
public struct GatePolicy: Sendable, Equatable {
    /// Findings of this severity or above block. Findings that predict a counted skip are governed by ``maxSkipped`` instead.
    public var failOn: Severity
    /// How many predicted row skips are acceptable.
    public var maxSkipped: SkipLimit
    /// Whether values that may or may not parse count as skips: the upper bound, else the lower.
    public var countsUncertain: Bool

    /// A policy; by default a file passes if it has no error and no row of it may be skipped.
    public init(failOn: Severity = .error, maxSkipped: SkipLimit = .rows(0), countsUncertain: Bool = true) {
        self.failOn = failOn
        self.maxSkipped = maxSkipped
        self.countsUncertain = countsUncertain
    }
}

/// A limit on skipped rows, absolute or in per cent of the data rows.
public enum SkipLimit: Sendable, Equatable, CustomStringConvertible {
    case rows(Int)
    /// 0 to 100.
    case percent(Double)

    /// Reads `12` or `0.5%`; `nil` for anything else: signs, exponents and hexadecimal digits are refused.
    public init?(argument: String) {
        if argument.utf8.last == UInt8(ascii: "%") {
            guard let value = PlainDecimal.number(argument.dropLast()), value <= 100 else { return nil }
            self = .percent(value)
        } else {
            guard let value = PlainDecimal.integer(argument[...]) else { return nil }
            self = .rows(value)
        }
    }

    /// The most skipped rows that a file of `rows` data rows may have: the share rounded down.
    public func allowedRows(of rows: Int) -> Int {
        switch self {
        case .rows(let count): count
        case .percent(let share): Self.roundedDown(Double(rows) * share / 100)
        }
    }

    /// 0.57% of 10,000 is 56.999… in binary fractions, but means 57. A share, a product and a quotient are each at most half a unit in
    /// the last place away from their exact value: together less than four of the result's.
    private static func roundedDown(_ product: Double) -> Int {
        Int((product + 4 * product.ulp).rounded(.down))
    }

    /// As the argument of `--max-skipped` is written: `12` or `0.5%`.
    public var description: String {
        switch self {
        case .rows(let count): String(count)
        case .percent(let share): PlainDecimal.text(of: share) + "%"
        }
    }
}
