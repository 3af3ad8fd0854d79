import ImportProfiles
import Preflight
import SafeText

/// The findings of one kind that need the same fix, in one column or several.
struct FindingGroup {
    /// In the order of the columns; of columns with the same finding the first.
    private(set) var entries: [Entry]

    /// One finding, and the columns that have the same.
    struct Entry {
        var finding: Finding
        var twins: [ColumnReference] = []
    }

    var first: Finding { entries[0].finding }

    /// The rows of the entry that has most of them.
    private var mostRows: Int { entries.map(\.finding.rows).max() ?? 0 }

    /// Errors first, of each severity what is wrong with the file or its rows before what is wrong with values, then by rows.
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

    /// What makes two columns the same to the reader: as many values, and the same ones first.
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
