public import ValueFormats

/// What `defaults:` of a profile says: it holds for every column that says nothing else, key by key.
public struct ColumnDefaults: Sendable, Equatable {
    public var number: NumberFormat
    public var date: DateFormat
    public var boolean: BooleanFormat
    public var nullWords: [String] {
        get { compiledNullWords.words }
        set { compiledNullWords = NullWords(newValue) }
    }
    /// The same as a set.
    package private(set) var compiledNullWords: NullWords

    public init(
        number: NumberFormat = NumberFormat(), date: DateFormat = .iso, boolean: BooleanFormat = BooleanFormat(), nullWords: [String] = []
    ) {
        self.number = number
        self.date = date
        self.boolean = boolean
        compiledNullWords = nullWords.isEmpty ? .empty : NullWords(nullWords)
    }

    /// A column that has nothing of its own.
    package func column(_ name: String, _ type: ColumnType) -> ColumnProfile {
        ColumnProfile(name: name, type: type, defaults: self)
    }
}
