/// Text in another encoding, delivered as UTF-8 without a byte order mark: what a push with `--transcode` sends.
package struct TranscodingSource<Source: ByteSource>: ByteSource {
    private var source: Source
    private var transcoder: Transcoder
    private var encoding: TextEncoding
    /// Converted bytes that were not delivered yet.
    private var ready: [UInt8] = []
    private var readyOffset = 0
    private var input = [UInt8](repeating: 0, count: 64 << 10)
    private var isAtBeginning = true
    private var isAtEnd = false

    package init(_ source: Source, encoding: TextEncoding) {
        self.source = source
        self.encoding = encoding
        transcoder = Transcoder(encoding)
    }

    package mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceError) -> Int {
        while readyOffset == ready.count {
            if isAtEnd { return 0 }
            try convertMore()
        }
        let count = min(buffer.count, ready.count - readyOffset)
        buffer.copyBytes(from: ready[readyOffset..<(readyOffset + count)])
        readyOffset += count
        return count
    }

    private mutating func convertMore() throws(SourceError) {
        var count = try readInput(from: 0)
        var start = 0
        if isAtBeginning {
            // A mark is known by its two bytes, which may come one at a time.
            while count == 1 {
                let more = try readInput(from: 1)
                if more == 0 { break }
                count += more
            }
            isAtBeginning = false
            encoding = input.withUnsafeBytes { encoding.resolved(by: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            transcoder = Transcoder(encoding)
            start = input.withUnsafeBytes { encoding.markLength(of: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
        readyOffset = 0
        isAtEnd = count == 0
        ready = [UInt8](unsafeUninitializedCapacity: (count - start) * encoding.mostGrowth + Transcoder.mostPending) { output, written in
            let output = UnsafeMutableRawBufferPointer(output)
            written = input.withUnsafeBytes { bytes in
                isAtEnd
                    ? transcoder.finish(into: output)
                    : transcoder.convert(UnsafeRawBufferPointer(rebasing: bytes[start..<count]), into: output)
            }
        }
    }

    private mutating func readInput(from start: Int) throws(SourceError) -> Int {
        var result: Result<Int, SourceError> = .success(0)
        input.withUnsafeMutableBytes { bytes in
            do throws(SourceError) {
                result = .success(try source.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[start...])))
            } catch {
                result = .failure(error)
            }
        }
        return try result.get()
    }
}
