import ImportProfiles
package import Preflight

/// The pages of the finding codes, as `preflight explain` prints them, and their table. Both are made from ``FindingKind``.
package enum ExplainPage {
    /// The page of one code in Markdown that reads well as plain text; the last line has its line end.
    package static func text(for kind: FindingKind) -> String {
        return """
            # \(kind.code) \(kind.slug)

            \(kind.title).

            Severity: \(kind.severity.rawValue)
            Predicted skip reason: \(kind.predicts?.rawValue ?? "none")

            ## Why it matters

            \(kind.why)

            ## What to do

            \(kind.help)

            ## Repair

            \(repairText(kind))

            ## At the gate

            \(gateText(kind))\(exceptionText(kind))

            """
    }

    private static func repairText(_ kind: FindingKind) -> String {
        switch kind.repair {
        case .safe(let text): "preflight fix repairs it. \(text)"
        case .risky(let text): "preflight fix --unsafe-fixes repairs it. \(text)"
        case .none(let text): "preflight fix does not repair it. \(text)"
        }
    }

    /// What `fix` repairs, as a Markdown table; the last line has its line end.
    package static func repairTable() -> String {
        let rows = FindingKind.all.compactMap { kind -> String? in
            switch kind.repair {
            case .safe(let text): "| \(kind.code) | \(kind.title) | | \(text) |\n"
            case .risky(let text): "| \(kind.code) | \(kind.title) | unsafe | \(text) |\n"
            case .none: nil
            }
        }
        return "| code | finding | | what is repaired |\n| --- | --- | --- | --- |\n" + rows.joined()
    }

    /// All codes as a Markdown table; the last line has its line end.
    package static func catalogueTable() -> String {
        let rows = FindingKind.all.map { kind in
            "| \(kind.code) | \(kind.slug) | \(kind.severity.rawValue) | \(kind.title) |\n"
        }
        return "| code | slug | severity | title |\n| --- | --- | --- | --- |\n" + rows.joined()
    }

    private static func gateText(_ kind: FindingKind) -> String {
        switch kind.gateEffect {
        case .countsAsSkip:
            """
            It does not block by itself. Rows with such a value count as predicted skips, and the gate closes when they are more than \
            --max-skipped (0 unless set).
            """
        case .mayCountAsSkip:
            """
            It does not block by itself. Rows with such a value count towards the upper bound of the predicted skips, which the gate \
            compares with --max-skipped (0 unless set). With --allow-uncertain the gate compares the lower bound, in which \
            they are not counted.
            """
        case .blocks:
            "It blocks: nothing is sent while the file has such a finding."
        case .blocksIfWarningsDo:
            "It does not block, unless the gate is set to --fail-on warning."
        case .none:
            "It never blocks."
        }
    }

    private static func exceptionText(_ kind: FindingKind) -> String {
        kind.predicts == .missingItemSkipsRow ? " That holds unless on-missing in the profile says that the row stays." : ""
    }
}
