/// How the run ended: the last member of a JSON report.
package struct ExitSummary: Sendable, Equatable {
    /// The process's exit status.
    package var status: Int
    /// One sentence for people. Safe to print: see `VisibleText`.
    package var reason: String
    /// Whether to run the same command again; `nil` for a check, which changes nothing.
    package var retry: Retry?

    package init(status: Int, reason: String, retry: Retry? = nil) {
        self.status = status
        self.reason = reason
        self.retry = retry
    }

    /// What running the same command again would do.
    package enum Retry: String, Sendable, CaseIterable {
        /// Nothing was accepted, and the cause may be temporary.
        case safe
        /// The data is loaded, or may be: a second run could load it twice.
        case never
        /// The result will be the same until something is corrected.
        case afterFix = "after-fix"
    }
}
