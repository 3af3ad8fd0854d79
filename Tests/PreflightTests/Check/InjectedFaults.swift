import SeededRandom

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// A kind of wrong value with a column of its own, in which all other values are right.
struct FaultKind: Sendable {
    var name: String
    /// What the profile says of the column after its name.
    var settings: String
    var kind: FindingKind
    var verdict: Verdict
    var right: [String]
    var wrong: [String]

    init(_ name: String, _ settings: String, _ kind: FindingKind, _ verdict: Verdict, right: [String], wrong: [String]) {
        (self.name, self.settings, self.kind, self.verdict, self.right, self.wrong) = (name, settings, kind, verdict, right, wrong)
    }

    private static let numbers = ["0", "7", "-12", "1234.5", "-0.25", "98765.43", ""]
    private static let grouped = ["1.234,50", "12,5", "-7", "1.234.567", "0,25"]
    private static let dates = ["01/02/2026", "28/02/2026", "29/02/2024", "31/12/1999", "13/04/2025", ""]

    static let all: [FaultKind] = [
        FaultKind("text", "type: number", .notANumber, .fails, right: numbers, wrong: ["abc", "one", "n.v."]),
        FaultKind("foreign separator", "type: number", .notANumber, .fails, right: numbers, wrong: ["1,5", "1.234,56", "12 5"]),
        FaultKind("text around", "type: number", .notANumber, .fails, right: numbers, wrong: ["12 items", "EUR 5", "$7"]),
        FaultKind("Excel error", "type: number", .notANumber, .fails, right: numbers, wrong: ["#REF!", "#DIV/0!", "#VALUE!"]),
        FaultKind("null word", "type: number", .doubtfulNumber, .doubtful, right: numbers, wrong: ["NA", "NULL", "-"]),
        FaultKind("percent sign", "type: number", .notANumber, .fails, right: numbers, wrong: ["5%", "-2.5%"]),
        FaultKind("not finite", "type: number", .doubtfulNumber, .doubtful, right: numbers, wrong: ["NaN", "inf", "-Infinity"]),
        FaultKind("exponent", "type: number", .doubtfulNumber, .doubtful, right: numbers, wrong: ["1e5", "1.23E+11"]),
        FaultKind("parentheses", "type: number", .doubtfulNumber, .doubtful, right: numbers, wrong: ["(12)", "(1.5)"]),
        FaultKind("sign behind", "type: number", .doubtfulNumber, .doubtful, right: numbers, wrong: ["12-", "1.5-"]),
        FaultKind("blanks", "type: number", .doubtfulNumber, .doubtful, right: numbers, wrong: [" 12", "7 ", "\u{A0}5"]),
        FaultKind(
            "too many digits", "type: number", .doubtfulNumber, .doubtful, right: numbers, wrong: [String(repeating: "9", count: 29)]),
        FaultKind(
            "ill-formed groups", "type: number, number: {decimal: \",\", group: \".\"}", .doubtfulNumber, .doubtful, right: grouped,
            wrong: ["12.34,5", "1.2345", "0.123"]),
        FaultKind(
            "two decimal separators", "type: number, number: {decimal: \",\", group: \".\"}", .notANumber, .fails, right: grouped,
            wrong: ["1,2,3", "1,234,567"]),
        FaultKind("missing suffix", "type: number, number: {suffix: K}", .doubtfulNumber, .doubtful, right: ["5K", "-7.5K"], wrong: ["5"]),
        FaultKind("decimals", "type: integer", .doubtfulInteger, .doubtful, right: ["1", "-20", "300", ""], wrong: ["1.5", "2.0"]),
        FaultKind("no whole number", "type: integer", .notAnInteger, .fails, right: ["1", "-20", "300"], wrong: ["ten", "0x1F"]),
        FaultKind(
            "no such day", "type: date, date: {format: dd/MM/yyyy}", .notADate, .fails, right: dates,
            wrong: ["31/04/2026", "29/02/2023", "00/01/2026"]),
        FaultKind(
            "swapped", "type: date, date: {format: dd/MM/yyyy}", .doubtfulDate, .doubtful, right: dates,
            wrong: ["04/25/2026", "12/31/2025"]),
        FaultKind(
            "serial day", "type: date, date: {format: dd/MM/yyyy}", .doubtfulDate, .doubtful, right: dates, wrong: ["46023", "45123.5"]),
        FaultKind("one digit", "type: date, date: {format: dd/MM/yyyy}", .doubtfulDate, .doubtful, right: dates, wrong: ["7/3/2026"]),
        FaultKind("ISO date", "type: date, date: {format: dd/MM/yyyy}", .doubtfulDate, .doubtful, right: dates, wrong: ["2026-03-07"]),
        FaultKind(
            "no such time", "type: date, date: {format: \"yyyy-MM-dd HH:mm\"}", .notADate, .fails,
            right: ["2026-01-31 23:59", "2026-02-28 00:00"],
            wrong: ["2026-01-31 24:01", "2026-01-31 10:60"]),
        FaultKind(
            "spelling", "type: boolean", .doubtfulBoolean, .doubtful, right: ["TRUE", "FALSE", ""],
            wrong: ["yes", "0", "true", "ja", "maybe"]),
        FaultKind("no boolean", "type: boolean", .notABoolean, .fails, right: ["TRUE", "FALSE"], wrong: ["not sure", "20"]),
        FaultKind(
            "unknown item", "type: dimension, items: [FR01, FR02, DE01], on-missing: skip", .unknownItem, .fails,
            right: ["FR01", "FR02", "DE01", ""], wrong: ["FR3", "XX", "FR011"]),
        FaultKind(
            "item in other case", "type: dimension, items: [FR01, FR02, DE01], on-missing: skip", .doubtfulItem, .doubtful,
            right: ["FR01", "FR02", "DE01"], wrong: ["fr01", " DE01"]),
        FaultKind("missing value", "type: text, required: true", .requiredValueEmpty, .empty, right: ["a", "bc"], wrong: [""]),
    ]
}

/// Writes rows with known faults, and keeps their number and the first place of each kind.
struct InjectedFaults {
    struct Truth {
        var count = 0
        var first: Place?

        mutating func note(_ place: Place) {
            count += 1
            first = first ?? place
        }
    }

    private(set) var truths = FaultKind.all.map { _ in Truth() }
    /// Of keys that an earlier row has, and of keys without a value.
    private(set) var duplicates = Truth()
    private(set) var blanks = Truth()
    private(set) var row = 0
    private var line = 2
    private var byteOffset: Int
    private var generator: SeededGenerator
    /// The rows whose key no earlier row has.
    private var newKeys: Set<Int> = []
    /// One fault in so many fields.
    private let rarity: Int

    static let header = Array(("Id;" + FaultKind.all.map(\.name).joined(separator: ";") + "\n").utf8)

    static let profile =
        "version: 1\ndialect: {delimiter: \";\"}\ncolumns:\n  - {name: Id, type: text}\n"
        + FaultKind.all.map { "  - {name: \"\($0.name)\", \($0.settings)}\n" }.joined() + "keys: [[Id]]\n"

    init(seed: Int, rarity: Int) {
        generator = SeededGenerator(seed: seed)
        self.rarity = rarity
        byteOffset = Self.header.count
    }

    /// A new key, one of before, or none.
    private mutating func nextKey() -> String {
        let place = Place(row: row, line: line, column: 1, byteOffset: byteOffset)
        if row > 1, generator.once(in: 3 * rarity) {
            // Of a row whose key is not blank and new itself: the numbers of keys are those of their rows.
            let earlier = 1 + generator.below(row - 1)
            if newKeys.contains(earlier) {
                duplicates.note(place)
                return "K\(earlier)"
            }
        } else if generator.once(in: 3 * rarity) {
            blanks.note(place)
            return ""
        }
        newKeys.insert(row)
        return "K\(row)"
    }

    /// Appends the next row.
    mutating func appendRow(to bytes: inout [UInt8]) {
        let start = bytes.count
        row += 1
        let key = nextKey()
        bytes += key.utf8
        for (index, kind) in FaultKind.all.enumerated() {
            bytes.append(UInt8(ascii: ";"))
            let isWrong = generator.once(in: rarity)
            let text = isWrong ? generator.element(of: kind.wrong) : generator.element(of: kind.right)
            if isWrong {
                truths[index].note(Place(row: row, line: line, column: index + 2, byteOffset: byteOffset + bytes.count - start))
            }
            let isQuoted = !text.isEmpty && generator.once(in: 16)
            if isQuoted { bytes.append(UInt8(ascii: "\"")) }
            bytes += text.utf8
            if isQuoted { bytes.append(UInt8(ascii: "\"")) }
        }
        bytes += generator.once(in: 3) ? "\r\n".utf8 : "\n".utf8
        line += 1
        byteOffset += bytes.count - start
    }
}
