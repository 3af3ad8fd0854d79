import ByteSpans
import SafeText
package import ValueFormats

/// Date patterns as Table Schema writes them (`%d/%m/%Y`, the notation of C's and Python's `strptime`), and as a profile does.
package enum StrptimePattern {
    /// What is wrong with a pattern.
    package struct Mistake: Error, Equatable {
        package var message: String
    }

    private static let tokens: KeyValuePairs<Character, String> = [
        "Y": "yyyy", "y": "yy", "m": "MM", "d": "dd", "b": "MMM", "h": "MMM", "B": "MMMM", "a": "ddd", "A": "dddd", "H": "HH", "I": "hh",
        "M": "mm", "S": "ss", "f": "ffffff", "p": "tt", "z": "zzz", "e": "d", "F": "yyyy-MM-dd", "T": "HH:mm:ss", "R": "HH:mm",
        "D": "MM/dd/yy",
    ]

    /// The pattern in .NET notation.
    package static func datePattern(_ text: String) throws(Mistake) -> DatePattern {
        var pattern = ""
        var literal = ""
        var characters = text[...]
        func close() {
            guard !literal.isEmpty else { return }
            pattern += quotedIfNeeded(literal)
            literal = ""
        }
        while let character = characters.popFirst() {
            guard character == "%" else {
                literal.append(character)
                continue
            }
            guard let directive = characters.popFirst() else { throw Mistake(message: "a % at the end is incomplete") }
            if directive == "%" {
                literal.append("%")
                continue
            }
            guard let token = tokens.first(where: { $0.key == directive })?.value else {
                throw Mistake(message: "\"%\(VisibleText(String(directive)).text)\" has no counterpart in a date pattern")
            }
            close()
            pattern += token
        }
        close()
        do {
            return try DatePattern(compiling: pattern)
        } catch {
            throw Mistake(message: "\(error.message) (read as \(VisibleText(pattern).text))")
        }
    }

    /// A literal text in .NET notation.
    private static func quotedIfNeeded(_ literal: String) -> String {
        let needsQuotes = literal.unicodeScalars.contains { scalar in
            ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ["'", "\"", "\\"].contains(scalar)
        }
        guard needsQuotes else { return literal }
        if !literal.contains("'") { return "'\(literal)'" }
        return literal.unicodeScalars.map { ["'", "\"", "\\"].contains($0) || $0.properties.isAlphabetic ? "\\\($0)" : "\($0)" }.joined()
    }

    /// The pattern in the notation of `strptime`; `nil` if it has a part that this notation lacks.
    package static func text(of pattern: DatePattern) -> String? {
        var bytes: [UInt8] = []
        for element in pattern.elements {
            let directive: StaticString
            switch element {
            case .literal(let byte):
                bytes += byte == UInt8(ascii: "%") ? [byte, byte] : [byte]
                continue
            case .number(let part, let digits, _):
                switch part {
                case .year: directive = digits == 4 ? "%Y" : "%y"
                case .month: directive = "%m"
                case .day: directive = "%d"
                case .hour24: directive = "%H"
                case .hour12: directive = "%I"
                case .minute: directive = "%M"
                case .second: directive = "%S"
                case .fraction: directive = "%f"
                }
            case .monthName(let isFull): directive = isFull ? "%B" : "%b"
            case .weekdayName(let isFull): directive = isFull ? "%A" : "%a"
            case .designator(let letters):
                guard letters == 2 else { return nil }
                directive = "%p"
            case .offset: directive = "%z"
            }
            bytes += directive.bytes
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension DatePattern {
    /// What is lost of the pattern in another notation; `nil` if nothing is.
    ///
    /// - Parameter read: what is written there is read as.
    func loss(readAs read: DatePattern?) -> String? {
        guard let read, read.elements != elements else { return nil }
        return "that the pattern is \(VisibleText(text).text): what is written here is read as \(VisibleText(read.text).text)"
    }
}
