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
        let entry = entries[entries.place(of: text)]
        return entry.text == text && entry.batchNumber == batchNumber && entry.verdict == verdict && entry.hasLook == hasLook
            ? entry.counted : nil
    }

    func keep(_ counted: RowJudge.Counted, of text: ShortText, _ verdict: Verdict, hasLook: Bool, batchNumber: UInt32) {
        entries[entries.place(of: text)] = Entry(
            text: text, verdict: verdict, hasLook: hasLook, batchNumber: batchNumber, counted: counted)
    }
}
