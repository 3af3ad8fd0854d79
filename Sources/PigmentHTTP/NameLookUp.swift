import ByteSpans
import NIOPosix
import Synchronization
import SystemCalls

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Asks the system whether a host exists: the network library says only that it found no address.
struct NameLookUp: Sendable {
    enum Answer: Sendable {
        case found
        /// A name server says that there is no such name, or that it has no address.
        case unknown
        /// No answer, or none that is final.
        case unanswered
    }

    /// Must not throw and must end.
    var answer: @Sendable (String) async -> Answer

    /// The system's resolver, and so its files, name servers and search list.
    static let system = NameLookUp { host in await answer(for: host, within: .seconds(5)) }

    /// A resolver that takes longer than `limit` is left to itself: it says nothing final.
    private static func answer(for host: String, within limit: Duration) async -> Answer {
        await withCheckedContinuation { continuation in
            let pending = Mutex<CheckedContinuation<Answer, Never>?>(continuation)
            let race = Race(pending)
            NIOThreadPool.singleton.submit { _ in race.finish(ask(host)) }
            Task {
                try? await Task.sleep(for: limit)
                race.finish(.unanswered)
            }
        }
    }

    /// The first of two answers counts.
    private final class Race: Sendable {
        private let pending: Mutex<CheckedContinuation<Answer, Never>?>

        init(_ pending: consuming sending Mutex<CheckedContinuation<Answer, Never>?>) {
            self.pending = pending
        }

        func finish(_ answer: Answer) {
            pending.withLock { $0.take() }?.resume(returning: answer)
        }
    }

    private static func ask(_ host: String) -> Answer { reading(of: system_look_up(Array((host + "\0").utf8).span.view)) }

    /// EAI_NONAME is NXDOMAIN; EAI_NODATA, which POSIX dropped, a name without an address. EAI_AGAIN, EAI_FAIL and EAI_SYSTEM say
    /// something about the resolver, not about the name.
    static func reading(of code: Int32) -> Answer {
        switch code {
        case 0: .found
        case EAI_NONAME, noData: .unknown
        default: .unanswered
        }
    }

    #if os(Linux)
        /// netdb.h needs _GNU_SOURCE.
        private static let noData: Int32 = -5
    #else
        private static let noData: Int32 = EAI_NODATA
    #endif
}
