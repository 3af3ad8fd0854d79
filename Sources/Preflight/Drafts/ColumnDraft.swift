import ImportProfiles
import SafeText
import ValueFormats

/// The lines of a draft for one column.
struct ColumnDraft {
    private(set) var lines: [String] = []
    private let evidence: ColumnEvidence
    private let name: String

    init(_ evidence: ColumnEvidence, name: String) {
        self.evidence = evidence
        self.name = name
        lines.append("# \(comment)")
        noteHints()
        let choices = choices
        switch choices.count {
        case 0: lines.append(ProfileWriter.columnLine(for: ColumnProfile(name: name, type: .text)))
        case 1:
            noteUnlike()
            lines.append(ProfileWriter.columnLine(for: choices[0]))
        default:
            lines += UndecidedColumn.draft(name: name, choices: choices.map { ProfileWriter.columnLine(for: $0) })
        }
    }

    // MARK: Evidence

    /// `number (decimal .): 328 like "12.5", 5 empty`.
    private var comment: String {
        let parts = evidence.parts.sorted { $0.count > $1.count }
        var words = parts.prefix(4).map { part in
            part.formats == .empty ? "\(part.count.grouped) empty" : "\(part.count.grouped) like \(Self.shown(part))"
        }
        if parts.count > 4 { words.append(parts.dropFirst(4).reduce(0) { $0 + $1.count }.counted("other")) }
        let label = evidence.type?.label ?? (parts.contains { $0.formats != .empty } ? "text" : "nothing but empty fields")
        return words.isEmpty ? "no value" : "\(label): \(words.joined(separator: ", "))"
    }

    private static func shown(_ part: ColumnEvidence.Part) -> String {
        part.examples.first?.value.map { "\"\($0.text.prefix(40))\"" } ?? "?"
    }

    private mutating func noteUnlike() {
        guard let type = evidence.type else { return }
        for part in evidence.parts where !type.fits(part.formats) && !part.formats.contains(.nullWord) {
            guard let place = part.examples.first?.place else { continue }
            let verdict = type.mayFit(part.formats) ? "may not be read this way (assumed)" : "will not be read this way"
            lines.append("# \(part.count.counted("value")) \(verdict), first \(Self.shown(part)) in line \(place.line).")
        }
    }

    /// What a person should know before the column's type is settled.
    private mutating func noteHints() {
        let evidence = draftEvidence
        for hint in ColumnType.allCases.flatMap({ $0.kind.hints(on: evidence) }) {
            lines.append("# " + hint.words + (hint.column.map { ": " + ProfileWriter.columnLine(for: $0) } ?? ""))
        }
    }

    private var draftEvidence: DraftEvidence {
        let parts = evidence.parts.map { part in
            DraftEvidence.Part(
                formats: part.formats, count: part.count, examples: part.examples.compactMap { $0.value?.text },
                first: part.examples.first.map { (Self.shown(part), $0.place.line) })
        }
        return DraftEvidence(
            name: name, parts: parts, fitting: parts.filter { evidence.type?.fits($0.formats) ?? false }.flatMap(\.examples),
            traits: evidence.type?.traits ?? [], isTyped: evidence.type != nil, distinctCount: evidence.distinctCount)
    }

    // MARK: Choices

    /// What the column may be: nothing for text, several where the values leave it open.
    var choices: [ColumnProfile] {
        guard let type = evidence.type else { return [] }
        let evidence = draftEvidence
        let nullWords = evidence.words { $0 == .nullWord }
        return type.draftFormats.compactMap { found in
            var column = ColumnProfile(name: name, type: type.kind, nullWords: nullWords)
            return found.type.kind.draft(found.format, from: evidence, into: &column) ? column : nil
        }
    }
}
