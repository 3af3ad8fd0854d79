import CZlib

/// Deflate data decoded by zlib.
///
/// zlib keeps a pointer from its state back to the stream and refuses a stream that moved: it lives on the heap, and one object owns it.
package final class ZlibDecoder {
    let stream: UnsafeMutablePointer<z_stream>

    package init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15: the largest window, which all deflate data fits; negative: no header and no trailer around it.
        let status = preflight_inflate_init(stream, -15)
        precondition(status == Z_OK, "zlib does not start (\(status)): out of memory, or another version than this was built with")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// zlib has taken up to four bytes more than it has used when it notices damage; `data_type` tells how many bits.
    package var heldByteCount: Int {
        (Int(stream.pointee.data_type & 63) + 7) / 8
    }

    package func beginStream() {
        inflateReset(stream)
    }

    package func run(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> DecodedRun {
        run(input, into: output, flush: Z_NO_FLUSH)
    }

    /// All input is taken at once: nothing is left of it.
    package func endInput() -> Bool {
        false
    }

    package func run(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, flush: Int32
    ) -> DecodedRun {
        let (available, room) = (UInt32(clamping: input.count), UInt32(clamping: output.count))
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = available
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = room
        let status = inflate(stream, flush)
        let stop: DecodedRun.Stop
        switch status {
        case Z_OK, Z_BUF_ERROR: stop = stream.pointee.avail_out == 0 ? .needsOutput : .needsInput
        case Z_STREAM_END: stop = .endOfStream
        default:
            precondition(status == Z_DATA_ERROR, "zlib fails (\(status)): out of memory")
            stop = .damage
        }
        return DecodedRun(
            inputByteCount: Int(available - stream.pointee.avail_in), outputByteCount: Int(room - stream.pointee.avail_out), stop: stop)
    }
}
