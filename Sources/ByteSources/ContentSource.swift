import ByteSpans

/// The content of a file as it is meant: decompressed if it is gzip, else as it is.
///
/// The first two bytes decide, never the name: `1f 8b` is gzip, and no beginning of a CSV in UTF-8 (`8b` cannot be there). Whatever is
/// wrong with a stream that begins so is damage of a gzip stream; a single `1f` is plain content.
package struct ContentSource<Source: ByteSource>: ByteSource {
    private enum Coding {
        case plain(PrefixedSource<Source>)
        case gzip(GzipSource<PrefixedSource<Source>>)
        /// While members are only found here, and decompressed elsewhere.
        case packed(BGZFSource<Source>)
    }

    private var coding: Coding
    private var isUntouched = true

    /// Reads up to two bytes to decide.
    package init(_ source: Source) throws(SourceError) {
        var source = source
        let prefix = try Self.beginning(of: &source)
        let whole = PrefixedSource(prefix: prefix, source: source)
        coding = prefix == [0x1F, 0x8B] ? .gzip(GzipSource(whole)) : .plain(whole)
    }

    package var compression: Compression {
        switch coding {
        case .plain: .none
        case .gzip, .packed: .gzip
        }
    }

    /// Bytes read from the source so far, as they are stored. At the end: all of them.
    package var compressedByteCount: Int {
        switch coding {
        case .plain(let source): source.takenByteCount
        case .gzip(let source): source.source.takenByteCount
        case .packed(let source): source.source.takenByteCount
        }
    }

    package mutating func read(into buffer: inout MutableSpan<UInt8>) throws(SourceError) -> Int {
        isUntouched = false
        switch coding {
        case .plain(var source):
            defer { coding = .plain(source) }
            return try source.read(into: &buffer)
        case .gzip(var source):
            defer { coding = .gzip(source) }
            return try source.read(into: &buffer)
        case .packed(let packed):
            var source = packed.rest()
            defer { coding = .gzip(source) }
            return try source.read(into: &buffer)
        }
    }

    /// Reads the next block of content, or has it decompressed by the caller: members that can be decompressed side by side are only
    /// packed, so that nothing waits for them to ask for the next block.
    ///
    /// In order, one caller at a time. Content and damage, taken together in the order of the calls, are those of ``read(into:)``.
    ///
    /// - Parameters:
    ///   - buffer: not empty. Members are packed only for one of ``PackedMembers/leastRoomByteCount`` or more, in all calls.
    ///   - packed: empty.
    /// - Returns: the number of bytes written to the front of `buffer`. 0 with members in `packed`: the block is their content, and no more
    ///   than `buffer` holds. 0 with nothing in it: the end.
    /// - Throws: ``SourceError``. Damage of packed members is not thrown, but found when they are decompressed.
    package mutating func readBlock(
        into buffer: inout MutableSpan<UInt8>, packed: inout PackedMembers
    ) throws(SourceError) -> Int {
        precondition(packed.isEmpty, "the members of the last block were not decompressed")
        if case .gzip(let source) = coding, isUntouched {
            coding = .packed(BGZFSource(source.source))
        }
        isUntouched = false
        if case .packed(let source) = coding, buffer.count >= PackedMembers.leastRoomByteCount {
            if source.pack(into: &packed, roomByteCount: buffer.count) { return 0 }
        }
        return try read(into: &buffer)
    }

    /// The next block of a file that is not compressed: see ``FileSource/takeBlock(byteCount:)``.
    package mutating func takeBlock(byteCount: Int) -> FileBlock? where Source == FileSource {
        guard case .plain(var source) = coding else { return nil }
        defer { coding = .plain(source) }
        return source.takeBlock(byteCount: byteCount)
    }

    private static func beginning(of source: inout Source) throws(SourceError) -> [UInt8] {
        var (first, count): ([UInt8], Int) = ([0, 0], 0)
        while count < 2 {
            var buffer = first.mutableSpan
            var rest = buffer.rest(from: count)
            let read = try source.read(into: &rest)
            if read == 0 { break }
            count += read
        }
        return Array(first.prefix(count))
    }
}
