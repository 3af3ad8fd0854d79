import ByteSpans
import CZlib

/// Deflate data decoded by zlib.
package final class ZlibDecoder {
    let stream: preflight_zlib

    package init() {
        guard let stream = preflight_inflater(-15) else {
            fatalError("zlib does not start: out of memory, or another version than this was built with")
        }
        self.stream = stream
    }

    /// zlib has taken up to four bytes more than it has used when it notices damage; `data_type` tells how many bits.
    package var heldByteCount: Int {
        (Int(preflight_inflate_place(stream) & 63) + 7) / 8
    }

    package func beginStream() {
        preflight_inflate_reset(stream)
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
        let run = preflight_inflate(stream, input.view, output.room, flush)
        let stop: DecodedRun.Stop
        switch run.status {
        case Z_OK, Z_BUF_ERROR: stop = run.output_count == output.count ? .needsOutput : .needsInput
        case Z_STREAM_END: stop = .endOfStream
        default:
            precondition(run.status == Z_DATA_ERROR, "zlib fails (\(run.status)): out of memory")
            stop = .damage
        }
        return DecodedRun(inputByteCount: run.input_count, outputByteCount: run.output_count, stop: stop)
    }
}
