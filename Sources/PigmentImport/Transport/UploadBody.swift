public import ByteSources
package import Preflight
import Synchronization
import ValueFormats

/// The body of a push: the bytes of a `Clearance`, read a second time, and whole only if they are the bytes that were judged.
///
/// A server takes a body for whole when `Content-Length` bytes have come. So the last chunk is held back until everything is known:
///
/// ```
///   chunk  chunk  chunk  …  | last chunk |
///   sent   sent   sent      | held until length, end of input, file identity and SHA-256 all agree
/// ```
///
/// Any doubt throws instead; the transport then closes the connection, and what has arrived is an incomplete message that no server
/// may act on. The sequence yields `byteCount` bytes and ends, or it throws having yielded fewer: nothing in between. The last chunk
/// is never empty, as its size is what is left of the announced length.
///
/// Reading blocks the thread it runs on for the time of one chunk (a read, an inflate, a hash). Iterate it once.
public struct UploadBody: AsyncSequence, Sendable {
    /// Why the body cannot become whole.
    public enum Failure: Error, Equatable, Sendable {
        /// The file is not the one that was judged: replaced, rewritten or touched since.
        case changed
        /// The second pass ended before the announced length.
        case shorter(byteOffset: Int)
        /// The second pass goes on after the announced length.
        case longer
        /// Same length, other bytes.
        case otherBytes
        /// No further byte could be had.
        case unreadable(SourceError)
        /// The sender gave up, see ``UploadBody/stop()``.
        case stopped
    }

    /// How far the body has been handed to the transport.
    package struct Progress: Equatable, Sendable {
        /// Bytes handed over, the chunk about to go included.
        package let byteCount: Int
        /// Length of the whole body.
        package let totalByteCount: Int

        /// From here on the server may come to have the whole body.
        package var isWhole: Bool { byteCount == totalByteCount }

        package init(byteCount: Int, totalByteCount: Int) {
            self.byteCount = byteCount
            self.totalByteCount = totalByteCount
        }
    }

    /// The largest chunk. With it memory stays flat, and a hash or an inflate of one chunk takes well under a millisecond.
    package static let defaultChunkByteCount = 256 * 1024

    /// Length of the whole body: its `Content-Length`.
    public var byteCount: Int { origin.byteCount }

    private let origin: BodyOrigin
    private let chunkByteCount: Int
    private let observe: @Sendable (Progress) -> Void
    private let log = Log()

    /// - Parameters:
    ///   - clearance: the permission to send.
    ///   - chunkByteCount: The largest chunk.
    ///   - observe: called with each chunk just before it is handed over.
    package init(
        _ clearance: Clearance, chunkByteCount: Int = Self.defaultChunkByteCount, observe: @escaping @Sendable (Progress) -> Void = { _ in }
    ) {
        self.init(origin: BodyOrigin(clearance), chunkByteCount: chunkByteCount, observe: observe)
    }

    init(origin: BodyOrigin, chunkByteCount: Int = Self.defaultChunkByteCount, observe: @escaping @Sendable (Progress) -> Void = { _ in }) {
        self.origin = origin
        self.chunkByteCount = chunkByteCount
        self.observe = observe
    }

    /// What went wrong in reading, if anything did. The transport's own error may hide it.
    package var failure: Failure? { log.state.withLock { $0.failure } }

    /// Makes the sequence throw ``Failure/stopped`` at its next chunk: for a transport that is cancelled while another task still reads.
    public func stop() {
        log.state.withLock { $0.isStopped = true }
    }

    /// Begins the second pass over the file. Call it once.
    public func makeAsyncIterator() -> Iterator {
        Iterator(origin: origin, chunkByteCount: chunkByteCount, observe: observe, log: log)
    }

    /// What the iterator tells the value it came from.
    final class Log: Sendable {
        struct State {
            var failure: Failure?
            var isStopped = false
        }
        let state = Mutex(State())
    }

    /// Reads and judges one chunk at a time.
    public struct Iterator: AsyncIteratorProtocol {
        private let origin: BodyOrigin
        private let chunkByteCount: Int
        private let observe: @Sendable (Progress) -> Void
        private let log: Log
        private var source: (any ByteSource)?
        private var digest = SHA256Digest()
        private var deliveredByteCount = 0
        private var isOver = false

        init(origin: BodyOrigin, chunkByteCount: Int, observe: @escaping @Sendable (Progress) -> Void, log: Log) {
            self.origin = origin
            self.chunkByteCount = chunkByteCount
            self.observe = observe
            self.log = log
        }

        /// The next bytes; `nil` after the last.
        ///
        /// - Throws: ``UploadBody/Failure`` if the body cannot become whole: then close the connection, and never end the message.
        public mutating func next() async throws(Failure) -> [UInt8]? {
            guard !isOver else { return nil }
            do {
                return try nextChunk()
            } catch {
                isOver = true
                source = nil
                log.state.withLock { $0.failure = error }
                throw error
            }
        }

        private mutating func nextChunk() throws(Failure) -> [UInt8]? {
            var source = try openedSource()
            let left = origin.byteCount - deliveredByteCount
            let isLast = left <= chunkByteCount
            var chunk = [UInt8](repeating: 0, count: Swift.min(left, chunkByteCount))
            try fill(&chunk, from: &source)
            if isLast {
                guard try Self.isAtEnd(&source) else { throw .longer }
                guard digest.finalize() == origin.digest else { throw .otherBytes }
                isOver = true
            }
            // Asked after reading: a change that came before the read is seen in the bytes or here.
            try confirmUnchanged()
            self.source = isLast ? nil : source
            guard !chunk.isEmpty else { return nil }
            deliveredByteCount += chunk.count
            try release()
            return chunk
        }

        private mutating func openedSource() throws(Failure) -> any ByteSource {
            if let source { return source }
            try confirmUnchanged()
            do { return try origin.open() } catch { throw .unreadable(error) }
        }

        private func confirmUnchanged() throws(Failure) {
            let isUnchanged: Bool
            do { isUnchanged = try origin.isUnchanged() } catch { throw .unreadable(error) }
            guard isUnchanged else { throw .changed }
        }

        /// The one place where a chunk gets out, under the lock that ``UploadBody/stop()`` takes: after `stop` returns, none does.
        private func release() throws(Failure) {
            let progress = Progress(byteCount: deliveredByteCount, totalByteCount: origin.byteCount)
            let mayGo = log.state.withLock { state in
                if !state.isStopped { observe(progress) }
                return !state.isStopped
            }
            guard mayGo else { throw .stopped }
        }

        private mutating func fill(_ chunk: inout [UInt8], from source: inout any ByteSource) throws(Failure) {
            var count = 0
            while count < chunk.count {
                let readCount = try Self.read(into: &chunk, from: count, of: &source)
                guard readCount > 0 else { throw .shorter(byteOffset: deliveredByteCount + count) }
                count += readCount
            }
            digest.update(chunk.span)
        }

        private static func isAtEnd(_ source: inout any ByteSource) throws(Failure) -> Bool {
            var probe: [UInt8] = [0]
            return try read(into: &probe, from: 0, of: &source) == 0
        }

        /// Reads into the bytes of `chunk` from `start`; there is at least one.
        private static func read(into chunk: inout [UInt8], from start: Int, of source: inout any ByteSource) throws(Failure) -> Int {
            do throws(SourceError) {
                return try source.read(into: &chunk, from: start)
            } catch .changed {
                throw .changed
            } catch {
                throw .unreadable(error)
            }
        }
    }
}

@available(*, unavailable)
extension UploadBody.Iterator: Sendable {}
