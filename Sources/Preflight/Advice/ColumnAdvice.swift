package import ImportProfiles
package import SafeText

/// What other settings of the profile would make of a column that has values which fail, counted on every row.
package struct ColumnAdvice: Sendable, Equatable {
    package var column: ColumnReference
    /// Cells that fail under the profile, and cells that may fail.
    package var cells: Bounds
    /// What the values that fail look like, the most frequent first, of equal ones the first in the file, at most `mostShapes`; the others are
    /// counted in ``otherShapes``. Empty where there are more kinds of them than are kept.
    package var shapes: [Shape] = []
    /// Values that fail or may fail and look like none of ``shapes``.
    package var otherShapes = 0
    /// Single settings that would leave fewer, the best first, at most `mostSettings`; empty where none would.
    package var settings: [Setting]
    /// Whether other settings were tried: not in a column that has more kinds of values than are kept, which usually holds text, and not after
    /// 500 columns with failures.
    package var wereSettingsTried = true
    /// How many of the first ``settings`` are candidates in an open question: the values of the column allow each of them, and would load as
    /// different ones. Only someone who knows the data can tell which is right, so none is recommended. 0 where the first is.
    package var openSettings = 0
    /// Values that these read differently.
    package var openCells = 0
    /// Cells that hold the error of a formula, such as `#REF!`: the export contains broken formulas.
    package var formulaErrors = 0
    /// What the failures have in common, where something is telling.
    package var slice: FailureSlice?

    static let mostSettings = 3
    static let mostShapes = 4
    /// In a ``Shape``, as many digits as there are: some values have more than others.
    package static let anyDigits = "9…9"

    package init(column: ColumnReference, cells: Bounds, settings: [Setting], slice: FailureSlice? = nil) {
        self.column = column
        self.cells = cells
        self.settings = settings
        self.slice = slice
    }

    /// Values that differ only in their digits and in the number of digits in a row. For a dimension, one unknown item.
    package struct Shape: Sendable, Equatable {
        /// What they look like, digits as 9: `999.999,99`. Where some have more digits in one place than others, `9…9`: `9…9.999,99`.
        package var text: VisibleText
        /// One of them, as it is in the file.
        package var value: VisibleText
        package var count: Int

        package init(text: VisibleText, value: VisibleText, count: Int) {
            self.text = text
            self.value = value
            self.count = count
        }
    }

    /// One setting changed, everything else as the profile has it.
    package struct Setting: Sendable, Equatable {
        /// The setting in a few words, for instance `decimal "," and group "."`. Safe to print.
        package var words: String
        /// The column's line of the profile with it, ready to be pasted.
        package var profileLine: String
        /// Cells of the column that a check with this line reports to fail, and those that may fail with them.
        package var cells: Bounds

        package init(words: String, profileLine: String, cells: Bounds) {
            self.words = words
            self.profileLine = profileLine
            self.cells = cells
        }
    }
}
