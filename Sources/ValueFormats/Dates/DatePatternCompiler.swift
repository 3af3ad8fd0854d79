/// Turns the text of a date pattern into its elements.
package struct DatePatternCompiler {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var elements: [DatePattern.Element] = []

    package init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    package mutating func compile() throws(DatePattern.Mistake) -> [DatePattern.Element] {
        while index < scalars.count {
            switch scalars[index] {
            case "'", "\"": try readQuoted()
            case "\\": try readEscaped()
            case "a"..."z", "A"..."Z": try readToken()
            default:
                appendLiteral(scalars[index])
                index += 1
            }
        }
        try checkCompleteness()
        return elementsWithFixedWidths()
    }

    private mutating func appendLiteral(_ scalar: Unicode.Scalar) {
        elements += String(scalar).utf8.map { .literal($0) }
    }

    private mutating func readQuoted() throws(DatePattern.Mistake) {
        let start = index
        let quote = scalars[index]
        index += 1
        while index < scalars.count, scalars[index] != quote {
            appendLiteral(scalars[index])
            index += 1
        }
        guard index < scalars.count else {
            throw DatePattern.Mistake(offset: start, message: "the quote is never closed")
        }
        index += 1
    }

    private mutating func readEscaped() throws(DatePattern.Mistake) {
        guard index + 1 < scalars.count else {
            throw DatePattern.Mistake(offset: index, message: "a backslash at the end escapes nothing")
        }
        appendLiteral(scalars[index + 1])
        index += 2
    }

    private mutating func readToken() throws(DatePattern.Mistake) {
        let start = index
        let letter = scalars[index]
        while index < scalars.count, scalars[index] == letter { index += 1 }
        let token = String(repeating: Character(letter), count: index - start)
        guard let element = Self.tokens[token] else {
            throw DatePattern.Mistake(offset: start, message: "\"\(token)\" is not a token of a date pattern" + Self.advice(for: letter))
        }
        if let part = Self.part(of: element), elements.contains(where: { Self.part(of: $0) == part }) {
            throw DatePattern.Mistake(offset: start, message: "\"\(token)\" repeats a part of the date")
        }
        elements.append(element)
    }

    private static let tokens: [String: DatePattern.Element] = {
        var tokens: [String: DatePattern.Element] = [
            "yyyy": .number(.year, digits: 4, isFixed: false), "yy": .number(.year, digits: 2, isFixed: false),
            "MMMM": .monthName(isFull: true), "MMM": .monthName(isFull: false),
            "MM": .number(.month, digits: 2, isFixed: false), "M": .number(.month, digits: 1, isFixed: false),
            "dddd": .weekdayName(isFull: true), "ddd": .weekdayName(isFull: false),
            "dd": .number(.day, digits: 2, isFixed: false), "d": .number(.day, digits: 1, isFixed: false),
            "HH": .number(.hour24, digits: 2, isFixed: false), "H": .number(.hour24, digits: 1, isFixed: false),
            "hh": .number(.hour12, digits: 2, isFixed: false), "h": .number(.hour12, digits: 1, isFixed: false),
            "mm": .number(.minute, digits: 2, isFixed: false), "m": .number(.minute, digits: 1, isFixed: false),
            "ss": .number(.second, digits: 2, isFixed: false), "s": .number(.second, digits: 1, isFixed: false),
            "tt": .designator(letters: 2), "t": .designator(letters: 1),
            "zzz": .offset(allowsNone: false), "K": .offset(allowsNone: true),
        ]
        for digits in 1...7 {
            tokens[String(repeating: "f", count: digits)] = .number(.fraction, digits: digits, isFixed: false)
        }
        return tokens
    }()

    private static func advice(for letter: Unicode.Scalar) -> String {
        switch letter {
        case "Y", "y": ": write yyyy for a year of four digits, yy for one of two"
        case "D": ": write dd for the day"
        case "m": ": write MMM or MMMM for the name of a month"
        case "S": ": write ss for seconds"
        case "T": ": write 'T' in quotes for the letter"
        case "Z": ": write zzz for +01:00, K for Z or an offset, 'Z' in quotes for the letter"
        default: "; put literal letters in quotes"
        }
    }

    /// What an element fixes: numbers by part, so that `MM` and `MMM` (or `HH` and `hh`) collide.
    private static func part(of element: DatePattern.Element) -> String? {
        switch element {
        case .number(.hour24, _, _), .number(.hour12, _, _): "hour"
        case .number(let part, _, _): "\(part)"
        case .monthName: "month"
        case .weekdayName: "weekday"
        case .designator: "designator"
        case .offset: "offset"
        case .literal: nil
        }
    }

    private func checkCompleteness() throws(DatePattern.Mistake) {
        let parts = Set(elements.compactMap { Self.part(of: $0) })
        if parts.contains("minute"), !parts.contains("hour"), !parts.contains("month") {
            throw DatePattern.Mistake(offset: 0, message: "mm are minutes: write MM for the month")
        }
        guard parts.contains("year") else {
            throw DatePattern.Mistake(offset: 0, message: "a date pattern needs a year (yyyy or yy)")
        }
        if parts.contains("day"), !parts.contains("month") {
            throw DatePattern.Mistake(offset: 0, message: "a date pattern with a day needs a month (MM, M, MMM or MMMM)")
        }
    }

    private func elementsWithFixedWidths() -> [DatePattern.Element] {
        elements.indices.map { index in
            guard case .number(let part, let digits, _) = elements[index] else { return elements[index] }
            return .number(part, digits: digits, isFixed: isNumber(index - 1) || isNumber(index + 1))
        }
    }

    private func isNumber(_ index: Int) -> Bool {
        guard elements.indices.contains(index), case .number = elements[index] else { return false }
        return true
    }
}
