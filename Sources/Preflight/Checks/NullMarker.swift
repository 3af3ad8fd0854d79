import ByteSpans
import SafeText

/// What programs write for NULL, and how they export an empty field instead.
///
/// Only spellings that are hardly a value: `None` may be an item of a list, and `n/a` is what people type.
enum NullMarker: String, CaseIterable {
    case backslash = "\\N"
    case capitals = "NULL"
    case parentheses = "(null)"
    case brackets = "[NULL]"
    case angles = "<null>"
    case nan = "nan"
    case notATime = "NaT"
    case notAvailable = "<NA>"

    init?(_ text: Span<UInt8>) {
        guard (2...6).contains(text.count), let found = Self.allCases.first(where: { $0.matches(text) }) else { return nil }
        self = found
    }

    private func matches(_ text: Span<UInt8>) -> Bool {
        switch self {
        // In any letter case, as programs print them.
        case .parentheses: ASCII.matches(text, "(null)")
        case .brackets: ASCII.matches(text, "[null]")
        case .angles: ASCII.matches(text, "<null>")
        case .nan: text.elementsEqual("nan".utf8) || text.elementsEqual("NaN".utf8)
        // In capitals only: a person may be called Null.
        case .backslash, .capitals, .notATime, .notAvailable: text.elementsEqual(rawValue.utf8)
        }
    }

    /// Whether a text may be one by its first byte.
    static func mayBegin(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "N"), UInt8(ascii: "n"), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "<"): true
        default: false
        }
    }

    /// Whether it can be nothing else, so that it may be removed without a question.
    var isCertain: Bool {
        switch self {
        case .capitals, .nan: false
        case .backslash, .parentheses, .brackets, .angles, .notATime, .notAvailable: true
        }
    }

    /// Of a regular expression of sed.
    private var pattern: String {
        switch self {
        case .backslash: #"\\N"#
        case .capitals: "NULL"
        case .parentheses: #"\([Nn][Uu][Ll][Ll]\)"#
        case .brackets: #"\[[Nn][Uu][Ll][Ll]\]"#
        case .angles: "<[Nn][Uu][Ll][Ll]>"
        case .nan: "(nan|NaN)"
        case .notATime: "NaT"
        case .notAvailable: "<NA>"
        }
    }

    private var advice: String {
        switch self {
        case .backslash: "PostgreSQL COPY … WITH (FORMAT csv), psql --csv, MySQL SELECT IFNULL(…, '')"
        case .capitals: "SELECT COALESCE(…, ''), or in the client: the text for NULL (SQL Server Management Studio, MySQL Workbench, Hive)"
        case .parentheses: "SQL Developer, SQLcl: SET NULL ''"
        case .brackets: "DBeaver: NULL string in the settings of the export"
        case .angles: "DataGrip: Null value text in the settings of the data extractor"
        case .nan, .notATime, .notAvailable: "pandas DataFrame.to_csv(na_rep=''), before any astype(str)"
        }
    }

    /// A command that leaves fields with such texts empty, and how to export them so.
    static func help(_ markers: [NullMarker] = [.backslash], remedy: FileRemedy = FileRemedy(), delimiter: UInt8 = UInt8(ascii: ","))
        -> String
    {
        let sign = delimiter == UInt8(ascii: "\t") ? #"\t"# : "[\(String(Unicode.Scalar(delimiter)))]"
        // A group changes the number of those after it; so does the one inside a pattern.
        let words = markers.count == 1 ? markers[0].pattern : "(" + markers.map(\.pattern).joined(separator: "|") + ")"
        let end = 2 + (markers.count > 1 ? 1 : 0) + (markers.contains(.nan) ? 1 : 0)
        let quote = markers == [.backslash] ? "" : "\"?"
        // Twice: of two side by side, the first takes the delimiter between them.
        let script = #"s/(^|\#(sign))\#(quote)\#(words)\#(quote)(\#(sign)|\r?$)/\1\\#(end)/g"#
        let advice = markers.map(\.advice).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        return "Leave the field empty: \(remedy.command("sed -E '\(script); \(script)'")). Or export so: \(advice.joined(separator: "; "))."
    }
}

extension NullMarker: CodedValue {
    static var blank: NullMarker { .backslash }
    mutating func code(_ coder: inout StateCoder) { coder.raw(&self) }
}
