/// How the configuration's property matches values with items (assumed): byte by byte, unless it is set to be lenient.
public struct ItemMatching: Sendable, Equatable {
    /// Whether blanks around a value or an item do not matter.
    public var trimsBlanks: Bool
    /// Whether letter case does not matter.
    public var ignoresCase: Bool

    public init(trimsBlanks: Bool = false, ignoresCase: Bool = false) {
        self.trimsBlanks = trimsBlanks
        self.ignoresCase = ignoresCase
    }
}
