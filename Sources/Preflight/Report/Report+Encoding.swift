import ByteSources

extension Report {
    /// The encoding that the file was read as, or is in.
    public struct Encoding: Sendable, Hashable {
        /// The name in the registry of the IANA, in small letters: that of a `TextEncoding`, or `utf-32`, which is recognized and not judged.
        public let rawValue: String

        /// Also if single bytes are not valid in it: the finding PF101 says so.
        package static let utf8 = Self(.utf8)
        /// Recognized and not judged, unless it was declared.
        package static let utf16 = Self(.utf16)
        package static let utf32 = Self(rawValue: "utf-32")

        init(_ encoding: TextEncoding) {
            self.init(rawValue: encoding.rawValue)
        }

        private init(rawValue: String) {
            self.rawValue = rawValue
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
