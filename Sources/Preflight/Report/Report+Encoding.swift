extension Report {
    /// The encoding that the file was read as, or is in.
    public enum Encoding: String, Sendable {
        /// Also where single bytes are not valid in it: the finding ``FindingCode/invalidUTF8`` says so.
        case utf8 = "utf-8"
        /// Recognised and not judged.
        case utf16 = "utf-16"
        /// Recognised and not judged.
        case utf32 = "utf-32"
        case utf16LittleEndian = "utf-16le"
        case utf16BigEndian = "utf-16be"
        case windows1252 = "windows-1252"
        case latin1 = "iso-8859-1"

        init(_ encoding: TextEncoding) {
            self =
                switch encoding {
                case .utf8: .utf8
                case .utf16LittleEndian: .utf16LittleEndian
                case .utf16BigEndian: .utf16BigEndian
                case .windows1252: .windows1252
                case .latin1: .latin1
                }
        }
    }

    public var encoding: Encoding { input.encoding }

    func has(_ code: FindingCode) -> Bool {
        findings.contains { $0.code == code }
    }
}
