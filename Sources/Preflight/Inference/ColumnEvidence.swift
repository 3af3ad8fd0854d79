public import ValueFormats

/// What a column of a file without a profile holds: exact counts per set of formats.
public struct ColumnEvidence: Sendable, Equatable {
    /// The values with one set of formats.
    public struct Part: Sendable, Equatable {
        public var formats: FormatSet
        public var count: Int
        /// The first ones in file order, at most as many as examples were asked for.
        public var examples: [Finding.Example]
    }

    public var column: ColumnReference
    /// By their first places.
    public var parts: [Part]
    /// `nil` for text, and for a column without a value.
    public var type: InferredType?
    /// How many different values it has, the empty one left out; `nil` if there are many, or if they were not counted.
    public var distinctCount: Int?
}
