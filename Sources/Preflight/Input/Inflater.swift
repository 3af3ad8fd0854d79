import CZlib

/// A zlib stream that reads gzip members, with its input buffer.
///
/// zlib keeps a pointer from its state back to the stream and refuses a stream that moved: it lives on the heap, and one object owns it.
final class Inflater {
    /// What stopped a run of the decompressor.
    enum Stop {
        /// The input is used up or the output is full.
        case buffers
        /// A member is over, its checksum and length are right.
        case endOfMember
        case damage(GzipDamage.Kind)
        /// The first two bytes are not those of a gzip member.
        case noMember
    }

    /// Compressed bytes read at once: at 64 KiB zlib is 8 % slower, beyond 256 KiB it gains nothing (measured).
    private static let inputByteCount = 256 << 10

    private let stream: UnsafeMutablePointer<z_stream>
    private let input: UnsafeMutableRawBufferPointer
    /// Bytes that were ever put into the input buffer.
    private var inputOffset = 0

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        input = .allocate(byteCount: Self.inputByteCount, alignment: 64)
        // 15: the largest window, which every deflate stream fits; 16: gzip only, header and trailer verified.
        let status = preflight_inflate_init(stream, 15 + 16)
        precondition(status == Z_OK, "zlib does not start (\(status)): out of memory, or another version than this was built with")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    /// The next compressed byte; `nil` when the input buffer is used up.
    var nextByte: UInt8? {
        stream.pointee.avail_in == 0 ? nil : stream.pointee.next_in.pointee
    }

    /// Offset in the compressed input of the next byte that zlib has not been given.
    var compressedOffset: Int {
        inputOffset - Int(stream.pointee.avail_in)
    }

    /// Offset of the byte in which damage was noticed.
    ///
    /// zlib has taken up to four bytes more than it has used, as with a checksum that does not match; `data_type` tells how many bits.
    var damageOffset: Int {
        compressedOffset - (Int(stream.pointee.data_type & 63) + 7) / 8
    }

    /// Refills the used-up input buffer.
    ///
    /// - Returns: `false` at the end of the source.
    func refill(from source: inout some ByteSource) throws(SourceError) -> Bool {
        let count = try source.read(into: input)
        stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(count)
        inputOffset += count
        return count > 0
    }

    func dropByte() {
        stream.pointee.next_in += 1
        stream.pointee.avail_in -= 1
    }

    func beginMember() {
        inflateReset(stream)
    }

    /// Decompresses into `output` until something stops it.
    ///
    /// - Returns: the bytes written, also before damage.
    func run(into output: UnsafeMutableRawBufferPointer) -> (byteCount: Int, stop: Stop) {
        let room = UInt32(clamping: output.count)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = room
        let status = inflate(stream, Z_NO_FLUSH)
        return (Int(room - stream.pointee.avail_out), stop(for: status))
    }

    private func stop(for status: Int32) -> Stop {
        switch status {
        case Z_OK, Z_BUF_ERROR: return .buffers
        case Z_STREAM_END: return .endOfMember
        default:
            precondition(status == Z_DATA_ERROR, "zlib fails (\(status)): out of memory")
            return stop(forMessage: stream.pointee.msg.map { String(cString: $0) })
        }
    }

    /// zlib has one status for all damage; its messages, unchanged since 2002, tell them apart.
    private func stop(forMessage message: String?) -> Stop {
        switch message {
        case "incorrect header check": .noMember
        case "unknown compression method", "unknown header flags set", "header crc mismatch", "invalid window size": .damage(.badHeader)
        case "incorrect data check": .damage(.badChecksum)
        case "incorrect length check": .damage(.badLength)
        default: .damage(.badData)
        }
    }
}
