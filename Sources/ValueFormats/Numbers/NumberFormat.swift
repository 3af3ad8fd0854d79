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
        /// A space, a no-break space (U+00A0) or a narrow no-break space (U+202F).
        case space = " "
        case apostrophe = "'"
    }
}
