import ImportProfiles
import ValueFormats

/// How the keys of a file are read.
struct KeyPlan: Sendable {
    struct Column: Sendable {
        /// Index in the row.
        let index: Int
        /// Words that are loaded as blank.
        let nullWords: WordSet
    }

    /// By key of the profile.
    let keys: [[Column]]
    let hash: KeyHash

    init(layout: FileLayout, hash: KeyHash) {
        self.hash = hash
        keys = layout.keys.map { columns in
            columns.map { Column(index: $0, nullWords: layout.rules?[$0]?.settings.rule.nullWords ?? .empty) }
        }
    }
}
