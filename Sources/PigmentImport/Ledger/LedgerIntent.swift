package import ByteSources
import ImportProfiles
package import Preflight

/// What is about to be sent and where to: the record that is on disk before a byte leaves.
package struct LedgerIntent: Sendable, Equatable {
    /// What was started.
    package enum Kind: String, Sendable, CaseIterable {
        case push
        /// Has no content.
        case trigger
        /// A push to the built-in server. Neither it nor a push has any effect on whether the other is refused.
        case rehearsal
    }

    /// The bytes that are sent, and the file they come from.
    package struct Content: Sendable, Equatable {
        /// SHA-256 of what is sent: of the decompressed file, in UTF-8.
        package var digest: [UInt8]
        /// Length of what is sent.
        package var byteCount: Int
        /// The file as given, escaped (`FilePath.description`).
        package var file: String
        /// Length of the file as stored.
        package var fileByteCount: Int
        /// Data rows.
        package var rows: Int
        /// The file as it was while it was read; `nil` for a stream.
        package var identity: FileIdentity?

        package init(digest: [UInt8], byteCount: Int, file: String, fileByteCount: Int, rows: Int, identity: FileIdentity? = nil) {
            self.identity = identity
            self.digest = digest
            self.byteCount = byteCount
            self.file = file
            self.fileByteCount = fileByteCount
            self.rows = rows
        }
    }

    /// The profile that the prediction rests on.
    package struct ProfileMark: Sendable, Equatable {
        /// As given, escaped.
        package var file: String
        /// SHA-256 of the profile's file.
        package var digest: [UInt8]

        package init(file: String, digest: [UInt8]) {
            self.file = file
            self.digest = digest
        }
    }

    /// The process that sends, for people: whether it lives is known by its lock.
    package struct Process: Sendable, Equatable {
        package var id: Int
        package var host: String

        package init(id: Int, host: String) {
            self.id = id
            self.host = host
        }
    }

    package var kind: Kind
    package var service: ServiceURL
    /// Whether it goes to the deprecated endpoint, whose imports have no status.
    package var isLegacy: Bool
    package var configuration: ConfigurationID
    /// `nil` for a trigger.
    package var content: Content?
    /// `nil` without a profile, and for a trigger.
    package var profile: ProfileMark?
    /// What was predicted, without samples and advice; `nil` for a trigger.
    package var prediction: Prediction?
    /// Columns with a prediction that were left out, since the record would have become too long.
    package var unrecordedColumns: Int
    /// The most skipped rows that this run accepts.
    package var allowedSkips: Int?
    /// The entry whose skipped rows this content is, as `diagnose --retry-file` wrote it.
    package var retryOf: LedgerEntryID?
    package var process: Process
    /// Version of the tool.
    package var tool: String

    package init(
        kind: Kind, service: ServiceURL, isLegacy: Bool = false, configuration: ConfigurationID, content: Content? = nil,
        profile: ProfileMark? = nil, prediction: Prediction? = nil, unrecordedColumns: Int = 0, allowedSkips: Int? = nil,
        retryOf: LedgerEntryID? = nil, process: Process, tool: String
    ) {
        self.kind = kind
        self.service = service
        self.isLegacy = isLegacy
        self.configuration = configuration
        self.content = content
        self.profile = profile
        self.prediction = prediction
        self.unrecordedColumns = unrecordedColumns
        self.allowedSkips = allowedSkips
        self.retryOf = retryOf
        self.process = process
        self.tool = tool
    }
}
