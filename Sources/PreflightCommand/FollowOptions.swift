import ArgumentParser
import ByteSources
import ImportProfiles
import PigmentImport

/// How to follow an import.
struct FollowOptions: ParsableArguments {
    @Option(help: "Time between the first status requests; it grows to 15s (or stays, if longer). Durations: 50ms, 90, 90s, 10m, 2h.")
    var poll = TimeSpan(.seconds(3))

    @Option(
        help: """
            How long to follow the import once it is accepted; the last status request may take 5s more. It limits neither the sending \
            (--stall-timeout) nor the wait for the answer to a push (--reply-timeout). 0: push and trigger do not follow the import, status \
            asks once.
            """)
    var timeout = TimeSpan(.seconds(600))

    func validate() throws {
        guard poll.value >= .milliseconds(10) else { throw ValidationError("--poll must be at least 10ms.") }
    }

    /// Whether a push or a trigger is to be followed at all.
    var follows: Bool { timeout.value > .zero }

    var pacing: ImportFollower.Pacing {
        ImportFollower.Pacing(first: poll.value, longest: max(poll.value, .seconds(15)), timeout: timeout.value)
    }
}
