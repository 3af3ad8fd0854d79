import Preflight
import SafeText

extension Diagnosis {
    /// What to do about what was skipped, in sentences, safe to print: one for each kind of cause.
    package var nextSteps: [String] {
        if case .other = identity { return ["Diagnose the file that was pushed: preflight history lists the pushes with their files."] }
        if obstacle != nil { return ["Read the file as the import did: preflight check says how. Then diagnose again."] }
        let skipped = entries.filter { $0.reported.count != 0 && $0.isAboutValues }
        guard rows > 0 else { return [] }
        var steps: [String] = []
        var told: [Explanation.Kind: Set<SkipReason>] = [:]
        for entry in skipped {
            guard let settled = entry.settled, told[settled.kind, default: []].insert(entry.reported.reason).inserted else { continue }
            let places = skipped.filter { $0.settled?.kind == settled.kind && $0.reported.reason == entry.reported.reason }.map(\.place)
            let names = places.count > 4 ? places.prefix(4).joined(separator: ", ") + ", …" : places.listed
            steps.append(settled.kind.nextStep(names, setting: settled.settings.first?.settingWords, of: entry.reported.reason))
        }
        for entry in skipped where entry.settled == nil {
            guard let cell = entry.deciding?.cell else { continue }
            steps.append(
                "\(entry.place): look in Pigment whether line \(cell.line) (\"\(VisibleText(cell.value, limit: 40).text)\") was loaded.")
        }
        if skipped.contains(where: { $0.settled == nil && $0.column != nil }), report.origin == .screen {
            steps.append("Add every sample that Pigment shows: --sample TEXT, once for each.")
        }
        if !otherFileSigns.isEmpty, !skipped.contains(where: { $0.settled != nil }) {
            steps.append("Check that this is the file of the import: preflight history lists the pushes with their files.")
        }
        return steps
    }
}

extension Explanation.Kind {
    fileprivate func nextStep(_ columns: String, setting: String?, of reason: SkipReason) -> String {
        switch self {
        case .asPredicted:
            reason == .parsingError
                ? "\(columns): correct the values at their source or with preflight fix, then push only the skipped rows."
                : "\(columns): create the missing items in Pigment, or correct the values at their source. Then push only the skipped rows."
        case .configuration:
            "\(columns): look in the import configuration for \(setting ?? "the setting"). If it is wrong there, correct it and push only the skipped "
                + "rows. If it is meant, copy the profile line above, so that the next check finds such values."
        case .doubts:
            "\(columns): write the rejected spellings differently (preflight fix), and settle the doubts for the next check: preflight profile learn."
        case .items:
            "\(columns): export the list from Pigment again and replace the items file. Create what is missing in Pigment, then push only the "
                + "skipped rows."
        case .everyValue:
            reason == .parsingError
                ? "\(columns): compare the type and the format in the import configuration with the profile."
                : "\(columns): look in the import configuration which list and which property the column is matched with."
        case .emptyCells:
            "\(columns): fill the empty cells at their source, or let the import configuration take them. In the profile, required: true finds them."
        case .samples: "\(columns): ask for the cause together with the settings of the column in the import configuration."
        }
    }
}
