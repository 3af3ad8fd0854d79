import Foundation

/// Keeps tests that lock files apart from tests that start processes.
///
/// A process that is being started holds every descriptor of the tests until it runs its program, and with them their locks: the lock of a push that
/// has ended then seems to be held by a process that still pushes.
public enum ProcessStarts {
    private struct State {
        var startCount = 0
        var lockCount = 0
    }

    private static let condition = NSCondition()
    // Only read and written under the condition's lock.
    nonisolated(unsafe) private static var state = State()

    /// Starts a process while no test locks files. Not for ``Testing/Trait/computing`` tests: those that lock files need their threads to end.
    public static func perform<Result>(_ start: () throws -> Result) rethrows -> Result {
        condition.withLock {
            while state.lockCount > 0 { condition.wait() }
            state.startCount += 1
        }
        defer {
            condition.withLock { state.startCount -= 1 }
            condition.broadcast()
        }
        return try start()
    }

    /// No process is started from here on until ``endLocking()``.
    package static func beginLocking() {
        condition.withLock {
            while state.startCount > 0 { condition.wait() }
            state.lockCount += 1
        }
    }

    package static func endLocking() {
        condition.withLock { state.lockCount -= 1 }
        condition.broadcast()
    }
}
