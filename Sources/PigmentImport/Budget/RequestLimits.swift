import Preflight

/// How many requests a service takes from one host.
///
/// Documented: 500 requests in five minutes from one address over all endpoints. Published: 300 pushes an hour to one configuration; more are
/// answered with 429.
package struct RequestLimits: Sendable, Equatable {
    /// So many in so long a time.
    package struct Rate: Sendable, Equatable {
        package var count: Int
        /// In milliseconds.
        package var window: Int

        package init(count: Int, window: Duration) {
            self.count = count
            self.window = Int(window / .milliseconds(1))
        }
    }

    /// For all requests; `nil` for no limit.
    package var requests: Rate?
    /// For pushes and triggers of one configuration; `nil` for no limit.
    package var pushes: Rate?

    package init(requests: Rate?, pushes: Rate?) {
        (self.requests, self.pushes) = (requests, pushes)
    }

    /// Pigment's.
    package static let pigment = RequestLimits(
        requests: Rate(count: 500, window: .seconds(300)), pushes: Rate(count: 300, window: .seconds(3600)))
    package static let none = RequestLimits(requests: nil, pushes: nil)

    /// Whether there is nothing to count.
    package var isNone: Bool { requests == nil && pushes == nil }

    /// The longest time for which a request matters, in milliseconds.
    var longestWindow: Int { max(requests?.window ?? 0, pushes?.window ?? 0) }
}
