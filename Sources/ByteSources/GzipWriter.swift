import CZlib

/// Compresses what is written into an ``OutputFile``, as one gzip member without a name or a time: the same content gives the same bytes.
package final class GzipWriter {
    private let writer: OutputFile.Writer
    private let stream: UnsafeMutablePointer<z_stream>
    private let buffer: UnsafeMutableRawBufferPointer

    package init(_ writer: OutputFile.Writer) {
        self.writer = writer
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        buffer = .allocate(byteCount: 1 << 17, alignment: 16)
        let status = preflight_gzip_init(stream)
        precondition(status == Z_OK, "zlib does not start (\(status)): out of memory, or another version than this was built with")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
        buffer.deallocate()
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws(OutputFile.Refusal) {
        var rest = bytes
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
            stream.pointee.next_in = UnsafeMutablePointer(mutating: piece.baseAddress?.assumingMemoryBound(to: UInt8.self))
            stream.pointee.avail_in = UInt32(piece.count)
            try compress(Z_NO_FLUSH)
        }
    }

    /// Ends the member; nothing is written afterwards.
    package func end() throws(OutputFile.Refusal) {
        stream.pointee.avail_in = 0
        try compress(Z_FINISH)
    }

    private func compress(_ flush: Int32) throws(OutputFile.Refusal) {
        while true {
            stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(buffer.count)
            let status = deflate(stream, flush)
            // There is nothing to be done where the room was filled exactly.
            precondition(status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR, "zlib fails (\(status))")
            let count = buffer.count - Int(stream.pointee.avail_out)
            try writer.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            if stream.pointee.avail_out > 0 { return }
        }
    }
}
