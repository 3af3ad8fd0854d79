import SafeText
package import ValueFormats

/// What a file is said to hold: a control total of the system that wrote it.
///
///     rows=1000                       rows=900..1100       rows=1000±2%
///     sum.Amount=1234567.89           sum.Amount[Entity=FR03]=88210.5
///     distinct.Entity=12              min.Date=2026-01-01  max.Date=2026-12-31
///     bytes=48213                     sha256=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
package struct Expectation: Sendable, Equatable {
    package var quantity: Quantity
    package var wanted: Wanted
    /// Where it is said, for messages: `--expect`, or the name of a file.
    package var origin: String

    /// What is counted or added up.
    package enum Quantity: Sendable, Hashable {
        /// Data rows, as the report counts them.
        case rows
        /// The file as it is stored.
        case bytes
        /// Of the file as it is stored.
        case sha256
        /// Of a column.
        case column(Measure, name: String, only: Filter?)

        package enum Measure: String, Sendable, Hashable, CaseIterable {
            case sum
            /// Different values that are not empty.
            case distinct
            case min
            case max
        }
    }

    /// Rows with one text in one column.
    package struct Filter: Sendable, Hashable {
        package var column: String
        package var text: String

        package init(column: String, text: String) {
            (self.column, self.text) = (column, text)
        }
    }

    /// What the quantity is to be.
    package enum Wanted: Sendable, Equatable {
        /// Both bounds are included.
        case number(ClosedRange<ExactDecimal>)
        case day(ClosedRange<Day>)
        /// 32 bytes, as 64 lowercase hexadecimal digits.
        case digest(String)
    }

    /// A day of the calendar.
    package struct Day: Sendable, Hashable, Comparable {
        package var year: Int
        package var month: Int
        package var day: Int

        package init(year: Int, month: Int, day: Int) {
            (self.year, self.month, self.day) = (year, month, day)
        }

        package static func < (left: Day, right: Day) -> Bool {
            (left.year, left.month, left.day) < (right.year, right.month, right.day)
        }

        /// `2026-01-31`
        package var text: String {
            func padded(_ number: Int, _ count: Int) -> String {
                let text = String(number)
                return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
            }
            return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        }
    }

    /// Why a text is no expectation: a part of a sentence.
    package struct Mistake: Error, Equatable {
        package var message: String
    }

    /// - Parameters:
    ///   - key: `sum.Amount[Entity=FR03]`
    ///   - value: `88210.5`
    package init(key: String, value: String, origin: String) throws(Mistake) {
        quantity = try Quantity(key)
        wanted = try Wanted(value, of: quantity)
        self.origin = origin
    }

    /// Reads `KEY=VALUE`.
    package init(_ text: String, origin: String) throws(Mistake) {
        guard let equal = text.lastIndex(of: "="), equal > text.startIndex else {
            throw Mistake(message: "\(YAMLText.shown(text)) is not KEY=VALUE, for example rows=1000 or sum.Amount=1234567.89")
        }
        try self.init(key: String(text[..<equal]), value: String(text[text.index(after: equal)...]), origin: origin)
    }
}

extension Expectation.Quantity {
    private static let wholeFile: [(String, Self)] = [("rows", .rows), ("bytes", .bytes), ("sha256", .sha256)]

    init(_ key: String) throws(Expectation.Mistake) {
        if let whole = Self.wholeFile.first(where: { $0.0 == key }) {
            self = whole.1
            return
        }
        let parts = key.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let measure = Measure(rawValue: String(parts[0])), !parts[1].isEmpty else {
            let keys = Self.wholeFile.map(\.0) + Measure.allCases.map { "\($0.rawValue).COLUMN" }
            throw Expectation.Mistake(message: "\(YAMLText.shown(key)) is none of \(keys.joined(separator: ", "))")
        }
        var name = String(parts[1])
        var filter: Expectation.Filter?
        if name.hasSuffix("]"), let bracket = name.firstIndex(of: "["), bracket > name.startIndex {
            let inside = name[name.index(after: bracket)...].dropLast()
            guard let equal = inside.firstIndex(of: "="), equal > inside.startIndex else {
                throw Expectation.Mistake(message: "\(YAMLText.shown(key)): write the rows that are meant as [COLUMN=VALUE]")
            }
            filter = .init(column: String(inside[..<equal]), text: String(inside[inside.index(after: equal)...]))
            name = String(name[..<bracket])
        }
        self = .column(measure, name: name, only: filter)
    }

    package var isOfColumn: Bool {
        if case .column = self { return true }
        return false
    }

    /// `sum.Amount[Entity=FR03]`
    package var key: String {
        switch self {
        case .rows: "rows"
        case .bytes: "bytes"
        case .sha256: "sha256"
        case .column(let measure, let name, let filter):
            "\(measure.rawValue).\(name)" + (filter.map { "[\($0.column)=\($0.text)]" } ?? "")
        }
    }
}

extension Expectation.Wanted {
    init(_ text: String, of quantity: Expectation.Quantity) throws(Expectation.Mistake) {
        let trimmed = String(text.trimmingPrefix { $0 == " " }.reversed().trimmingPrefix { $0 == " " }.reversed())
        switch quantity {
        case .sha256:
            let digits = trimmed.lowercased()
            guard digits.utf8.count == 64,
                digits.utf8.allSatisfy({ ASCII.isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) })
            else {
                throw .init(message: "sha256 takes 64 hexadecimal digits, not \(YAMLText.shown(text))")
            }
            self = .digest(digits)
            return
        case .rows, .bytes:
            if let range = Self.range(trimmed, ExactDecimal.init) ?? Self.tolerance(trimmed) {
                self = .number(range)
                return
            }
        case .column(let measure, _, _):
            if let range = Self.range(trimmed, ExactDecimal.init) ?? Self.tolerance(trimmed) {
                self = .number(range)
                return
            }
            if measure == .min || measure == .max, let range = Self.range(trimmed, Expectation.Day.init) {
                self = .day(range)
                return
            }
        }
        throw .init(
            message: "\(quantity.key) takes a number such as 1234.5, a range such as 900..1100 or 1000±2%"
                + (quantity.takesDay ? ", or a day such as 2026-01-31" : "") + ", not \(YAMLText.shown(text))")
    }

    /// `A` or `A..B`
    private static func range<Bound: Comparable>(_ text: String, _ read: (String) -> Bound?) -> ClosedRange<Bound>? {
        if let one = read(text) { return one...one }
        guard let dots = text.firstRange(of: ".."), let lower = read(String(text[..<dots.lowerBound])),
            let upper = read(String(text[dots.upperBound...])), lower <= upper
        else { return nil }
        return lower...upper
    }

    /// `1000±2%`, `1000+-20`
    private static func tolerance(_ text: String) -> ClosedRange<ExactDecimal>? {
        guard let sign = text.firstRange(of: "±") ?? text.firstRange(of: "+-"),
            let middle = ExactDecimal(text[..<sign.lowerBound])
        else { return nil }
        let rest = text[sign.upperBound...]
        let width: ExactDecimal?
        if rest.hasSuffix("%") {
            width = ExactDecimal(rest.dropLast()).flatMap { $0.multiplied(by: middle.magnitude) }?
                .multiplied(by: ExactDecimal(units: 1, scale: 2))
        } else {
            width = ExactDecimal(rest)
        }
        guard let width, width >= ExactDecimal(), let lower = middle.adding(-width), let upper = middle.adding(width) else { return nil }
        return lower...upper
    }

    /// As a profile and `--expect` have it: `1000`, `900..1100`.
    package var setting: String { text(between: "..") }

    /// As it is shown: `1000`, `900 to 1100`.
    package var text: String { text(between: " to ") }

    private func text(between separator: String) -> String {
        func text<Bound: Equatable>(_ range: ClosedRange<Bound>, _ shown: (Bound) -> String) -> String {
            let (lower, upper) = (shown(range.lowerBound), shown(range.upperBound))
            return lower == upper ? lower : lower + separator + upper
        }
        return switch self {
        case .number(let range): text(range, \.text)
        case .day(let range): text(range, \.text)
        case .digest(let digits): digits
        }
    }
}

extension Expectation.Quantity {
    fileprivate var takesDay: Bool {
        if case .column(let measure, _, _) = self { return measure == .min || measure == .max }
        return false
    }
}

extension Expectation.Day {
    /// Reads `yyyy-MM-dd`.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy(ASCII.isDigit) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month), day >= 1,
            day <= CalendarDate.days(inMonth: month, of: year)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

extension [Expectation] {
    /// Adds expectations; one of the same quantity takes the place of an earlier one.
    package mutating func override(with others: [Expectation]) {
        for expectation in others {
            if let index = firstIndex(where: { $0.quantity == expectation.quantity }) {
                self[index] = expectation
            } else {
                append(expectation)
            }
        }
    }
}
