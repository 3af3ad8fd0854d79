package import ImportProfiles

extension FindingKind {
    /// Kinds that say that the file is damaged, or is nothing that can be checked: without them a file would pass that was not read.
    private static let guarding: [FindingKind] = [
        .gzipTruncated, .gzipHeader, .gzipData, .gzipChecksum, .gzipLength, .gzipTrailingBytes, .notCSV, .contentLimit, .utf16, .utf32,
    ]

    /// Codes that no rule changes.
    package static let guardingCodes = guarding.map(\.code).sorted()

    /// What becomes of findings of this kind; `nil` for what is usual.
    func action(under rules: FindingRules) -> FindingRules.Action? {
        rules.isEmpty || Self.guarding.contains(self) ? nil : rules.action(for: code)
    }
}

extension FindingRules {
    /// Codes that do not exist or must not be changed, as mistakes of a profile.
    package func mistakes(in fileName: String) -> [ProfileMistake] {
        isEmpty ? [] : mistakes(in: fileName, codes: FindingKind.all.map(\.code), guarding: FindingKind.guardingCodes)
    }

    /// Reads a code, a slug or the beginning of some codes.
    ///
    /// - Returns: why it cannot be given a rule, if it cannot.
    package static func code(_ text: String) -> (code: String, objection: String?) {
        let code = FindingKind(argument: text)?.code ?? text.uppercased()
        let objection = objection(to: code, codes: FindingKind.all.map(\.code), guarding: FindingKind.guardingCodes)
        return (code, objection)
    }
}
