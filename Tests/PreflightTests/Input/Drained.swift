import Preflight

@testable import ByteSources

/// All that a source delivered, and the error that ended it, if one did.
struct Drained: Equatable {
    var bytes: [UInt8] = []
    var error: SourceError?

    init(_ bytes: [UInt8], error: SourceError? = nil) {
        self.bytes = bytes
        self.error = error
    }

    init(_ content: String, error: SourceError? = nil) {
        self.init(Array(content.utf8), error: error)
    }

    init(_ source: inout some ByteSource, bufferByteCount: Int = 1 << 16) {
        var buffer = [UInt8](repeating: 0, count: bufferByteCount)
        do throws(SourceError) {
            while true {
                let count = try source.read(into: &buffer, from: 0)
                if count == 0 { return }
                bytes += buffer[..<count]
            }
        } catch {
            self.error = error
        }
    }

    /// For sources that nothing is asked of afterwards.
    init(all source: some ByteSource, bufferByteCount: Int = 1 << 16) {
        var source = source
        self.init(&source, bufferByteCount: bufferByteCount)
    }
}

/// Sizes of reads from the source and of the buffer read into, in which nothing may differ.
struct ReadSizes: CustomStringConvertible {
    var readLimit: Int?
    var bufferByteCount: Int

    static let all: [ReadSizes] = [nil, 1, 2, 3, 7, 4096].flatMap { limit in
        [1, 7, 300, 1 << 16].map { ReadSizes(readLimit: limit, bufferByteCount: $0) }
    }

    /// For tables of thousands of cases.
    static let few: [ReadSizes] = [(nil, 1 << 16), (1, 1 << 16), (1, 1), (3, 300), (7, 7), (4096, 300)].map {
        ReadSizes(readLimit: $0.0, bufferByteCount: $0.1)
    }

    /// For debug builds, which take minutes for a long stream byte by byte.
    static let ofLongStreams: [ReadSizes] = [(nil, 1 << 16), (4096, 300), (7, 1 << 16)].map {
        ReadSizes(readLimit: $0.0, bufferByteCount: $0.1)
    }

    var description: String { "reads of \(readLimit.map(String.init) ?? "any size") into \(bufferByteCount) bytes" }
}

/// Delivers some bytes and then fails.
struct FailingSource: ByteSource {
    var whole: BytesSource
    let error: SourceError

    mutating func read(into buffer: inout MutableSpan<UInt8>) throws(SourceError) -> Int {
        let count = try whole.read(into: &buffer)
        if count == 0 { throw error }
        return count
    }
}
