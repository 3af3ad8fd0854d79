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
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var next = 0
    private var takenCount = 0
    private var waitingCount = 0

    init() {
        unsafe mutex = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe condition = .allocate(capacity: 1)
        unsafe condition.initialize(to: pthread_cond_t())
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(condition, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    /// The next free ticket.
    func takeTicket() -> Int {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        takenCount += 1
        return takenCount - 1
    }

    /// Waits until all with a lower ticket have left, then runs `body`.
    func pass<Result>(_ ticket: Int, _ body: () -> Result) -> Result {
        unsafe pthread_mutex_lock(mutex)
        waitingCount += 1
        while next != ticket { unsafe pthread_cond_wait(condition, mutex) }
        waitingCount -= 1
        unsafe pthread_mutex_unlock(mutex)
        let result = body()
        unsafe pthread_mutex_lock(mutex)
        next += 1
        let isAwaited = waitingCount > 0
        unsafe pthread_mutex_unlock(mutex)
        if isAwaited { unsafe pthread_cond_broadcast(condition) }
        return result
    }
}
