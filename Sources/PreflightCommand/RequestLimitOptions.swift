import ArgumentParser
import PigmentImport
import SafeText

/// How many requests this host sends to a service: shared by all processes of the user.
struct RequestLimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Requests that all processes of this user send together: a number and a time, or none. Default: Pigment's limit of 500/5m; none for "
                + "a service on this machine.", valueName: "count/duration"))
    var requestLimit: RateLimit?

    @Option(
        help: ArgumentHelp(
            "Pushes and triggers of one configuration, likewise. Default: Pigment's limit of 300/1h; none for a service on this machine.",
            valueName: "count/duration"))
    var pushLimit: RateLimit?

    /// The same transport, waiting where the limits have no room.
    func limiting(_ transport: any HTTPTransport, to url: ServiceURL, _ terminal: Terminal) -> any HTTPTransport {
        let usual: RequestLimits = url.isLoopback ? .none : .pigment
        let limits = RequestLimits(
            requests: requestLimit.map(\.rate) ?? usual.requests, pushes: pushLimit.map(\.rate) ?? usual.pushes)
        guard !limits.isNone else { return transport }
        let counter = RequestCounter(path: RequestCounter.usualPath(environment: Program.environment), limits: limits)
        return BudgetedTransport(transport, to: url, counter: counter) { wait, reason in
            terminal.say("waiting \(wait.shown) before the next request: \(reason)")
        }
    }
}

/// A limit on the command line: `500/5m`, or `none`.
struct RateLimit: ExpressibleByArgument {
    /// `nil` for no limit.
    let rate: RequestLimits.Rate?

    init?(argument: String) {
        if argument == "none" {
            rate = nil
            return
        }
        let parts = argument.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let count = Int(parts[0]), count > 0, let window = TimeSpan(argument: String(parts[1])),
            window.value > .zero
        else { return nil }
        rate = RequestLimits.Rate(count: count, window: window.value)
    }
}
