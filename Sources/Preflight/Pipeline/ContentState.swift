import ByteSources
import ByteSpans
import CSVTokenizer
import SafeText

/// What was found in the bytes of a range, apart from its rows: see ``CheckState``.
struct ContentState {
    /// The number of bytes of the content.
    var byteCount = 0
    /// The number of line ends, including those inside quotes and before the first row.
    var lineCount = 0
    /// The line ends that end rows.
    var lineEnds = InputSummary.LineEnds()
    /// What the bytes show about the encoding that the file was read as; `nil` if the beginning decides it.
    var encodingEvidence: UTF8Witness?
    /// The number of well-formed multibyte characters, if they are counted.
    var multibyteCount: Int?
    /// At most as many as a character may have.
    var lastBytes: [UInt8] = []
    /// Why the content ends too early, if it does.
    var damage: GzipDamage?

    mutating func merge(_ later: ContentState) {
        byteCount += later.byteCount
        lineCount += later.lineCount
        lineEnds.lf += later.lineEnds.lf
        lineEnds.crlf += later.lineEnds.crlf
        lineEnds.cr += later.lineEnds.cr
        if let others = later.encodingEvidence { encodingEvidence?.merge(others) }
        if let own = multibyteCount, let others = later.multibyteCount { multibyteCount = own + others }
        keepLast(later.lastBytes.span)
        damage = damage ?? later.damage
    }

    /// Keeps the last of the bytes that follow. Complexity: constant.
    mutating func keepLast(_ bytes: Span<UInt8>) {
        lastBytes = Array((lastBytes + Array(bytes.suffix(3))).suffix(3))
    }

    /// Whether the bytes end with a line end. Of UTF-16 the last two are one, in either order.
    func endsWithLineEnd(isUTF16: Bool) -> Bool {
        func isLineEnd(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
        if isUTF16, lastBytes.last == 0 { return isLineEnd(lastBytes.dropLast().last) }
        return isLineEnd(lastBytes.last)
    }

    /// Whether the bytes end inside a character of UTF-8.
    var endsInsideCharacter: Bool {
        for (distance, byte) in lastBytes.reversed().enumerated() where byte & 0xC0 != 0x80 {
            let length = byte >= 0xF0 && byte < 0xF5 ? 4 : byte >= 0xE0 && byte < 0xF0 ? 3 : byte >= 0xC2 && byte < 0xE0 ? 2 : 1
            return length > distance + 1
        }
        return false
    }
}

extension ContentState: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&byteCount)
        coder(&lineCount)
        coder(&lineEnds.lf)
        coder(&lineEnds.crlf)
        coder(&lineEnds.cr)
        coder.optional(&encodingEvidence, blank: UTF8Witness()) { coder, witness in witness.code(&coder) }
        coder(&multibyteCount)
        coder(&lastBytes)
        coder.optional(&damage, blank: .tooLong(after: 0)) { coder, damage in
            var kind = GzipDamage.Kind.allCases.firstIndex(of: damage.kind) ?? 0
            coder(&kind)
            if GzipDamage.Kind.allCases.indices.contains(kind) { damage.kind = GzipDamage.Kind.allCases[kind] } else { coder.fail() }
            coder(&damage.member)
            coder(&damage.compressedOffset)
            coder(&damage.decompressedOffset)
        }
    }
}
