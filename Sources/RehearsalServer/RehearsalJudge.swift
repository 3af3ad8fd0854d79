/// Reads the body of one push as it arrives and says what an import would have done with it.
///
/// A judge serves one push, from one task, and need not be `Sendable`.
package protocol RehearsalJudge {
    /// Takes the next bytes of the body, in order and in pieces of any size. The buffer is not valid after the call.
    mutating func feed(_ bytes: Span<UInt8>)
    /// The result, after the last byte. Called once; not called for a body that was cut.
    mutating func finish() -> RehearsalResult
}

/// The judge that finds nothing wrong: every row after the header is inserted.
///
/// Rows end at LF outside `"` quotes; a last row without a line end counts.
package struct RowCountJudge: RehearsalJudge {
    private var rowCount = 0
    private var isQuoted = false
    private var isInsideRow = false

    package init() {}

    package mutating func feed(_ bytes: Span<UInt8>) {
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "\n") where !isQuoted:
                rowCount += 1
                isInsideRow = false
            case UInt8(ascii: "\""):
                isQuoted.toggle()
                isInsideRow = true
            default:
                isInsideRow = true
            }
        }
    }

    package mutating func finish() -> RehearsalResult {
        let rows = rowCount + (isInsideRow ? 1 : 0)
        return RehearsalResult(insertedCount: max(0, rows - 1))
    }
}
