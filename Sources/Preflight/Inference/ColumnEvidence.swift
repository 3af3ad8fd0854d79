package import ValueFormats

/// What a column of a file without a profile holds: exact counts per set of formats.
package struct ColumnEvidence: Sendable, Equatable {
    /// The values with one set of formats.
    package struct Part: Sendable, Equatable {
        package var formats: FormatSet
        package var count: Int
        /// The first ones in file order, at most as many as examples were asked for.
        package var examples: [Finding.Example]
    }

    package var column: ColumnReference
    /// By their first places.
    package var parts: [Part]
    /// `nil` for text, and for a column without a value.
    package var type: InferredType?
}
