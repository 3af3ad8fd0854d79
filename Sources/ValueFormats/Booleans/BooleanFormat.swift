/// Spellings of the booleans of a column that the import configuration is set to read (assumed), besides `TRUE` and `FALSE`, which always are.
package struct BooleanFormat: Sendable, Equatable {
    /// Compared byte by byte, as ``falseSpellings`` are. None is empty, and none is among both.
    package var trueSpellings: [String]
    package var falseSpellings: [String]

    package init(trueSpellings: [String] = [], falseSpellings: [String] = []) {
        self.trueSpellings = trueSpellings
        self.falseSpellings = falseSpellings
    }
}
