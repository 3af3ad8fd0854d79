/// How the run ended, as the last member of a JSON report says it.
public struct ExitSummary: Sendable, Equatable {
    /// The process's exit status.
    public var status: Int
    /// One sentence for people. Safe to print: see ``VisibleText``.
    public var reason: String

    public init(status: Int, reason: String) {
        self.status = status
        self.reason = reason
    }
}
