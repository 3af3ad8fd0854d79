import ByteSpans
import CSVTokenizer
package import SafeText

/// Looks at the bytes of a file that is declared to be in an encoding that extends ASCII: whether all of them are ASCII, and whether all of them
/// are well-formed UTF-8 with characters of several bytes, which hardly any text in such an encoding is.
///
/// Takes pieces of any size. Complexity: linear; eight bytes a step where the text is ASCII, nothing once it is known not to be UTF-8.
package struct UTF8Witness {
    private var scan = CharacterScan(offset: 0)
    private var byteCount = 0
    private var lines = (lf: 0, cr: 0)
    private var multibyteCount = 0
    private var firstOffset = 0
    private var firstBytes: [UInt8] = []

    /// Whether a byte beyond ASCII was seen: the text is another one in UTF-8.
    package private(set) var hasHighBytes = false

    package init() {}

    /// Characters of several bytes in a file that is UTF-8 as a whole.
    package struct Characters {
        package var count: Int
        /// Of the first.
        package var byteOffset: Int
        /// Line ends before the first.
        package var lineEnds: (lf: Int, cr: Int)
        package var first: VisibleText
    }

    package mutating func take(_ bytes: Span<UInt8>) {
        guard scan.invalidCount == 0 else { return }
        if !hasHighBytes { readFront(bytes) }
        scan.update(bytes)
        byteCount += bytes.count
        guard hasHighBytes else { return }
        multibyteCount += bytes.count { $0 >= 0xC0 }
        if firstBytes.count < 4 {
            let start = max(0, firstOffset + firstBytes.count - (byteCount - bytes.count))
            firstBytes += bytes.dropFirst(start).prefix(4 - firstBytes.count)
        }
    }

    /// Counts the line ends up to the first byte beyond ASCII.
    private mutating func readFront(_ bytes: Span<UInt8>) {
        for index in bytes.indices {
            let byte = bytes[index]
            if byte >= 0x80 {
                hasHighBytes = true
                firstOffset = byteCount + index
                return
            }
            if byte == UInt8(ascii: "\n") { lines.lf += 1 }
            if byte == UInt8(ascii: "\r") { lines.cr += 1 }
        }
    }

    /// Adds what the bytes of the next range show. That range begins after a line end.
    package mutating func merge(_ later: UTF8Witness) {
        scan.finish()
        if !hasHighBytes {
            lines.lf += later.lines.lf
            lines.cr += later.lines.cr
            firstOffset = byteCount + later.firstOffset
            firstBytes = later.firstBytes
        }
        hasHighBytes = hasHighBytes || later.hasHighBytes
        // Nothing else matters if the text is not UTF-8.
        if scan.invalidCount == 0 { scan = later.scan }
        byteCount += later.byteCount
        multibyteCount += later.multibyteCount
    }

    /// The file ends here.
    ///
    /// - Returns: `nil` unless all of it is UTF-8, and not ASCII.
    package func characters() -> Characters? {
        var scan = scan
        scan.finish()
        guard scan.invalidCount == 0, hasHighBytes else { return nil }
        let first = String(decoding: firstBytes, as: UTF8.self).unicodeScalars.prefix(1)
        return Characters(
            count: multibyteCount, byteOffset: firstOffset, lineEnds: lines, first: VisibleText(String(String.UnicodeScalarView(first))))
    }
}

extension UTF8Witness: CodedState {
    package mutating func code(_ coder: inout StateCoder) {
        // A range ends at a line end, which is inside no character.
        if !coder.isReading { scan.finish() }
        var isWellFormed = scan.invalidCount == 0
        coder(&isWellFormed)
        if coder.isReading {
            scan = CharacterScan(offset: 0)
            // How it is ill-formed does not matter.
            if !isWellFormed { scan.update([0xFF].span) }
        }
        coder(&byteCount)
        coder(&lines.lf)
        coder(&lines.cr)
        coder(&multibyteCount)
        coder(&firstOffset)
        coder(&firstBytes)
        coder(&hasHighBytes)
    }
}
