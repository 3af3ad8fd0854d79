import Preflight
package import SafeText

/// What a look at this machine and the service found: the result of `preflight doctor`.
package struct DoctorReport: Sendable {
    /// One thing that was looked at.
    package struct Check: Sendable, Equatable {
        /// The raw value is part of the JSON.
        package var name: Name
        package var state: State
        /// One line. Safe to print.
        package var message: String

        package init(_ name: Name, _ state: State, _ message: String) {
            (self.name, self.state, self.message) = (name, state, message)
        }
    }

    package enum Name: String, Sendable, CaseIterable {
        case key
        case metadataKey = "metadata-key"
        case baseURL = "base-url"
        case name = "dns"
        case proxy
        case connection
        case tls
        case answer
        case clock
        case profile
        case items
        case ledger
        case temporarySpace = "temporary-space"
    }

    package enum State: String, Sendable, CaseIterable {
        case good = "ok"
        case warning
        case failed
        /// Not looked at, because something before it failed or is not set.
        case skipped
    }

    package var checks: [Check] = []
    package var exit = ExitSummary(status: 0, reason: "")

    package init() {}

    /// Lines for people.
    package func text(style: TextStyle) -> String {
        let width = checks.map { $0.name.rawValue.count }.max() ?? 0
        let lines = checks.map { check in
            let mark =
                switch check.state {
                case .good: style.paint("✓", .good)
                case .warning: style.paint("!", .warning)
                case .failed: style.paint("X", .error)
                case .skipped: style.paint("-", .quiet)
                }
            let name = check.name.rawValue
            return "\(mark) \(name)\(String(repeating: " ", count: width - name.count))  \(check.message)\n"
        }
        return lines.joined() + "\n\(exit.reason) (exit \(exit.status))\n"
    }

    /// The document of `--format json`, see `doctor-v1.schema.json`.
    package var document: JSONValue {
        let checks = checks.map { check in
            JSONValue.members([
                "name": .string(check.name.rawValue), "state": .string(check.state.rawValue), "message": .string(check.message),
            ])
        }
        return .object(JSONReport.heading + [.init("checks", .array(checks)), .init("exit", JSONReport.exit(exit))])
    }
}
