/// The names of files that a manifest means: a path with wildcards, and with dates in braces.
///
///     exports/actuals-*.csv
///     exports/{yyyy}/actuals-{yyyy-MM-dd}.csv
///     exports/actuals-{yyyyMM -1m}.csv.gz
///
/// A star is any text within one name, `?` one character, `[0-9]` one of some characters; a name that begins with a dot is meant only by a pattern
/// that begins with one. Braces hold a date of the run, in letters `yyyy`, `yy`, `MM` and `dd` with `-`, `_` or `.` between them, and after a space
/// how far it is away: `-1d`, `+2m`, `-1y`.
package struct FilePattern: Sendable, Equatable {
    /// As the manifest has it.
    package let text: String
    private let parts: [Part]

    private enum Part: Sendable, Equatable {
        case text(String)
        case date(letters: [String], offset: Int, CalendarDay.Unit)
    }

    /// Why a pattern cannot be used; safe to print.
    struct Mistake: Error {
        var message: String
    }

    init(_ text: String) throws(Mistake) {
        self.text = text
        var parts: [Part] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw Mistake(message: "\"{\" begins a date, and \"}\" must end it, as in {yyyy-MM-dd}")
            }
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(try Self.date(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    private static func date(_ text: Substring) throws(Mistake) -> Part {
        let words = text.split(separator: " ", maxSplits: 1)
        guard let pattern = words.first, let letters = letters(pattern) else {
            throw Mistake(
                message: "a date in braces is written with yyyy, yy, MM and dd, and -, _ or . between them, not "
                    + NodeReader.quoted(String(text)))
        }
        guard words.count == 2 else { return .date(letters: letters, offset: 0, .day) }
        guard let sign = words[1].first, sign == "-" || sign == "+", let last = words[1].last, let unit = CalendarDay.Unit(rawValue: last),
            let count = Int(words[1].dropFirst().dropLast()), (0...CalendarDay.mostDays).contains(count)
        else {
            throw Mistake(message: "the distance of a date is written like -1d, -1m or +1y, not \(NodeReader.quoted(String(words[1])))")
        }
        return .date(letters: letters, offset: sign == "-" ? -count : count, unit)
    }

    private static func letters(_ pattern: Substring) -> [String]? {
        var letters: [String] = []
        var rest = pattern
        while !rest.isEmpty {
            guard let next = ["yyyy", "yy", "MM", "dd", "-", "_", "."].first(where: { rest.hasPrefix($0) }) else { return nil }
            letters.append(next)
            rest = rest.dropFirst(next.count)
        }
        return letters.contains { $0.first?.isLetter ?? false } ? letters : nil
    }

    /// Whether the names depend on the day of the run.
    package var hasDate: Bool {
        parts.contains { if case .date = $0 { true } else { false } }
    }

    /// The pattern of one day, with wildcards only.
    ///
    /// - Returns: `nil` if a date is out of range.
    package func glob(on day: CalendarDay) -> GlobPattern? {
        var text = ""
        for part in parts {
            switch part {
            case .text(let piece): text += piece
            case .date(let letters, let offset, let unit):
                guard let moved = day.adding(offset, unit) else { return nil }
                for letter in letters {
                    switch letter {
                    case "yyyy": text += CalendarDay.padded(moved.year, 4)
                    case "yy": text += CalendarDay.padded(moved.year % 100, 2)
                    case "MM": text += CalendarDay.padded(moved.month, 2)
                    case "dd": text += CalendarDay.padded(moved.day, 2)
                    default: text += letter
                    }
                }
            }
        }
        return GlobPattern(text)
    }
}
