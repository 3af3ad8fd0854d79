import ByteSources

extension Report {
    /// The encoding that the file was read as, or is in.
    public enum Encoding: String, Sendable {
        /// Also where single bytes are not valid in it: the finding PF101 says so.
        case utf8 = "utf-8"
        /// Recognised and not judged.
        case utf16 = "utf-16"
        /// Recognised and not judged.
        case utf32 = "utf-32"
        case utf16LittleEndian = "utf-16le"
        case utf16BigEndian = "utf-16be"
        case windows1252 = "windows-1252"
        case latin1 = "iso-8859-1"
        case windows1250 = "windows-1250"
        case windows1251 = "windows-1251"
        case windows1253 = "windows-1253"
        case windows1254 = "windows-1254"
        case windows1257 = "windows-1257"
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
        case shiftJIS = "shift_jis"
        case gb18030 = "gb18030"
        case big5 = "big5"
        case eucKR = "euc-kr"

        init(_ encoding: TextEncoding) {
            // Every encoding that a file can be read as is named here too: a test compares them.
            self = Self(rawValue: encoding.rawValue) ?? .utf8
        }
    }

    package var encoding: Encoding { input.encoding }

    /// Whether some of the text is not in the encoding of the file.
    package var hasIllFormedText: Bool { has(.invalidUTF8) }

    /// Whether rows were split at a delimiter that is not the one of the file: nothing is predicted then.
    package var isSplitAtWrongDelimiter: Bool { has(.otherDelimiter) }

    func has(_ kind: FindingKind) -> Bool {
        findings.contains { $0.kind == kind }
    }
}
