import ScriptedServer
import Testing

private let post = "POST /push HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n"

@Suite("A server that misbehaves as told", .timeLimit(.minutes(30)))
struct ScriptedServerTests {
    struct Ending: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var script: [ScriptStep]
        var end: PlainClient.End
        var text = ""
    }

    static let endings: [Ending] = [
        Ending(testDescription: "finish", script: [.readHead, .readWholeBody, .finish], end: .finished),
        Ending(testDescription: "end of script", script: [.readHead, .readWholeBody], end: .finished),
        Ending(testDescription: "reset", script: [.readHead, .readWholeBody, .reset], end: .reset),
        Ending(testDescription: "closed with unread bytes", script: [.readAnything, .finish], end: .finished),
        Ending(
            testDescription: "half-close", script: [.readHead, .readWholeBody, .sendText("hi"), .halfClose, .drain], end: .finished,
            text: "hi"),
        Ending(
            testDescription: "send", script: [.readHead, .sendText("HTTP/1.1 "), .sendText("200 OK\r\n")], end: .finished,
            text: "HTTP/1.1 200 OK\r\n"),
        Ending(
            testDescription: "two answers",
            script: [.readHead, .readWholeBody, .answer("200 OK", body: "a"), .answer("404 Not Found", body: "b")],
            end: .finished,
            text: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\nConnection: close\r\n\r\na"
                + "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 1\r\nConnection: close\r\n\r\nb"),
        Ending(
            testDescription: "answer with a header line",
            script: [.readHead, .readWholeBody, .answer("429 Too Many Requests", headers: ["Retry-After: 1"], contentType: "text/plain")],
            end: .finished,
            text:
                "HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/plain\r\nContent-Length: 0\r\nConnection: close\r\nRetry-After: 1\r\n\r\n"
        ),
        Ending(
            testDescription: "drip",
            script: [.readHead, .readWholeBody, .drip(Array("abcdefg".utf8), byteCount: 3, pause: .milliseconds(1))],
            end: .finished, text: "abcdefg"),
        Ending(
            testDescription: "flood", script: [.readHead, .readWholeBody, .flood(Array("0123456789".utf8), times: 1000)], end: .finished,
            text: String(repeating: "0123456789", count: 1000)),
    ]

    @Test(arguments: endings)
    func clientSees(_ ending: Ending) async throws {
        try await withScriptedServer(scripts: [ending.script]) { server in
            let reception = await PlainClient.exchange(port: server.port, sending: post + "0123456789", halfCloses: true)
            #expect(reception.end == ending.end)
            #expect(reception.text == ending.text)
        }
    }

    @Test func whatArrivesIsLogged() async throws {
        try await withScriptedServer(scripts: [[.readHead, .readWholeBody, .finish]]) { server in
            _ = await PlainClient.exchange(port: server.port, sending: post + "0123456789")
            let connection = try #require(server.connections.first)
            #expect(connection.byteCount == post.utf8.count + 10)
            #expect(connection.prefix == Array((post + "0123456789").utf8))
            #expect(connection.containsInPrefix("Host: x"))
            #expect(!connection.containsInPrefix("Host: y"))
            #expect(connection.requests.map(\.target) == ["/push"])
            #expect(connection.requests.map(\.bodyByteCount) == [10])
            #expect(server.completeBodyCount == 1)
        }
    }

    @Test("a cut body is never complete", arguments: 0..<10)
    func cutBody(byteCount: Int) async throws {
        try await withScriptedServer(scripts: [[.readHead, .readWholeBody, .answer("200 OK")]]) { server in
            let cut = post + "0123456789".prefix(byteCount)
            let reception = await PlainClient.exchange(port: server.port, sending: cut, halfCloses: true)
            await server.waitUntilIdle()
            #expect(reception.text == "")
            #expect(server.requests.map(\.bodyByteCount) == [byteCount])
            #expect(server.completeBodyCount == 0)
            #expect(server.connections.map(\.sawEnd) == [true])
        }
    }

    @Test func scriptsGoByConnectionAndTheLastRepeats() async throws {
        let scripts: [[ScriptStep]] = [[.readHead, .sendText("1")], [.readHead, .sendText("2")]]
        try await withScriptedServer(scripts: scripts) { server in
            var texts: [String] = []
            for _ in 0..<4 {
                texts.append(await PlainClient.exchange(port: server.port, sending: "GET / HTTP/1.1\r\n\r\n").text)
            }
            #expect(texts == ["1", "2", "2", "2"])
            #expect(server.connections.count == 4)
            #expect(server.completeBodyCount == 0)
        }
    }

    @Test func severalRequestsOnOneConnection() async throws {
        let script: [ScriptStep] = [.readHead, .sendText("1"), .readHead, .readWholeBody, .sendText("2"), .readHead, .sendText("3")]
        try await withScriptedServer(scripts: [script]) { server in
            let get = "GET /a HTTP/1.1\r\n\r\n"
            let reception = await PlainClient.exchange(port: server.port, sending: get + post + "0123456789" + get)
            #expect(reception.text == "123")
            #expect(server.requests.map(\.target) == ["/a", "/push", "/a"])
        }
    }

    @Test func anEarlyAnswerComesWhileTheBodyIsStillArriving() async throws {
        let script: [ScriptStep] = [.readHead, .readBody(byteCount: 4), .answer("413 Content Too Large"), .finish]
        try await withScriptedServer(scripts: [script]) { server in
            let reception = await PlainClient.exchange(port: server.port, sending: post + "0123")
            #expect(reception.text.hasPrefix("HTTP/1.1 413 "))
            #expect(server.requests.map(\.isComplete) == [false])
        }
    }

    @Test func latchesOrderTestAndScript() async throws {
        let (arrived, goOn) = (Latch(), Latch())
        let script: [ScriptStep] = [.readHead, .open(arrived), .wait(goOn), .sendText("late")]
        try await withScriptedServer(scripts: [script]) { server in
            let port = server.port
            async let reception = PlainClient.exchange(port: port, sending: "GET / HTTP/1.1\r\n\r\n")
            await arrived.wait()
            #expect(server.connections.map(\.byteCount) == [18])
            goOn.open()
            #expect(await reception.text == "late")
        }
    }

    @Test func stoppingEndsAStalledConnection() async throws {
        let stalled = Latch()
        let server = ScriptedServer(scripts: [[.readHead, .open(stalled), .stall]])
        try await server.start()
        let port = server.port
        async let reception = PlainClient.exchange(port: port, sending: "GET / HTTP/1.1\r\n\r\n")
        await stalled.wait()
        await server.stop()
        #expect(await reception.end == .finished)
    }

    @Test func stoppingEndsAFloodThatNobodyReads() async throws {
        let flooding = Latch()
        let server = ScriptedServer(scripts: [[.open(flooding), .flood([UInt8](repeating: 0, count: 1 << 20), times: 1 << 20)]])
        try await server.start()
        let port = server.port
        // Busy sending to a server that does not read, the client reads nothing either.
        let goal = 64 << 20
        async let reception = PlainClient.exchange(port: port, sending: [UInt8](repeating: 0, count: goal))
        await flooding.wait()
        await server.stop()
        #expect(await reception.sentCount < goal)
    }

    @Test func aServerThatDoesNotReadHoldsTheClient() async throws {
        let goal = 64 << 20
        try await withScriptedServer(scripts: [[.readHead, .stall]], receiveBufferByteCount: 4096) { server in
            let head = "POST / HTTP/1.1\r\nContent-Length: \(goal)\r\n\r\n"
            let bytes = Array(head.utf8) + [UInt8](repeating: 65, count: goal)
            let reception = await PlainClient.exchange(port: server.port, sending: bytes, patience: 200)
            #expect(reception.end == .silent)
            #expect(reception.sentCount < goal)
            #expect(server.completeBodyCount == 0)
        }
    }

    @Test(arguments: [TLSIdentity.good, .expired, .wrongHost, .selfSigned])
    func plainBytesDoNotPassTLS(_ identity: TLSIdentity) async throws {
        try await withScriptedServer(scripts: [[.readHead, .sendText("never")]], tls: identity) { server in
            let reception = await PlainClient.exchange(port: server.port, sending: "GET / HTTP/1.1\r\n\r\n")
            await server.waitUntilIdle()
            #expect(!reception.text.contains("never"))
            #expect(server.requests == [])
        }
    }

    @Test func stoppingWhileConnectionsArrive() async throws {
        await withTaskGroup(of: Void.self) { clients in
            for _ in 0..<20 {
                let server = ScriptedServer(scripts: [[.readHead, .sendText("1")]])
                guard (try? await server.start()) != nil else { continue }
                let port = server.port
                for _ in 0..<8 {
                    clients.addTask { _ = await PlainClient.exchange(port: port, sending: "GET / HTTP/1.1\r\n\r\n") }
                }
                let reception = await PlainClient.exchange(port: port, sending: "GET / HTTP/1.1\r\n\r\n")
                await server.stop()
                #expect(reception.text == "1")
            }
        }
    }
}
