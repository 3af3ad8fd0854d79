import ImportProfiles
import SeededRandom

@testable import PigmentImport
@testable import Preflight
@testable import ValueFormats

/// A profile, an importer that differs from it, and a file of which the test knows every row.
struct HiddenPair {
    /// What the importer has in place of the profile.
    enum Difference {
        /// The column as it would have to be in the profile.
        case setting(ColumnProfile)
        /// The doubts it rejects.
        case doubts(Set<String>)
    }

    static let columnNames = ["Entity", "Note", "Amount", "Posted", "Flag"]

    let seed: Int
    let profile: Profile
    let importer: HiddenImporter
    /// Index of the column that differs.
    let column: Int
    let difference: Difference
    let form: StoredForm
    /// Of each column that the importer reports, 1 to 10.
    let sampleCount: Int
    /// By row.
    private(set) var rows: [[String]] = []
    /// Of the column that differs.
    private(set) var texts: Set<String> = []
    /// The header and the rows with their line ends, as they are sent.
    private(set) var lines: [String] = []

    init(seed: Int, rowCount: Int = 2_000) {
        self.seed = seed
        var random = SeededGenerator(seed: seed)
        form = StoredForm(seed: seed)
        var others = SeededGenerator(seed: ~seed)
        sampleCount = 1 + others.below(10)
        let usesComma = random.once(in: 2)
        let isDayFirst = random.once(in: 2)
        let decimal: Character = usesComma ? "," : "."
        let group: Character? = random.once(in: 2) ? (usesComma ? "." : ",") : nil
        let null = random.once(in: 2) ? ["-"] : []
        let number = ColumnProfile(
            name: "Amount", type: .number,
            number: NumberFormat(decimal: usesComma ? .comma : .point, group: group == nil ? nil : usesComma ? .point : .comma),
            nullWords: null)
        let date = ColumnProfile(name: "Posted", type: .date, date: DateFormat([DatePattern(isDayFirst ? "dd/MM/yyyy" : "MM/dd/yyyy")!]))
        let boolean = ColumnProfile(
            name: "Flag", type: .boolean, boolean: BooleanFormat(trueSpellings: ["yes"], falseSpellings: ["no"]))
        profile = Profile(
            columns: [
                ColumnProfile(name: "Entity", type: .text), ColumnProfile(name: "Note", type: .text), number, date, boolean,
            ])
        var own = HiddenImporter(columns: [
            .init(name: "Entity", kind: .text), .init(name: "Note", kind: .text),
            .init(name: "Amount", kind: .number(decimal: decimal, group: group), nullWords: null),
            .init(name: "Posted", kind: .date(order: isDayFirst ? "dMy" : "Mdy", separator: "/")),
            .init(name: "Flag", kind: .boolean(trueWords: ["yes"], falseWords: ["no"])),
        ])
        let odd = Self.oddTexts(decimal: decimal, group: group, isDayFirst: isDayFirst)
        column = random.once(in: 2) ? 2 : random.once(in: 2) ? 3 : 4
        if random.once(in: 2) {
            let (rules, place) = (own, column)
            let all = Set(odd[column - 2].flatMap { rules.doubts($0, column: place) ?? [] }).sorted()
            var rejected: Set<String> = []
            for _ in 0..<(1 + random.below(4)) { rejected.insert(random.element(of: all)) }
            own.columns[column].rejected = rejected
            difference = .doubts(rejected)
        } else {
            difference = Self.change(&own, [number, date, boolean][column - 2], column: column, isDayFirst: isDayFirst, &random)
        }
        importer = own
        var base = random
        for row in 0..<rowCount {
            var fields = [
                "FR0\(base.below(7))", base.once(in: 50) ? "line one\nline \"two\"" : "n\(row)", "\(1 + base.below(9_999))",
                "0\(1 + base.below(9))/0\(1 + base.below(9))/2026", base.once(in: 2) ? "TRUE" : "FALSE",
            ]
            for column in 2..<5 where base.below(1000) < 30 { fields[column] = base.element(of: odd[column - 2]) }
            rows.append(fields.map(form.storable))
        }
        lines = lines(random: &base)
        texts = Set(rows.map { $0[column] })
    }

    /// Values that are not plain: those that the file's own settings read and others do not, doubtful ones, and a few that fail.
    private static func oddTexts(decimal: Character, group: Character?, isDayFirst: Bool) -> [[String]] {
        let fractions = (0..<6).map { "\(17 + $0 * 31)\(decimal)\(25 + $0)" }
        let grouped = group.map { group in ["1\(group)250", "2\(group)375", "14\(group)500"] } ?? []
        let numbers =
            fractions + grouped + [
                " 12", "13 ", "+14", "(15)", "16-", "1E3", "\(decimal)5", "6\(decimal)", "\u{2212}17", "-", "abc", "1x1",
            ]
        let late = (13...19).map { isDayFirst ? "\($0)/04/2026" : "04/\($0)/2026" }
        let dates = late + [" 01/02/2026", "03/04/2026 ", "5/06/2026", "06/7/2026", "01-02-2026", "01/02/26", "2026-03-04", "soon"]
        return [numbers, dates, ["yes", "no", "yes", "no", "true", "False", "1", "0", " TRUE", "FALSE ", "maybe-not"]]
    }

    /// Changes one setting of the importer.
    private static func change(
        _ importer: inout HiddenImporter, _ profile: ColumnProfile, column: Int, isDayFirst: Bool, _ random: inout SeededGenerator
    ) -> Difference {
        var changed = profile
        switch importer.columns[column].kind {
        case .number(let decimal, let group):
            let isComma = decimal == ","
            if group != nil, profile.nullWords.isEmpty || random.once(in: 2) {
                importer.columns[column].kind = .number(decimal: decimal, group: nil)
                changed.number.group = nil
            } else if !profile.nullWords.isEmpty, group != nil || random.once(in: 3) {
                importer.columns[column].nullWords = []
                importer.columns[column].rejected = ["null-word"]
                changed.nullWords = []
            } else {
                importer.columns[column].kind = .number(decimal: isComma ? "." : ",", group: nil)
                changed.number.decimal = isComma ? .point : .comma
            }
        case .date:
            importer.columns[column].kind = .date(order: isDayFirst ? "Mdy" : "dMy", separator: "/")
            importer.columns[column].rejected = ["swapped-day-month"]
            changed.date = DateFormat([DatePattern(isDayFirst ? "MM/dd/yyyy" : "dd/MM/yyyy")!])
        case .boolean, .text:
            importer.columns[column].kind = .boolean(trueWords: [], falseWords: [])
            importer.columns[column].rejected = ["other-boolean"]
            changed.boolean = BooleanFormat()
        }
        return .setting(changed)
    }

    private func lines(random: inout SeededGenerator) -> [String] {
        let end = random.once(in: 2) ? "\n" : "\r\n"
        return ([Self.columnNames] + rows).enumerated().map { index, fields in
            let texts = fields.map { field in
                let mustQuote = field.contains { ";\"\n\r\r\n".contains($0) }
                guard mustQuote || form.hasExtraQuotes && random.once(in: 3) else { return field }
                return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
            }
            let isLast = index == rows.count && random.once(in: 2)
            return texts.joined(separator: ";") + (isLast ? "" : end)
        }
    }

    /// The file as it is stored.
    var bytes: [UInt8] { form.bytes(header: lines[0], rows: Array(lines.dropFirst())) }

    // MARK: What the importer does

    /// What it reports: a count for each column, and the first different texts.
    func report(sampleCount: Int) -> ServerReport {
        let entries = (2..<5).compactMap { column -> ServerReport.Entry? in
            let skipped = rows.map { $0[column] }.filter { importer.skips($0, column: column) }
            guard !skipped.isEmpty else { return nil }
            var samples: [String] = []
            for text in skipped where !samples.contains(text) && samples.count < sampleCount { samples.append(text) }
            return ServerReport.Entry(
                columnName: ColumnName(Self.columnNames[column]), reason: .parsingError, count: skipped.count,
                samples: samples.map { SampleText(Array($0.utf8)) })
        }
        let skippedRows = rows.count { fields in (2..<5).contains { importer.skips(fields[$0], column: $0) } }
        let counts = StatusDocument.Counts(inserted: rows.count - skippedRows, updated: 0, deleted: 0, skipped: skippedRows)
        return ServerReport(origin: .status, entries: entries, counts: counts)
    }

    /// The header and the rows that it skipped, as they are sent.
    var retryFile: [UInt8] {
        let skipped = rows.indices.filter { row in
            rows[row].indices.contains { importer.skips(rows[row][$0], column: $0) }
        }
        return form.sent(header: lines[0], rows: skipped.map { lines[$0 + 1] })
    }

    /// Whether the report would be the same, if in the column that differs these cells were skipped: then nothing in it rules them out.
    func allows(_ test: CellTest, sampleCount: Int) -> Bool {
        func isSelected(_ text: String) -> Bool { test.selects(Array(text.utf8).span) }
        func first(_ isSkipped: (String) -> Bool) -> [String] {
            var texts: [String] = []
            for text in rows.map({ $0[column] }) where isSkipped(text) && !texts.contains(text) && texts.count < sampleCount {
                texts.append(text)
            }
            return texts
        }
        func isSkippedElsewhere(_ fields: [String]) -> Bool {
            (2..<5).contains { $0 != column && importer.skips(fields[$0], column: $0) }
        }
        let isSkipped = { (text: String) in importer.skips(text, column: column) }
        return rows.count { isSelected($0[column]) } == rows.count { isSkipped($0[column]) } && first(isSelected) == first(isSkipped)
            && rows.count { isSkippedElsewhere($0) || isSelected($0[column]) }
                == rows.count { isSkippedElsewhere($0) || isSkipped($0[column]) }
    }

    /// Whether an explanation is the difference, with exactly the cells that the importer skips.
    func isTrue(_ explanation: Explanation) -> Bool {
        isCause(explanation)
            && texts.allSatisfy { explanation.test.selects(Array($0.utf8).span) == importer.skips($0, column: column) }
    }

    private func isCause(_ explanation: Explanation) -> Bool {
        switch difference {
        case .setting(let column):
            // Settings that the file cannot tell apart are of equal right.
            return explanation.kind == .configuration && explanation.columns.contains(column)
        case .doubts(let rejected):
            // A word for no value is none to be in doubt.
            let nullWords = importer.columns[self.column].nullWords
            let texts = texts.filter { !nullWords.contains($0) }
            let occurring = Set(texts.flatMap { importer.doubts($0, column: self.column) ?? [] })
            guard explanation.settings.isEmpty, explanation.kind == .doubts || explanation.kind == .asPredicted else { return false }
            return Set(explanation.rejected.doubts.map(\.name)) == rejected.intersection(occurring)
        }
    }
}
