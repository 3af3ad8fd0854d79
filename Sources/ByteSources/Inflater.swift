import ByteSpans

/// Reads gzip members: their header, data and trailer, with the input buffer they come from.
package final class Inflater {
    /// What stopped a run.
    package enum Stop {
        /// The output is full.
        case needsOutput
        /// The input is used up, but for a few bytes that mean nothing without those after them.
        case needsInput
        /// A member is over, its checksum and length are right.
        case endOfMember
        case damage(GzipDamage.Kind)
        /// The first two bytes are not those of a gzip member.
        case noMember
    }

    private enum Phase {
        case header
        case data
        case checksum
        case length
    }

    /// Compressed bytes read at once: at 64 KiB zlib is 8 % slower, beyond 256 KiB it gains nothing (measured).
    private static let inputByteCount = 256 << 10

    private let decoder = DeflateDecoder()
    private var input: Block<UInt8>
    /// What of the input buffer was read but not taken.
    private var unread = 0..<0
    /// Offset in the compressed input of the byte after those.
    package private(set) var endOffset: Int
    private var isAtEnd = false
    /// Bytes that the decoder took but did not use, after damage.
    private var heldByteCount = 0
    private var phase = Phase.header
    private var header = GzipHeader()
    /// CRC-32 of the member's content so far.
    private var checksum: UInt32 = 0
    /// Length of the member's content so far, as far as the trailer can tell it: modulo 2^32.
    private var contentByteCount: UInt32 = 0

    /// - Parameter compressedOffset: that of the first byte of the source.
    package init(compressedOffset: Int) {
        endOffset = compressedOffset
        input = Block(repeating: 0, count: Self.inputByteCount)
    }

    /// The next compressed byte; `nil` when the input buffer is used up.
    package var nextByte: UInt8? {
        unread.isEmpty ? nil : input[unread.lowerBound]
    }

    /// Offset in the compressed input of the next byte that was not taken.
    package var compressedOffset: Int {
        endOffset - unread.count
    }

    /// Offset of the byte in which damage was noticed.
    package var damageOffset: Int {
        compressedOffset - heldByteCount
    }

    /// Reads more after what is left of the input buffer.
    ///
    /// - Returns: `false` at the end of the source, when no further run can decode anything.
    package func refill(from source: inout some ByteSource) throws(SourceError) -> Bool {
        let restCount = unread.count
        input.move(unread, to: 0)
        unread = 0..<restCount
        guard !isAtEnd else { return false }
        let count = try source.read(into: &input, from: restCount)
        unread = 0..<(restCount + count)
        endOffset += count
        isAtEnd = count == 0
        return !isAtEnd || phase == .data && decoder.endInput()
    }

    /// Skips zeros.
    package func dropPadding() {
        while nextByte == 0 {
            drop(1)
        }
    }

    package func beginMember() {
        phase = .header
        header = GzipHeader()
    }

    /// Decompresses into `output` until something stops it.
    ///
    /// - Returns: the bytes written, also before damage.
    package func run(into output: inout MutableSpan<UInt8>) -> (byteCount: Int, stop: Stop) {
        var byteCount = 0
        if phase == .header, let stop = readHeader() { return (0, stop) }
        if phase == .data {
            let run = decode(into: &output)
            byteCount = run.byteCount
            if let stop = run.stop { return (byteCount, stop) }
        }
        return (byteCount, readTrailer())
    }

    private func readHeader() -> Stop? {
        let (byteCount, outcome) = header.read(input.span[unread])
        drop(byteCount)
        switch outcome {
        case .needsInput: return .needsInput
        case .noMember: return .noMember
        case .damaged: return .damage(.badHeader)
        case .complete: break
        }
        phase = .data
        checksum = 0
        contentByteCount = 0
        decoder.beginStream()
        return nil
    }

    private func decode(into output: inout MutableSpan<UInt8>) -> (byteCount: Int, stop: Stop?) {
        let run = decoder.run(input.span[unread], into: &output)
        drop(run.inputByteCount)
        checksum = CRC32.updated(checksum, with: output.span[..<run.outputByteCount])
        contentByteCount &+= UInt32(truncatingIfNeeded: run.outputByteCount)
        switch run.stop {
        case .needsInput: return (run.outputByteCount, .needsInput)
        case .needsOutput: return (run.outputByteCount, .needsOutput)
        case .endOfStream:
            phase = .checksum
            return (run.outputByteCount, nil)
        case .damage:
            heldByteCount = decoder.heldByteCount
            return (run.outputByteCount, .damage(.badData))
        }
    }

    /// CRC-32, then the length, each in four bytes.
    private func readTrailer() -> Stop {
        if phase == .checksum {
            guard let number = nextNumber else { return .needsInput }
            guard number == checksum else { return .damage(.badChecksum) }
            drop(4)
            phase = .length
        }
        guard let number = nextNumber else { return .needsInput }
        guard number == contentByteCount else { return .damage(.badLength) }
        drop(4)
        return .endOfMember
    }

    private var nextNumber: UInt32? {
        guard unread.count >= 4 else { return nil }
        return (0..<4).reduce(0) { $0 | UInt32(input[unread.lowerBound + $1]) << UInt32(8 * $1) }
    }

    private func drop(_ byteCount: Int) {
        unread = (unread.lowerBound + byteCount)..<unread.upperBound
    }
}
