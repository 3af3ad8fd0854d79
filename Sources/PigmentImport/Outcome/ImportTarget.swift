/// An import service: which requests it wants and how to read the answer to a push. Sends nothing itself.
package protocol ImportTarget: Sendable {
    /// The request for a call; `nil` where the service has no such call.
    func request(for call: ImportCall) -> TransportRequest?
    /// The import id in the body of a successful answer to a push or a trigger; `nil` unless it is there and a UUID.
    func importID(in body: [UInt8]) -> ImportID?
    /// How many bytes the service says it took, in the body of a successful answer to a push; `nil`, as by default, where it says nothing
    /// readable.
    func takenByteCount(in body: [UInt8]) -> Int?
}

extension ImportTarget {
    /// Nothing.
    package func takenByteCount(in body: [UInt8]) -> Int? { nil }
}

/// What can be asked of an import service.
package enum ImportCall: Sendable {
    case push(UploadBody)
    case trigger
    case status(ImportID)

    /// The kind of call, on which the rules for trying again depend.
    package var kind: Kind {
        switch self {
        case .push: .push
        case .trigger: .trigger
        case .status: .status
        }
    }

    package enum Kind: Sendable, CaseIterable {
        case push
        /// A push without a body.
        case trigger
        /// Changes nothing on the server: may be repeated.
        case status
    }
}
