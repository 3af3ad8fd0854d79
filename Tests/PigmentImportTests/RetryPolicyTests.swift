import PigmentImport
import Preflight
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles

/// What a decision amounts to, short enough for a table.
enum Fate: Equatable, Sendable {
    case again
    case accepted
    case early
    /// Not accepted, with the exit status.
    case not(Int)
    case unknown
    case over
}

/// One line per row of the tables in the policy's documentation and of the fault matrix it comes from (U: upload, P: polling).
@Suite(.computing) struct RetryPolicyTests {
    static let importID = try! ImportID("33d0d7d0-6125-47c4-b36a-882f4ed53b33")

    static func failed(_ phase: TransportFailure.Phase, _ kind: TransportFailure.Kind, sent: Int = 0) -> RetryPolicy.Event {
        .failed(TransportFailure(phase: phase, kind: kind, sentByteCount: sent, text: "something happened"))
    }

    /// The whole request was sent and an answer read.
    static func whole(
        _ status: Int, id: ImportID? = nil, json: Bool = false, retryAfter: Duration? = nil, complete: Bool = true
    ) -> RetryPolicy.Event {
        .answered(
            ServerAnswer(
                status: status, importID: id, retryAfter: retryAfter, isJSON: json, text: "text", isComplete: complete, sentByteCount: 100,
                isRequestWhole: true))
    }

    /// An answer came while the body was on its way.
    static func early(
        _ status: Int, id: ImportID? = nil, json: Bool = false, retryAfter: Duration? = nil, complete: Bool = true
    ) -> RetryPolicy.Event {
        .answered(
            ServerAnswer(
                status: status, importID: id, retryAfter: retryAfter, isJSON: json, text: "text", isComplete: complete, sentByteCount: 50,
                isRequestWhole: false))
    }

    static let uploads: [(row: String, event: RetryPolicy.Event, expected: Fate)] = [
        ("U1 the resolver does not answer", failed(.connecting, .dns), .again),
        ("U1 no such name", failed(.connecting, .unknownHost), .again),
        ("U2 refused", failed(.connecting, .refused), .again),
        ("U2 unreachable", failed(.connecting, .unreachable), .again),
        ("U2 connect timeout", failed(.connecting, .connectTimeout), .again),
        ("U3 handshake", failed(.connecting, .tlsHandshake), .again),
        ("U3 bad certificate", failed(.connecting, .badCertificate), .not(7)),
        ("U5 reset at 0", failed(.sending, .reset), .not(5)),
        ("U5 reset in the middle", failed(.sending, .reset, sent: 50), .not(5)),
        ("U5 the file changed", failed(.sending, .body(.changed), sent: 50), .not(2)),
        ("U5 the file is shorter", failed(.sending, .body(.shorter(byteOffset: 9)), sent: 9), .not(2)),
        ("U5 changed before the first byte", failed(.connecting, .body(.changed)), .not(2)),
        ("U6 reset after the body", failed(.awaitingReply, .reset, sent: 100), .unknown),
        ("U6 interrupted after the body", failed(.awaitingReply, .cancelled, sent: 100), .unknown),
        ("U7 head cut", failed(.awaitingReply, .malformedReply, sent: 100), .unknown),
        ("U7 body of the 200 cut before the id", whole(200, complete: false), .unknown),
        ("U8 stall", failed(.sending, .stalled, sent: 50), .not(5)),
        ("U9 silence", failed(.awaitingReply, .replyTimeout, sent: 100), .unknown),
        ("U10 early 400", early(400), .not(7)), ("U10 early 401", early(401), .not(7)), ("U10 early 403", early(403), .not(7)),
        ("U10 early 404", early(404), .not(7)), ("U10 early 413", early(413), .not(7)), ("U10 early 422", early(422), .not(7)),
        ("U10 early 413, then reset", early(413, complete: false), .not(7)),
        ("U10c reset hides the status", failed(.sending, .reset, sent: 50), .not(5)),
        ("U11 early 429", early(429), .again), ("U11 early 429 with a wait", early(429, retryAfter: .seconds(5)), .again),
        ("U11 early 503 with a wait", early(503, retryAfter: .seconds(5)), .again), ("U11 early 503, JSON", early(503, json: true), .again),
        ("U11 early 429, cut", early(429, complete: false), .not(5)), ("U11 early 503, no JSON", early(503), .not(5)),
        ("U12 408", whole(408), .unknown), ("U12 500", whole(500), .unknown), ("U12 502", whole(502), .unknown),
        ("U12 504", whole(504, json: true), .unknown), ("U12 520", whole(520), .unknown), ("U12 524", whole(524), .unknown),
        ("U12 early 500", early(500), .not(5)), ("U12 early 408", early(408), .not(5)),
        ("U13 429", whole(429), .again), ("U13 503 by the API", whole(503, json: true), .again),
        ("U13 503 with a wait", whole(503, retryAfter: .seconds(1)), .again), ("U13 503 by a gateway", whole(503), .unknown),
        ("U13 503 by the API, cut", whole(503, json: true, complete: false), .unknown),
        ("U14 early 200 with an id", early(200, id: importID), .early), ("U14 early 200 without", early(200), .unknown),
        ("U15 200 without an id", whole(200), .unknown), ("U15 200, JSON without an id", whole(200, json: true), .unknown),
        ("U16 200", whole(200, id: importID), .accepted), ("U16 201", whole(201, id: importID), .accepted),
        ("U16 202", whole(202, id: importID), .accepted), ("U16 204", whole(204), .unknown),
        ("U17 101", whole(101), .unknown), ("U17 101 early", early(101), .not(5)),
        ("U18 no HTTP", failed(.awaitingReply, .malformedReply, sent: 100), .unknown),
        ("U18 no HTTP, early", failed(.sending, .malformedReply, sent: 50), .not(5)),
        ("U19 closed before the head", failed(.connecting, .reset), .again),
        ("U20 301", whole(301), .not(7)), ("U20 302 early", early(302), .not(7)), ("U20 303", whole(303), .not(7)),
        ("U20 307", whole(307), .not(7)), ("U20 308", whole(308), .not(7)),
        ("U21 proxy login", failed(.connecting, .proxyLogin), .not(2)), ("U21 proxy", failed(.connecting, .proxy), .again),
        ("400 after the body", whole(400), .not(7)), ("401", whole(401), .not(7)), ("403", whole(403), .not(7)),
        ("404", whole(404), .not(7)),
        ("409", whole(409), .not(7)), ("R1 interrupted on the way", failed(.sending, .cancelled, sent: 5), .not(5)),
        ("R1 interrupted before", failed(.connecting, .cancelled), .not(5)),
    ]

    @Test(arguments: uploads) func decidesOnPushes(_ row: String, event: RetryPolicy.Event, expected: Fate) {
        for kind in [ImportCall.Kind.push, .trigger] {
            let history = RetryPolicy.History(failures: 1, refusals: 1)
            #expect(Self.reading(RetryPolicy().decision(kind, after: event, history: history, jitter: 0.5)) == expected, "\(kind)")
        }
    }

    static let polls: [(row: String, event: RetryPolicy.Event, elapsed: Int, expected: Fate)] = [
        ("P1 404 at first", whole(404), 5, .again), ("P1 404 for long", whole(404), 60, .over),
        ("P2 500", whole(500), 500, .again), ("P2 502", whole(502), 500, .again), ("P2 503", whole(503), 500, .again),
        ("P2 408", whole(408), 500, .again), ("P2 reset", failed(.awaitingReply, .reset), 500, .again),
        ("P2 refused", failed(.connecting, .refused), 500, .again), ("P2 timeout", failed(.awaitingReply, .replyTimeout), 500, .again),
        ("P2 no HTTP", failed(.awaitingReply, .malformedReply), 500, .again), ("P2 200, cut", whole(200, complete: false), 500, .again),
        ("P8 401", whole(401), 5, .over), ("P8 403", whole(403), 5, .over), ("P9 429", whole(429), 5, .again),
        ("400", whole(400), 5, .over), ("redirect", whole(302), 5, .over),
        ("bad certificate", failed(.connecting, .badCertificate), 5, .over),
        ("proxy login", failed(.connecting, .proxyLogin), 5, .over), ("interrupted", failed(.awaitingReply, .cancelled), 5, .over),
    ]

    @Test(arguments: polls) func decidesOnPolls(_ row: String, event: RetryPolicy.Event, elapsed: Int, expected: Fate) {
        let history = RetryPolicy.History(failures: 3, elapsed: .seconds(elapsed))
        #expect(Self.reading(RetryPolicy().decision(.status, after: event, history: history, jitter: 0.5)) == expected)
    }

    static let limits: [(event: RetryPolicy.Event, history: RetryPolicy.History, expected: Fate)] = [
        // A misspelt name is asked for once more, not for twenty seconds.
        (failed(.connecting, .unknownHost), .init(failures: 1), .again), (failed(.connecting, .unknownHost), .init(failures: 2), .not(5)),
        (failed(.connecting, .refused), .init(failures: 4), .again), (failed(.connecting, .refused), .init(failures: 5), .not(5)),
        (failed(.connecting, .dns), .init(failures: 1, elapsed: .seconds(899)), .again),
        (failed(.connecting, .dns), .init(failures: 1, elapsed: .seconds(900)), .not(5)),
        (whole(429), .init(refusals: 3), .again), (whole(429), .init(refusals: 4), .not(5)),
        (early(503, json: true), .init(refusals: 4), .not(5)),
        (whole(429, retryAfter: .seconds(900)), .init(refusals: 1), .again),
        (whole(429, retryAfter: .seconds(901)), .init(refusals: 1), .not(5)),
    ]

    @Test(arguments: limits) func endsTheTrying(_ event: RetryPolicy.Event, history: RetryPolicy.History, expected: Fate) {
        #expect(Self.reading(RetryPolicy().decision(.push, after: event, history: history, jitter: 0)) == expected)
    }

    static let waits: [(kind: ImportCall.Kind, event: RetryPolicy.Event, history: RetryPolicy.History, jitter: Double, wait: Duration)] = [
        (.push, failed(.connecting, .dns), .init(failures: 1), 0, .seconds(1)),
        (.push, failed(.connecting, .dns), .init(failures: 2), 0, .seconds(2)),
        (.push, failed(.connecting, .dns), .init(failures: 4), 0, .seconds(8)),
        (.push, failed(.connecting, .dns), .init(failures: 4), 1, .seconds(12)),
        (.push, whole(429), .init(refusals: 1), 0, .seconds(30)), (.push, whole(429), .init(refusals: 2), 0, .seconds(60)),
        (.push, whole(429, retryAfter: .zero), .init(refusals: 1), 1, .zero),
        (.push, whole(429, retryAfter: .seconds(10)), .init(refusals: 3), 0, .seconds(10)),
        (.push, whole(429, retryAfter: .seconds(10)), .init(refusals: 1), 1, .seconds(11)),
        (.push, whole(503, json: true), .init(refusals: 2), 0, .seconds(2)),
        (.status, failed(.connecting, .dns), .init(failures: 100), 1, .seconds(30)),
        (.status, whole(429, retryAfter: .seconds(200)), .init(failures: 1), 0, .seconds(200)),
    ]

    @Test(arguments: waits) func choosesTheWait(
        _ kind: ImportCall.Kind, event: RetryPolicy.Event, history: RetryPolicy.History, jitter: Double, wait: Duration
    ) {
        #expect(RetryPolicy().decision(kind, after: event, history: history, jitter: jitter) == .retry(after: wait))
    }

    /// Each end says what happened, what became of the file, and what to do next.
    @Test(arguments: uploads) func tellsTheWholeStory(_ row: String, event: RetryPolicy.Event, expected: Fate) {
        let decision = RetryPolicy().decision(.push, after: event, history: .init(failures: 9, refusals: 9), jitter: 0)
        guard case .stop(let outcome) = decision else {
            Issue.record("still trying")
            return
        }
        switch outcome {
        case .accepted: #expect(outcome.message.contains(Self.importID.text))
        case .notAccepted(_, let account):
            #expect(!account.happened.isEmpty)
            #expect(
                account.taken.contains("did not accept") || account.taken == "No import was started."
                    || account.taken == "Nothing was sent.", "\(account)")
            #expect(!account.next.isEmpty)
        case .unknown(let account):
            #expect(account.taken.hasPrefix("The server may or may not have accepted the file"))
            #expect(account.next.contains("before you push again"))
        }
    }

    static let words: [(event: RetryPolicy.Event, parts: [String])] = [
        (whole(400), ["the request is invalid", "size limit", "100 bytes"]), (early(413), ["size limit", "50 bytes"]),
        (whole(401), ["type must be Import", "expiry day", "dashes", "allow list"]),
        (whole(404), ["configuration ID", "owner of the key"]),
        (failed(.sending, .reset, sent: 50), ["50 bytes", "size limit", "key"]), (whole(429), ["300 pushes per hour"]),
        (whole(502), ["502", "gateway"]), (whole(404), ["404", "does not exist", "owner of the key cannot see it"]),
        (failed(.connecting, .unknownHost), ["Nothing was sent.", "spelling of the base URL", "VPN"]),
    ]

    @Test(arguments: words) func namesTheLikelyCauses(_ event: RetryPolicy.Event, parts: [String]) {
        let decision = RetryPolicy().decision(.push, after: event, history: .init(failures: 9, refusals: 9), jitter: 0)
        guard case .stop(let outcome) = decision else {
            Issue.record("still trying")
            return
        }
        for part in parts { #expect(outcome.message.contains(part), "\(outcome.message)") }
    }

    static func reading(_ decision: RetryPolicy.Decision) -> Fate {
        switch decision {
        case .retry: .again
        case .endPolling: .over
        case .stop(.accepted(let acceptance)): acceptance.isEarly ? .early : .accepted
        case .stop(.unknown): .unknown
        case .stop(let outcome): .not(outcome.exit.rawValue)
        }
    }
}
