import Foundation

/// Threads for tests that compute for a long time, as many as there are processors.
///
/// Swift's cooperative threads are as few, and all tests share them: two tests that compute would keep every test waiting that waits for a process, a
/// socket or a silence, and what it waits for would seem late.
final class ComputingThreads: TaskExecutor, @unchecked Sendable {
    static let shared = ComputingThreads(count: ProcessInfo.processInfo.activeProcessorCount)

    /// Guards the jobs.
    private let condition = NSCondition()
    private var jobs: [UnownedJob] = []

    private init(count: Int) {
        for _ in 0..<count {
            let thread = Thread { [self] in work() }
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        condition.withLock { jobs.append(job) }
        condition.signal()
    }

    private func work() -> Never {
        while true {
            nextJob().runSynchronously(on: asUnownedTaskExecutor())
        }
    }

    private func nextJob() -> UnownedJob {
        condition.withLock {
            while jobs.isEmpty { condition.wait() }
            return jobs.removeFirst()
        }
    }
}
