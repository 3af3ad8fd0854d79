import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import PigmentImport
import SafeText
import Synchronization

/// Keeps what has come of an answer, so that a broken-off one is not lost with its error.
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

    func begin(_ response: HTTPClientResponse) {
        state.withLock {
            $0.hasBegun = true
            $0.reply.status = Int(response.status.code)
            $0.reply.headers = response.headers.map { TransportReply.Header($0.name.lowercased(), $0.value) }
        }
    }

    /// - Returns: whether there is room for more.
    func append(_ part: ByteBuffer) -> Bool {
        state.withLock {
            let room = limit - $0.reply.body.count
            $0.reply.body += part.readableBytesView.prefix(room)
            $0.reply.isCut = part.readableBytes > room
            return !$0.reply.isCut
        }
    }
}
