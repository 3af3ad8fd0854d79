import PigmentImport
import Preflight
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import SafeText

@Suite(.computing) struct ImportOutcomeTests {
    static let id = try! ImportID("33d0d7d0-6125-47c4-b36a-882f4ed53b33")
    static let account = PushOutcome.Account(cause: .refused, status: 401, happened: "H.", taken: "T.", next: "N.")

    static func record(_ outcome: PushOutcome) -> PushRecord {
        PushRecord(outcome: outcome, attempts: 1, sentByteCount: 10)
    }

    static func completed(skipped: Int?) -> FollowOutcome {
        .completed(
            StatusDocument(
                importID: id, status: .completed,
                detail: .init(
                    counts: .init(inserted: 5, updated: 0, deleted: 0, skipped: skipped),
                    skipped: [
                        .init(columnName: "A", reason: .parsingError, count: skipped, samples: ["x"])
                    ])))
    }

    static func reconciliation(reported: Int, allowed: Int) -> Reconciliation {
        let prediction = Prediction(basis: .profile, parsingErrorCells: .zero, skippedRows: .init(min: 0, max: 9), columns: [])
        let document = StatusDocument(status: .completed, detail: .init(counts: .init(skipped: reported)))
        return Reconciliation(prediction: prediction, rowCount: 100, limit: .rows(allowed), document: document)
    }

    static let accepted = record(.accepted(.init(importID: id)))
    static let end = FollowOutcome.endNotSeen(.init(importID: id, cause: .timeout, isOwnPush: true))

    static let exits: [(row: String, outcome: ImportOutcome, exit: Int)] = [
        ("not followed to its end", .init(push: accepted), 0),
        ("refused", .init(push: record(.notAccepted(.final, account))), 7),
        ("temporary", .init(push: record(.notAccepted(.temporary, account))), 5),
        ("local", .init(push: record(.notAccepted(.local, account))), 2), ("unknown", .init(push: record(.unknown(account))), 6),
        ("completed", .init(push: accepted, follow: completed(skipped: 0), reconciliation: reconciliation(reported: 0, allowed: 0)), 0),
        (
            "skipped within", .init(push: accepted, follow: completed(skipped: 2), reconciliation: reconciliation(reported: 2, allowed: 2)),
            0
        ),
        (
            "skipped beyond", .init(push: accepted, follow: completed(skipped: 3), reconciliation: reconciliation(reported: 3, allowed: 2)),
            3
        ),
        ("failed", .init(push: accepted, follow: .failed(StatusDocument(status: .failed))), 4),
        ("end not seen", .init(push: accepted, follow: end), 8),
        ("early, not followed", .init(push: record(.accepted(.init(importID: id, isEarly: true)))), 8),
        ("early, completed", .init(push: record(.accepted(.init(importID: id, isEarly: true))), follow: completed(skipped: 0)), 8),
        (
            "early, failed",
            .init(push: record(.accepted(.init(importID: id, isEarly: true))), follow: .failed(StatusDocument(status: .failed))), 4
        ),
        ("status only", .init(follow: completed(skipped: 0)), 0), ("status only, skipped", .init(follow: completed(skipped: 7)), 3),
        ("skips do not matter", .init(follow: completed(skipped: 7), allowedSkips: nil), 0),
        ("status with a limit", .init(follow: completed(skipped: 7), allowedSkips: 6), 3),
        ("status within a limit", .init(follow: completed(skipped: 7), allowedSkips: 7), 0),
        ("status, skips unknown", .init(follow: completed(skipped: nil), allowedSkips: 7), 3),
    ]

    @Test(arguments: exits) func ends(_ row: String, outcome: ImportOutcome, exit: Int) {
        #expect(outcome.exit.rawValue == exit)
        #expect(!outcome.message.isEmpty)
    }

    @Test func writesTheOutcomeObject() {
        let outcome = ImportOutcome(push: Self.accepted, follow: Self.completed(skipped: 2))
        #expect(
            outcome.json.text(isPretty: false)
                == #"{"importId":"33d0d7d0-6125-47c4-b36a-882f4ed53b33","status":"Completed","#
                + #""counts":{"inserted":5,"updated":0,"deleted":0,"skipped":2},"blockType":null,"createdItems":0,"#
                + #""createdAt":null,"completedAt":null,"#
                + #""skipped":[{"column":"A","reason":"ParsingError","count":2,"samples":["x"]}],"errors":[],"errorCount":0,"#
                + #""message":"Import completed: 5 inserted, 0 updated, 0 deleted, 2 skipped."}"#)
    }

    @Test func writesWhatTheReportKnows() {
        let document = StatusDocument(
            importID: Self.id, status: .completed, createdAt: "2026-01-01T00:00:00Z", completedAt: "2026-01-01T00:00:05Z",
            detail: .init(blockType: "List", counts: .init(skipped: 0), createdItems: 3))
        let json = ImportOutcome(follow: .completed(document)).json
        #expect(json["blockType"] == .string("List"))
        #expect(json["createdItems"] == .int(3))
        #expect(json["createdAt"] == .string("2026-01-01T00:00:00Z"))
        #expect(json["completedAt"] == .string("2026-01-01T00:00:05Z"))
        let unknown = ImportOutcome(follow: Self.end).json
        for key in ["blockType", "createdItems", "createdAt", "completedAt"] { #expect(unknown[key] == .null) }
    }

    @Test func writesThePushObject() throws {
        let json = Self.record(.notAccepted(.final, Self.account)).json(
            configuration: try ConfigurationID("00000000-0000-0000-0000-000000000001"), service: try ServiceURL("http://127.0.0.1:8080"),
            digest: [0xAB, 0x01])
        #expect(
            json.text(isPretty: false)
                == #"{"configurationId":"00000000-0000-0000-0000-000000000001","host":"127.0.0.1:8080","bytesSent":10,"sha256":"ab01","attempts":1,"#
                + #""outcome":"not-accepted","cause":"refused","httpStatus":401,"message":"H. T. N."}"#)
    }

    /// Where nothing was predicted nothing is said to be as predicted; what was loaded is not to be sent again.
    static let reasons: [(row: String, outcome: ImportOutcome, says: [String])] = [
        ("completed, not ours", .init(follow: completed(skipped: 0)), ["0 rows were skipped"]),
        ("triggered", .init(push: accepted, follow: completed(skipped: 0)), ["0 rows were skipped"]),
        (
            "skipped, not ours", .init(follow: completed(skipped: 7)),
            ["7 rows were skipped, over the limit of 0 (--max-skipped)", "before you start it again"]
        ),
        ("skipped, triggered", .init(push: accepted, follow: completed(skipped: 7)), ["7 rows", "before you trigger it again"]),
        ("within", .init(follow: completed(skipped: 7), allowedSkips: 7), ["7 rows were skipped, 7 allowed"]),
        ("no number", .init(follow: completed(skipped: nil)), ["no readable number"]),
        ("no report", .init(follow: .completed(StatusDocument(importID: id, status: .completed))), ["no detailed report", "unknown"]),
        (
            "pushed, over the limit",
            .init(push: accepted, follow: completed(skipped: 3), reconciliation: reconciliation(reported: 3, allowed: 2)),
            ["3 rows were skipped, over the limit of 2", "Do not push the file again"]
        ),
        ("not followed to its end", .init(push: accepted), ["not followed to its end"]),
        ("refused", .init(push: record(.notAccepted(.final, account))), ["H. T. N."]),
        ("end not seen", .init(push: accepted, follow: end), ["do not push again", "preflight status"]),
    ]

    @Test(arguments: reasons) func saysWhyItEnds(_ row: String, outcome: ImportOutcome, says: [String]) {
        for part in says { #expect(outcome.reason.contains(part), "\(outcome.reason)") }
        #expect(!outcome.reason.contains("as predicted"))
        #expect(!outcome.reason.contains("\n"))
    }

    static let phases: [(phase: PushPhase, part: String)] = [
        (.connecting(attempt: 2), "the server does not have the file"),
        (.sending(.init(byteCount: 5, totalByteCount: 9)), "5 of 9 bytes: the server did not accept"),
        (.wholeBodySent, "may have accepted"), (.waitingToRetry(.seconds(1), reason: "no connection"), "the server does not have the file"),
        (.accepted(id), id.text),
        (.following(id, status: .inProgress, fault: nil), "preflight status \(id)"),
    ]

    @Test(arguments: phases) func anInterruptionSaysWhatItLeaves(_ phase: PushPhase, part: String) {
        #expect(phase.interruptionMessage().contains(part))
    }
}
