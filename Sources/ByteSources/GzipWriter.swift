import ByteSpans
import CZlib

/// Compresses what is written into an ``OutputFile``, as one gzip member without a name or a time: the same content gives the same bytes.
package final class GzipWriter {
    private let writer: OutputFile.Writer
    private let stream: preflight_zlib
    private var buffer = [UInt8](repeating: 0, count: 1 << 17)

    package init(_ writer: OutputFile.Writer) {
        self.writer = writer
        guard let stream = preflight_gzip_deflater() else {
            fatalError("zlib does not start: out of memory, or another version than this was built with")
        }
        self.stream = stream
    }

    package func write(_ bytes: Span<UInt8>) throws(OutputFile.Refusal) {
        var rest = bytes
        while !rest.isEmpty {
            let piece = rest.prefix(1 << 30)
            rest = rest.dropFirst(piece.count)
            try compress(piece, Z_NO_FLUSH)
        }
    }

    /// Ends the member; nothing is written afterwards.
    package func end() throws(OutputFile.Refusal) {
        try compress(Span(), Z_FINISH)
    }

    private func compress(_ bytes: Span<UInt8>, _ flush: Int32) throws(OutputFile.Refusal) {
        var rest = bytes
        while true {
            var room = buffer.mutableSpan
            let run = preflight_deflate(stream, rest.view, room.room, flush)
            // There is nothing to be done where the room was filled exactly.
            precondition([Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(run.status), "zlib fails (\(run.status))")
            rest = rest.dropFirst(run.input_count)
            let compressed = buffer
            try writer.write(compressed.span[0..<run.output_count])
            if run.output_count < buffer.count { return }
        }
    }
}
