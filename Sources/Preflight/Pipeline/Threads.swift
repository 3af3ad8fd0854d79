#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Runs a body on several threads at once and waits for all of them.
enum Threads {
    /// The processors of this machine that may be used.
    static var processorCount: Int {
        max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }

    /// - Parameters:
    ///   - count: including the calling thread. Where the system gives fewer, fewer run: at least the calling one does.
    ///   - body: Called with the number of its thread, 0 for the calling one; must do the work of all if it runs alone.
    static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        var threads: [pthread_t] = []
        for number in 1..<max(count, 1) {
            let box = unsafe Unmanaged.passRetained(Body { body(number) })
            guard let thread = unsafe start(box) else {
                unsafe box.release()
                break
            }
            threads.append(thread)
        }
        body(0)
        for thread in threads { pthread_join(thread, nil) }
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    private static func start(_ body: Unmanaged<Body>) -> pthread_t? {
        #if canImport(Darwin)
            var thread: pthread_t?
            let status = pthread_create(
                &thread, nil,
                { pointer in
                    Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
                    return nil
                }, body.toOpaque())
            return status == 0 ? thread : nil
        #else
            var thread = pthread_t()
            let status = unsafe pthread_create(
                &thread, nil,
                { pointer in
                    guard let pointer = unsafe pointer else { return nil }
                    unsafe Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
                    return nil
                }, unsafe body.toOpaque())
            return status == 0 ? thread : nil
        #endif
    }
}
