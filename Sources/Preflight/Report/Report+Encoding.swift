import ByteSources
package import ImportProfiles

extension Report {
    /// The encoding that the file was read as, or is in.
    public enum Encoding: String, Sendable {
        /// Also where single bytes are not valid in it: the finding `FindingCode.invalidUTF8` says so.
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
            // Every encoding that a file can be read as is named here too: a test compares them.
            self = Self(rawValue: encoding.rawValue) ?? .utf8
        }
    }

    public var encoding: Encoding { input.encoding }

    package func has(_ code: FindingCode) -> Bool {
        findings.contains { $0.code == code }
    }
}
