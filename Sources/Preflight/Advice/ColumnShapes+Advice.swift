import CSVTokenizer
import ImportProfiles
import ValueFormats

extension ColumnShapes {
    /// What single settings would make of the columns that have values which fail or may fail.
    ///
    /// - Parameter defaults: of the profile, for the lines to paste.
    func advice(defaults: ColumnDefaults) -> [ColumnAdvice] {
        let (masks, looks) = (masksByColumn(), looksByColumn())
        var advice: [ColumnAdvice] = []
        for column in columns.indices {
            let isTried = advice.count < Self.mostTriedColumns
            if let found = self.advice(column: column, masks[column], looks[column], isTried: isTried, defaults: defaults) {
                advice.append(found)
            }
        }
        return advice
    }

    /// Columns with failures for which other settings are tried: some hundred settings each.
    private static let mostTriedColumns = FindingLog.mostColumns

    private func advice(
        column index: Int, _ masks: [Mask], _ looks: [Look], isTried: Bool, defaults: ColumnDefaults
    ) -> ColumnAdvice? {
        let plan = plan.columns[index]
        let column = columns[index]
        let cells = column.cells
        guard cells.max > 0, plan.rule.skipReasonOfFailure != nil, plan.maskForm != nil else { return nil }
        var advice = ColumnAdvice(column: layout.reference(plan.number), cells: cells, settings: [])
        if !isTried || column.isCut.parsing || column.isCut.others {
            advice.wereSettingsTried = false
        } else {
            let trial = SettingTrial(profile: plan.profile, masks: masks, cells: cells)
            let best = trial.best
            advice.settings = best.found.map { found in
                ColumnAdvice.Setting(
                    words: found.change.words, profileLine: ProfileWriter.columnLine(for: found.change.column, defaults: defaults),
                    cells: found.cells)
            }
            advice.openSettings = best.openCount
            advice.openCells = best.openCells
            advice.formulaErrors = trial.formulaErrors
        }
        // Of some of them it would not be known how many values look like them.
        advice.shapes = column.isCut.looks ? [] : LikeGroups(looks, areItems: plan.maskForm == .item).shapes
        advice.otherShapes = cells.max - advice.shapes.reduce(0) { $0 + $1.count }
        return advice
    }
}
