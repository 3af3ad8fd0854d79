import Testing

@testable import ScriptedServer

@Suite("Reading requests off the wire")
struct MessageReaderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var input: String
        var body: String?
        var isComplete: Bool
        /// Bytes that belong to the next message.
        var rest = 0
    }

    static let cases: [Case] = [
        Case(testDescription: "nothing", input: "", body: nil, isComplete: false),
        Case(testDescription: "half a head", input: "POST /a HTTP/1.1\r\nHost: x\r\n", body: nil, isComplete: false),
        Case(testDescription: "no body", input: "GET /a HTTP/1.1\r\nHost: x\r\n\r\n", body: "", isComplete: true),
        Case(testDescription: "length 0", input: "POST /a HTTP/1.1\r\nContent-Length: 0\r\n\r\n", body: "", isComplete: true),
        Case(testDescription: "whole", input: "POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", body: "abc", isComplete: true),
        Case(testDescription: "cut", input: "POST /a HTTP/1.1\r\ncontent-length:3\r\n\r\nab", body: "ab", isComplete: false),
        Case(
            testDescription: "two messages", input: "POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET", body: "abc",
            isComplete: true, rest: 3),
        Case(
            testDescription: "chunked", input: "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n",
            body: "abc", isComplete: true),
        Case(
            testDescription: "chunked with trailer",
            input: "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n", body: "0123456789",
            isComplete: true),
        Case(
            testDescription: "last chunk missing", input: "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
            body: "ab", isComplete: false),
        Case(
            testDescription: "end of trailer missing", input: "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
            body: "", isComplete: false),
        Case(
            testDescription: "chunk size no number", input: "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            body: "", isComplete: false),
    ]

    @Test("completeness and body at any piece size", arguments: cases, [1, 2, 3, 7, 64, 4096])
    func reads(_ example: Case, pieceSize: Int) {
        var reader = MessageReader()
        var pending = Array(example.input.utf8)[...]
        while !pending.isEmpty {
            let piece = pending.prefix(pieceSize)
            let consumed = reader.feed(piece)
            pending.removeFirst(consumed)
            if consumed < piece.count { break }
        }
        #expect(reader.request.map { String(decoding: $0.body, as: UTF8.self) } == example.body)
        #expect(reader.request?.bodyByteCount == example.body?.utf8.count)
        #expect((reader.request?.isComplete ?? false) == example.isComplete)
        #expect(pending.count == example.rest)
    }

    @Test func headIsTakenApart() throws {
        var reader = MessageReader()
        _ = reader.feed(Array("PUT /p?q=1 HTTP/1.1\r\nA:  one \r\nb: x:y\r\nB: z\r\n\r\n".utf8)[...])
        let request = try #require(reader.request)
        #expect(request.requestLine == "PUT /p?q=1 HTTP/1.1")
        #expect(request.method == "PUT")
        #expect(request.target == "/p?q=1")
        #expect(request.headers == [.init("A", "one"), .init("b", "x:y"), .init("B", "z")])
        #expect(request[header: "B"] == "x:y, z")
        #expect(request[header: "c"] == nil)
    }

    @Test func bodyIsKeptUpToItsLimitAndCountedBeyond() throws {
        var reader = MessageReader()
        let length = RequestLog.bodyLimit + 1000
        _ = reader.feed(Array("POST / HTTP/1.1\r\nContent-Length: \(length)\r\n\r\n".utf8)[...])
        _ = reader.feed([UInt8](repeating: 7, count: length)[...])
        let request = try #require(reader.request)
        #expect(request.bodyByteCount == length)
        #expect(request.body.count == RequestLog.bodyLimit)
        #expect(request.isComplete)
    }
}
