extension APIKey {
    /// What a key looks like. Nothing of the key is in it.
    package enum Form: String, Sendable, CaseIterable {
        /// `pgmt_…`
        case prefixed
        /// Letters and digits of base64, as older keys have.
        case base64
        case other

        /// For people.
        package var words: String {
            switch self {
            case .prefixed: "begins with pgmt_"
            case .base64: "base64 text"
            case .other: "neither pgmt_… nor base64 text; other forms are not known"
            }
        }
    }

    package var form: Form {
        if secret.hasPrefix("pgmt_") { return .prefixed }
        let isBase64 = secret.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            default: "+/=-_".utf8.contains(byte)
            }
        }
        return isBase64 && secret.utf8.count >= 16 ? .base64 : .other
    }
}
