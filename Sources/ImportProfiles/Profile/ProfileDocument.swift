import CSVTokenizer
import SafeText
import ValueFormats
import Yams

/// A profile's text as a tree of nodes that know their places.
struct ProfileDocument {
    let root: Node
    /// Without a byte order mark.
    let text: String

    /// - Throws: the one mistake that makes the text unreadable as YAML.
    init(yaml: [UInt8], fileName: String) throws(ProfileError) {
        func error(_ place: ProfileLocation, _ message: String) -> ProfileError {
            ProfileError([ProfileMistake(file: fileName, line: place.line, column: place.column, message: message)])
        }
        let bytes = yaml.starts(with: [0xEF, 0xBB, 0xBF]) ? yaml[3...] : yaml[...]
        guard bytes.count <= Profile.sizeLimit else {
            throw error(.start, "the profile is larger than \(Profile.sizeLimit >> 20) MiB, the limit")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw error(ProfileLocation(byteOffset: Self.firstInvalidByte(of: bytes), in: bytes), "the profile is not UTF-8 here")
        }
        self.text = text
        // Before Yams sees it: hashing keys that are built of aliases of aliases would take for ever.
        if let alias = Self.firstAlias(in: bytes) {
            throw error(
                ProfileLocation(byteOffset: alias - bytes.startIndex, in: bytes),
                "YAML anchors and aliases are not accepted here: write the value out")
        }
        do {
            guard let node = try Self.compose(text) else { throw error(.start, "the profile is empty") }
            root = node
        } catch let failure as ProfileError {
            throw failure
        } catch let failure as YamlError {
            let (place, message) = Self.describe(failure, in: text)
            throw error(place, message)
        } catch let other {
            throw error(.start, "not readable as YAML: " + VisibleText("\(other)").text)
        }
    }

    /// The YAML type of a scalar is not needed, and finding it takes some regular expressions for each key.
    private static func compose(_ text: String) throws -> Node? {
        do {
            return try node(of: text)
        } catch {
            // JSON writes characters beyond U+FFFF as two escapes, each of which is an error in YAML.
            guard let joined = joiningSurrogates(in: text) else { throw error }
            return try node(of: joined)
        }
    }

    private static func node(of text: String) throws -> Node? {
        // Nodes are read as they are: maps for making values of them would only be filled.
        let node = try Yams.compose(yaml: text, .basic, Constructor([:], [:], [:]), .utf8)
        return node.map { LeadingMarks.restored(in: $0, of: text) }
    }

    /// The text with `\uD83D\uDE00` written as `\U0001F600`; `nil` if there is no such pair. The rest of its line moves by two.
    static func joiningSurrogates(in text: String) -> String? {
        let pair = /\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})/.matchingSemantics(.unicodeScalar)
        guard text.firstMatch(of: pair) != nil else { return nil }
        return text.replacing(pair) { match in
            let units = [match.1, match.2].compactMap { UInt32($0, radix: 16) }
            let scalar = 0x1_0000 + (units[0] & 0x3FF) << 10 + (units[1] & 0x3FF)
            let digits = String(scalar, radix: 16)
            return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        }
    }

    private static func describe(_ failure: YamlError, in text: String) -> (ProfileLocation, String) {
        switch failure {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            let detail = context.map { ", \($0.text) that began in line \($0.mark.line)" } ?? ""
            return (ProfileLocation(mark), "not readable as YAML: \(problem)\(detail)")
        case .composer(_, let problem, let mark, _):
            return (ProfileLocation(mark), "not readable as YAML: \(problem)")
        case .reader(let problem, let offset, _, _):
            let before = text.prefix(offset ?? 0).utf8.count
            return (ProfileLocation(byteOffset: before, in: Array(text.utf8)[...]), "not readable as YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.map { "\"\(VisibleText($0).text)\"" }.joined(separator: ", ")
            return (ProfileLocation(context.mark), "given twice in one map: \(names)")
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return (.start, "not readable as YAML: " + VisibleText("\(failure)").text)
        }
    }

    /// The byte where the first `*name` begins that has a `&name` before it.
    ///
    /// Quotes and comments are not parsed, so this may refuse a text that has both as plain words, but misses no alias: directly
    /// after a letter, digit, `_` or `-` neither sign can begin an anchor or alias.
    static func firstAlias(in bytes: ArraySlice<UInt8>) -> Int? {
        var anchors: Set<ArraySlice<UInt8>> = []
        var previous = UInt8(ascii: "\n")
        for index in bytes.indices {
            let byte = bytes[index]
            defer { previous = byte }
            guard byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*"), !isWord(previous) else { continue }
            let name = bytes[(index + 1)...].prefix(while: isWord)
            guard !name.isEmpty else { continue }
            if byte == UInt8(ascii: "&") {
                anchors.insert(name)
            } else if anchors.contains(name) {
                return index
            }
        }
        return nil
    }

    /// The bytes that names of anchors consist of.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func firstInvalidByte(of bytes: ArraySlice<UInt8>) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var valid = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid += UTF8.width(scalar) }
        return valid
    }
}
