import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Threads of their own for one kind of work in tests.
///
/// Swift's cooperative threads are as few as the processors, and all tests share them. Two tests that compute would keep every other test waiting, and
/// a server that waits with them would seem silent to its client.
public final class TestThreads: TaskExecutor, @unchecked Sendable {
    /// For tests that compute. They give way to whatever waits for a process, a socket or a silence.
    static let computing = TestThreads(count: ProcessInfo.processInfo.activeProcessorCount, givesWay: true)
    /// For servers that tests talk to.
    public static let serving = TestThreads(count: 2, givesWay: false)

    private let jobs = Mutex<[UnownedJob]>([])
    /// Counts the jobs that nobody has taken. Not a condition: in the C library of Debian 12 a signal to one of several threads may wake none.
    private let untaken = DispatchSemaphore(value: 0)

    private init(count: Int, givesWay: Bool) {
        for _ in 0..<count {
            let thread = Thread { [self] in
                if givesWay { Self.lowerPriority() }
                work()
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        untaken.signal()
    }

    /// Of the calling thread: elsewhere than on Linux the call would mean the whole process.
    private static func lowerPriority() {
        #if canImport(Glibc)
            let process = PRIO_PROCESS.rawValue
            setpriority(.init(process), 0, min(19, getpriority(.init(process), 0) + 10))
        #endif
    }

    private func work() -> Never {
        while true {
            nextJob().runSynchronously(on: asUnownedTaskExecutor())
        }
    }

    private func nextJob() -> UnownedJob {
        untaken.wait()
        return jobs.withLock { $0.removeFirst() }
    }
}
