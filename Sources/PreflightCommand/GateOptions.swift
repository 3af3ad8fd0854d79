public import ArgumentParser
import ImportProfiles
import Preflight
import SafeText

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
        var words: [ShellCommand.Word] = []
        if let maxSkipped { words += ["--max-skipped", .init(maxSkipped.description)] }
        if let failOn { words += ["--fail-on", .init(failOn.rawValue)] }
        if allowUncertain { words.append("--allow-uncertain") }
        return words
    }

    enum BlockingSeverity: String, ExpressibleByArgument, CaseIterable {
        case error
        case warning
    }
}

extension SkipLimit: ExpressibleByArgument {}
