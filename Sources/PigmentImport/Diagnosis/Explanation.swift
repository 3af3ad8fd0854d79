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
        /// The configuration needs a value: the empty cells were skipped, alone or besides those that the profile predicts.
        case emptyCells = "empty-cells"
        /// The samples alone account for the cells; nothing says why.
        case samples
    }

    /// How sure it is.
    package enum Certainty: String, Sendable, Comparable, CaseIterable {
        /// It accounts for the count and every sample, and of what was tried nothing that does selects other cells: no setting, no two of them, no
        /// set of doubts, however much it supposes.
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
    /// Of these the ones that no value has under the profile: they come with the setting.
    var novel: DoubtSet = []
    /// Keys of the profile that differ.
    var keys = 0
    /// How many of the cells have each of the rejected doubts.
    package var rejections: [Rejection] = []
    /// Why the cells fail, the most frequent reason first; empty where that was not counted.
    package var reasons: [Reason] = []
    /// Empty cells among them.
    package var emptyCells = 0
    /// Items that the file of the profile lacks and Pigment has by now.
    package var addedItems: [CountedItem] = []
    /// Items of the profile's file that Pigment lacks.
    package var deletedItems: [CountedItem] = []
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
    /// Of its settings the one that explains other columns, too.
    package var shared: [String]?
    /// Simpler explanations come first: see ``ExplanationCost``.
    var cost = 0.0
    /// What it costs less because a setting of it explains other columns, too.
    var sharing = 0.0
    /// A doubt that is rejected.
    package struct Rejection: Sendable, Equatable {
        package var doubt: Doubt
        package var cells: Int
    }

    /// Why values fail.
    package struct Reason: Sendable, Equatable {
        package var reason: JudgementReason
        package var cells: Int
    }

    /// An item in which the list of the profile and that of Pigment differ.
    package struct CountedItem: Sendable, Equatable {
        package var name: [UInt8]
        package var cells: Int
    }

    /// All items of which it speaks.
    package var items: [[UInt8]] { (addedItems + deletedItems).map(\.name) }

    /// Which cells it selects: two explanations with the same are told apart by nothing in the file.
    var selection = Selection.masks([])

    /// Cells of a column.
    enum Selection: Sendable, Equatable {
        /// Those with these masks, by their numbers.
        case masks([Int])
        case everyValue
        case samples
        case emptyCells
        /// Of an explanation with this number only.
        case other(Int)
    }
}
