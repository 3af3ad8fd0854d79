package import ValueFormats

/// What `defaults:` and `assume:` of a profile say: it holds for every column that says nothing else, key by key.
package struct ColumnDefaults: Sendable, Equatable {
    /// How values are written, by kind: ``number``, ``date``, ``boolean``.
    var formats: FormatTable
    package var nullWords: [String] {
        get { compiledNullWords.words }
        set { compiledNullWords = WordSet(newValue) }
    }
    /// The same as a set.
    package private(set) var compiledNullWords: WordSet
    /// The doubts that are settled for all columns.
    package var assume = Assumptions()

    package init(
        number: NumberFormat = NumberFormat(), date: DateFormat = .iso, boolean: BooleanFormat = BooleanFormat(), nullWords: [String] = []
    ) {
        formats = FormatTable(number: number, date: date, boolean: boolean)
        compiledNullWords = nullWords.isEmpty ? .empty : WordSet(nullWords)
    }

    init(formats: FormatTable, nullWords: WordSet, assume: Assumptions) {
        self.formats = formats
        self.assume = assume
        compiledNullWords = nullWords
    }

    /// A column that has nothing of its own.
    package func column(_ name: String, _ type: ColumnType) -> ColumnProfile {
        ColumnProfile(name: name, type: type, defaults: self)
    }
}

extension FormatTable {
    /// The formats that the public initializers take.
    init(number: NumberFormat, date: DateFormat, boolean: BooleanFormat) {
        self[NumberFormat.self] = number
        self[DateFormat.self] = date
        self[BooleanFormat.self] = boolean
    }
}
