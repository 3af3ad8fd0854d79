import Preflight

extension Finding {
    /// The title of the kind, for a file with or without a header row.
    func title(hasHeader: Bool) -> String { kind.title(hasHeader: hasHeader) }

    /// Whether each place is one value, shown with its reason in a line.
    var listsValues: Bool { !isStructural && examples.allSatisfy { $0.value != nil } }

    /// Whether the finding is about the file or its rows as a whole, not about values.
    var isStructural: Bool { code < "PF4" }
}
