package import SafeText
import Synchronization

/// The requests that the processes of this user on this host have sent lately: a small file that they share, under a lock.
///
/// A file that cannot be used never stops a push: then only the requests of this process are counted.
package final class RequestCounter: Sendable {
    /// `nil` to count this process alone.
    private let path: FilePath?
    private let limits: RequestLimits
    private let own: Mutex<RequestBudget>
    /// Bytes after which lines of old requests are dropped.
    private static let mostBytes = 256 << 10

    package init(path: FilePath?, limits: RequestLimits) {
        self.path = path
        self.limits = limits
        own = Mutex(RequestBudget(limits: limits))
    }

    /// What became of the wish to send a request.
    enum Answer: Equatable {
        /// It is counted, and may go.
        case go
        /// Nothing is counted; ask again later.
        case wait(milliseconds: Int, reason: String)
    }

    /// Counts a request if it may go now.
    func ask(_ request: RequestBudget.Sent) -> Answer {
        if let path, let answer = try? Self.ask(request, path, limits) { return answer }
        return own.withLock { budget in
            budget.forget(before: request.time)
            if let wait = budget.wait(for: request) { return .wait(milliseconds: wait.milliseconds, reason: wait.reason) }
            budget.add(request)
            return .go
        }
    }

    private static func ask(_ request: RequestBudget.Sent, _ path: FilePath, _ limits: RequestLimits) throws(LedgerError) -> Answer {
        try LedgerFolder.make(path.folder, for: path)
        let file = try LedgerFile.writing(path, faults: .none)
        try file.lock(patience: .seconds(5))
        defer { file.unlock() }
        var budget = RequestBudget(limits: limits)
        var byteCount = 0
        try LedgerLines(file).forEach { line, _, _ in
            byteCount += line.count + 1
            if let sent = RequestBudget.sent(line) { budget.add(sent) }
        }
        budget.forget(before: request.time)
        if let wait = budget.wait(for: request) { return .wait(milliseconds: wait.milliseconds, reason: wait.reason) }
        if byteCount > mostBytes {
            budget.add(request)
            try file.replaceLines(budget.sent.map(RequestBudget.line))
        } else {
            try file.append(RequestBudget.line(request), isUndone: false)
        }
        return .go
    }
}
