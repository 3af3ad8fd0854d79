import ByteSources
public import ImportProfiles
public import Preflight

/// Pushes, triggers and follows: asks the target for requests, gives them to the transport, and lets the pure parts decide.
///
/// At most one request is under way at a time. Cancelling the task ends whatever is under way; the outcome then says what became of it.
public struct PushSession: Sendable {
    private let target: any ImportTarget
    private let transport: any HTTPTransport
    private let policy: RetryPolicy
    private let pacing: ImportFollower.Pacing
    private let redactor: Redactor
    private let timing: Timing
    private let followUp: FollowUp?
    private let record: @Sendable (PushRecord) -> Void
    private let observe: @Sendable (PushPhase) -> Void

    /// Pushes to Pigment's import API, version 1.
    ///
    /// - Parameters:
    ///   - service: Where the API is.
    ///   - configuration: The import configuration; `nil` if imports are only followed.
    ///   - key: Goes into one header of each request, and is removed from every text of an outcome.
    ///   - transport: Sends the requests.
    public init(service: ServiceURL, configuration: ConfigurationID?, key: APIKey, transport: any HTTPTransport) {
        self.init(
            target: PigmentTarget(service: service, configuration: configuration, key: key), transport: transport, redactor: Redactor(key))
    }

    /// - Parameters:
    ///   - target: What requests look like.
    ///   - transport: Sends the requests.
    ///   - policy: When to repeat a request.
    ///   - pacing: How often to ask for the status, and for how long.
    ///   - timing: Clock, waits and randomness.
    ///   - redactor: made from the key that the target uses.
    ///   - followUp: the command that an outcome may name; `nil` where none would work.
    ///   - observe: called with each phase as it begins, from any thread, in order. It must return at once.
    ///   - record: called with what became of a push or a trigger, before anything else happens.
    package init(
        target: any ImportTarget, transport: any HTTPTransport, redactor: Redactor, policy: RetryPolicy = RetryPolicy(),
        pacing: ImportFollower.Pacing = ImportFollower.Pacing(), timing: Timing = .system, followUp: FollowUp? = FollowUp(),
        observe: @escaping @Sendable (PushPhase) -> Void = { _ in }, record: @escaping @Sendable (PushRecord) -> Void = { _ in }
    ) {
        self.target = target
        self.transport = transport
        self.redactor = redactor
        self.policy = policy
        self.pacing = pacing
        self.timing = timing
        self.followUp = followUp
        self.record = record
        self.observe = observe
    }

    /// Sends the cleared bytes. What became of them is recorded, and the import id given to the observer (`PushPhase.accepted(_:)`), before
    /// anything else happens.
    public func push(_ clearance: Clearance) async -> PushRecord {
        await push(origin: BodyOrigin(clearance))
    }

    /// Each attempt reads the file again from its beginning: a body that was refused is not sent on from where it stopped.
    func push(origin: BodyOrigin, chunkByteCount: Int = UploadBody.defaultChunkByteCount) async -> PushRecord {
        await attempt(.push) {
            .push(
                UploadBody(origin: origin, chunkByteCount: chunkByteCount) { [observe] progress in
                    observe(progress.isWhole ? .wholeBodySent : .sending(progress))
                })
        }
    }

    /// Sends the cleared bytes, follows the import to its end, and compares what the server reports with what was predicted.
    ///
    /// - Parameters:
    ///   - clearance: The permission to send.
    ///   - report: What the check found: of the same `CheckedFile` as the clearance.
    ///   - limit: The most skipped rows that are acceptable.
    public func push(_ clearance: Clearance, predicted report: Report, limit: SkipLimit = .rows(0)) async -> ImportOutcome {
        var outcome = ImportOutcome(push: await push(clearance), allowedSkips: limit.allowedRows(of: report.totals.rows))
        guard let id = outcome.importID else { return outcome }
        let end = await follow(id, isOwnPush: true)
        outcome.follow = end
        if case .completed(let document) = end {
            outcome.reconciliation = Reconciliation(
                prediction: report.prediction, rowCount: report.totals.rows, limit: limit, document: document)
        }
        return outcome
    }

    /// Starts an import that takes no file.
    public func trigger() async -> PushRecord {
        await attempt(.trigger) { .trigger }
    }

    private func attempt(_ kind: ImportCall.Kind, call: () -> ImportCall) async -> PushRecord {
        let result = await attempts(kind, call: call)
        record(result)
        if let id = result.outcome.importID { observe(.accepted(id)) }
        return result
    }

    private func attempts(_ kind: ImportCall.Kind, call: () -> ImportCall) async -> PushRecord {
        let start = timing.elapsed()
        var history = RetryPolicy.History()
        var attempts = 0
        while true {
            guard let request = target.request(for: call()) else {
                return PushRecord(outcome: .notAccepted(.local, Self.notSupported), attempts: attempts, sentByteCount: 0)
            }
            attempts += 1
            observe(.connecting(attempt: attempts))
            if request.body == nil { observe(.wholeBodySent) }
            let (event, sentByteCount) = await send(request)
            if case .failed(let failure) = event, failure.phase == .connecting { history.failures += 1 }
            if case .answered(let answer) = event, answer.status == 429 || answer.status == 503 { history.refusals += 1 }
            history.elapsed = timing.elapsed() - start
            switch policy.decision(kind, after: event, history: history, jitter: timing.jitter()) {
            case .retry(let delay):
                observe(.waitingToRetry(delay, reason: Self.reason(for: event)))
                if (try? await timing.sleep(delay)) != nil { continue }
                let outcome = PushOutcome.notAccepted(.temporary, PushMessages(kind).interrupted())
                return PushRecord(outcome: outcome, attempts: attempts, sentByteCount: sentByteCount)
            case .stop(var outcome):
                if case .accepted(var acceptance) = outcome {
                    acceptance.hasStatus = target.request(for: .status(acceptance.importID)) != nil
                    outcome = .accepted(acceptance)
                }
                return PushRecord(outcome: outcome, attempts: attempts, sentByteCount: sentByteCount)
            case .endPolling: preconditionFailure("only a status request ends polling")
            }
        }
    }

    /// Follows an import to its end. Where the target has no status, that is reported at once.
    ///
    /// - Parameters:
    ///   - id: The import to follow.
    ///   - isOwnPush: whether this run pushed it, see `FollowOutcome.EndNotSeen.isOwnPush`.
    public func follow(_ id: ImportID, isOwnPush: Bool) async -> FollowOutcome {
        guard let request = target.request(for: .status(id)) else {
            return .endNotSeen(FollowOutcome.EndNotSeen(importID: id, cause: .notSupported, isOwnPush: isOwnPush, followUp: followUp))
        }
        observe(.following(id, status: nil, fault: nil))
        let start = timing.elapsed()
        var follower = ImportFollower(importID: id, pacing: pacing, policy: policy, isOwnPush: isOwnPush, followUp: followUp)
        var action = follower.start()
        while true {
            let event: ImportFollower.Event
            switch action {
            case .finish(let outcome): return outcome
            case .wait(let delay):
                do { try await timing.sleep(delay) } catch { return interrupted(id, isOwnPush: isOwnPush) }
                event = .waited
            case .poll: event = await poll(id, limited(request, elapsed: timing.elapsed() - start))
            }
            action = follower.handle(event, elapsed: timing.elapsed() - start, jitter: timing.jitter())
        }
    }

    /// A server that does not answer may not hold the following up much beyond its time. Asked once, it gets all the time of a request.
    private func limited(_ request: TransportRequest, elapsed: Duration) -> TransportRequest {
        guard pacing.timeout > .zero else { return request }
        var request = request
        let left = max(pacing.timeout - elapsed, Self.shortestReplyTimeout)
        request.replyTimeout = min(request.replyTimeout ?? left, left)
        return request
    }

    /// For the last status request.
    static let shortestReplyTimeout: Duration = .seconds(5)

    /// Asks for the status once.
    private func poll(_ id: ImportID, _ request: TransportRequest) async -> ImportFollower.Event {
        let reply: TransportReply
        do throws(TransportFailure) {
            reply = try await transport.send(request)
        } catch {
            observe(.following(id, status: nil, fault: error.text))
            return .failed(event(for: error))
        }
        guard (200..<300).contains(reply.status) else {
            observe(.following(id, status: nil, fault: "the server answered \(reply.status)"))
            return .failed(.answered(answer(reply, isComplete: true)))
        }
        guard let document = StatusDocument(reply.body, redactor: redactor, isCut: reply.isCut) else {
            observe(.following(id, status: nil, fault: "the answer was no status document"))
            return .garbled
        }
        observe(.following(id, status: document.status, fault: nil))
        return .document(document)
    }

    private static func reason(for event: RetryPolicy.Event) -> String {
        switch event {
        case .answered(let answer): "the server answered \(answer.status)"
        case .failed(let failure): failure.text
        }
    }

    // MARK: - One request

    private func send(_ request: TransportRequest) async -> (event: RetryPolicy.Event, sentByteCount: Int) {
        do throws(TransportFailure) {
            let reply = try await transport.send(request)
            return (.answered(answer(reply, isComplete: true, fileFault: request.body?.failure)), reply.sentByteCount)
        } catch {
            return (event(for: error, fileFault: request.body?.failure), error.sentByteCount)
        }
    }

    /// An answer that broke off still has a status, which says more than the fault.
    private func event(for failure: TransportFailure, fileFault: UploadBody.Failure? = nil) -> RetryPolicy.Event {
        guard failure.phase == .readingReply, let partial = failure.partialReply else { return .failed(failure) }
        return .answered(answer(partial, isComplete: false, fileFault: fileFault))
    }

    private func answer(_ reply: TransportReply, isComplete: Bool, fileFault: UploadBody.Failure? = nil) -> ServerAnswer {
        ServerAnswer(
            reply, isComplete: isComplete, target: target, redactor: redactor, now: timing.wallClock(), fileFault: fileFault)
    }

    private func interrupted(_ id: ImportID, isOwnPush: Bool) -> FollowOutcome {
        .endNotSeen(
            FollowOutcome.EndNotSeen(importID: id, cause: .pollingEnded(.interrupted), isOwnPush: isOwnPush, followUp: followUp))
    }

    private static let notSupported = PushOutcome.Account(
        cause: .notSupported, happened: "This endpoint has no such call, or no configuration id was given.", taken: "Nothing was sent.",
        next: "Give a configuration id, and use the default endpoint.")
}
