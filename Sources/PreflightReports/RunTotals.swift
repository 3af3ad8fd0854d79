import SafeText

/// How the files of one run ended.
package struct RunTotals: Sendable {
    package var passed: Int
    package var blocked: Int
    package var unreadable: Int
    /// How the run ended.
    package var exit: ExitSummary
    /// The first blocked files, at most ``mostDetails``: a run over many files keeps no more.
    package var details: [FileReport]

    /// Blocked files whose whole reports are kept to the end.
    package static let mostDetails = 10

    package init(passed: Int, blocked: Int, unreadable: Int, exit: ExitSummary, details: [FileReport] = []) {
        self.details = details
        self.passed = passed
        self.blocked = blocked
        self.unreadable = unreadable
        self.exit = exit
    }

    var json: JSONValue {
        .members([
            "files": .int(passed + blocked + unreadable), "passed": .int(passed), "blocked": .int(blocked), "unreadable": .int(unreadable),
        ])
    }

    var words: String {
        let parts = [(passed, "ok"), (blocked, "blocked"), (unreadable, "unreadable")].filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }
        return "\((passed + blocked + unreadable).counted("file")): \(parts.joined(separator: ", ")) (exit \(exit.status))"
    }
}
