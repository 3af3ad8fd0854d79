/// One accepted push or trigger, as the server saw it.
public struct ReceivedImport: Sendable, Equatable {
    /// How an import was asked for.
    package enum Kind: Sendable, Equatable {
        /// A push of a CSV file.
        case push
        /// A push through the deprecated endpoint, which has no status.
        case legacyPush
        /// An import of what the server already has.
        case trigger
    }

    /// How the import was asked for.
    package var kind: Kind
    /// A lower-case UUID: `importId`, or `tranferLogId` of the deprecated push.
    public var importID: String
    /// A lower-case UUID.
    package var configurationID: String
    /// Body bytes received; 0 for a trigger.
    public var byteCount: Int
    /// SHA-256 of the body, 32 bytes.
    public var digest: [UInt8]
    /// What the judge found in the body.
    package var result: RehearsalResult
    /// Status requests answered for it.
    package var pollCount = 0
}
