import ImportProfiles
import Preflight

/// One line of a ledger: what happened to one entry, and when.
package struct LedgerRecord: Sendable, Equatable {
    package var time: UTCTime
    package var entry: LedgerEntryID
    package var event: Event

    package init(time: UTCTime, entry: LedgerEntryID, event: Event) {
        self.time = time
        self.entry = entry
        self.event = event
    }

    /// In the order in which they come; of an entry whose process was killed the last ones are missing.
    package enum Event: Sendable, Equatable {
        /// On disk before a byte leaves.
        case intent(LedgerIntent)
        /// The answer to the push, with the import ID.
        case outcome(Outcome)
        /// How following the import ended.
        case end(End)
        /// The prediction compared with the report of a completed import.
        case reconciliation(Reconciliation)
        /// Looked up in Pigment after an unknown outcome.
        case settlement(Settlement)
        /// The skipped rows of the entry were written to a file.
        case retryFile(RetryFile)
    }

    /// What became of a push or a trigger.
    package enum Outcome: Sendable, Equatable {
        case accepted(ImportID, isEarly: Bool)
        /// Certain: the server did not take it.
        case notAccepted(cause: String, status: Int?)
        /// The server may have taken it.
        case unknown(cause: String, status: Int?)

        package init(_ outcome: PushOutcome) {
            switch outcome {
            case .accepted(let acceptance): self = .accepted(acceptance.importID, isEarly: acceptance.isEarly)
            case .notAccepted(_, let account): self = .notAccepted(cause: account.cause.rawValue, status: account.status)
            case .unknown(let account): self = .unknown(cause: account.cause.rawValue, status: account.status)
            }
        }
    }

    /// How following the import ended.
    package enum End: Sendable, Equatable {
        /// The server's report, whose status is `completed` or `failed`. Without samples and without descriptions of errors, unless they
        /// were asked for: both can hold values of cells.
        case reported(StatusDocument)
        /// The import may still run.
        case notSeen

        /// - Parameters:
        ///   - outcome: How following ended.
        ///   - keepsSamples: Whether samples and descriptions of errors are kept.
        package init(_ outcome: FollowOutcome, keepsSamples: Bool) {
            switch outcome {
            case .completed(let document), .failed(let document):
                let end = LedgerRecord.End.reported(document)
                self = keepsSamples ? end : end.withoutSamples
            case .endNotSeen: self = .notSeen
            }
        }

        /// The same without any text that can hold the value of a cell.
        package var withoutSamples: LedgerRecord.End {
            guard case .reported(var document) = self else { return self }
            for index in document.errors.indices { document.errors[index].description = "" }
            for index in (document.detail?.skipped ?? []).indices {
                document.detail?.skipped[index].samples = []
                document.detail?.skipped[index].texts = []
            }
            return .reported(document)
        }
    }

    /// How an unknown outcome was settled.
    package enum Settlement: Sendable, Equatable {
        case imported(ImportID)
        case didNotArrive
    }

    /// A file with the skipped rows of the entry.
    package struct RetryFile: Sendable, Equatable {
        /// SHA-256 of what a push of it sends.
        package var digest: [UInt8]
        package var byteCount: Int
        /// Where it was written, escaped.
        package var file: String
        /// Rows without the header.
        package var rows: Int

        package init(digest: [UInt8], byteCount: Int, file: String, rows: Int) {
            self.digest = digest
            self.byteCount = byteCount
            self.file = file
            self.rows = rows
        }
    }
}
