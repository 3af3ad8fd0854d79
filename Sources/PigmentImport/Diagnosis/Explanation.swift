package import ImportProfiles
package import Preflight
package import ValueFormats

/// A hypothesis about why cells of one column were skipped, counted on the file.
package struct Explanation: Sendable {
    /// What it blames.
    package enum Kind: String, Sendable, CaseIterable {
        /// What the profile predicts.
        case asPredicted = "as-predicted"
        /// The import configuration has another setting than the profile.
        case configuration
        /// Spellings whose reading is not published.
        case doubts
        /// The list of items is out of date.
        case items
        /// The configuration reads the column as another type: every value fails.
        case everyValue = "every-value"
        /// The samples alone account for the cells; nothing says why.
        case samples
    }

    /// How sure it is.
    package enum Certainty: String, Sendable, Comparable, CaseIterable {
        /// It accounts for the count and every sample, and nothing else that was tried does: no setting, no set of doubts.
        case certain
        /// Of what accounts for them, it supposes clearly the least.
        case likely
        /// Something else accounts for them that supposes hardly more, or it does not account for all cells.
        case possible

        private var rank: Int {
            switch self {
            case .certain: 2
            case .likely: 1
            case .possible: 0
            }
        }

        package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    }

    package var kind: Kind
    /// The settings that differ from the profile, in words; several lines of equal right where the values cannot tell them apart.
    package var settings: [[String]] = []
    /// The column of the profile with each of these.
    package var columns: [ColumnProfile] = []
    /// The doubts that occur and are rejected, or accepted.
    package var rejected: DoubtSet = []
    package var accepted: DoubtSet = []
    /// Items: missing from the file of the profile, or from Pigment.
    package var items: [[UInt8]] = []
    /// Cells that were skipped if it is right.
    package var cells: Int
    /// Samples of the file among them.
    package var samples: Int
    /// Whether they are the reported number, with all samples of the file among them.
    package var isExact: Bool
    /// Whether the report counts rows: then there are more cells than it says.
    package var countsRows = false
    package var certainty = Certainty.possible
    /// Tells these cells.
    package var test: CellTest
    /// The first of them.
    package var first: [FoundCell] = []
    /// The first cell of each combination of doubts that it selects, and of those that fail.
    var telling: [FoundCell] = []
    /// Others that select the same cells, the simplest first: nothing in the file tells them apart from it.
    package var equals: [Explanation] = []
    /// A value that it and the first of these treat differently: a row with it would tell them apart.
    package var tellingValue: String?
    /// Whether the report's number of skipped rows comes out with its cells; `nil` where that was not asked.
    package var makesRows: Bool?
    /// Simpler explanations come first: see ``ExplanationCost``.
    var cost = 0.0
    /// Which cells it selects: two explanations with the same are told apart by nothing in the file.
    var selection = Selection.masks([])

    /// Cells of a column.
    enum Selection: Sendable, Equatable {
        /// Those with these masks, by their numbers.
        case masks([Int])
        case everyValue
        case samples
        /// Of an explanation with this number only.
        case other(Int)
    }
}
