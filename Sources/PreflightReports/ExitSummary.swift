/// How the run ended, as the last member of a JSON report says it.
public struct ExitSummary: Sendable, Equatable {
    /// The process's exit status.
    public var status: Int
    /// One sentence for people. Safe to print: see `VisibleText`.
    public var reason: String
    /// Whether to run the same command again; `nil` for a check, which changes nothing.
    public var retry: Retry?

    public init(status: Int, reason: String, retry: Retry? = nil) {
        self.status = status
        self.reason = reason
        self.retry = retry
    }

    /// What running the same command again would do.
    public enum Retry: String, Sendable, CaseIterable {
        /// Nothing was taken, and the cause may pass by itself.
        case safe
        /// The data is loaded, or may be: it could be loaded twice.
        case never
        /// Nothing will change before something was corrected.
        case afterFix = "after-fix"
    }
}
