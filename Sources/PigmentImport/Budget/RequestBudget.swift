import Preflight
import SafeText

/// Whether one more request fits the limits, given those that were sent. Pure: times are passed in.
struct RequestBudget: Sendable, Equatable {
    /// A request that was sent.
    struct Sent: Sendable, Equatable {
        /// Milliseconds since 1970.
        var time: Int
        /// Host and port of the service.
        var service: String
        /// The configuration of a push or a trigger; `nil` for other requests.
        var configuration: String?
    }

    var limits: RequestLimits
    private(set) var sent: [Sent] = []

    init(limits: RequestLimits) {
        self.limits = limits
    }

    /// Times are known to the second, so a request may be this much younger than it seems.
    private static let granularity = 1000

    mutating func add(_ request: Sent) { sent.append(request) }

    /// Drops what no limit looks at any more. A time in the future, as after a clock was set back, is dropped too: it would block for as long.
    mutating func forget(before now: Int) {
        let window = limits.longestWindow + Self.granularity
        sent.removeAll { $0.time <= now - window || $0.time > now + Self.granularity }
    }

    /// How long a request has to wait, in milliseconds, and for which limit; `nil` if it may go at once.
    func wait(for request: Sent) -> (milliseconds: Int, reason: String)? {
        let own = sent.filter { $0.service == request.service }
        var longest: (milliseconds: Int, reason: String)?
        func consider(_ rate: RequestLimits.Rate?, _ times: [Int], _ words: String) {
            guard let rate else { return }
            let window = rate.window + Self.granularity
            let recent = times.filter { $0 > request.time - window }.sorted()
            guard recent.count >= rate.count else { return }
            // Room is there when all but `count - 1` of them have left the window.
            let wait = max(1, recent[recent.count - rate.count] + window - request.time)
            if wait > longest?.milliseconds ?? 0 {
                longest = (
                    wait, "\(recent.count.grouped) \(words) in \(Self.shown(rate.window)) from this host, \(rate.count.grouped) allowed"
                )
            }
        }
        consider(limits.requests, own.map(\.time), "requests")
        if let configuration = request.configuration {
            consider(limits.pushes, own.filter { $0.configuration == configuration }.map(\.time), "pushes to this configuration")
        }
        return longest
    }

    private static func shown(_ milliseconds: Int) -> String { Duration.milliseconds(milliseconds).shown }

    // MARK: As lines

    /// `1764489600123 pigment.app 33d0d7d0-…`; the last word only for a push.
    static func line(_ request: Sent) -> String {
        "\(request.time) \(request.service)" + (request.configuration.map { " " + $0 } ?? "")
    }

    /// `nil` for a line that is none of these, such as one that was cut.
    static func sent(_ line: [UInt8]) -> Sent? {
        let words = String(decoding: line, as: UTF8.self).split(separator: " ").map(String.init)
        guard (2...3).contains(words.count), let time = Int(words[0]) else { return nil }
        return Sent(time: time, service: words[1], configuration: words.count == 3 ? words[2] : nil)
    }
}
