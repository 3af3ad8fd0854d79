import ByteSpans
internal import CSVKernels
import CSVTokenizer
import SafeText
import ValueFormats

/// A null word that a kernel takes for a value: `0` among numbers, `01/01/1900` among dates. What it counted is then counted again, as nothing.
struct PlainNullWord: Sendable {
    private let low: (UInt64, UInt64)
    private let high: UInt64
    let length: Int
    /// How the kernel counts it: see ``PlainMasks``.
    let kind: Int

    /// More of them in a column, and each value is better judged by itself.
    static let most = 4

    /// - Returns: `nil` for a word that the kernel does not pass.
    init?(_ word: String, for step: ColumnStep, kernel: Kernel) {
        guard let found = Self.kind(of: Array(word.utf8).span, for: step, kernel: kernel) else { return nil }
        kind = found
        length = word.utf8.count
        let bytes = Array(word.utf8) + Array(repeating: 0, count: 24 - length)
        (low, high) = ((bytes.span.load(at: 0), bytes.span.load(at: 8)), bytes.span.load(at: 16))
    }

    /// Asks the kernel itself.
    private static func kind(of word: Span<UInt8>, for step: ColumnStep, kernel: Kernel) -> Int? {
        guard kernel != .scalar, !word.isEmpty, word.count <= 24 else { return nil }
        let padding = [UInt8](repeating: UInt8(ascii: "\n"), count: 64)
        let memory = padding + Array(word) + padding
        let ends: [UInt32] = [.max, UInt32(word.count)]
        var rows: [UInt32] = [0]
        var room = rows.mutableSpan
        // No text has the byte that is the quote here.
        let column = csv_column_place(
            content: csv_content(front: padding.count, count: word.count), first: 0, width: 1, row_count: 1, quote: 0xFF, is_last: false,
            is_required: true)
        switch step.test {
        case .number:
            let found = csv_test_numbers(kernel.number, column, memory.span.view, ends.span.view, step.decimal, room.room)
            if found.row_count > 0 { return nil }
            return found.counts.grouped > 0 ? 2 : found.counts.separated > 0 ? 1 : 0
        case .date:
            guard let shape = step.shape?.shape else { return nil }
            let found = csv_test_dates(kernel.number, column, memory.span.view, ends.span.view, shape, room.room)
            if found.row_count > 0 { return nil }
            return found.counts.swappable > 0 ? 2 : found.counts.same > 0 ? 1 : 0
        case .boolean, .item, .presentText, .rule: return nil
        }
    }

    /// - Parameter text: as long as the word; 24 bytes are readable.
    @inline(__always)
    func equals(_ text: Span<UInt8>) -> Bool {
        func word(_ offset: Int) -> UInt64 {
            let bytes = unsafe text.paddedWord(at: offset)
            let count = length - offset
            if count >= 8 { return bytes }
            return count <= 0 ? 0 : bytes & Self.mask(count)
        }
        if word(0) != low.0 { return false }
        return length <= 8 || (word(8) == low.1 && (length <= 16 || word(16) == high))
    }

    /// The first bytes of a word that the machine loaded, 1 to 7 of them.
    @inline(__always)
    private static func mask(_ byteCount: Int) -> UInt64 {
        let bits = UInt64(truncatingIfNeeded: 64 - 8 * byteCount)
        #if _endian(little)
            return UInt64.max >> bits
        #else
            return UInt64.max << bits
        #endif
    }
}
