import CZlib

@testable import ByteSources

/// gzip streams as zlib writes them, and zlib's own word on such streams.
enum ZlibOracle {
    /// - Parameters:
    ///   - level: 0 to 9.
    ///   - flushedByteCount: after each of so many bytes the current block is ended; `nil` for never.
    static func compress(
        _ content: [UInt8], level: Int32, strategy: Int32 = Z_DEFAULT_STRATEGY, flushedByteCount: Int? = nil
    ) -> [UInt8] {
        withStream { stream in
            deflateInit2_(stream, level, Z_DEFLATED, 31, 8, strategy, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
            defer { deflateEnd(stream) }
            var compressed: [UInt8] = []
            var offset = 0
            repeat {
                let end = min(offset + (flushedByteCount ?? content.count), content.count)
                compressed += run(stream, Array(content[offset..<end])) { deflate($0, end == content.count ? Z_FINISH : Z_SYNC_FLUSH) }
                offset = end
            } while offset < content.count
            return compressed
        }
    }

    /// What zlib decodes of one member before anything is wrong with it, and what that is.
    static func decompress(_ compressed: [UInt8]) -> (content: [UInt8], damage: GzipDamage.Kind?) {
        withStream { stream in
            inflateInit2_(stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
            defer { inflateEnd(stream) }
            var status = Z_OK
            let content = run(stream, compressed) {
                status = inflate($0, Z_NO_FLUSH)
                return status
            }
            switch status {
            case Z_STREAM_END: return (content, nil)
            case Z_DATA_ERROR: return (content, kind(stream.pointee.msg.map { String(cString: $0) } ?? ""))
            default: return (content, .truncated)
            }
        }
    }

    private static func kind(_ message: String) -> GzipDamage.Kind {
        switch message {
        case "incorrect header check", "unknown compression method", "unknown header flags set", "header crc mismatch": .badHeader
        case "incorrect data check": .badChecksum
        case "incorrect length check": .badLength
        default: .badData
        }
    }

    /// Runs until the input is used up and no output is left.
    private static func run(
        _ stream: UnsafeMutablePointer<z_stream>, _ input: [UInt8], _ step: (UnsafeMutablePointer<z_stream>) -> Int32
    ) -> [UInt8] {
        var (input, output, buffer) = (input, [UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        input.withUnsafeMutableBufferPointer { input in
            buffer.withUnsafeMutableBufferPointer { buffer in
                stream.pointee.next_in = input.baseAddress
                stream.pointee.avail_in = UInt32(input.count)
                repeat {
                    stream.pointee.next_out = buffer.baseAddress
                    stream.pointee.avail_out = UInt32(buffer.count)
                    let status = step(stream)
                    output += buffer[..<(buffer.count - Int(stream.pointee.avail_out))]
                    if status < Z_OK { break }
                } while stream.pointee.avail_out == 0
            }
        }
        return output
    }

    private static func withStream<Result>(_ body: (UnsafeMutablePointer<z_stream>) -> Result) -> Result {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        return body(stream)
    }
}
