import ByteSpans
internal import CSVKernels

/// Tells most plain numbers that are no new smallest or largest one of a column without reading them: those between two others that are as long,
/// with the separator at the same place. Such texts are in the order of their numbers: see windows.c, and ``KernelColumn/findBeyond(_:others:_:)``.
struct NumberWindows {
    /// The separator that numbers may have.
    let separator: UInt8
    /// Two words for each; none before the first number.
    private var words: [UInt64] = []

    init(separator: UInt8) { self.separator = separator }

    /// Adds a plain number that was read; another text changes nothing.
    mutating func add(_ text: Span<UInt8>) {
        if words.isEmpty { words = Array(repeating: 0, count: 2 * 2 * Int(CSV_NUMBER_WINDOWS.rawValue)) }
        let separator = separator
        var room = words.mutableSpan
        csv_widen_windows(room.room, separator, text.view)
    }

    /// For the kernels, unless it ``isEmpty``.
    var span: Span<UInt64> {
        @_lifetime(borrow self) get { words.span }
    }

    /// Whether no number was added.
    var isEmpty: Bool { words.isEmpty }
}
