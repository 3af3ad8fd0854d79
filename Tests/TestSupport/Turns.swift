/// Lets a number of callers go on at a time, in the order in which they came.
package actor Turns {
    private var freeCount: Int
    private var waiters: [CheckedContinuation<Void, Never>] = []

    package init(count: Int) {
        freeCount = count
    }

    /// Returns when it is the caller's turn, which lasts until ``end()``.
    package func begin() async {
        if freeCount > 0 {
            freeCount -= 1
        } else {
            await withCheckedContinuation { waiters.append($0) }
        }
    }

    package func end() {
        if waiters.isEmpty {
            freeCount += 1
        } else {
            waiters.removeFirst().resume()
        }
    }
}
