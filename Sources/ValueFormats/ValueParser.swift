/// Judges the values of one kind under one format.
package protocol ValueParser: Sendable {
    /// - Parameter field: not empty, and none of the column's null words. Without surrounding spaces at most
    ///   ``ValueMask/longestValue`` bytes.
    func judge(_ field: Span<UInt8>) -> Judgement
    /// - Parameter field: longer than that.
    func judgeLong(_ field: Span<UInt8>) -> Judgement
    /// Whether a value parses: what else it may be is not asked.
    ///
    /// - Parameter field: as for ``judge(_:)``.
    func parses(_ field: Span<UInt8>) -> Bool
    /// Whether a value may parse, by a glance. A value that has a doubt may be taken for one that does not.
    ///
    /// - Parameter field: not empty.
    func mayParse(_ field: Span<UInt8>) -> Bool
}

extension ValueParser {
    package func parses(_ field: Span<UInt8>) -> Bool { judge(field).verdict == .parses }

    package func mayParse(_ field: Span<UInt8>) -> Bool { true }
}

/// Takes every text.
package struct TextParser: ValueParser {
    package init() {}

    package func judge(_ field: Span<UInt8>) -> Judgement { .parses }
    package func judgeLong(_ field: Span<UInt8>) -> Judgement { .parses }
}
