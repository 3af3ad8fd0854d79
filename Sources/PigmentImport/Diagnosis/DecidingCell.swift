package import Preflight
import SafeText

/// A cell of the file that some of several explanations select and others do not: whether it was loaded, which Pigment shows, decides between them.
package struct DecidingCell: Sendable {
    package var cell: FoundCell
    /// Those that select it, by their places.
    package let selecting: [Int]
    /// How many explanations there are.
    package let count: Int

    /// The cell that leaves the fewest in the worst case; `nil` where none is known.
    init?(_ explanations: [Explanation]) {
        var best: (cell: FoundCell, selecting: [Int], rest: Int)?
        for explanation in explanations {
            // Of a longer value only the beginning is known.
            for cell in explanation.telling where cell.value.count < FoundCell.mostBytes {
                let selecting = explanations.indices.filter { explanations[$0].test.selects(cell.value.span) }
                let rest = max(selecting.count, explanations.count - selecting.count)
                guard rest < explanations.count, rest < best?.rest ?? .max else { continue }
                best = (cell, selecting, rest)
            }
        }
        guard let best else { return nil }
        cell = best.cell
        selecting = best.selecting
        count = explanations.count
    }

    /// One sentence, safe to print.
    package var words: String {
        let place = "Whether line \(cell.line) (\"\(VisibleText(cell.value, limit: 40).text)\") was loaded"
        guard count == 2 else {
            return
                "\(place) rules out some: \(selecting.count.grouped) of the \(count.grouped) "
                + "\(selecting.count == 1 ? "skips" : "skip") it."
        }
        return "\(place) decides: the \(selecting == [0] ? "first skips it, the second loads" : "second skips it, the first loads") it."
    }
}
