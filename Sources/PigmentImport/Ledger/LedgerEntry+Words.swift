import ImportProfiles
import Preflight
package import SafeText

extension LedgerEntry {
    /// One line about the push: `entry k3x9m2ab, pushed at 2026-01-31 23:59:59 UTC as export.csv`. Safe to print.
    package var words: String {
        let verb =
            switch intent.kind {
            case .push: "pushed"
            case .trigger: "triggered"
            case .rehearsal: "rehearsed"
            }
        return "entry \(id), \(verb) at \(time.shown)" + (intent.content.map { " as \($0.file)" } ?? "")
            + (intent.retryOf.map { " (skipped rows of entry \($0))" } ?? "")
    }

    /// The entry as `history --format json` writes it. Keys are only added.
    package var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("id", .string(id.text)), .init("time", .string(time.description)), .init("lastTime", .string(lastTime.description)),
            .init("kind", .string(intent.kind.rawValue)), .init("state", .string(state.rawValue)),
            .init("service", .string(intent.service.description)), .init("endpoint", .string(intent.isLegacy ? "legacy" : "v1")),
            .init("configurationId", .string(intent.configuration.text)),
        ]
        if let content = intent.content {
            members += [
                .init("file", .string(content.file)), .init("fileBytes", .int(content.fileByteCount)),
                .init("bytes", .int(content.byteCount)), .init("rows", .int(content.rows)),
                .init("sha256", .string(SHA256Digest.hexadecimal(content.digest))),
            ]
        }
        if let profile = intent.profile {
            let mark = JSONValue.members(["file": .string(profile.file), "sha256": .string(SHA256Digest.hexadecimal(profile.digest))])
            members.append(.init("profile", mark))
        }
        if let retryOf = intent.retryOf { members.append(.init("retryOf", .string(retryOf.text))) }
        members.append(.init("importId", importID.map { .string($0.text) } ?? .null))
        switch outcome {
        case .notAccepted(let cause, let status)?, .unknown(let cause, let status)?:
            members += [.init("cause", .string(cause)), .init("httpStatus", status.map { .int($0) } ?? .null)]
        case .accepted?, nil: break
        }
        if let settlement {
            let word = if case .imported = settlement { "import" } else { "did-not-arrive" }
            members.append(.init("settled", .string(word)))
        }
        let bounds = (intent.prediction?.skippedRows).map { JSONValue.members(["min": .int($0.min), "max": .int($0.max)]) }
        members += [
            .init("predictedSkips", bounds ?? .null),
            .init("skipped", report?.detail?.counts.skipped.map { .int($0) } ?? .null),
            .init("reconciliation", reconciliation?.json ?? .null),
        ]
        return .object(members)
    }
}
