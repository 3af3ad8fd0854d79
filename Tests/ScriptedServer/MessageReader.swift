/// Reads one HTTP/1.1 request from bytes in pieces of any size: a pure state machine without socket and clock.
///
/// It is lenient where leniency cannot make an incomplete message look complete.
struct MessageReader {
    private enum State {
        case head
        case body(remaining: Int)
        case chunkSize
        case chunk(remaining: Int)
        case chunkEnd
        case trailer
        case complete
    }

    private var state = State.head
    /// The unfinished head, or an unfinished line of the chunked framing.
    private var line: [UInt8] = []
    /// `nil` until the head is whole.
    private(set) var request: RequestLog?

    /// Consumes bytes up to the end of the message.
    ///
    /// - Returns: how many bytes were consumed; fewer than given only where the next message begins.
    mutating func feed(_ bytes: ArraySlice<UInt8>) -> Int {
        var rest = bytes
        while let byte = rest.first {
            switch state {
            case .complete:
                return bytes.count - rest.count
            case .body(let remaining):
                let taken = takeBody(&rest, atMost: remaining)
                state = .body(remaining: remaining - taken)
                if remaining == taken { finish() }
            case .chunk(let remaining):
                let taken = takeBody(&rest, atMost: remaining)
                state = remaining == taken ? .chunkEnd : .chunk(remaining: remaining - taken)
            case .head:
                rest.removeFirst()
                line.append(byte)
                if line.suffix(4).elementsEqual("\r\n\r\n".utf8) { readHead() }
            case .chunkSize, .chunkEnd, .trailer:
                rest.removeFirst()
                line.append(byte)
                if byte == UInt8(ascii: "\n") { readLine() }
            }
        }
        return bytes.count
    }

    private mutating func takeBody(_ rest: inout ArraySlice<UInt8>, atMost limit: Int) -> Int {
        let taken = rest.prefix(limit)
        rest.removeFirst(taken.count)
        let room = RequestLog.bodyLimit - (request?.body.count ?? 0)
        // The log shares the array: appending nothing would still copy it.
        if room > 0 { request?.body.append(contentsOf: taken.prefix(room)) }
        request?.bodyByteCount += taken.count
        return taken.count
    }

    private mutating func readHead() {
        let text = String(decoding: line, as: UTF8.self)
        line = []
        var lines = text.lines[...]
        let requestLine = lines.popFirst() ?? ""
        let headers = lines.filter { !$0.isEmpty }.map { line in
            let name = line.prefix { $0 != ":" }
            return RequestLog.Header(String(name), line.dropFirst(name.count + 1).trimmedOfSpaces)
        }
        let request = RequestLog(requestLine: requestLine, headers: headers)
        self.request = request
        if request[header: "Transfer-Encoding"]?.lowercased().hasSuffix("chunked") == true {
            state = .chunkSize
        } else if let length = request[header: "Content-Length"].flatMap({ Int($0) }), length > 0 {
            state = .body(remaining: length)
        } else {
            finish()
        }
    }

    private mutating func readLine() {
        let text = String(decoding: line, as: UTF8.self).trimmedOfSpaces
        line = []
        switch state {
        case .chunkSize:
            // A size that is not a number leaves the message incomplete for ever, which is what a broken client owes.
            guard let size = Int(text.prefix { $0 != ";" }, radix: 16) else { return }
            state = size == 0 ? .trailer : .chunk(remaining: size)
        case .chunkEnd: state = .chunkSize
        case .trailer: if text.isEmpty { finish() }
        case .head, .body, .chunk, .complete: break
        }
    }

    private mutating func finish() {
        state = .complete
        request?.isComplete = true
    }
}

extension String {
    fileprivate var lines: [String] {
        utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line[...], as: UTF8.self)
        }
    }
}

extension StringProtocol {
    fileprivate var trimmedOfSpaces: String {
        let blanks: Set<Unicode.Scalar> = [" ", "\t", "\r", "\n"]
        let start = unicodeScalars.drop { blanks.contains($0) }
        let count = start.reversed().drop { blanks.contains($0) }.count
        var text = String.UnicodeScalarView()
        text.append(contentsOf: start.prefix(count))
        return String(text)
    }
}
