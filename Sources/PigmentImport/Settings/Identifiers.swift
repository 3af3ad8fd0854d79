import Preflight
import SafeText

/// Names one import configuration. Holds a UUID, so it is safe in a URL.
public struct ConfigurationID: Sendable, Hashable, CustomStringConvertible {
    /// Lower case.
    package let text: String

    /// - Throws: ``SettingError/configurationID(shown:)`` for anything but a UUID.
    public init(_ text: String) throws(SettingError) {
        guard let uuid = lowercasedUUID(text) else { throw .configurationID(shown: VisibleText(text).text) }
        self.text = uuid
    }

    /// The UUID in lower case.
    public var description: String { text }
}

/// Names one running or finished import. Holds a UUID, so it is safe in a URL, whatever the server sent.
public struct ImportID: Sendable, Hashable, CustomStringConvertible {
    /// Lower case.
    package let text: String

    /// - Throws: ``SettingError/importID(shown:)`` for anything but a UUID.
    public init(_ text: String) throws(SettingError) {
        guard let uuid = lowercasedUUID(text) else { throw .importID(shown: VisibleText(text).text) }
        self.text = uuid
    }

    /// The UUID in lower case.
    public var description: String { text }
}

/// `8-4-4-4-12` hexadecimal digits in lower case, or `nil`. Any version, as the server's choice of it is not documented.
private func lowercasedUUID(_ text: String) -> String? {
    guard text.utf8.count == 36 else { return nil }
    var bytes: [UInt8] = []
    for (index, byte) in text.utf8.enumerated() {
        switch (index, byte) {
        case (8, UInt8(ascii: "-")), (13, UInt8(ascii: "-")), (18, UInt8(ascii: "-")), (23, UInt8(ascii: "-")): bytes.append(byte)
        case (8, _), (13, _), (18, _), (23, _): return nil
        case (_, UInt8(ascii: "0")...UInt8(ascii: "9")), (_, UInt8(ascii: "a")...UInt8(ascii: "f")): bytes.append(byte)
        case (_, UInt8(ascii: "A")...UInt8(ascii: "F")): bytes.append(byte | 0x20)
        default: return nil
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
