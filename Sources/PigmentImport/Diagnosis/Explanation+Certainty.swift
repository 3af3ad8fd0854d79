import Preflight

extension Explanation {
    /// Bits by which what is likely supposes less than all that differs.
    static let clearMargin = 4.0

    /// One difference from the profile: a single setting, with all doubts accepted or all rejected; or no setting, with any doubts; or a single
    /// item.
    private var isSingle: Bool {
        if kind == .items { return items.count == 1 }
        return settings.isEmpty || settings.contains { $0.count == 1 } && (rejected.isEmpty || accepted.isEmpty)
    }

    /// Whether it could be so as well as another that is cheaper: it is one difference too, or it supposes hardly more.
    private func rivals(_ other: Explanation) -> Bool {
        isExact && (isSingle || equals.contains(where: \.isSingle) || cost < other.cost + other.sharing + Self.clearMargin)
    }

    /// Whether it could be so as well and selects other cells.
    func disputes(_ other: Explanation) -> Bool { selection != other.selection && rivals(other) }

    /// Whether nothing else accounts for the cells, but what supposes far more.
    fileprivate func isOnly(among others: [Explanation]) -> Bool {
        guard isSingle, settings.count <= 1, [.asPredicted, .configuration, .doubts].contains(kind) else { return false }
        // That the prediction came true is so whatever else would select the same cells.
        return !others.contains { kind == .asPredicted ? $0.disputes(self) : $0.rivals(self) }
    }
}

extension [Explanation] {
    /// The simplest first.
    var byCost: [Explanation] {
        enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }.map(\.element)
    }

    /// Says of each how sure it is. They are in order, and no two select the same cells.
    ///
    /// - Parameters:
    ///   - samples: of the report.
    ///   - isInferred: whether not all settings were tried, or none are known.
    func certified(by samples: [SampleFinding], isInferred: Bool) -> [Explanation] {
        let isProven = !samples.isEmpty && samples.allSatisfy { !$0.values.isEmpty } && !isInferred
        let isDoubted = samples.contains(where: \.isLost)
        var certified = self
        for index in indices where self[index].isExact {
            let own = self[index]
            let others = indices.filter { $0 != index && self[$0].isExact }.map { self[$0] }
            let isClear = index == 0 && !isDoubted && others.allSatisfy { $0.cost >= own.cost + Explanation.clearMargin }
            certified[index].certainty = isProven && own.isOnly(among: others + own.equals) ? .certain : isClear ? .likely : .possible
        }
        return certified
    }
}
