/// How the configuration's property matches values with items (assumed): byte by byte, unless it is set to be lenient.
package struct ItemMatching: Sendable, Equatable {
    /// Whether spaces around a value or an item are ignored.
    package var trimsBlanks: Bool
    /// Whether letter case does not matter.
    package var ignoresCase: Bool

    package init(trimsBlanks: Bool = false, ignoresCase: Bool = false) {
        self.trimsBlanks = trimsBlanks
        self.ignoresCase = ignoresCase
    }
}
