import ByteSources
import Preflight
import SafeText
import Synchronization

/// Draws the progress of a pass over the file: bytes, rate, and the time left if the size is known.
///
/// At most ten times a second. Times come from the monotonic clock.
final class ProgressDisplay: Sendable {
    private let terminal: Terminal
    private let verb: String
    private let total: Int?
    /// When the pass began, and when progress was last drawn.
    private let times = Mutex<(start: ContinuousClock.Instant, lastDrawn: ContinuousClock.Instant?)?>(nil)

    /// - Parameters:
    ///   - verb: The action, for instance `Checking`.
    ///   - total: The size in bytes, if it is known.
    init(_ verb: String, total: Int?, terminal: Terminal) {
        self.verb = verb
        self.total = total
        self.terminal = terminal
    }

    func update(_ bytes: Int) {
        guard terminal.showsProgress else { return }
        let now = ContinuousClock.now
        let elapsed: Duration? = times.withLock { times in
            let start = times?.start ?? now
            if let last = times?.lastDrawn, now - last < .milliseconds(100) { return nil }
            times = (start, now)
            return now - start
        }
        if let elapsed { terminal.progress(Self.line(verb: verb, bytes: bytes, total: total, elapsed: elapsed)) }
    }

    /// The pass begins again.
    func restart() {
        times.withLock { $0 = nil }
    }

    /// For instance `Sending  12.3 MB of 31.1 MB  39%  84.1 MB/s  0:01 left`; the rate once it is known.
    static func line(verb: String, bytes: Int, total: Int?, elapsed: Duration) -> String {
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        // The first bytes come at once: a rate of less time would mean nothing.
        let rate = seconds >= 0.1 ? Double(bytes) / seconds : 0
        var parts = ["\(verb)  \(ByteCount(bytes))"]
        if let total, total > 0 {
            parts[0] += " of \(ByteCount(total))"
            parts.append("\(min(100, bytes * 100 / total))%")
        }
        if rate > 0 { parts.append("\(ByteCount(Int(rate)))/s") }
        if let total, rate > 0, bytes < total {
            let left = Int((Double(total - bytes) / rate).rounded(.up))
            parts.append("\(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left")
        }
        return parts.joined(separator: "  ")
    }
}
