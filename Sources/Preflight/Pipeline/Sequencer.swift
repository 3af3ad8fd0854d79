#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Lets threads pass one at a time, in the order of their tickets.
///
/// Tickets are numbers from 0 on, each taken by one thread, which enters and leaves once with it.
// Safe: mutex and condition are on the heap, where they do not move, and are destroyed with this object.
@safe
final class Sequencer: @unchecked Sendable {
    // Everything is read and written under the mutex; neither it nor the condition moves, as both live on the heap.
    private let lock: UnsafeMutablePointer<(mutex: pthread_mutex_t, condition: pthread_cond_t)>
    private var next = 0
    private var takenCount = 0
    private var waitingCount = 0

    init() {
        unsafe lock = .allocate(capacity: 1)
        unsafe lock.initialize(to: (pthread_mutex_t(), pthread_cond_t()))
        unsafe pthread_mutex_init(&lock.pointee.mutex, nil)
        unsafe pthread_cond_init(&lock.pointee.condition, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(&lock.pointee.condition)
        unsafe pthread_mutex_destroy(&lock.pointee.mutex)
        unsafe lock.deallocate()
    }

    private func withLock<Result>(_ body: () -> Result) -> Result {
        unsafe pthread_mutex_lock(&lock.pointee.mutex)
        defer { unsafe pthread_mutex_unlock(&lock.pointee.mutex) }
        return body()
    }

    /// The next free ticket.
    func takeTicket() -> Int {
        withLock {
            takenCount += 1
            return takenCount - 1
        }
    }

    /// Waits until all with a lower ticket have left, then runs `body`.
    func pass<Result>(_ ticket: Int, _ body: () -> Result) -> Result {
        withLock {
            waitingCount += 1
            while next != ticket { unsafe pthread_cond_wait(&lock.pointee.condition, &lock.pointee.mutex) }
            waitingCount -= 1
        }
        let result = body()
        let isAwaited = withLock {
            next += 1
            return waitingCount > 0
        }
        if isAwaited { unsafe pthread_cond_broadcast(&lock.pointee.condition) }
        return result
    }
}
