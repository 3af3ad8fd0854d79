package import Preflight

/// The pages of the skip reasons in Pigment's report, as `preflight explain` prints them.
package enum SkipReasonPage {
    /// The page of a known reason in Markdown that reads well as plain text; the last line has its line end.
    package static func text(for reason: SkipReason) -> String {
        let codes = FindingKind.all.filter { $0.predicts == reason }.map(\.code)
        let predicted = codes.isEmpty ? "Not predicted by any finding." : "Predicted by \(codes.joined(separator: ", "))."
        return """
            # \(reason.rawValue)

            \(meaning(of: reason))

            \(predicted)

            ## What to do

            \(help(for: reason))

            """
    }

    /// What the reason means, in one sentence. Pigment publishes the names and not their meaning, so each is called assumed.
    package static func meaning(of reason: SkipReason) -> String {
        switch reason {
        case .parsingError: "A value could not be read as the type of its column; its row is skipped (assumed)."
        case .missingItemUsesDefault: "A dimension item does not exist; the row is loaded with a default or blank item (assumed)."
        case .missingItemSkipsRow: "A dimension item does not exist; its row is skipped (assumed)."
        case .missingWriteAccess: "The owner of the API key may not write to a cell (assumed)."
        case .missingItemInSnapshot: "A dimension item is missing from the snapshot (assumed)."
        default: "This version does not know the reason."
        }
    }

    private static func help(for reason: SkipReason) -> String {
        switch reason {
        case .parsingError:
            "Check the file with a profile that has the formats of the import configuration: preflight check FILE -p PROFILE"
        case .missingItemUsesDefault, .missingItemSkipsRow:
            "Correct the item in the file, or add it to the dimension. To find such items before an import, name the list of items in the profile."
        case .missingWriteAccess: "Check in Pigment what the owner of the key may write."
        case .missingItemInSnapshot: "Check in Pigment which items the snapshot has."
        default: "Look at the import in Pigment."
        }
    }
}
