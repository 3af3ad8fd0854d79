/// What other settings of the profile would make of a column that has values which fail, counted on every row.
public struct ColumnAdvice: Sendable, Equatable {
    public var column: ColumnReference
    /// Cells that fail, and those that may fail with them, as the profile stands.
    public var cells: Bounds
    /// Single settings that would leave fewer, the best first, at most ``mostSettings``; empty where none would.
    public var settings: [Setting]
    /// What the failures have in common, where something is telling.
    public var slice: FailureSlice?

    static let mostSettings = 3

    public init(column: ColumnReference, cells: Bounds, settings: [Setting], slice: FailureSlice? = nil) {
        self.column = column
        self.cells = cells
        self.settings = settings
        self.slice = slice
    }

    /// One setting changed, everything else as the profile has it.
    public struct Setting: Sendable, Equatable {
        /// The setting in a few words, for instance `decimal "," and group "."`. Safe to print.
        public var words: String
        /// The column's line of the profile with it, ready to be pasted.
        public var profileLine: String
        /// Cells of the column that a check with this line reports to fail, and those that may fail with them.
        public var cells: Bounds

        public init(words: String, profileLine: String, cells: Bounds) {
            self.words = words
            self.profileLine = profileLine
            self.cells = cells
        }
    }
}
