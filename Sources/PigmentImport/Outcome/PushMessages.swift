import ByteSources
import Preflight
import ValueFormats

/// The messages of ``RetryPolicy``: for each end of a push or a trigger what happened, whether the server accepted it, and what to do next.
///
/// All text from outside is escaped before it gets here (``ServerAnswer``, ``TransportFailure/text``).
struct PushMessages {
    private let isPush: Bool

    init(_ call: ImportCall.Kind) {
        isPush = call == .push
    }

    private var notTaken: String { isPush ? "The server did not accept the file." : "No import was started." }
    private var mayBeTaken: String {
        isPush ? "The server may or may not have accepted the file." : "The server may or may not have started the import."
    }
    private var lookFirst: String {
        isPush
            ? "Check in Pigment whether an import started before you push again: pushing the same file twice can double its data."
            : "Check in Pigment whether the import started before you trigger it again."
    }

    // MARK: - Before anything has left

    func notConnected(_ failure: TransportFailure, tries: Int) -> PushOutcome.Account {
        let (cause, next): (PushOutcome.Cause, String) =
            switch failure.kind {
            case .dns: (.nameLookUp, "The name service may be down. Try again, and check the base URL.")
            case .unknownHost: (.unknownHost, Self.checkHost)
            case .tlsHandshake: (.tlsHandshake, "Try again later. A proxy that intercepts TLS can also cause this.")
            case .proxy: (.proxy, "Check HTTPS_PROXY and NO_PROXY, then try again.")
            default: (.connect, "Check the base URL, the network and the proxy, then try again.")
            }
        let count = tries == 1 ? "" : " (tried \(tries) times)"
        return account(cause, happened: sentence(failure.text + count), taken: "Nothing was sent.", next: next)
    }

    func badCertificate(_ failure: TransportFailure) -> PushOutcome.Account {
        account(
            .certificate, happened: sentence(failure.text), taken: "Nothing was sent.",
            next: "If a company proxy intercepts TLS, save its certificate to a file and set SSL_CERT_FILE to the path of that file.")
    }

    func proxyLogin(_ failure: TransportFailure) -> PushOutcome.Account {
        account(
            .proxy, happened: sentence(failure.text), taken: "Nothing was sent.",
            next: "Put the user name and password into HTTPS_PROXY: http://user:password@host:port")
    }

    /// What to do where the host does not exist.
    static let checkHost =
        "Check the spelling of the base URL (--base-url, PIGMENT_BASE_URL). A host that only a company network knows needs its VPN."

    // MARK: - While the body was on its way

    func interrupted() -> PushOutcome.Account {
        account(.interrupted, happened: "Interrupted before the whole request was sent.", taken: notTaken, next: "Try again.")
    }

    func fileFault(_ fault: UploadBody.Failure) -> PushOutcome.Account {
        let next =
            switch fault {
            case .changed, .otherBytes, .shorter, .longer: "Try again once no program writes to the file."
            case .unreadable: ""
            case .stopped: "Try again."
            }
        return account(
            .fileChanged, happened: Self.happened(fault),
            taken: "The connection was closed before the whole body was sent, so the server did not accept the file.", next: next)
    }

    /// What the file did, in a sentence.
    static func happened(_ fault: UploadBody.Failure) -> String {
        switch fault {
        case .changed, .otherBytes: "The file changed after it was checked."
        case .shorter(let offset): "The file became shorter after it was checked: it ends at byte \(offset)."
        case .longer: "The file became longer after it was checked."
        case .unreadable(let error): "The file could not be read a second time. " + error.message
        case .stopped: "Interrupted before the whole request was sent."
        }
    }

    func incomplete(_ failure: TransportFailure) -> PushOutcome.Account {
        let causes =
            failure.kind == .reset && failure.sentByteCount > 0
            ? " Servers close a connection like this when a body exceeds their size limit or when they reject the key; the answer can get lost."
            : ""
        return account(
            .bodyIncomplete,
            happened: sentence("\(failure.text) after \(failure.sentByteCount) bytes, before the whole request was sent") + causes,
            taken: notTaken, next: "Try again. If it fails at about the same byte again, split the file and check the key.")
    }

    /// A status that says nothing final, while the body was still on its way.
    func brokenOff(_ answer: ServerAnswer) -> PushOutcome.Account {
        account(
            .bodyIncomplete, answer, happened: "The server answered \(answer.status) before the whole request was sent\(quoted(answer)).",
            taken: notTaken, next: "Try again later.")
    }

    // MARK: - Refusals

    func redirected(_ answer: ServerAnswer) -> PushOutcome.Account {
        account(
            .redirected, answer,
            happened:
                "The server answered \(answer.status) and redirects to \(answer.redirectHost ?? "no address"). Redirects are not "
                + "followed: the key and the data go only to the configured host.",
            taken: notTaken, next: "Check the base URL; a login page or a gateway may be in between.")
    }

    func rateLimited(_ answer: ServerAnswer) -> PushOutcome.Account {
        account(
            .rateLimited, answer, happened: "The server answered 429 (too many requests)\(quoted(answer)).", taken: notTaken,
            next:
                "Try again later. Pigment allows 500 requests in 5 minutes from one address, and 300 pushes per hour to one configuration."
        )
    }

    func unavailable(_ answer: ServerAnswer) -> PushOutcome.Account {
        account(
            .unavailable, answer, happened: "The server answered 503 (unavailable)\(quoted(answer)).", taken: notTaken,
            next: "Try again later.")
    }

    func refused(_ answer: ServerAnswer) -> PushOutcome.Account {
        let meaning = answer.status == 404 ? ": the import configuration does not exist, or the owner of the key cannot see it" : ""
        let words = answer.text.isEmpty ? "" : answer.status == 404 ? " (\"\(answer.text)\")" : quoted(answer)
        return account(
            .refused, answer, happened: "The server answered \(answer.status)\(meaning)\(words).", taken: notTaken, next: advice(answer))
    }

    private func advice(_ answer: ServerAnswer) -> String {
        switch answer.status {
        case 400, 413:
            isPush
                ? "Either the request is invalid, or the body exceeds the size limit, which is not published; \(answer.sentByteCount) bytes were sent. "
                    + "Check the configuration ID, or split the file."
                : "The request is invalid. Check the configuration ID, and that it belongs to an Integration, Metric or List import."
        case 401:
            "Check the key: its type must be Import; it is already invalid on its expiry day; the old format with dashes no longer works; "
                + "and your address must be on its allow list, if it has one."
        case 403: "The owner of the key lacks permission. Check the owner's rights, the type of the key (Import) and its allow list."
        case 404:
            "Check the configuration ID, the base URL, and that the owner of the key can open the configuration."
                + (isPush ? " Its type must be Upload file." : " Its type must be Integration, Metric or List.")
        default: "Fix the cause, then try again."
        }
    }

    // MARK: - Unknown

    func noAnswer(_ failure: TransportFailure) -> PushOutcome.Account {
        account(
            failure.kind == .malformedReply ? .garbledAnswer : failure.kind == .cancelled ? .interrupted : .noAnswer,
            happened: sentence("The whole request was sent, then \(failure.text)"), taken: mayBeTaken, next: lookFirst)
    }

    func noImportID(_ answer: ServerAnswer) -> PushOutcome.Account {
        account(
            .garbledAnswer, answer,
            happened:
                "The server answered \(answer.status) without an import ID\(answer.isComplete ? "" : ", and the answer is incomplete")\(quoted(answer))."
                + (answer.fileFault.map { " " + Self.happened($0) } ?? ""),
            taken: mayBeTaken, next: lookFirst)
    }

    /// A success for another number of bytes than were sent.
    func takenInPart(_ answer: ServerAnswer, id: ImportID, takenByteCount: Int) -> PushOutcome.Account {
        account(
            .garbledAnswer, answer,
            happened: "The server answered \(answer.status) with import \(id), but reports \(takenByteCount) bytes where "
                + "\(answer.sentByteCount) were sent." + (answer.fileFault.map { " " + Self.happened($0) } ?? ""),
            taken: mayBeTaken, next: lookFirst)
    }

    func gatewayError(_ answer: ServerAnswer) -> PushOutcome.Account {
        account(
            .gatewayError, answer, happened: "The whole request was sent, then the answer was \(answer.status)\(quoted(answer)).",
            taken: mayBeTaken + " A gateway may have forwarded it before it answered.", next: lookFirst)
    }

    // MARK: - Form

    private func account(
        _ cause: PushOutcome.Cause, _ answer: ServerAnswer? = nil, happened: String, taken: String, next: String
    ) -> PushOutcome.Account {
        PushOutcome.Account(cause: cause, status: answer?.status, happened: happened, taken: taken, next: next)
    }

    private func quoted(_ answer: ServerAnswer) -> String {
        answer.text.isEmpty ? "" : ": \"\(answer.text)\""
    }

    /// First letter in upper case, a full stop at the end.
    private func sentence(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst() + "."
    }
}
