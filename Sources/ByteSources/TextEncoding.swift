package import CSVTokenizer
import SafeText

/// An encoding that a file can be read as. All but UTF-8 are converted on the way.
public enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    /// In the byte order that the text's byte order mark tells; little-endian without one.
    case utf16 = "utf-16"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1252 = "windows-1252"
    case latin1 = "iso-8859-1"

    /// By one of its usual names, in any letter case.
    package init?(name: String) {
        switch name.lowercased() {
        case "utf-8", "utf8": self = .utf8
        case "utf-16", "utf16": self = .utf16
        case "utf-16le", "utf16le": self = .utf16LittleEndian
        case "utf-16be", "utf16be": self = .utf16BigEndian
        case "windows-1252", "windows1252", "cp1252", "ansi": self = .windows1252
        case "iso-8859-1", "iso8859-1", "latin-1", "latin1": self = .latin1
        default: return nil
        }
    }

    /// As people write it.
    package var name: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16: "UTF-16"
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        case .windows1252: "Windows-1252"
        case .latin1: "ISO 8859-1"
        }
    }

    /// What offsets count in a stream that was converted from it.
    package var unit: OffsetUnit {
        switch self {
        case .utf8: .byte
        case .utf16, .utf16LittleEndian, .utf16BigEndian: .utf16
        case .windows1252, .latin1: .character
        }
    }

    /// Whether each byte is a character.
    package var isSingleByte: Bool { self == .windows1252 || self == .latin1 }

    package var isUTF16: Bool { self == .utf16 || self == .utf16LittleEndian || self == .utf16BigEndian }

    /// Whether a file that turns out to be in another encoding is what this one promised: UTF-16 leaves the byte order open.
    package func admits(_ found: TextEncoding) -> Bool {
        self == found || self == .utf16 && found.isUTF16
    }

    /// The encoding in which a text that begins so is converted: with its byte order.
    package func resolved(by beginning: UnsafeRawBufferPointer) -> TextEncoding {
        guard self == .utf16 else { return self }
        return beginning.starts(with: [0xFE, 0xFF]) ? .utf16BigEndian : .utf16LittleEndian
    }

    /// Bytes of UTF-8 that one byte becomes, at most; ``Transcoder/mostPending`` more come from what was left open.
    package var mostGrowth: Int { self == .utf8 ? 1 : 3 }

    /// The byte order mark at the beginning of `bytes` that belongs to this encoding.
    package func markLength(of bytes: UnsafeRawBufferPointer) -> Int {
        switch self {
        case .utf8: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        case .utf16: resolved(by: bytes).markLength(of: bytes)
        case .utf16LittleEndian: bytes.starts(with: [0xFF, 0xFE]) ? 2 : 0
        case .utf16BigEndian: bytes.starts(with: [0xFE, 0xFF]) ? 2 : 0
        case .windows1252, .latin1: 0
        }
    }
}
