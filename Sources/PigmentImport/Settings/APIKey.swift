/// A Pigment API key. It prints itself as `***` in every way that Swift prints a value.
///
/// Its text leaves this type in two places only: `Credential.header`, for the one header of the one request, and `Redactor`,
/// which removes it from everything shown.
public struct APIKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The longest key accepted. Real ones are far shorter; a header of this size still passes every server.
    package static let maximumByteCount = 4096

    let secret: String

    /// Takes the content of a variable or a file.
    ///
    /// - Parameter text: the key; one line end after it is dropped, as editors and `echo` add one.
    /// - Throws: ``SettingError/apiKey(_:)``.
    public init(validating text: String) throws(SettingError) {
        var bytes = Array(text.utf8)
        if bytes.last == UInt8(ascii: "\n") {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        }
        guard !bytes.isEmpty else { throw .apiKey(.empty) }
        guard bytes.count <= Self.maximumByteCount else { throw .apiKey(.tooLong) }
        guard bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .apiKey(.badCharacter) }
        guard !Self.isDashed(bytes) else { throw .apiKey(.dashedFormat) }
        secret = String(decoding: bytes, as: UTF8.self)
    }

    /// `***`.
    public var description: String { "***" }
    /// `***`.
    public var debugDescription: String { "***" }
    /// Nothing: a dump does not show the key.
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// Whether the text is `8-4-4-4-12` letters and digits: the old format, UUID-like but with any letter.
    private static func isDashed(_ bytes: [UInt8]) -> Bool {
        let groups = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard groups.map(\.count) == [8, 4, 4, 4, 12] else { return false }
        return groups.joined().allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            default: false
            }
        }
    }
}

/// How the key travels in a request.
package enum Credential: Sendable, CustomStringConvertible {
    /// `Authorization: Bearer …`
    case bearer(APIKey)
    /// `X-Pigment-Api-Key: …`, for the deprecated endpoint only.
    case legacyHeader(APIKey)

    /// The header with the key in it. For a transport, to put into the one request, and for nothing else.
    package var header: (name: String, value: String) {
        switch self {
        case .bearer(let key): ("Authorization", "Bearer " + key.secret)
        case .legacyHeader(let key): ("X-Pigment-Api-Key", key.secret)
        }
    }

    package var description: String { "***" }
}
