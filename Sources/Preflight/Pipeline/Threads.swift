#if canImport(Glibc)
    package import Glibc
#elseif canImport(Musl)
    package import Musl
#else
    package import Darwin
#endif

/// Threads of the system.
package enum Threads {
    /// The processors of this machine that may be used.
    static var processorCount: Int {
        max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }

    /// Runs a body on several threads at once and waits for all of them.
    ///
    /// - Parameters:
    ///   - count: including the calling thread. Where the system gives fewer, fewer run: at least the calling one does.
    ///   - body: Called with the number of its thread, 0 for the calling one; must do the work of all if it runs alone.
    static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        var threads: [pthread_t] = []
        for number in 1..<max(count, 1) {
            guard let thread = start({ body(number) }) else { break }
            threads.append(thread)
        }
        body(0)
        for thread in threads { pthread_join(thread, nil) }
    }

    /// Runs a body on a thread of its own.
    ///
    /// - Returns: `nil` where the system gives none.
    package static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
        // The thread takes over the reference; where there is no thread, it is dropped here.
        let box = unsafe Unmanaged.passRetained(Body(body))
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let status = unsafe pthread_create(&thread, nil, { unsafe Threads.runBody($0) }, box.toOpaque())
        if status == 0 { return thread }
        unsafe box.release()
        return nil
    }

    // `start` passes one reference, which is taken over here.
    private static func runBody(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let pointer = unsafe pointer { unsafe Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run() }
        return nil
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }
}
