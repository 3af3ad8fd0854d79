import ValueFormats

/// How numbers were counted in this batch that differ from others only in their digits, but for zeros: such have the same mask.
struct RecentMasks: ~Copyable {
    private struct Entry {
        var text = ShortText()
        var verdict = Verdict.parses
        var hasLook = false
        var batchNumber: UInt32 = 0
        var counted = RowJudge.Counted()
    }

    private let entries = ShortTextTable(bits: 8, repeating: Entry())

    /// - Parameters:
    ///   - text: with equal digits.
    ///   - hasLook: whether its mask tells what it looks like.
    /// - Returns: `nil` where it is not known.
    func counted(_ text: ShortText, _ verdict: Verdict, hasLook: Bool, batchNumber: UInt32) -> RowJudge.Counted? {
        let entry = unsafe entries.entry(for: text)
        guard unsafe entry.pointee.text == text, unsafe entry.pointee.batchNumber == batchNumber, unsafe entry.pointee.verdict == verdict,
            unsafe entry.pointee.hasLook == hasLook
        else { return nil }
        return unsafe entry.pointee.counted
    }

    func keep(_ counted: RowJudge.Counted, of text: ShortText, _ verdict: Verdict, hasLook: Bool, batchNumber: UInt32) {
        unsafe entries.entry(for: text).pointee = Entry(
            text: text, verdict: verdict, hasLook: hasLook, batchNumber: batchNumber, counted: counted)
    }
}
