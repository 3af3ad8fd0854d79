package import ImportProfiles
package import ValueFormats

/// How often each mask of values occurs in a column: enough to count, without the file, what any other setting makes of it.
package struct ColumnMasks: Sendable, Equatable {
    /// Values that every setting of the column's kind judges alike.
    package struct Mask: Sendable, Equatable {
        /// The first of them in the file; of plain values any.
        package var value: [UInt8]
        /// Under the profile.
        package var verdict: Verdict
        package var count: Int

        package init(value: [UInt8], verdict: Verdict, count: Int) {
            self.value = value
            self.verdict = verdict
            self.count = count
        }
    }

    /// Number of the column, from 1.
    package var column: Int
    package var profile: ColumnProfile
    package var masks: [Mask]
    /// Whether all masks are here: a column with more of them than are kept usually holds text.
    package var isWhole: Bool

    package init(column: Int, profile: ColumnProfile, masks: [Mask], isWhole: Bool) {
        self.column = column
        self.profile = profile
        self.masks = masks
        self.isWhole = isWhole
    }

    static func all(of shapes: ColumnShapes) -> [ColumnMasks] {
        zip(shapes.masksByColumn(), shapes.columns.indices).compactMap { masks, index in
            let plan = shapes.plan.columns[index]
            guard plan.maskForm != nil else { return nil }
            let isCut = shapes.columns[index].isCut
            return ColumnMasks(
                column: plan.number, profile: plan.profile,
                masks: masks.map { Mask(value: Array($0.value), verdict: $0.verdict, count: $0.count) },
                isWhole: !isCut.parsing && !isCut.others)
        }
    }
}
