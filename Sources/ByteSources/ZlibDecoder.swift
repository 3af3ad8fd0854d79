import CZlib

/// Deflate data decoded by zlib.
///
/// zlib keeps a pointer from its state back to the stream and refuses a stream that moved: it lives on the heap, and one object owns it.
@safe
package final class ZlibDecoder {
    let stream: UnsafeMutablePointer<z_stream>

    package init() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 15: the largest window, which all deflate data fits; negative: no header and no trailer around it.
        let status = unsafe preflight_inflate_init(stream, -15)
        precondition(status == Z_OK, "zlib does not start (\(status)): out of memory, or another version than this was built with")
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// zlib has taken up to four bytes more than it has used when it notices damage; `data_type` tells how many bits.
    package var heldByteCount: Int {
        unsafe (Int(stream.pointee.data_type & 63) + 7) / 8
    }

    package func beginStream() {
        unsafe inflateReset(stream)
    }

    package func run(_ input: Span<UInt8>, into output: inout MutableSpan<UInt8>) -> DecodedRun {
        run(input, into: &output, flush: Z_NO_FLUSH)
    }

    /// All input is taken at once: nothing is left of it.
    package func endInput() -> Bool {
        false
    }

    package func run(
        _ input: Span<UInt8>, into output: inout MutableSpan<UInt8>, flush: Int32
    ) -> DecodedRun {
        let (available, room) = (UInt32(clamping: input.count), UInt32(clamping: output.count))
        let status = unsafe input.withUnsafeBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe preflight_inflate(stream, input.baseAddress, available, output.baseAddress, room, flush)
            }
        }
        let (left, free) = unsafe (stream.pointee.avail_in, stream.pointee.avail_out)
        let stop: DecodedRun.Stop
        switch status {
        case Z_OK, Z_BUF_ERROR: stop = free == 0 ? .needsOutput : .needsInput
        case Z_STREAM_END: stop = .endOfStream
        default:
            precondition(status == Z_DATA_ERROR, "zlib fails (\(status)): out of memory")
            stop = .damage
        }
        return DecodedRun(
            inputByteCount: Int(available - left), outputByteCount: Int(room - free), stop: stop)
    }
}
