import ByteSpans
import CZlib

/// Compresses what is written into an ``OutputFile``, as one gzip member without a name or a time: the same content gives the same bytes.
///
/// zlib keeps a pointer from its state back to the stream and refuses a stream that moved: it lives on the heap, and one object owns it.
@safe
package final class GzipWriter {
    private let writer: OutputFile.Writer
    private let stream: UnsafeMutablePointer<z_stream>
    private var buffer = [UInt8](repeating: 0, count: 1 << 17)

    package init(_ writer: OutputFile.Writer) {
        self.writer = writer
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let status = unsafe preflight_gzip_init(stream)
        precondition(status == Z_OK, "zlib does not start (\(status)): out of memory, or another version than this was built with")
    }

    deinit {
        unsafe deflateEnd(stream)
        unsafe stream.deallocate()
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
            let room = UInt32(buffer.count)
            let status = unsafe rest.withUnsafeBufferPointer { input in
                unsafe preflight_deflate(stream, input.baseAddress, UInt32(input.count), &buffer, room, flush)
            }
            // There is nothing to be done where the room was filled exactly.
            precondition(status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR, "zlib fails (\(status))")
            let (left, free) = unsafe (Int(stream.pointee.avail_in), Int(stream.pointee.avail_out))
            rest = rest.suffix(left)
            let count = buffer.count - free
            let compressed = buffer
            try writer.write(compressed.span[0..<count])
            if free > 0 { return }
        }
    }
}
