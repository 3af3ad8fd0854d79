package import ValueFormats

/// What a profile says of one column, defaults filled in.
package struct ColumnProfile: Sendable, Equatable {
    /// As the header has it; compared byte by byte.
    package var name: String
    package var type: ColumnType
    /// How values are written, by kind: ``number``, ``date``, ``boolean``.
    var formats: FormatTable
    /// Whether each row must have a value.
    package var isRequired: Bool
    /// Whether a file may lack the column.
    package var isOptional = false
    /// The day from which on files have the column; `nil` where they always have.
    package var since: CalendarDay?
    /// Whether that day is still to come: see ``Profile/settle(on:)``.
    package var isBeforeItsTime = false
    /// For dimensions: the known items, where the profile names a file of them.
    package var items: ItemSet?
    /// For dimensions: where ``items`` come from, as the profile says it.
    package var itemsSource: ItemsSource?
    /// For dimensions: what the import configuration does with an unknown item.
    package var onMissing: MissingItemPolicy
    /// The doubts that are settled, those of the whole profile included.
    package var assume: Assumptions
    /// Values that are loaded as blank (assumed), besides the empty one. Compared byte by byte.
    package var nullWords: [String] {
        get { compiledNullWords.words }
        set { compiledNullWords = WordSet(newValue) }
    }
    /// The same as a set, shared by the columns that have them from the defaults.
    package private(set) var compiledNullWords: WordSet

    package init(
        name: String, type: ColumnType, number: NumberFormat = NumberFormat(), date: DateFormat = .iso,
        boolean: BooleanFormat = BooleanFormat(), isRequired: Bool = false, items: ItemSet? = nil, itemsSource: ItemsSource? = nil,
        onMissing: MissingItemPolicy = .create, nullWords: [String] = [], assume: Assumptions = Assumptions()
    ) {
        self.name = name
        self.type = type
        formats = FormatTable(number: number, date: date, boolean: boolean)
        self.isRequired = isRequired
        self.items = items
        self.itemsSource = itemsSource
        self.onMissing = onMissing
        self.assume = assume
        compiledNullWords = nullWords.isEmpty ? .empty : WordSet(nullWords)
    }

    /// A column that has nothing of its own.
    package init(name: String, type: ColumnType, defaults: ColumnDefaults) {
        self.name = name
        self.type = type
        formats = defaults.formats
        isRequired = false
        onMissing = .create
        assume = defaults.assume.limited(to: type.kind.doubts)
        compiledNullWords = defaults.compiledNullWords
    }

    /// Whether nothing is wrong with a file that lacks the column.
    package var mayBeMissing: Bool { isOptional || isBeforeItsTime }

    /// What the column says that has defaults.
    var settings: ColumnDefaults { ColumnDefaults(formats: formats, nullWords: compiledNullWords, assume: assume) }
}

/// What an import configuration does with a dimension item that the list does not have. The raw value is the word of a profile.
package enum MissingItemPolicy: String, Sendable, CaseIterable {
    /// The item is added to the list, and nothing is skipped (assumed).
    case create
    /// The row stays, the cell gets a default or blank item (assumed).
    case useDefault = "default"
    /// The row is dropped (assumed).
    case skip
}
