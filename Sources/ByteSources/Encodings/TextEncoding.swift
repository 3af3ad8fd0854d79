import ByteSpans
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
    case windows1250 = "windows-1250"
    case windows1251 = "windows-1251"
    case windows1253 = "windows-1253"
    case windows1254 = "windows-1254"
    case windows1255 = "windows-1255"
    case windows1256 = "windows-1256"
    case windows1257 = "windows-1257"
    case windows874 = "windows-874"
    case iso8859Part2 = "iso-8859-2"
    case iso8859Part7 = "iso-8859-7"
    case iso8859Part9 = "iso-8859-9"
    case iso8859Part15 = "iso-8859-15"
    case koi8r = "koi8-r"
    case koi8u = "koi8-u"
    case macRoman = "macintosh"
    case ibm850 = "ibm850"
    case ibm852 = "ibm852"
    case ibm866 = "ibm866"
    /// With the additions of Windows (code page 932).
    case shiftJIS = "shift_jis"
    /// Also GBK and GB 2312, of which it is a superset.
    case gb18030 = "gb18030"
    /// With the additions of Windows (code page 950).
    case big5 = "big5"
    /// With the additions of Windows (code page 949).
    case eucKR = "euc-kr"
    /// Characters of one and two bytes; those of three are not read.
    case eucJP = "euc-jp"

    /// By one of its usual names, in any letter case.
    package init?(name: String) {
        let name = name.lowercased()
        guard let encoding = Self(rawValue: name) ?? Self.otherNames[name] else { return nil }
        self = encoding
    }

    private static let otherNames: [String: TextEncoding] = [
        "utf8": .utf8, "utf16": .utf16, "utf16le": .utf16LittleEndian, "utf16be": .utf16BigEndian,
        "windows1252": .windows1252, "cp1252": .windows1252, "1252": .windows1252, "ansi": .windows1252,
        "iso8859-1": .latin1, "latin-1": .latin1, "latin1": .latin1,
        "windows1250": .windows1250, "cp1250": .windows1250, "1250": .windows1250,
        "windows1251": .windows1251, "cp1251": .windows1251, "1251": .windows1251,
        "windows1253": .windows1253, "cp1253": .windows1253, "1253": .windows1253,
        "windows1254": .windows1254, "cp1254": .windows1254, "1254": .windows1254,
        "windows1255": .windows1255, "cp1255": .windows1255, "1255": .windows1255,
        "windows1256": .windows1256, "cp1256": .windows1256, "1256": .windows1256,
        "windows874": .windows874, "cp874": .windows874, "874": .windows874, "tis-620": .windows874, "iso-8859-11": .windows874,
        "windows1257": .windows1257, "cp1257": .windows1257, "1257": .windows1257,
        "iso8859-2": .iso8859Part2, "latin2": .iso8859Part2, "latin-2": .iso8859Part2,
        "iso8859-7": .iso8859Part7, "greek": .iso8859Part7,
        "iso8859-9": .iso8859Part9, "latin5": .iso8859Part9, "latin-5": .iso8859Part9,
        "iso8859-15": .iso8859Part15, "latin9": .iso8859Part15, "latin-9": .iso8859Part15,
        "koi8r": .koi8r, "koi8u": .koi8u,
        "mac": .macRoman, "macroman": .macRoman, "mac-roman": .macRoman, "x-mac-roman": .macRoman,
        "cp850": .ibm850, "850": .ibm850, "cp852": .ibm852, "852": .ibm852, "cp866": .ibm866, "866": .ibm866,
        "shift-jis": .shiftJIS, "shiftjis": .shiftJIS, "sjis": .shiftJIS, "cp932": .shiftJIS, "windows-31j": .shiftJIS, "ms932": .shiftJIS,
        "gbk": .gb18030, "gb2312": .gb18030, "cp936": .gb18030, "euc-cn": .gb18030,
        "big-5": .big5, "cp950": .big5, "euckr": .eucKR, "cp949": .eucKR, "uhc": .eucKR, "ks_c_5601-1987": .eucKR,
        "eucjp": .eucJP, "cp51932": .eucJP, "ujis": .eucJP,
    ]

    /// What `iconv` calls the converter that decodes the same characters: its `shift_jis`, `big5` and `euc-kr` lack the additions of Windows.
    package var converterName: String {
        switch self {
        case .shiftJIS: "CP932"
        case .big5: "CP950"
        case .eucKR: "CP949"
        case .windows874: "CP874"
        default: rawValue
        }
    }

    /// As people write it.
    package var name: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16: "UTF-16"
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        case .windows1252, .windows1250, .windows1251, .windows1253, .windows1254, .windows1255, .windows1256, .windows1257, .windows874:
            "W" + String(rawValue.dropFirst())
        case .latin1, .iso8859Part2, .iso8859Part7, .iso8859Part9, .iso8859Part15:
            "ISO 8859-" + String(rawValue.dropFirst("iso-8859-".count))
        case .koi8r, .koi8u, .gb18030, .eucKR, .eucJP: rawValue.uppercased()
        case .macRoman: "Mac OS Roman"
        case .ibm850, .ibm852, .ibm866: "DOS code page " + String(rawValue.dropFirst(3))
        case .shiftJIS: "Shift_JIS"
        case .big5: "Big5"
        }
    }

    /// What offsets count in a stream that was converted from it.
    package var unit: OffsetUnit {
        switch self {
        case .utf8: .byte
        case .utf16, .utf16LittleEndian, .utf16BigEndian: .utf16
        case .shiftJIS, .gb18030, .big5, .eucKR, .eucJP: MultibyteTable.table(of: self)?.widths.map { .variable($0) } ?? .character
        default: .character
        }
    }

    /// Whether a byte below 80 that is no part of a character of several bytes is ASCII: such a file may be UTF-8 throughout.
    package var extendsASCII: Bool { self != .utf8 && !isUTF16 }

    /// Whether characters have one byte or several, depending on the first.
    package var isMultibyte: Bool { [.shiftJIS, .gb18030, .big5, .eucKR, .eucJP].contains(self) }

    package var isUTF16: Bool { self == .utf16 || self == .utf16LittleEndian || self == .utf16BigEndian }

    /// Whether this system can convert it. Nothing beyond ASCII is a character where it cannot.
    package var isAvailable: Bool { !isMultibyte || MultibyteTable.table(of: self) != nil }

    /// Whether a file that turns out to be in another encoding is what this one promised: UTF-16 leaves the byte order open.
    package func admits(_ found: TextEncoding) -> Bool {
        self == found || self == .utf16 && found.isUTF16
    }

    /// The encoding in which a text that begins so is converted: with its byte order.
    package func resolved(by beginning: Span<UInt8>) -> TextEncoding {
        guard self == .utf16 else { return self }
        return beginning.starts(with: [0xFE, 0xFF]) ? .utf16BigEndian : .utf16LittleEndian
    }

    /// Bytes of UTF-8 that one byte becomes, at most; ``Transcoder/mostPending`` more come from what was left open.
    package var mostGrowth: Int { self == .utf8 ? 1 : 3 }

    /// The byte order mark at the beginning of `bytes` that belongs to this encoding.
    package func markLength(of bytes: Span<UInt8>) -> Int {
        switch self {
        case .utf8: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        case .utf16: resolved(by: bytes).markLength(of: bytes)
        case .utf16LittleEndian: bytes.starts(with: [0xFF, 0xFE]) ? 2 : 0
        case .utf16BigEndian: bytes.starts(with: [0xFE, 0xFF]) ? 2 : 0
        default: 0
        }
    }

    /// The character of a byte from 80 on; `nil` where there is none, and in encodings of several bytes.
    package func character(ofByte byte: UInt8) -> Unicode.Scalar? {
        guard byte >= 0x80, let value = page?.scalars[Int(byte) - 0x80], value != 0 else { return nil }
        return Unicode.Scalar(value)
    }

    /// The characters from 80 on, where each byte is one.
    var page: CodePage? {
        switch self {
        case .utf8, .utf16, .utf16LittleEndian, .utf16BigEndian, .shiftJIS, .gb18030, .big5, .eucKR, .eucJP: nil
        case .windows1252: .windows1252
        case .latin1: .latin1
        case .windows1250: .windows1250
        case .windows1251: .windows1251
        case .windows1253: .windows1253
        case .windows1254: .windows1254
        case .windows1255: .windows1255
        case .windows1256: .windows1256
        case .windows1257: .windows1257
        case .windows874: .windows874
        case .iso8859Part2: .iso8859Part2
        case .iso8859Part7: .iso8859Part7
        case .iso8859Part9: .iso8859Part9
        case .iso8859Part15: .iso8859Part15
        case .koi8r: .koi8r
        case .koi8u: .koi8u
        case .macRoman: .macRoman
        case .ibm850: .ibm850
        case .ibm852: .ibm852
        case .ibm866: .ibm866
        }
    }
}
