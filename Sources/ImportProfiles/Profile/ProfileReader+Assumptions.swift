import SafeText
import ValueFormats
import Yams

/// What `count` in an import's report counts: Pigment does not publish it. The raw value is the word of a profile.
package enum SkipCount: String, Sendable, CaseIterable {
    /// Each cell that is skipped, in its column.
    case cells
    /// Each row that is skipped, in one of its columns (the first one that fails: assumed).
    case rows
}

extension ProfileReader {
    static let settlements: [(word: String, value: Bool)] = [("accepted", true), ("rejected", false)]
    private static let countKey = "count"

    /// What the profile settles for all columns.
    mutating func readAssumptions(_ node: Node) -> (Assumptions, SkipCount?) {
        var assumptions = Assumptions()
        let known = Doubt.allCases.map(\.name) + [Self.countKey]
        guard let entries = nodes.entries(of: node, "\"assume\"", known: known) else { return (assumptions, nil) }
        settle(entries, in: &assumptions)
        return (assumptions, entries[Self.countKey].flatMap { nodes.word($0.value, "\"count\"", as: SkipCount.self) })
    }

    /// What a column settles for itself.
    ///
    /// - Parameter type: `nil` where it has a mistake.
    mutating func readAssumptions(_ node: Node, into column: inout ColumnProfile, type: ColumnType?) {
        let refused = [Self.countKey: "\"count\" holds for the whole report: write it under \"assume\" of the profile, not of a column"]
        guard let entries = nodes.entries(of: node, "\"assume\"", known: Doubt.allCases.map(\.name), refused: refused) else { return }
        var own = Assumptions()
        settle(entries, in: &own)
        column.assume = own.over(column.assume)
        guard let type else { return }
        for doubt in own.settled.subtracting(type.kind.doubts).doubts {
            guard let entry = entries[doubt.name] else { continue }
            nodes.note("values of type \"\(type.rawValue)\" never have the doubt \"\(doubt.name)\": remove it", at: entry.key)
        }
    }

    private mutating func settle(_ entries: NodeReader.Entries, in assumptions: inout Assumptions) {
        for doubt in Doubt.allCases {
            guard let entry = entries[doubt.name] else { continue }
            assumptions[doubt] = nodes.choice(entry.value, "\"\(doubt.name)\"", of: Self.settlements)
        }
    }
}

extension Assumptions {
    /// The entries of a profile that settle these doubts.
    package var entries: [(key: String, value: String)] {
        settled.doubts.map { ($0.name, self[$0] == true ? "accepted" : "rejected") }
    }
}
