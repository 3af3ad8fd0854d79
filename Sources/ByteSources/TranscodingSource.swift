import ByteSpans

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

    package mutating func read(into buffer: inout MutableSpan<UInt8>) throws(SourceError) -> Int {
        while readyOffset == ready.count {
            if isAtEnd { return 0 }
            try convertMore()
        }
        let count = min(buffer.count, ready.count - readyOffset)
        buffer.copy(ready.span.extracting(readyOffset..<(readyOffset + count)))
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
            encoding = encoding.resolved(by: input.span[..<count])
            transcoder = Transcoder(encoding)
            start = encoding.markLength(of: input.span[..<count])
        }
        readyOffset = 0
        isAtEnd = count == 0
        let (bytes, isEnd) = (input, isAtEnd)
        ready = [UInt8](capacity: (count - start) * encoding.mostGrowth + Transcoder.mostPending) { output in
            if isEnd { transcoder.finish(into: &output) } else { transcoder.convert(bytes.span[start..<count], into: &output) }
        }
    }

    private mutating func readInput(from start: Int) throws(SourceError) -> Int {
        // The source writes to memory that is not a part of this value.
        var bytes: [UInt8] = []
        swap(&bytes, &input)
        defer { swap(&bytes, &input) }
        return try source.read(into: &bytes, from: start)
    }
}
