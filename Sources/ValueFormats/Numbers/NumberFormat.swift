/// How the numbers of a column are written: the mirror of an import configuration's number format.
package struct NumberFormat: Sendable, Equatable {
    package var decimal: DecimalSeparator
    /// Between groups of three digits before the decimal separator; `nil` if digits are not grouped. Never equal to ``decimal``.
    package var group: GroupSeparator?
    /// Text before the digits, for instance `$`.
    package var prefix: String?
    /// Text after the digits, for instance `K`.
    package var suffix: String?
    /// Whether the column holds per cent: `5` and `5%` both mean 0.05 (that the sign may be written is assumed).
    package var isPercent: Bool
    /// What the configuration multiplies the numbers by; `nil` for nothing.
    package var multiplier: Multiplier?

    package init(
        decimal: DecimalSeparator = .point, group: GroupSeparator? = nil, prefix: String? = nil, suffix: String? = nil,
        isPercent: Bool = false, multiplier: Multiplier? = nil
    ) {
        self.decimal = decimal
        self.group = group
        self.prefix = prefix
        self.suffix = suffix
        self.isPercent = isPercent
        self.multiplier = multiplier
    }

    /// The raw value is the separator as a profile writes it.
    package enum DecimalSeparator: String, Sendable, CaseIterable {
        case point = "."
        case comma = ","
    }

    /// The raw value is the separator as a profile writes it.
    package enum GroupSeparator: String, Sendable, CaseIterable {
        case comma = ","
        case point = "."
        /// Where a file has another space, whether an import takes it is not public.
        case space = " "
        case noBreakSpace = "\u{A0}"
        case narrowNoBreakSpace = "\u{202F}"
        case apostrophe = "'"

        /// What stands for it where digits are read: its byte; of the no-break spaces their last one, which begins no character.
        package var byte: UInt8 {
            switch self {
            case .comma: UInt8(ascii: ",")
            case .point: UInt8(ascii: ".")
            case .space: UInt8(ascii: " ")
            case .noBreakSpace: 0xA0
            case .narrowNoBreakSpace: 0xAF
            case .apostrophe: UInt8(ascii: "'")
            }
        }

        /// As a message shows it: spaces look the same.
        package var words: String {
            switch self {
            case .noBreakSpace: "U+00A0 (no-break space)"
            case .narrowNoBreakSpace: "U+202F (narrow no-break space)"
            case .comma, .point, .space, .apostrophe: "\"\(rawValue)\""
            }
        }
    }
}
