import ImportProfiles
import SafeText
import ValueFormats

/// What a column may be, by its evidence alone: the formats that nearly all of its values have.
struct ColumnDraft {
    private let evidence: ColumnEvidence
    private let name: String

    init(_ evidence: ColumnEvidence, name: String) {
        (self.evidence, self.name) = (evidence, name)
    }

    /// Nothing for text, several where the values leave it open.
    var choices: [ColumnProfile] {
        guard let type = evidence.type else { return [] }
        let parts = evidence.parts.map { part in
            DraftEvidence.Part(formats: part.formats, count: part.count, examples: part.examples.compactMap { $0.value?.text }, first: nil)
        }
        let own = DraftEvidence(
            name: name, parts: parts, fitting: parts.filter { type.fits($0.formats) }.flatMap(\.examples), traits: type.traits)
        let nullWords = own.words { $0 == .nullWord }
        return type.draftFormats.compactMap { found in
            var column = ColumnProfile(name: name, type: type.kind, nullWords: nullWords)
            return found.type.kind.draft(found.format, from: own, into: &column) ? column : nil
        }
    }
}
