public import ImportProfiles
import SafeText

/// What the catalogue says of one code.
public struct CatalogueEntry: Sendable {
    public var code: FindingCode
    /// Kebab case, as stable as the code.
    public var slug: String
    public var severity: Severity
    /// One line, without a full stop.
    public var title: String
    /// The title where the file has no header row and its first row is compared with instead; `nil` where that changes nothing.
    var titleWithoutHeader: String?
    /// Why the import cares. Says "assumed" where Pigment's behaviour is not public.
    public var why: String
    /// What to do next.
    public var help: String
    /// The skip reason that the gate expects of each occurrence; `nil` where the finding predicts no counted skip.
    public var predicts: SkipReason?

    /// The title in a report on a file with or without a header row.
    package func title(hasHeader: Bool) -> String {
        hasHeader ? title : titleWithoutHeader ?? title
    }
}

extension FindingCode {
    /// The row of ``catalogue`` that describes this code.
    public var entry: CatalogueEntry {
        // The catalogue has every code: a test compares the two lists.
        Self.catalogue.first { $0.code == self }!
    }

    /// The code written as `PF203` or by its slug; letter case does not matter.
    public init?(argument: String) {
        let wanted = argument.lowercased()
        guard let match = Self.catalogue.first(where: { $0.code.rawValue.lowercased() == wanted || $0.slug == wanted }) else {
            return nil
        }
        self = match.code
    }
}
