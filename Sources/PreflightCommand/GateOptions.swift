public import ArgumentParser
public import Preflight

/// When the gate opens. Flags win over the profile, the profile over the defaults.
struct GateOptions: ParsableArguments {
    @Option(help: "How many predicted (and, after a push, reported) row skips are acceptable: N or P%. Default: the profile's, else 0.")
    var maxSkipped: SkipLimit?

    @Option(help: "Lowest severity that blocks: error or warning. Default: the profile's, else error.")
    var failOn: BlockingSeverity?

    @Flag(help: "Do not count values that may or may not parse as skips: the gate then looks at the lower bound.")
    var allowUncertain = false

    func policy(profile: Profile?) -> GatePolicy {
        var policy = profile?.gate ?? GatePolicy()
        if let maxSkipped { policy.maxSkipped = maxSkipped }
        if let failOn { policy.failOn = failOn == .error ? .error : .warning }
        if allowUncertain { policy.countsUncertain = false }
        return policy
    }

    /// The options that were given, as a command line has them.
    var words: [ShellCommand.Word] {
        (maxSkipped.map { ["--max-skipped", .init($0.description)] } ?? []) + (failOn.map { ["--fail-on", .init($0.rawValue)] } ?? [])
            + (allowUncertain ? ["--allow-uncertain"] : [])
    }

    enum BlockingSeverity: String, ExpressibleByArgument, CaseIterable {
        case error
        case warning
    }
}

extension SkipLimit: ExpressibleByArgument {}
