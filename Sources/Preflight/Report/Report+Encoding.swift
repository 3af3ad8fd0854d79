extension Report {
    /// The encoding that the file was read as.
    public enum Encoding: String, Sendable {
        /// Also where single bytes are not valid in it: the finding ``FindingCode/invalidUTF8`` says so.
        case utf8 = "utf-8"
        /// Recognised and not judged.
        case utf16 = "utf-16"
    }

    public var encoding: Encoding {
        has(.utf16) ? .utf16 : .utf8
    }

    func has(_ code: FindingCode) -> Bool {
        findings.contains { $0.code == code }
    }
}
