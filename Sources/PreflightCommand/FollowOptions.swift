import ArgumentParser
import ByteSources
import ImportProfiles
import PigmentImport

/// How to follow an import.
struct FollowOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Time between status requests at first, for example 50ms, 90s or 10m; it grows to 15s unless it is longer.",
            valueName: "duration"))
    var poll = TimeSpan(.seconds(3))

    @Option(
        help: ArgumentHelp(
            "How long to follow the import; 0 does not wait for its end. Sending has --stall-timeout, the answer --reply-timeout.",
            valueName: "duration"))
    var timeout = TimeSpan(.seconds(600))

    func validate() throws {
        guard poll.value >= .milliseconds(10) else { throw ValidationError("--poll must be at least 10ms.") }
    }

    /// Whether a push or a trigger is followed.
    var follows: Bool { timeout.value > .zero }

    var pacing: ImportFollower.Pacing {
        ImportFollower.Pacing(first: poll.value, longest: max(poll.value, .seconds(15)), timeout: timeout.value)
    }
}
