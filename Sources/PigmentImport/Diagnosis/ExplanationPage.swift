/// The pages of what a diagnosis says, as `preflight explain` prints them: one for each explanation, and one for each word on how sure it is.
package enum ExplanationPage {
    /// What has a page, in the order of the list.
    package static let names = Explanation.Kind.allCases.map(\.rawValue) + Explanation.Certainty.allCases.map(\.rawValue)

    /// The page in Markdown that reads well as plain text, its last line with a line end; `nil` for another name.
    package static func text(for name: String) -> String? {
        if let kind = Explanation.Kind(rawValue: name) {
            return
                "# \(kind.rawValue)\n\n\(kind.meaning)\n\n## What to do\n\n\(kind.help)\n\n\(kind.doubtNote)See also: preflight explain certain\n"
        }
        guard let certainty = Explanation.Certainty(rawValue: name) else { return nil }
        return "# \(certainty.rawValue)\n\n\(certainty.meaning)\n\n## What to do\n\n\(certainty.help)\n"
    }

    /// What a name means, in one sentence.
    package static func meaning(of name: String) -> String? {
        Explanation.Kind(rawValue: name)?.meaning ?? Explanation.Certainty(rawValue: name)?.meaning
    }
}

extension Explanation.Kind {
    fileprivate var meaning: String {
        switch self {
        case .asPredicted: "Exactly the cells were skipped that the profile predicts."
        case .configuration:
            "With another setting than the profile has, or with two, exactly the reported number of cells fails, and every sample is among them."
        case .doubts:
            "Pigment accepts some doubtful spellings and rejects others (assumed); rejecting these makes exactly the reported number."
        case .items: "The items file of the profile differs from the list in Pigment by these items."
        case .everyValue: "As many cells were skipped as have a value: the import configuration reads the column as another type or format."
        case .emptyCells:
            "As many cells are empty as were skipped, alone or together with those that the profile predicts: the import configuration needs a value."
        case .samples:
            "The samples of the report occur in as many cells as were skipped, so these are the cells. Why they were skipped is not known."
        }
    }

    fileprivate var help: String {
        switch self {
        case .asPredicted: "Correct the values in the file: preflight check FILE -p PROFILE lists them."
        case .configuration:
            "Look at the column in the import configuration. If it has the setting, decide which is right: correct the configuration, or copy the "
                + "profile line that the diagnosis shows, so that the next check predicts what happens."
        case .doubts:
            "Settle the doubts in the profile, under assume: preflight profile learn does it where imports leave one answer only. "
                + "Write the rejected spellings differently: preflight fix FILE --to OUT."
        case .items: "Export the list from Pigment again and replace the items file of the profile, or add the items in Pigment."
        case .everyValue: "Compare the column's type and format in the import configuration with the profile."
        case .emptyCells:
            "Fill the empty cells at their source, or let the import configuration take them. required: true in the profile lets a check find them."
        case .samples:
            "The rows can be written with --retry-file. Ask for the cause together with the column's settings in the import configuration."
        }
    }

    fileprivate var doubtNote: String {
        switch self {
        case .doubts, .asPredicted, .configuration: "Each doubt has a page: preflight explain trailing-sign\n"
        case .items, .everyValue, .emptyCells, .samples: ""
        }
    }
}

extension Explanation.Certainty {
    fileprivate var meaning: String {
        switch self {
        case .certain:
            "The explanation accounts for the reported count and for every sample. Nothing else that was tried does with other cells: no other setting, no "
                + "two of them, and no other set of accepted and rejected doubts, however unlikely."
        case .likely: "Of the explanations that account for the reported count and every sample, this one supposes clearly the least."
        case .possible:
            "Another explanation accounts for the count and the samples and supposes hardly more, or this one does not account for every cell."
        }
    }

    fileprivate var help: String {
        switch self {
        case .certain:
            "Act on it. It is certain among what was tried: the settings of the column's type, one or two at a time, each with every set of doubts. Pigment's "
                + "own rules are not published."
        case .likely:
            "Compare it with the import configuration before you act on it. More samples make it certain or rule it out: --sample."
        case .possible:
            "Add more of the sample values that Pigment shows (--sample), or compare the column's settings in the import configuration with each "
                + "explanation. Where all of them select the same cells, the rows are known all the same and --retry-file writes them."
        }
    }
}
