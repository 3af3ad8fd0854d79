/// Spellings of the booleans of a column that the import configuration is set to read (assumed), besides `TRUE` and `FALSE`, which always are.
public struct BooleanFormat: Sendable, Equatable {
    /// Compared byte by byte, as ``falseSpellings`` are. None is empty, and none is among both.
    public var trueSpellings: [String]
    public var falseSpellings: [String]

    public init(trueSpellings: [String] = [], falseSpellings: [String] = []) {
        self.trueSpellings = trueSpellings
        self.falseSpellings = falseSpellings
    }
}
