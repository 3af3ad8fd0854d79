import SafeText

/// Which findings count, and how much: what a profile says under `rules`, and what options add.
///
/// A rule is about a code or about all codes that begin with it. Of several the longest decides, of two that are as long the later.
package struct FindingRules: Sendable, Equatable {
    /// What becomes of findings. The raw value is the word of a profile.
    package enum Action: String, Sendable, CaseIterable {
        case ignore
        case note
        case warning
        case error

        /// The severity that the findings get; `nil` if they are ignored.
        package var severity: Severity? { Severity(rawValue: rawValue) }
    }

    package struct Entry: Sendable, Equatable {
        /// A code, or the beginning of some.
        package var code: String
        package var action: Action
        /// Where a profile says so.
        var place = ProfileLocation.start

        package init(_ code: String, _ action: Action) {
            self.code = code
            self.action = action
        }

        package static func == (left: Self, right: Self) -> Bool { left.code == right.code && left.action == right.action }
    }

    package var entries: [Entry] = []
    /// Codes, or their beginnings, of the findings that count; all others are ignored. `nil` for all.
    package var selected: [String]?

    package init() {}

    package var isEmpty: Bool { entries.isEmpty && selected == nil }

    /// What becomes of findings with a code; `nil` for what is usual.
    package func action(for code: String) -> Action? {
        if let selected, !selected.contains(where: code.hasPrefix) { return .ignore }
        var found: Entry?
        for entry in entries where code.hasPrefix(entry.code) {
            if entry.code.utf8.count >= found?.code.utf8.count ?? 0 { found = entry }
        }
        return found?.action
    }

    /// A code that does not exist, or that must not be changed.
    ///
    /// - Parameters:
    ///   - fileName: of the profile, safe to print.
    ///   - codes: all that there are.
    ///   - guarding: those that stay as they are.
    package func mistakes(in fileName: String, codes: [String], guarding: [String]) -> [ProfileMistake] {
        entries.compactMap { entry in
            guard let reason = Self.objection(to: entry.code, codes: codes, guarding: guarding) else { return nil }
            return ProfileMistake(file: fileName, line: entry.place.line, column: entry.place.column, message: "\"rules\": \(reason)")
        }
    }

    /// Why a code cannot be given a rule; `nil` if it can.
    package static func objection(to code: String, codes: [String], guarding: [String]) -> String? {
        let shown = VisibleText(code).text
        guard codes.contains(where: { $0.hasPrefix(code) }), code.hasPrefix("PF") else {
            let hint = EditDistance.nearest(to: code, among: codes).map { ". Did you mean \($0)?" } ?? ""
            return "\"\(shown)\" is not a finding code\(hint)"
        }
        guard let first = guarding.first(where: { $0.hasPrefix(code) }) else { return nil }
        let which = first == code ? "\(shown) says" : "\(shown) includes \(first), which says"
        return "\(which) that the file is damaged or cannot be checked, so it cannot be changed"
            + (first == code ? "" : "; name single codes")
    }
}
