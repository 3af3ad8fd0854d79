extension ColumnShapes {
    /// What single settings would make of the columns that have values which fail or may fail.
    ///
    /// - Parameter defaults: of the profile, for the lines to paste.
    func advice(defaults: ColumnDefaults) -> [ColumnAdvice] {
        let masks = masksByColumn()
        var advice: [ColumnAdvice] = []
        for column in columns.indices {
            let isTried = advice.count < Self.mostTriedColumns
            if let found = self.advice(column: column, masks[column], isTried: isTried, defaults: defaults) { advice.append(found) }
        }
        return advice
    }

    /// Columns with failures for which other settings are tried: some hundred settings each.
    private static let mostTriedColumns = FindingLog.mostColumns

    private func advice(column index: Int, _ masks: [Mask], isTried: Bool, defaults: ColumnDefaults) -> ColumnAdvice? {
        let plan = plan.columns[index]
        let column = columns[index]
        let cells = column.cells
        guard cells.max > 0, plan.rule.pointee.skipReasonOfFailure != nil, plan.shapeKind != nil else { return nil }
        var advice = ColumnAdvice(column: layout.reference(plan.number), cells: cells, settings: [])
        if !isTried || column.isCut.parsing || column.isCut.others {
            advice.wereSettingsTried = false
        } else {
            advice.settings = settings(for: plan.profile, masks, cells: cells, defaults: defaults)
        }
        // Of some of the masks it would not be known how many values look like them.
        advice.shapes = column.isCut.others ? [] : failingShapes(masks)
        advice.otherShapes = cells.max - advice.shapes.reduce(0) { $0 + $1.count }
        return advice
    }

    private func settings(
        for profile: ColumnProfile, _ masks: [Mask], cells: Bounds, defaults: ColumnDefaults
    ) -> [ColumnAdvice.Setting] {
        let changes =
            SettingChanges.usual(for: profile) + SettingChanges.suggested(for: profile, by: failing(masks).map(\.value))
        let better = changes.enumerated().compactMap { place, change in
            Self.cells(left: change, masks, fewerThan: cells.max).map { (place: place, change: change, cells: $0) }
        }
        let best = better.sorted { ($0.cells.max, $0.cells.min, $0.place) < ($1.cells.max, $1.cells.min, $1.place) }
        return best.prefix(ColumnAdvice.mostSettings).map { found in
            ColumnAdvice.Setting(
                words: found.change.words, profileLine: ProfileWriter.columnLine(for: found.change.column, defaults: defaults),
                cells: found.cells)
        }
    }

    /// What a changed setting leaves; `nil` where that is no less than there is.
    private static func cells(left change: SettingChange, _ masks: [Mask], fewerThan most: Int) -> Bounds? {
        var left = Bounds.zero
        for mask in masks {
            left.add(mask.value.withUnsafeBytes { change.rule.judge($0).verdict }, count: mask.count)
            if left.max >= most { return nil }
        }
        return left
    }

    /// What values that fail look like: masks that differ only in how many digits stand together are one.
    private func failingShapes(_ masks: [Mask]) -> [ColumnAdvice.Shape] {
        var places: [[UInt8]: Int] = [:]
        var found: [ColumnAdvice.Shape] = []
        for mask in failing(masks) {
            let key = Self.squeezed(mask.text)
            if let place = places[key] {
                found[place].count += mask.count
            } else {
                places[key] = found.count
                found.append(
                    ColumnAdvice.Shape(
                        text: VisibleText(mask.value.map { ASCIIWords.isDigit($0) ? UInt8(ascii: "9") : $0 }, limit: 40),
                        value: VisibleText(Array(mask.value), limit: 40), count: mask.count))
            }
        }
        // Stable: among equals the first comes first.
        let sorted = found.enumerated().sorted { (-$0.element.count, $0.offset) < (-$1.element.count, $1.offset) }
        return sorted.prefix(ColumnAdvice.mostShapes).map(\.element)
    }

    /// A mask with one digit for each run of them, without what the calendar says.
    private static func squeezed(_ mask: ArraySlice<UInt8>) -> [UInt8] {
        var squeezed: [UInt8] = []
        for byte in mask.prefix(while: { $0 != UInt8(ascii: "|") }) {
            let digit = UInt8(ascii: "9")
            if !ASCIIWords.isDigit(byte) { squeezed.append(byte) } else if squeezed.last != digit { squeezed.append(digit) }
        }
        return squeezed
    }

    /// Those whose values fail or may fail, the most frequent first.
    private func failing(_ masks: [Mask]) -> [Mask] {
        masks.enumerated().filter { $0.element.verdict == .fails || $0.element.verdict == .doubtful }
            .sorted { (-$0.element.count, $0.offset) < (-$1.element.count, $1.offset) }.map(\.element)
    }
}

extension Bounds {
    /// Counts cells with a verdict: those that fail in both bounds, those that may in the upper one.
    fileprivate mutating func add(_ verdict: Verdict, count: Int) {
        switch verdict {
        case .parses, .empty: break
        case .doubtful: max += count
        case .fails:
            min += count
            max += count
        }
    }
}
