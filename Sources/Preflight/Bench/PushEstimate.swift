/// How long a push of the measured file would take over a line of a known rate. The check has to end before the first byte is sent.
package struct PushEstimate: Sendable, Equatable {
    /// Which of the two parts takes longer.
    package enum Bound: String, Sendable {
        case judging
        case network
    }

    package var rate: TransferRate
    /// As measured.
    package var check: Duration
    /// The content over the line, without the answer and the import itself.
    package var sending: Duration

    package init(rate: TransferRate, check: Duration, byteCount: Int) {
        self.rate = rate
        self.check = check
        sending = rate.duration(ofByteCount: byteCount)
    }

    package var total: Duration { check + sending }

    package var bound: Bound { check > sending ? .judging : .network }
}
