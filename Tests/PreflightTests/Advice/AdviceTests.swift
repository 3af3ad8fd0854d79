import Foundation
import SeededRandom
import Testing

@testable import Preflight

/// Advice is counted: a check with the line that it gives reports the number that it gave.
struct AdviceTests {
    /// The line of each setting, pasted into the sample's profile.
    @Test(arguments: SampleFolder.all)
    func samples(_ folder: SampleFolder) throws {
        guard folder.hasProfile else { return }
        let text = try folder.text("profile.yaml")
        let input = try folder.input()
        let advice = report(on: input, options: CheckOptions(profile: try folder.profile())).prediction.advice
        for column in advice {
            for setting in column.settings {
                let changed = try Self.pasted(setting.profileLine, into: text, column: column.column.name.text)
                let profile = try Profile(yaml: Array(changed.utf8), fileName: "profile.yaml") { path throws(SmallFile.Refusal) in
                    try SmallFile.read(path: FilePath(folder.url(path).path), limit: 1 << 20)
                }
                let second = report(on: input, options: CheckOptions(profile: profile))
                #expect(Self.cells(second, column.column) == setting.cells, "\(setting.words)")
            }
        }
    }

    /// The text of a profile with one of its lines replaced by another.
    private static func pasted(_ line: String, into text: String, column: String) throws -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let place = try #require(
            lines.firstIndex { $0.contains("name: \(column),") || $0.contains("name: \"\(column)\",") }, "no line of \(column)")
        lines[place] = lines[place].prefix { $0 == " " } + line
        return lines.joined(separator: "\n")
    }

    private static func cells(_ report: Report, _ column: ColumnReference) -> Bounds {
        report.prediction.columns.filter { $0.column == column }.reduce(Bounds.zero) {
            Bounds(min: $0.min + $1.cells.min, max: $0.max + $1.cells.max)
        }
    }

    /// Columns of everything that looks like a value of some type.
    @Test(arguments: 0..<12)
    func generatedColumns(_ shard: Int) throws {
        for seed in (shard * 12)..<(shard * 12 + 12) {
            var generator = SeededGenerator(seed: seed)
            let column = generator.column()
            let values = generator.values(of: column.type)
            let bytes = Array(("A;B\n" + values.map { "x;\($0)\n" }.joined()).utf8)
            func check(_ column: ColumnProfile) -> Report {
                let other = ColumnProfile(name: "A", type: .text)
                return report(on: bytes, options: CheckOptions(profile: Profile(columns: [other, column]), delimiter: UInt8(ascii: ";")))
            }
            let first = check(column)
            let reference = ColumnReference(index: 2, name: "B")
            guard let advice = first.prediction.advice.first else {
                #expect(Self.cells(first, reference) == .zero, "seed \(seed)")
                continue
            }
            #expect(advice.cells == Self.cells(first, reference), "seed \(seed)")
            for setting in advice.settings {
                let yaml = "version: 1\ncolumns:\n  - {name: A, type: text}\n  " + setting.profileLine
                let pasted = try Profile(yaml: yaml).columns[1]
                let cells = Self.cells(check(pasted), reference)
                #expect(cells == setting.cells, "seed \(seed): \(setting.profileLine)")
            }
        }
    }

    /// More kinds of wrong values than are kept: the counts stay exact.
    @Test func manyShapes() throws {
        let values = (0..<2_000).map { "\($0) unit\($0)" } + ["1,5", "2,5", "12", "x"]
        let bytes = Array(("A;B\n" + values.map { "x;\($0)\n" }.joined()).utf8)
        let column = ColumnProfile(name: "B", type: .number)
        func check(_ column: ColumnProfile) -> Report {
            let profile = Profile(columns: [ColumnProfile(name: "A", type: .text), column])
            return steadyReport(on: bytes, options: CheckOptions(profile: profile, delimiter: UInt8(ascii: ";")), sizes: [64, 4096, nil])
        }
        let advice = try #require(check(column).prediction.advice.first)
        #expect(advice.cells == Bounds(min: 2_003, max: 2_003))
        let best = try #require(advice.settings.first)
        #expect(best.words == "decimal \",\" and group none" || best.words == "decimal \",\"")
        #expect(best.cells == Bounds(min: 2_001, max: 2_001))
    }

    @Test func nothingHelps() {
        let profile = Profile(columns: [ColumnProfile(name: "A", type: .text), ColumnProfile(name: "B", type: .number)])
        let report = report(on: "A;B\nx;abc\ny;1\n", options: CheckOptions(profile: profile))
        #expect(report.prediction.advice.map(\.settings) == [[]])
    }
}

extension SeededGenerator {
    fileprivate mutating func column() -> ColumnProfile {
        var column = ColumnProfile(name: "B", type: element(of: [.number, .number, .integer, .date, .date, .boolean]))
        column.number.decimal = element(of: NumberFormat.DecimalSeparator.allCases)
        let groups: [NumberFormat.GroupSeparator?] = [nil, nil] + NumberFormat.GroupSeparator.allCases
        let group = element(of: groups)
        if group?.rawValue != column.number.decimal.rawValue { column.number.group = group }
        if once(in: 5) { column.number.prefix = element(of: ["€", "EUR "]) }
        if once(in: 5) { column.number.suffix = element(of: ["K", " €", "%"]) }
        column.number.isPercent = once(in: 8)
        let patterns = ["yyyy-MM-dd", "dd/MM/yyyy", "MM/dd/yyyy", "dd.MM.yyyy HH:mm", "d MMM yyyy", "MMM yy", "yy/MM/dd", "yyyyMMdd"]
        column.date = DateFormat((0...below(2)).compactMap { _ in DatePattern(element(of: patterns)) })
        if once(in: 4) { column.boolean.trueSpellings = ["yes"] }
        if once(in: 4) { column.nullWords = ["NA"] }
        column.isRequired = once(in: 4)
        return column
    }

    fileprivate mutating func values(of type: ColumnType) -> [String] {
        let count = 1 + below(60)
        let variety = 1 + below(8)
        return (0..<count).map { _ in
            if once(in: 12) { return element(of: ["", "NA", "-", "#N/A", "abc", "\"1\"", " 5 ", "\"a\"\"b\""]) }
            switch type {
            case .number, .integer: return number(variety: variety)
            case .date: return date(variety: variety)
            default: return element(of: Array(["TRUE", "FALSE", "yes", "No", "1", "0", "true", "maybe", "Y"].prefix(1 + variety)))
            }
        }
    }

    private mutating func number(variety: Int) -> String {
        let value = below(2_000_000)
        let (whole, cents) = (String(value), String(below(1_000)))
        var grouped = ""
        for (place, digit) in whole.reversed().enumerated() { grouped = String(digit) + (place > 0 && place % 3 == 0 ? "G" : "") + grouped }
        func with(_ group: String) -> String { grouped.replacing("G", with: group) }
        let forms = [
            whole, "\(whole).\(cents)", "\(whole),\(cents)", with(".") + ",\(cents)", with(",") + ".\(cents)", with(" ") + ",5", with("'"),
            "€\(whole)", "\(whole),5 €", "(\(whole))", "\(whole)%", "EUR \(whole).\(cents)", "-\(whole)", "\(whole)-", "1e5", with("."),
        ]
        return element(of: Array(forms.prefix(2 * variety)))
    }

    private mutating func date(variety: Int) -> String {
        let (day, month, year) = (1 + below(31), 1 + below(12), 2020 + below(8))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let forms = [
            "\(year)-\(two(month))-\(two(day))", "\(two(day))/\(two(month))/\(year)", "\(two(month))/\(two(day))/\(year)",
            "\(two(day)).\(two(month)).\(year) \(two(below(26))):\(two(below(61)))", "\(day)/\(month)/\(year)",
            "\(day) \(names[month - 1]) \(year)", "\(names[month - 1]) \(year % 100)", "\(year)\(two(month))\(two(day))",
            "\(two(day))/\(two(month))/\(year % 100)", "\(year)-\(two(month))-\(two(day))T\(two(below(24))):00:00Z", "46023",
            "\(two(month))/\(two(day))/\(year) 00:00:00 +00:00", "\(two(year % 100))/\(two(month))/\(two(day))",
        ]
        return element(of: Array(forms.prefix(1 + 2 * variety)))
    }
}
