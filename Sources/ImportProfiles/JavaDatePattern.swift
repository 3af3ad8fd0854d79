import SafeText
import ValueFormats

/// Date patterns as data contracts write them (the notation of Java's `DateTimeFormatter`), and as a profile does.
enum JavaDatePattern {
    /// Letters of Java, and what stands for as many of them; the others of its letters have no counterpart.
    private static let tokens: [String: String] = [
        "yyyy": "yyyy", "uuuu": "yyyy", "yy": "yy", "uu": "yy", "MMMM": "MMMM", "LLLL": "MMMM", "MMM": "MMM", "LLL": "MMM", "MM": "MM",
        "LL": "MM", "M": "M", "L": "M", "dd": "dd", "d": "d", "EEEE": "dddd", "EEE": "ddd", "EE": "ddd", "E": "ddd", "HH": "HH", "H": "H",
        "hh": "hh", "h": "h", "mm": "mm", "m": "m", "ss": "ss", "s": "s", "a": "tt", "XXX": "K", "X": "K", "xxx": "zzz", "Z": "K",
        "ZZZZZ": "K",
    ]

    /// The pattern in .NET notation. A `T` without quotes, which Java does not know, means itself: contracts are written so.
    static func datePattern(_ text: String) throws(StrptimePattern.Mistake) -> DatePattern {
        var pattern = ""
        var rest = text[...]
        while let character = rest.first {
            if character == "'" {
                let end = rest.dropFirst().firstIndex(of: "'") ?? rest.endIndex
                let literal = rest[rest.index(after: rest.startIndex)..<end]
                pattern += literal.isEmpty ? "\\'" : "'\(literal)'"
                rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...]
                continue
            }
            let run = rest.prefix { $0 == character }
            rest = rest.dropFirst(run.count)
            guard character.isASCII, character.isLetter else {
                pattern += run
                continue
            }
            if character == "T" {
                pattern += "'\(run)'"
            } else if character == "S" {
                pattern += String(repeating: "f", count: run.count)
            } else if let token = tokens[String(run)] {
                pattern += token
            } else {
                throw StrptimePattern.Mistake(message: "\"\(VisibleText(String(run)).text)\" has no counterpart in a date pattern")
            }
        }
        do {
            return try DatePattern(compiling: pattern)
        } catch {
            throw StrptimePattern.Mistake(message: "\(error.message) (read as \(VisibleText(pattern).text))")
        }
    }

    /// The pattern in Java's notation; `nil` if it has a part that this notation lacks.
    static func text(of pattern: DatePattern) -> String? {
        var text = ""
        var literal = ""
        func close() {
            let needsQuotes = literal.contains { ($0.isASCII && $0.isLetter) || "'[]{}#".contains($0) }
            text += needsQuotes ? "'\(literal.replacing("'", with: "''"))'" : literal
            literal = ""
        }
        for element in pattern.elements {
            if case .literal(let byte) = element {
                literal.unicodeScalars.append(Unicode.Scalar(byte))
                if byte >= 0x80 { return nil }
                continue
            }
            close()
            switch element {
            case .number(.year, let digits, _): text += digits == 2 ? "yy" : "yyyy"
            case .number(.month, let digits, _): text += digits == 1 ? "M" : "MM"
            case .number(.day, let digits, _): text += digits == 1 ? "d" : "dd"
            case .number(.hour24, let digits, _): text += digits == 1 ? "H" : "HH"
            case .number(.hour12, let digits, _): text += digits == 1 ? "h" : "hh"
            case .number(.minute, let digits, _): text += digits == 1 ? "m" : "mm"
            case .number(.second, let digits, _): text += digits == 1 ? "s" : "ss"
            case .number(.fraction, let digits, _): text += String(repeating: "S", count: digits)
            case .monthName(let isFull): text += isFull ? "MMMM" : "MMM"
            case .weekdayName(let isFull): text += isFull ? "EEEE" : "EEE"
            case .designator(let letters):
                guard letters == 2 else { return nil }
                text += "a"
            case .offset(let allowsNone): text += allowsNone ? "XXX" : "xxx"
            case .literal: break
            }
        }
        close()
        return text
    }
}
