/// How long a push of the measured file would take over a line of a known rate. The check has to end before the first byte is sent.
public struct PushEstimate: Sendable, Equatable {
    /// Which of the two parts takes longer.
    public enum Bound: String, Sendable {
        case judging
        case network
    }

    public var rate: TransferRate
    /// As measured.
    public var check: Duration
    /// The content over the line, without the answer and the import itself.
    public var sending: Duration

    public init(rate: TransferRate, check: Duration, byteCount: Int) {
        self.rate = rate
        self.check = check
        sending = rate.duration(ofByteCount: byteCount)
    }

    public var total: Duration { check + sending }

    public var bound: Bound { check > sending ? .judging : .network }
}
