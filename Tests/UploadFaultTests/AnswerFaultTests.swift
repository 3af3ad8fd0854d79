import PigmentImport
import ScriptedServer
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

private let importID = FaultRun.importID
private let reply = #"{"importId":"\#(importID)"}"#

extension UploadFaults {
    /// U10 to U20 of the fault matrix: what the server answers.
    @Suite("Faults of the answer")
    struct AnswerFaultTests {
        private static let echo = "no access for \(FaultRun.canary) \u{1b}[31m"

        @Test("U10: refused before the body is whole, and read on politely", arguments: [400, 401, 403, 404, 413, 422])
        func u10Polite(status: Int) async throws {
            let answer = ScriptStep.answer("\(status) Refused", contentType: "text/plain", body: Self.echo)
            let run = try await FaultRun([[.readHead, .readBody(byteCount: 64 << 10), answer, .drain]], .large)
            try run.expect(.refused, says: "answered \(status)", "no access for ***", "did not accept the file")
            #expect(run.completeBodyCount == 0)
            #expect(run.connections.count == 1)
        }

        /// Closing on unread bytes makes the kernel send RST, which may overtake the answer.
        @Test(
            "U10: refused before the body is whole, and closed", arguments: [400, 401, 403, 404, 413, 422],
            [ScriptStep.finish, .reset])
        func u10Closed(status: Int, end: ScriptStep) async throws {
            let answer = ScriptStep.answer("\(status) Refused", body: #"{"error":"\#(FaultRun.canary)"}"#)
            let run = try await FaultRun([[.readHead, .readBody(byteCount: 64 << 10), answer, end]], .large)
            try run.expect(.refused, .temporary, says: "did not accept the file")
            #expect(run.outcome.message.contains(run.outcome.exit == .refused ? "answered \(status)" : "before the whole request was sent"))
            #expect(run.completeBodyCount == 0)
            #expect(run.connections.count == 1)
        }

        @Test("U10: refused after the whole body", arguments: [400, 401, 403, 404, 413, 422])
        func u10Late(status: Int) async throws {
            let answer = ScriptStep.answer("\(status) Refused", contentType: "text/plain", body: Self.echo)
            let run = try await FaultRun([[.readHead, .readWholeBody, answer]])
            try run.expect(.refused, says: "answered \(status)", "did not accept the file")
            #expect(run.connections.count == 1)
        }

        struct Waiting: Sendable, CustomTestStringConvertible {
            var testDescription: String
            /// Of `Retry-After`.
            var value: String?
            /// Before the second push; `nil` where none is owed.
            var wait: Duration?
        }

        static let waitings: [Waiting] = [
            Waiting(testDescription: "none", value: nil, wait: .seconds(30)),
            Waiting(testDescription: "seconds", value: "7", wait: .seconds(7)),
            Waiting(testDescription: "blanks", value: "  7  ", wait: .seconds(7)),
            Waiting(testDescription: "zero", value: "0", wait: .zero),
            Waiting(testDescription: "date", value: "Thu, 01 Jan 2026 00:00:45 GMT", wait: .seconds(45)),
            Waiting(testDescription: "RFC 850 date", value: "Thursday, 01-Jan-26 00:00:45 GMT", wait: .seconds(45)),
            Waiting(testDescription: "asctime date", value: "Thu Jan  1 00:00:45 2026", wait: .seconds(45)),
            Waiting(testDescription: "date in the past", value: "Sun, 06 Nov 1994 08:49:37 GMT", wait: .zero),
            Waiting(testDescription: "negative", value: "-5", wait: .seconds(30)),
            Waiting(testDescription: "fraction", value: "1.5", wait: .seconds(30)),
            Waiting(testDescription: "words", value: "soon", wait: .seconds(30)),
            Waiting(testDescription: "impossible date", value: "Thu, 99 Foo 2026 00:00:45 GMT", wait: .seconds(30)),
            Waiting(testDescription: "a billion", value: "1000000000", wait: nil),
            Waiting(testDescription: "beyond 64 bits", value: "99999999999999999999", wait: nil),
            Waiting(testDescription: "date beyond the budget", value: "Fri, 02 Jan 2026 00:00:00 GMT", wait: nil),
        ]

        @Test("U11: too many requests, answered early", arguments: waitings)
        func u11RateLimited(_ waiting: Waiting) async throws {
            let headers = waiting.value.map { ["Retry-After: \($0)"] } ?? []
            let refusal = ScriptStep.answer("429 Too Many Requests", headers: headers, contentType: "text/plain", body: "maximum: 300")
            let scripts: [[ScriptStep]] = [
                [.readHead, .readBody(byteCount: 64 << 10), refusal, .drain], [.readHead, .readWholeBody, .accepted],
            ]
            let run = try await FaultRun(scripts, .large)
            if let wait = waiting.wait {
                try run.expect(.done)
                #expect(run.waits == [wait])
                #expect(run.push.attempts == 2)
            } else {
                try run.expect(.temporary, says: "answered 429", "maximum: 300", "did not accept the file")
                #expect(run.waits == [])
                #expect(run.completeBodyCount == 0)
            }
        }

        @Test("U11: unavailable with a readable wait, answered early", arguments: ["7", "Thu, 01 Jan 2026 00:00:07 GMT"])
        func u11Unavailable(value: String) async throws {
            let refusal = ScriptStep.answer("503 Service Unavailable", headers: ["Retry-After: \(value)"], contentType: "text/plain")
            let scripts: [[ScriptStep]] = [
                [.readHead, .readBody(byteCount: 64 << 10), refusal, .drain], [.readHead, .readWholeBody, .accepted],
            ]
            let run = try await FaultRun(scripts, .large)
            try run.expect(.done)
            #expect(run.waits == [.seconds(7)])
        }

        /// The connection ends with the answer, and with it the end of the request: the answer is complete all the same.
        @Test("U11: answered early when the rest of the request waits for the socket")
        func u11WaitingRequest() async throws {
            let refusal = ScriptStep.answer("429 Too Many Requests", headers: ["Retry-After: 7"], contentType: "text/plain", body: "wait")
            // Long enough for the client to have handed all of it to its connection.
            let scripts: [[ScriptStep]] = [
                [.readHead, .readBody(byteCount: 64 << 10), .sleep(.milliseconds(100)), refusal, .stall],
                [.readHead, .readWholeBody, .accepted],
            ]
            var conditions = FaultRun.Conditions.large
            conditions.chunkByteCount = FaultRun.largeByteCount
            let run = try await FaultRun(scripts, conditions)
            try run.expect(.done)
            #expect(run.waits == [.seconds(7)])
        }

        @Test("U11: refused again and again", arguments: ["429 Too Many Requests", "503 Service Unavailable"])
        func u11GivenUp(status: String) async throws {
            let refusal = ScriptStep.answer(status, headers: ["Retry-After: 1"], body: "{}")
            let run = try await FaultRun([[.readHead, .readBody(byteCount: 64 << 10), refusal, .drain]], .large)
            try run.expect(.temporary, says: "answered \(status.prefix(3))", "did not accept the file")
            #expect(run.push.attempts == 4)
            #expect(run.completeBodyCount == 0)
        }

        @Test("U11: a refusal that breaks off is no complete one, and is not tried again")
        func u11CutRefusal() async throws {
            let text = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 100\r\n\r\nToo"
            let run = try await FaultRun([[.readHead, .readWholeBody, .sendText(text), .finish]])
            try run.expect(.temporary, .unknown)
            #expect(run.connections.count == 1)
        }

        @Test("U12: a gateway's error after the whole body", arguments: [408, 500, 502, 504, 520, 521, 522, 523, 524])
        func u12Gateway(status: Int) async throws {
            let answer = ScriptStep.answer("\(status) Gateway", contentType: "text/html", body: "<h1>\(FaultRun.canary)</h1>")
            let run = try await FaultRun([[.readHead, .readWholeBody, answer]])
            try run.expect(.unknown, says: "the answer was \(status)", "may or may not have accepted the file", "Check in Pigment")
            #expect(run.connections.count == 1)
            #expect(run.completeBodyCount == 1)
        }

        @Test("U13: unavailable after the whole body, said by a gateway")
        func u13Gateway() async throws {
            let answer = ScriptStep.answer("503 Service Unavailable", contentType: "text/html", body: "<h1>503</h1>")
            let run = try await FaultRun([[.readHead, .readWholeBody, answer]])
            try run.expect(.unknown, says: "503")
            #expect(run.connections.count == 1)
        }

        @Test("U14: accepted before the body is whole")
        func u14EarlySuccess() async throws {
            let run = try await FaultRun([[.readHead, .readBody(byteCount: 64 << 10), .accepted, .drain]], .large)
            // Also where the body became whole in the end.
            try run.expect(.endNotSeen, says: importID, "before it had read the whole file", "Compare its counts")
        }

        @Test(
            "U14: accepted before the body is whole, then followed", arguments: [("Completed", ExitClass.endNotSeen), ("Failed", .failed)])
        func u14EarlySuccessFollowed(status: String, exit: ExitClass) async throws {
            var conditions = FaultRun.Conditions.large
            conditions.follows = true
            let scripts: [[ScriptStep]] = [
                [.readHead, .readBody(byteCount: 64 << 10), .accepted, .drain], [.readHead, .status(status, rest: FaultRun.cleanReport)],
            ]
            let run = try await FaultRun(scripts, conditions)
            try run.expect(exit, says: "before it had read the whole file")
            #expect(run.requests.count == 2)
        }

        /// However small the body and however fast the answer: what was read to its end before the answer is not an early success.
        @Test("U14: accepted right after the last byte", arguments: [1, 1000, 100_000, 1 << 20])
        func u14NotEarly(byteCount: Int) async throws {
            let run = try await FaultRun([[.readHead, .readWholeBody, .accepted]], .init(byteCount: byteCount))
            try run.expect(.done, says: importID)
        }

        @Test("U14: accepted before the body is whole, then closed", arguments: [ScriptStep.finish, .reset])
        func u14EarlySuccessClosed(end: ScriptStep) async throws {
            let run = try await FaultRun([[.readHead, .readBody(byteCount: 64 << 10), .accepted, end]], .large)
            // The answer may be lost with the connection; where it was read it must not pass for a plain success.
            try run.expect(.endNotSeen, .temporary, .unknown)
            #expect(run.completeBodyCount == 0)
        }

        struct Answer: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var steps: [ScriptStep]
            var exit = ExitClass.unknown
        }

        private static func ok(_ body: String, type: String = "application/json", headers: [String] = []) -> [ScriptStep] {
            [.answer("200 OK", headers: headers, contentType: type, body: body)]
        }

        /// `{"importId": …}` compressed by gzip would be binary: these bytes only begin like it.
        private static let gzip: [ScriptStep] = [
            .sendText("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 10\r\nConnection: close\r\n\r\n"),
            .send([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
        ]

        static let answers: [Answer] = [
            Answer(testDescription: "JSON", steps: ok(reply), exit: .done),
            Answer(testDescription: "JSON as text", steps: ok(reply, type: "text/plain"), exit: .done),
            Answer(testDescription: "JSON as text/json", steps: ok(reply, type: "text/json"), exit: .done),
            Answer(testDescription: "byte order mark", steps: ok("\u{feff}" + reply, type: "application/json; charset=utf-8"), exit: .done),
            Answer(testDescription: "more keys", steps: ok(#"{"x":[1,{}],"importId":"\#(importID)","y":null}"#), exit: .done),
            Answer(testDescription: "201", steps: [.answer("201 Created", body: reply)], exit: .done),
            Answer(testDescription: "202", steps: [.answer("202 Accepted", body: reply)], exit: .done),
            Answer(testDescription: "204", steps: [.sendText("HTTP/1.1 204 No Content\r\n\r\n")]),
            Answer(testDescription: "empty body", steps: ok("")),
            Answer(testDescription: "broken JSON", steps: ok(#"{"importId":"\#(importID)""#)),
            Answer(testDescription: "empty object", steps: ok("{}")),
            Answer(testDescription: "array", steps: ok("[\(reply)]")),
            Answer(testDescription: "login page", steps: ok("<!DOCTYPE html><title>Sign in \(FaultRun.canary)</title>", type: "text/html")),
            Answer(testDescription: "null", steps: ok(#"{"importId":null}"#)),
            Answer(testDescription: "number", steps: ok(#"{"importId":17}"#)),
            Answer(testDescription: "no UUID", steps: ok(#"{"importId":"abc"}"#)),
            Answer(testDescription: "path characters", steps: ok(#"{"importId":"../../../../../../../../etc/passwd"}"#)),
            Answer(testDescription: "UUID with more", steps: ok(#"{"importId":"\#(importID)/../x"}"#)),
            Answer(testDescription: "escape characters", steps: ok("\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}")),
            Answer(testDescription: "deep nesting", steps: ok(String(repeating: "[", count: 100_000))),
            Answer(testDescription: "gzip-coded", steps: gzip),
            Answer(
                testDescription: "100 MB",
                steps: [
                    .sendText("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n"),
                    .flood([UInt8](repeating: 32, count: 1 << 20), times: 100),
                ]),
            Answer(
                testDescription: "no end",
                steps: [
                    .sendText("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
                    .flood(Array("100000\r\n".utf8) + [UInt8](repeating: 32, count: 1 << 20) + Array("\r\n".utf8), times: 100_000),
                ]),
        ]

        @Test("U15, U16: what follows a success", arguments: answers)
        func u15Success(_ answer: Answer) async throws {
            let run = try await FaultRun([[.readHead, .readWholeBody] + answer.steps])
            try run.expect(answer.exit)
            #expect(run.completeBodyCount == 1)
            #expect(run.connections.count == 1)
            if answer.exit == .unknown { try run.expect(.unknown, says: "may or may not have accepted the file", "Check in Pigment") }
        }

        @Test("U17: announcements before the answer")
        func u17Informational() async throws {
            let script: [ScriptStep] = [
                .readHead, .sendText("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"), .readWholeBody,
                .sendText("HTTP/1.1 100 Continue\r\n\r\n"), .accepted,
            ]
            try await FaultRun([script]).expect(.done, says: importID)
        }

        static let malformed: [Answer] = [
            Answer(
                testDescription: "header flood",
                steps: [.sendText("HTTP/1.1 200 OK\r\n"), .flood(Array("X-Flood: 1\r\n".utf8), times: 200_000)]),
            Answer(
                testDescription: "10 MB header",
                steps: [
                    .sendText("HTTP/1.1 200 OK\r\nX-Long: "), .flood([UInt8](repeating: 65, count: 1 << 20), times: 10),
                    .sendText("\r\n\r\n"),
                ]),
            Answer(
                testDescription: "10 MB status line",
                steps: [.sendText("HTTP/1.1 200 "), .flood([UInt8](repeating: 65, count: 1 << 20), times: 10)]),
            Answer(
                testDescription: "chunk size no number",
                steps: [.sendText("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\(reply)\r\n0\r\n\r\n")]),
            Answer(
                testDescription: "chunk size beyond 64 bits",
                steps: [.sendText("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n\(reply)")]),
            Answer(
                testDescription: "length and chunks",
                steps: [.sendText("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]),
            Answer(
                testDescription: "two lengths",
                steps: [.sendText("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 51\r\n\r\n\(reply)")]
            ),
            Answer(testDescription: "negative length", steps: [.sendText("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n\(reply)")]),
            Answer(testDescription: "HTTP/0.9", steps: [.sendText(reply)]),
            Answer(testDescription: "NUL bytes", steps: [.send([UInt8](repeating: 0, count: 1000))]),
            Answer(testDescription: "another protocol", steps: [.sendText("SSH-2.0-OpenSSH_9.2\r\n")]),
            Answer(testDescription: "status 999999", steps: [.sendText("HTTP/1.1 999999 What\r\nContent-Length: 0\r\n\r\n")]),
            Answer(
                testDescription: "HTTP/1.0", steps: [.sendText("HTTP/1.0 200 OK\r\nContent-Length: \(reply.utf8.count)\r\n\r\n\(reply)")],
                exit: .done),
            Answer(testDescription: "HTTP/1.0 to the end", steps: [.sendText("HTTP/1.0 200 OK\r\n\r\n\(reply)")], exit: .done),
        ]

        @Test("U18: no answer in good HTTP", arguments: malformed)
        func u18Malformed(_ answer: Answer) async throws {
            let run = try await FaultRun([[.readHead, .readWholeBody] + answer.steps + [.finish]])
            try run.expect(answer.exit)
            #expect(run.completeBodyCount == 1)
            #expect(run.connections.count == 1)
        }

        @Test("U18: two answers: the first counts")
        func u18TwoAnswers() async throws {
            let script: [ScriptStep] = [.readHead, .readWholeBody, .accepted, .answer("400 Bad Request")]
            let run = try await FaultRun([script])
            try run.expect(.done, says: importID)
        }

        @Test("U18: garbage before the body is whole")
        func u18EarlyGarbage() async throws {
            let run = try await FaultRun([[.readHead, .readBody(byteCount: 64 << 10), .sendText("garbage\r\n\r\n"), .drain]], .large)
            try run.expect(.temporary, says: "did not accept the file")
            #expect(run.completeBodyCount == 0)
        }

        @Test("U20: a redirect is not followed, neither early nor late", arguments: [301, 302, 303, 307, 308], [true, false])
        func u20Redirect(status: Int, isEarly: Bool) async throws {
            try await withScriptedServer(scripts: [[.readHead, .readWholeBody, .accepted]]) { elsewhere in
                let places = [
                    "http://127.0.0.1:\(elsewhere.port)/x?key=\(FaultRun.canary)", "//127.0.0.1:\(elsewhere.port)/x", "/login",
                    "https://user:pw@evil.example/\u{1b}[2J",
                ]
                for place in places {
                    let answer = ScriptStep.answer("\(status) Elsewhere", headers: ["Location: \(place)"])
                    let script: [ScriptStep] =
                        isEarly ? [.readHead, .readBody(byteCount: 64 << 10), answer, .drain] : [.readHead, .readWholeBody, answer]
                    let run = try await FaultRun([script], isEarly ? .large : .init())
                    // An escape character in a header makes the whole answer no HTTP.
                    if place.contains("\u{1b}") {
                        try run.expect(.refused, .unknown, .temporary)
                    } else {
                        try run.expect(.refused, says: "answered \(status)", "Redirects are not followed", "did not accept the file")
                    }
                    #expect(run.connections.count == 1)
                }
                #expect(elsewhere.connections.isEmpty)
            }
        }
    }
}
