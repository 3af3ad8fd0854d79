/// How much a finding weighs. Ordered: a note weighs less than a warning, a warning less than an error.
public enum Severity: String, Sendable, CaseIterable, Comparable {
    /// Worth knowing; never blocks.
    case note
    /// Probably not meant; blocks only under `--fail-on warning`.
    case warning
    /// Would fail, damage or shift the import; blocks the push.
    case error

    /// Whether the left one weighs less.
    public static func < (left: Severity, right: Severity) -> Bool {
        left.weight < right.weight
    }

    private var weight: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}
