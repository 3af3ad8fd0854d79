/// The content of a file as it is meant: decompressed if it is gzip, else as it stands.
///
/// The first two bytes decide, never the name: `1f 8b` is gzip, and no beginning of a CSV in UTF-8 (`8b` cannot stand there). Whatever is
/// wrong with a stream that begins so is damage of a gzip stream; a single `1f` is plain content.
public struct ContentSource<Source: ByteSource>: ByteSource {
    private enum Coding {
        case plain(PrefixedSource<Source>)
        case gzip(GzipSource<PrefixedSource<Source>>)
    }

    private var coding: Coding

    /// Reads up to two bytes to decide.
    public init(_ source: Source) throws(SourceError) {
        var source = source
        let prefix = try Self.beginning(of: &source)
        let whole = PrefixedSource(prefix: prefix, source: source)
        coding = prefix == [0x1F, 0x8B] ? .gzip(GzipSource(whole)) : .plain(whole)
    }

    public var compression: InputSummary.Compression {
        switch coding {
        case .plain: .none
        case .gzip: .gzip
        }
    }

    /// Bytes read from the source so far, as they are stored. At the end: all of them.
    public var compressedByteCount: Int {
        switch coding {
        case .plain(let source): source.takenByteCount
        case .gzip(let source): source.source.takenByteCount
        }
    }

    public mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceError) -> Int {
        switch coding {
        case .plain(var source):
            defer { coding = .plain(source) }
            return try source.read(into: buffer)
        case .gzip(var source):
            defer { coding = .gzip(source) }
            return try source.read(into: buffer)
        }
    }

    private static func beginning(of source: inout Source) throws(SourceError) -> [UInt8] {
        var first: (UInt8, UInt8) = (0, 0)
        var count = 0
        while count < 2 {
            let read = try withUnsafeMutableBytes(of: &first) { (buffer) throws(SourceError) in
                try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
            }
            if read == 0 { break }
            count += read
        }
        return Array([first.0, first.1].prefix(count))
    }
}
