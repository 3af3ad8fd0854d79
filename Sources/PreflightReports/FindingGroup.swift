import ImportProfiles
import Preflight
import SafeText

/// The findings of one kind that need the same fix, in one column or several.
struct FindingGroup {
    /// In the order of the columns. Columns with the same finding share an entry, which has the place of the first.
    private(set) var entries: [Entry]

    /// A finding, and the other columns that have the same one.
    struct Entry {
        var finding: Finding
        var twins: [ColumnReference] = []
    }

    var first: Finding { entries[0].finding }

    /// The rows of the entry with the most rows.
    private var mostRows: Int { entries.map(\.finding.rows).max() ?? 0 }

    /// By severity, then findings about the file or its rows before those about values, then by the number of rows.
    static func groups(of findings: [Finding]) -> [FindingGroup] {
        var groups: [FindingGroup] = []
        var places: [Key: Int] = [:]
        var twins: [TwinKey: Int] = [:]
        for finding in findings {
            let key = Key(code: finding.code, severity: finding.severity, help: finding.help)
            let place = places[key] ?? groups.count
            if place == groups.count {
                places[key] = place
                groups.append(FindingGroup(entries: []))
            }
            if let column = finding.column {
                let twin = TwinKey(group: place, finding)
                if let entry = twins[twin] {
                    groups[place].entries[entry].twins.append(column)
                    continue
                }
                twins[twin] = groups[place].entries.count
            }
            groups[place].entries.append(Entry(finding: finding))
        }
        return groups.enumerated().sorted { left, right in
            let (one, other) = (left.element, right.element)
            if one.first.severity != other.first.severity { return one.first.severity > other.first.severity }
            if one.first.isStructural != other.first.isStructural { return one.first.isStructural }
            if one.mostRows != other.mostRows { return one.mostRows > other.mostRows }
            return left.offset < right.offset
        }.map(\.element)
    }

    private struct Key: Hashable {
        var code: String
        var severity: Severity
        var help: String
    }

    /// Two columns with equal keys look the same to the reader: the same counts, and the same first values.
    private struct TwinKey: Hashable {
        var group: Int
        var count: Int
        var rows: Int
        var message: String
        var examples: [Example]

        struct Example: Hashable {
            var line: Int
            var value: String?
            var reason: String?
        }

        init(group: Int, _ finding: Finding) {
            self.group = group
            count = finding.count
            rows = finding.rows
            message = finding.message
            examples = finding.examples.map { Example(line: $0.place.line, value: $0.value?.text, reason: $0.reason) }
        }
    }
}
