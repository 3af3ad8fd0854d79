import SafeText

/// Why the import skipped a cell or a row, as the server's report names it.
///
/// An open set: an unknown reason is kept as its text. Source of the five known names: Pigment's
/// published OpenAPI ("Pigment External API").
public struct SkipReason: RawRepresentable, Hashable, Sendable {
    /// As the server spells it, whole: for machines and for comparing.
    public var rawValue: String

    /// A reason as the server spells it; any text is one.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// For people: escaped and cut.
    package var shown: String { VisibleText(rawValue).text }

    /// A cell could not be read as the type it is mapped to (reading of the name: assumed).
    public static let parsingError = SkipReason(rawValue: "ParsingError")
    /// A dimension item is unknown; the row stays and the cell gets a default or blank item (assumed).
    package static let missingItemUsesDefault = SkipReason(rawValue: "MissingModalityUseDefaultOrNullModality")
    /// A dimension item is unknown; the row is dropped (assumed).
    package static let missingItemSkipsRow = SkipReason(rawValue: "MissingModalitySkippedDataRow")
    /// The key's owner may not write there (assumed).
    package static let missingWriteAccess = SkipReason(rawValue: "MissingWriteAccessRights")
    /// A dimension item is missing from the snapshot (assumed).
    package static let missingItemInSnapshot = SkipReason(rawValue: "MissingModalitiesFromSnapshot")

    /// The known reasons, in the order of the published API.
    package static let known: [SkipReason] = [
        .parsingError, .missingItemUsesDefault, .missingItemSkipsRow, .missingWriteAccess, .missingItemInSnapshot,
    ]
}
