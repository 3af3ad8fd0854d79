public import ArgumentParser
import ImportProfiles
import Preflight
import SafeText

/// When the gate opens. Options override the profile, and the profile overrides the defaults.
struct GateOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Rows that may be skipped, as predicted and, after a push, as reported: 10 or 0.5%. Default: from the profile, else 0.",
            valueName: "limit"))
    var maxSkipped: SkipLimit?

    @Option(
        help: ArgumentHelp("Lowest severity that blocks: error or warning. Default: from the profile, else error.", valueName: "severity"))
    var failOn: BlockingSeverity?

    @Flag(help: "Count only certain skips, not values that Pigment may read or reject.")
    var allowUncertain = false

    func policy(profile: Profile?) -> GatePolicy {
        var policy = profile?.gate ?? GatePolicy()
        if let maxSkipped { policy.maxSkipped = maxSkipped }
        if let failOn { policy.failOn = failOn == .error ? .error : .warning }
        if allowUncertain { policy.countsUncertain = false }
        return policy
    }

    /// The options that were given, as words of a command line.
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
