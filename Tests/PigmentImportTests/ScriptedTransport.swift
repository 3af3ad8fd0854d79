import Synchronization

@testable import PigmentImport

/// Plays a script instead of a network, and keeps the account that a server would.
final class ScriptedTransport: HTTPTransport {
    /// One request's fate.
    enum Step: Sendable {
        /// Takes so many chunks of the body (`nil`: all), then answers.
        case answer(TransportReply, chunks: Int? = nil)
        /// Takes so many chunks of the body (`nil`: all), then fails in the phase that follows from it.
        case fail(TransportFailure.Kind, chunks: Int? = nil)
        case failToConnect(TransportFailure.Kind)
        /// Takes the whole body and breaks off within the answer.
        case cutAnswer(TransportReply)
        /// Takes what the body gives and answers although it broke off.
        case answerDespiteFault(TransportReply)
    }

    struct Ledger {
        var steps: ArraySlice<Step>
        var requests: [String] = []
        var replyTimeouts: [Duration?] = []
        var wholeBodies: [[UInt8]] = []
    }

    private let ledger: Mutex<Ledger>

    init(_ steps: [Step]) {
        ledger = Mutex(Ledger(steps: steps[...]))
    }

    var replyTimeouts: [Duration?] { ledger.withLock { $0.replyTimeouts } }
    var requests: [String] { ledger.withLock { $0.requests } }
    var wholeBodies: [[UInt8]] { ledger.withLock { $0.wholeBodies } }
    var stepsLeft: Int { ledger.withLock { $0.steps.count } }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
        let step = ledger.withLock {
            $0.requests.append("\(request)")
            $0.replyTimeouts.append(request.replyTimeout)
            return $0.steps.popFirst()
        }
        switch step {
        case nil: throw TransportFailure(phase: .connecting, kind: .other, text: "the script is over")
        case .failToConnect(let kind): throw TransportFailure(phase: .connecting, kind: kind, text: "no connection")
        case .fail(let kind, let chunks):
            let (sent, isWhole) = try await take(request, chunks: chunks)
            throw TransportFailure(
                phase: isWhole ? .awaitingReply : .sending, kind: kind, sentByteCount: sent, text: "the connection broke")
        case .answer(var reply, let chunks):
            (reply.sentByteCount, reply.isRequestWhole) = try await take(request, chunks: chunks)
            return reply
        case .answerDespiteFault(var reply):
            do { _ = try await take(request, chunks: nil) } catch { reply.sentByteCount = error.sentByteCount }
            return reply
        case .cutAnswer(var reply):
            (reply.sentByteCount, reply.isRequestWhole) = try await take(request, chunks: nil)
            throw TransportFailure(
                phase: .readingReply, kind: .reset, sentByteCount: reply.sentByteCount, partialReply: reply, text: "the connection broke")
        }
    }

    private func take(_ request: TransportRequest, chunks: Int?) async throws(TransportFailure) -> (sent: Int, isWhole: Bool) {
        guard let body = request.body else { return (0, true) }
        var taken: [UInt8] = []
        var count = 0
        var iterator = body.makeAsyncIterator()
        do throws(UploadBody.Failure) {
            while count < chunks ?? .max, let chunk = try await iterator.next() {
                taken += chunk
                count += 1
            }
        } catch {
            throw TransportFailure(phase: .sending, kind: .body(error), sentByteCount: taken.count, text: "the file changed")
        }
        let isWhole = taken.count == body.byteCount
        if isWhole { ledger.withLock { $0.wholeBodies.append(taken) } }
        return (taken.count, isWhole)
    }
}
