import ArgumentParser
import PigmentImport

/// How to follow an import.
struct FollowOptions: ParsableArguments {
    @Option(help: "Time between the first status requests; it grows to 15 s (or stays, if longer).")
    var poll = TimeSpan(.seconds(3))

    @Option(help: "How long to wait for the import's end.")
    var timeout = TimeSpan(.seconds(600))

    func validate() throws {
        guard poll.value >= .milliseconds(10) else { throw ValidationError("--poll must be at least 0.01s.") }
    }

    var pacing: ImportFollower.Pacing {
        ImportFollower.Pacing(first: poll.value, longest: max(poll.value, .seconds(15)), timeout: timeout.value)
    }
}
