import PigmentImport
import Synchronization

@testable import ByteSources
@testable import ImportProfiles

/// A clock that jumps over every wait and keeps a list of them. The sockets' own limits stay on the real clock.
final class VirtualTime: Sendable {
    /// 2026-01-01 00:00:00 UTC, when the clock starts.
    static let wallClockStart = 1_767_225_600

    private let waitsSoFar = Mutex<[Duration]>([])

    /// What was waited for, in order.
    var waits: [Duration] {
        waitsSoFar.withLock { $0 }
    }

    private var elapsed: Duration {
        waits.reduce(.zero, +)
    }

    /// Without jitter, so that waits can be compared.
    var timing: Timing {
        Timing(
            elapsed: { self.elapsed },
            sleep: { duration in
                try Task.checkCancellation()
                self.waitsSoFar.withLock { $0.append(duration) }
            },
            wallClock: { Self.wallClockStart + Int(self.elapsed.components.seconds) },
            jitter: { 0 }
        )
    }
}
