import NIOCore
import NIOHTTP1
import PigmentImport
import SafeText
import Synchronization

/// Keeps what has come of an answer, so that a broken-off one is not lost with its error.
///
/// It takes the parts where ``WatchHandler`` sees them. When AsyncHTTPClient has read an answer to its end, it closes the connection before it
/// hands on the body: the end of a request that still waits for the socket then fails, and AsyncHTTPClient fails the whole answer with it.
final class ReplyCollector: Sendable {
    private struct State {
        var reply = TransportReply(status: 0, sentByteCount: 0, isRequestWhole: false)
        var hasBegun = false
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    var reply: TransportReply { state.withLock { $0.reply } }
    var hasBegun: Bool { state.withLock { $0.hasBegun } }
    /// Whether there was no room for all of it.
    var isCut: Bool { state.withLock { $0.reply.isCut } }

    func begin(_ head: HTTPResponseHead) {
        state.withLock {
            $0.hasBegun = true
            $0.reply.status = Int(head.status.code)
            $0.reply.headers = head.headers.map { TransportReply.Header($0.name.lowercased(), $0.value) }
        }
    }

    func append(_ part: ByteBuffer) {
        state.withLock {
            let room = limit - $0.reply.body.count
            $0.reply.body += part.readableBytesView.prefix(room)
            $0.reply.isCut = $0.reply.isCut || part.readableBytes > room
        }
    }
}
