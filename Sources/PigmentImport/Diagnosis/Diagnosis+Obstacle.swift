import ImportProfiles
import Preflight
import SafeText

extension Diagnosis {
    /// Why the table in a file is not the one that was meant: then a diagnosis of it says little.
    package struct Obstacle: Sendable, Equatable {
        /// Of the finding.
        package var code: String
        /// Without a full stop, safe to print.
        package var words: String

        private static let families = ["PF0", "PF1", "PF2"]

        /// - Parameter isColumnMissing: whether the import speaks of columns that were not found.
        init?(_ report: Report, isColumnMissing: Bool) {
            if report.isComplete, !isColumnMissing { return nil }
            // What the source, the encoding and the quoting do to a table; a missing column of the profile is the consequence.
            let finding = report.findings.first { $0.severity == .error && Self.families.contains(String($0.kind.code.prefix(3))) }
            guard let finding else { return nil }
            (code, words) = (finding.kind.code, finding.message)
        }
    }
}
