/// What was tried to explain the cells of a column. An importer that is not in it may have skipped others.
///
/// ```
///   no setting, or any one       × every set of doubts     each counted on the file, see ColumnSearch
///   any two settings             × every set of doubts     by the masks of the values, and only where nothing else disputes
///   three settings and more      not tried: what is certain is certain but for these
/// ```
struct SearchSpace: Sendable {
    /// Whether every setting was tried by itself, with every set of doubts.
    var isWhole = false
    /// What two settings select that make the number, too; `nil` where not all were tried.
    var pairs: [Explanation.Selection]?

    /// Whether nothing in it selects other cells than these, besides what was counted on the file.
    func allows(only selection: Explanation.Selection) -> Bool {
        isWhole && pairs?.allSatisfy { $0 == selection } ?? false
    }
}
