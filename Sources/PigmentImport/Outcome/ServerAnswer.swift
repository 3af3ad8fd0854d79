import Preflight
import SafeText
import ValueFormats

/// What an answer says, made safe: its text escaped and without the key, its import id a UUID or absent.
package struct ServerAnswer: Sendable, Equatable {
    package var status: Int
    /// In the answer to a push or trigger.
    package var importID: ImportID?
    /// From the `Retry-After` header, where there is a readable one.
    package var retryAfter: Duration?
    /// Whether the body is a JSON object: the API's own words, where a gateway would send a page.
    package var isJSON: Bool
    /// The beginning of the body, safe to print; may be empty.
    package var text: String
    /// Where a redirect points, safe to print.
    package var redirectHost: String?
    /// Whether all of it was read.
    package var isComplete: Bool
    /// Body bytes of the request that the socket took.
    package var sentByteCount: Int
    /// Whether the socket took the whole request.
    package var isRequestWhole: Bool
    /// Whether the answer began before the socket had taken the whole request.
    package var isEarly: Bool
    /// How many body bytes the server says it took, where it says so.
    package var takenByteCount: Int?
    /// Why the rest of the body was not sent, if the file is the reason.
    package var fileFault: UploadBody.Failure?

    package init(
        status: Int, importID: ImportID? = nil, retryAfter: Duration? = nil, isJSON: Bool = false, text: String = "",
        redirectHost: String? = nil, isComplete: Bool = true, sentByteCount: Int = 0, isRequestWhole: Bool = true,
        isEarly: Bool = false, takenByteCount: Int? = nil, fileFault: UploadBody.Failure? = nil
    ) {
        self.status = status
        self.importID = importID
        self.retryAfter = retryAfter
        self.isJSON = isJSON
        self.text = text
        self.redirectHost = redirectHost
        self.isComplete = isComplete
        self.sentByteCount = sentByteCount
        self.isRequestWhole = isRequestWhole
        self.isEarly = isEarly
        self.takenByteCount = takenByteCount
        self.fileFault = fileFault
    }

    /// - Parameters:
    ///   - reply: The answer as it was received.
    ///   - target: Reads the body of the answer.
    ///   - redactor: Removes the key from the texts.
    ///   - isComplete: whether the connection ended after the answer, not within it.
    ///   - now: the wall clock in seconds since 1970-01-01 UTC, for `Retry-After` dates.
    ///   - fileFault: what ``UploadBody/failure`` reported after the request.
    package init(
        _ reply: TransportReply, isComplete: Bool, target: any ImportTarget, redactor: Redactor, now: Int,
        fileFault: UploadBody.Failure? = nil
    ) {
        let document = reply.isCut ? nil : try? JSONReader.value(of: reply.body)
        let isJSON = if case .object? = document { true } else { false }
        self.init(
            status: reply.status, importID: reply.isCut ? nil : target.importID(in: reply.body),
            retryAfter: reply.header("retry-after").flatMap { RetryAfter.wait($0, now: now) },
            // Not every cut shows: an answer without a length ends with its connection.
            isJSON: isJSON, text: redactor.shownContent(reply.body, mayBeCut: true),
            redirectHost: reply.header("location").map { Self.host(in: $0, redactor: redactor) },
            isComplete: isComplete && !reply.isCut, sentByteCount: reply.sentByteCount, isRequestWhole: reply.isRequestWhole,
            isEarly: reply.isEarly, takenByteCount: reply.isCut ? nil : target.takenByteCount(in: reply.body),
            fileFault: fileFault == .stopped ? nil : fileFault)
    }

    /// The host of an absolute address, else the whole path: enough to see where it leads, without a query that may hold secrets.
    ///
    /// The key goes first: taken apart, it could no longer be recognised.
    private static func host(in location: String, redactor: Redactor) -> String {
        let location = String(decoding: redactor.scrubbed(Array(location.utf8)), as: UTF8.self)
        let bare = location.prefix { $0 != "?" && $0 != "#" }
        guard let scheme = bare.firstRange(of: "://") else { return shown(bare, redactor: redactor) }
        let authority = bare[scheme.upperBound...].prefix { $0 != "/" }
        return shown(authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority, redactor: redactor)
    }

    private static func shown(_ place: Substring, redactor: Redactor) -> String {
        redactor.shown(String(place), limit: 100, mayBeCut: true)
    }
}
