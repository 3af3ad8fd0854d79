import Preflight
package import SafeText

/// What became of the files of a manifest: the result of `preflight run`.
package struct RunReport: Sendable {
    /// One file, or a step that had none.
    package struct Entry: Sendable, Equatable {
        /// The name of the step.
        package var step: String
        /// Safe to print; `nil` for a step without a file.
        package var path: String?
        package var state: State
        /// The exit status that a push of this file alone would have.
        package var status: Int
        /// One line. Safe to print.
        package var reason: String
        package var rows: Int?
        package var importID: String?
        package var ledgerID: String?

        package init(
            step: String, path: String? = nil, state: State, status: Int = 0, reason: String, rows: Int? = nil, importID: String? = nil,
            ledgerID: String? = nil
        ) {
            self.step = step
            self.path = path
            self.state = state
            self.status = status
            self.reason = reason
            self.rows = rows
            self.importID = importID
            self.ledgerID = ledgerID
        }
    }

    /// What became of a file. The raw values are part of the JSON.
    package enum State: String, Sendable, CaseIterable {
        /// Pushed by this run, and as it should be.
        case done
        /// Pushed by an earlier run, and as it should be.
        case alreadyPushed = "already-pushed"
        /// A dry run: it passes the gate.
        case wouldPush = "would-push"
        case failed
        /// Left out, because a step before it failed.
        case notRun = "not-run"
        /// A step without a file, which may be.
        case missing
    }

    /// As given, escaped.
    package var manifest: String
    /// The day that dates in names refer to.
    package var day: String
    package var isDryRun: Bool
    package var entries: [Entry] = []
    package var exit = ExitSummary(status: 0, reason: "")

    package init(manifest: String, day: String, isDryRun: Bool) {
        self.manifest = manifest
        self.day = day
        self.isDryRun = isDryRun
    }

    private func count(_ state: State) -> Int { entries.count { $0.state == state } }

    /// `5 files: 3 done, 1 already pushed, 1 failed`
    package var words: String {
        let parts: [(State, String)] = [
            (.done, "done"), (.alreadyPushed, "already pushed"), (.wouldPush, "would be pushed"), (.failed, "failed"), (.notRun, "not run"),
            (.missing, "without a file"),
        ]
        let words = parts.filter { count($0.0) > 0 }.map { "\(count($0.0).grouped) \($0.1)" }
        return words.isEmpty ? "nothing to do" : words.joined(separator: ", ")
    }

    // MARK: For people

    /// The line about an entry.
    package static func line(_ entry: Entry, style: TextStyle) -> String {
        let mark =
            switch entry.state {
            case .done: style.paint("✓", .good)
            case .alreadyPushed, .wouldPush: style.paint("=", .quiet)
            case .failed: style.paint("X", .error)
            case .notRun, .missing: style.paint("-", .quiet)
            }
        let rows = entry.rows.map { "  \($0.counted("row"))" } ?? ""
        return "\(mark) \(entry.step)\(entry.path.map { "  \($0)" } ?? "")\(rows)  \(entry.reason)\n"
    }

    /// The last line.
    package var closing: String { "\(words) (exit \(exit.status))\n" }

    // MARK: For machines

    /// The document of `--format json`, see `run-v1.schema.json`.
    package var document: JSONValue {
        var members = JSONReport.heading
        members += [
            .init("manifest", .string(manifest)), .init("date", .string(day)), .init("dryRun", .bool(isDryRun)),
            .init("files", .array(entries.map(Self.json))),
            .init(
                "summary",
                .members([
                    "done": .int(count(.done)), "alreadyPushed": .int(count(.alreadyPushed)), "wouldPush": .int(count(.wouldPush)),
                    "failed": .int(count(.failed)), "notRun": .int(count(.notRun)), "missing": .int(count(.missing)),
                ])),
        ]
        if let retry = exit.retry { members.append(.init("retry", .string(retry.rawValue))) }
        members.append(.init("exit", JSONReport.exit(exit)))
        return .object(members)
    }

    private static func json(_ entry: Entry) -> JSONValue {
        func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        return .members([
            "step": .string(entry.step), "path": text(entry.path), "state": .string(entry.state.rawValue), "status": .int(entry.status),
            "rows": entry.rows.map { .int($0) } ?? .null, "importId": text(entry.importID), "ledgerId": text(entry.ledgerID),
            "reason": .string(entry.reason),
        ])
    }
}
