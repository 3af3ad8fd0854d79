import ByteSources
import Preflight
import ValueFormats

/// The accounts that ``RetryPolicy`` gives: for each end of a push or a trigger what happened, whether it was taken, what to do next.
///
/// All text from outside comes in escaped (``ServerAnswer``, ``TransportFailure/text``).
struct PushWords {
    private let isPush: Bool

    init(_ call: ImportCall.Kind) {
        isPush = call == .push
    }

    private var notTaken: String { isPush ? "The file was not taken." : "No import was started." }
    private var mayBeTaken: String {
        isPush ? "The server may have taken the file, or not." : "The server may have started the import, or not."
    }
    private var lookFirst: String {
        isPush
            ? "Look in Pigment whether an import has begun before you push again: a second push of the same file can double its data."
            : "Look in Pigment whether the import has begun before you trigger it again."
    }

    // MARK: - Before anything has left

    func notConnected(_ failure: TransportFailure, tries: Int) -> PushOutcome.Account {
        let (cause, next): (PushOutcome.Cause, String) =
            switch failure.kind {
            case .dns: (.nameLookUp, "The name service may be down for a while: run again, and check the base URL.")
            case .unknownHost: (.unknownHost, Self.checkHost)
            case .tlsHandshake: (.tlsHandshake, "Run again later; a proxy that opens TLS connections can be the reason too.")
            case .proxy: (.proxy, "Check HTTPS_PROXY and NO_PROXY, then run again.")
            default: (.connect, "Check the base URL, the network and the proxy, then run again.")
            }
        let count = tries == 1 ? "" : " (tried \(tries) times)"
        return account(cause, happened: sentence(failure.text + count), taken: "Nothing was sent.", next: next)
    }

    func badCertificate(_ failure: TransportFailure) -> PushOutcome.Account {
        account(
            .certificate, happened: sentence(failure.text), taken: "Nothing was sent.",
            next: "If your company's proxy opens TLS connections, put its certificate into a file and name the file in SSL_CERT_FILE.")
    }

    func proxyLogin(_ failure: TransportFailure) -> PushOutcome.Account {
        account(
            .proxy, happened: sentence(failure.text), taken: "Nothing was sent.",
            next: "Give user name and password in HTTPS_PROXY: http://user:password@host:port")
    }

    /// What to do where the host does not exist.
    static let checkHost =
        "Check the spelling of the base URL (--base-url, PIGMENT_BASE_URL); a name that only a company's network knows needs its VPN."

    // MARK: - While the body was on its way

    func interrupted() -> PushOutcome.Account {
        account(.interrupted, happened: "Interrupted before the whole request was sent.", taken: notTaken, next: "Run again.")
    }

    func fileFault(_ fault: UploadBody.Failure) -> PushOutcome.Account {
        let next =
            switch fault {
            case .changed, .otherBytes, .shorter, .longer: "Run again when nobody writes to the file."
            case .unreadable: ""
            case .stopped: "Run again."
            }
        return account(
            .fileChanged, happened: Self.happened(fault),
            taken: "The connection was closed before the body was whole: the file was not taken.", next: next)
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
            ? " Servers close like this when a body is over their size limit or when they refuse the key, and the answer can get lost." : ""
        return account(
            .bodyIncomplete,
            happened: sentence("\(failure.text) after \(failure.sentByteCount) bytes, before the whole request was sent") + causes,
            taken: notTaken, next: "Run again; if it fails at about the same place again, split the file and check the key.")
    }

    /// A status that says nothing final, while the body was still on its way.
    func brokenOff(_ answer: ServerAnswer) -> PushOutcome.Account {
        account(
            .bodyIncomplete, answer, happened: "The server answered \(answer.status) before the whole request was sent\(quoted(answer)).",
            taken: notTaken, next: "Run again later.")
    }

    // MARK: - Refusals

    func redirected(_ answer: ServerAnswer) -> PushOutcome.Account {
        account(
            .redirected, answer,
            happened:
                "The server answered \(answer.status) and points to \(answer.redirectHost ?? "no address"). Redirects are not followed: "
                + "the key and the data go to the given origin only.",
            taken: notTaken, next: "Check the base URL; a login page or a gateway may stand in between.")
    }

    func rateLimited(_ answer: ServerAnswer) -> PushOutcome.Account {
        account(
            .rateLimited, answer, happened: "The server answered 429, too many requests\(quoted(answer)).", taken: notTaken,
            next: "Run again later. Pigment allows 500 requests in 5 minutes from one address, and 300 pushes an hour to one configuration."
        )
    }

    func unavailable(_ answer: ServerAnswer) -> PushOutcome.Account {
        account(
            .unavailable, answer, happened: "The server answered 503, not available\(quoted(answer)).", taken: notTaken,
            next: "Run again later.")
    }

    func refused(_ answer: ServerAnswer) -> PushOutcome.Account {
        let meaning = answer.status == 404 ? ": the import configuration was not found, or is not visible to the key's owner" : ""
        let words = answer.text.isEmpty ? "" : answer.status == 404 ? " (\"\(answer.text)\")" : quoted(answer)
        return account(
            .refused, answer, happened: "The server answered \(answer.status)\(meaning)\(words).", taken: notTaken, next: advice(answer))
    }

    private func advice(_ answer: ServerAnswer) -> String {
        switch answer.status {
        case 400, 413:
            isPush
                ? "It means a bad request, or a body over the size limit, which is not published; \(answer.sentByteCount) bytes had been sent. "
                    + "Check the configuration id, or split the file."
                : "It means a bad request: check the configuration id, and that it is an Integration or a Metric or List import."
        case 401:
            "Check the key: its type must be Import; on its expiry day it is already invalid; the old format with dashes is not accepted; "
                + "your address must be on its allow list, if it has one."
        case 403: "The key's owner may not do this: check the owner's rights, the key's type (Import) and its allow list."
        case 404:
            "Check the configuration id, the base URL, and that the key's owner can open the configuration."
                + (isPush ? " It must be of the type Upload file." : " It must be an Integration or a Metric or List import.")
        default: "Run again after a fix."
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
                "The server answered \(answer.status) without an import id\(answer.isComplete ? "" : ", and the answer is cut")\(quoted(answer))."
                + (answer.fileFault.map { " " + Self.happened($0) } ?? ""),
            taken: mayBeTaken, next: lookFirst)
    }

    /// A success for another number of bytes than were sent.
    func takenInPart(_ answer: ServerAnswer, id: ImportID, takenByteCount: Int) -> PushOutcome.Account {
        account(
            .garbledAnswer, answer,
            happened: "The server answered \(answer.status) with import \(id), and says that it took \(takenByteCount) bytes where "
                + "\(answer.sentByteCount) bytes were sent." + (answer.fileFault.map { " " + Self.happened($0) } ?? ""),
            taken: mayBeTaken, next: lookFirst)
    }

    func gatewayError(_ answer: ServerAnswer) -> PushOutcome.Account {
        account(
            .gatewayError, answer, happened: "The whole request was sent, then the answer was \(answer.status)\(quoted(answer)).",
            taken: mayBeTaken + " A gateway may have passed it on before it answered.", next: lookFirst)
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
