import Preflight

extension Explanation {
    /// Bits by which what is likely supposes less than all that differs.
    static let clearMargin = 4.0

    /// One difference from the profile: a single setting, with all doubts accepted or all rejected; or a single key, with the doubts that come with
    /// it treated in one way and all others in the other; or no setting, with any doubts; or a single item.
    ///
    /// ```
    ///   boolean TRUE and FALSE only, rejects other-boolean (yes, no), accepts leading-blank and boolean-digit    single: of course it rejects them
    ///   decimal "." and group ",", rejects group-after-decimal and irregular-grouping, accepts parentheses      two keys, and strict in part
    /// ```
    private var isSingle: Bool {
        if kind == .items { return items.count == 1 }
        if settings.isEmpty { return true }
        return settings.contains { $0.count == 1 }
            && (rejected.isEmpty || accepted.isEmpty || keys == 1 && [rejected, accepted].contains(novel))
    }

    /// Whether it could be so as well as another that is cheaper: it is one difference too, or it supposes hardly more.
    private func rivals(_ other: Explanation) -> Bool {
        isExact && (isSingle || equals.contains(where: \.isSingle) || cost < other.cost + other.sharing + Self.clearMargin)
    }

    /// Whether it could be so as well and selects other cells.
    func disputes(_ other: Explanation) -> Bool { selection != other.selection && rivals(other) }

    /// Whether nothing that accounts for the cells selects others, however much it supposes: what is rare happens, too. Of what selects the same
    /// cells all supposes far more.
    fileprivate func isOnly(among others: [Explanation], in space: SearchSpace) -> Bool {
        guard isSingle, settings.count <= 1, [.asPredicted, .configuration, .doubts].contains(kind) else { return false }
        guard space.allows(only: selection), others.allSatisfy({ $0.selection == selection }) else { return false }
        // That the prediction came true is so whatever else would select the same cells.
        return kind == .asPredicted || !others.contains { $0.rivals(self) }
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
    ///   - space: what was tried.
    func certified(by samples: [SampleFinding], in space: SearchSpace) -> [Explanation] {
        let isProven = !samples.isEmpty && samples.allSatisfy { !$0.values.isEmpty }
        let isDoubted = samples.contains(where: \.isLost)
        var certified = self
        for index in indices where self[index].isExact {
            let own = self[index]
            let others = indices.filter { $0 != index && self[$0].isExact }.map { self[$0] }
            let isClear = index == 0 && !isDoubted && others.allSatisfy { $0.cost >= own.cost + Explanation.clearMargin }
            let isCertain = isProven && own.isOnly(among: others + own.equals, in: space)
            certified[index].certainty = isCertain ? .certain : isClear ? .likely : .possible
        }
        return certified
    }
}
