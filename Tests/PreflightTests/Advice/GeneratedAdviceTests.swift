import CSVTokenizer
import Foundation
import SeededRandom
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// Advice on generated columns of every type under generated settings: each line that is advised is pasted, and a second check must report what
/// the first one promised.
///
/// `ADVICE_COLUMNS=10000 swift test --filter GeneratedAdviceTests` tries so many columns; without it some are tried. A failure names
/// its seed: `ADVICE_SEED=n` tries that column only.
@Suite(.computing) struct GeneratedAdviceTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let shards = 8
    private static let columnCount = environment["ADVICE_COLUMNS"].flatMap { Int($0) } ?? (isDebugBuild ? 96 : 320)
    private static let onlySeed = environment["ADVICE_SEED"].flatMap { Int($0) }

    @Test(arguments: 0..<shards)
    func promises(_ shard: Int) throws {
        if let seed = Self.onlySeed { return shard == 0 ? try Self.tryColumn(seed: seed) : () }
        for seed in stride(from: shard, to: Self.columnCount, by: Self.shards) { try Self.tryColumn(seed: seed) }
    }

    /// Numbers below 1, without a sign, among percentages: advice to set `percent` once counted all numbers with decimals as doubtful.
    @Test(arguments: [2368, 3069, 4009, 4025, 5140, 6316, 7216, 7727])
    func percentages(_ seed: Int) throws { try Self.tryColumn(seed: seed) }

    private static func tryColumn(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        let line = generator.columnLine()
        let defaults =
            seed % 6 == 0 ? "defaults: {number: {decimal: \",\", suffix: \"€\"}, date: {format: d.M.yyyy}, \"null\": [NA]}\n" : ""
        func profile(_ columnLine: String) throws -> Profile {
            try Profile(yaml: "version: 1\n\(defaults)columns:\n  - {name: A, type: text}\n  - \(columnLine)\n")
        }
        let values = generator.values(near: try profile(line).columns[1])
        let text = "A;B\n" + values.map { "x;\($0)\n" }.joined()
        let bytes = Array((seed % 5 == 0 ? text.replacing("\n", with: "\r\n") : text).utf8)
        // Whichever way the rows are cut and looked at.
        let kernels: [Kernel] = [.scalar, .best]
        var options = CheckOptions(profile: try profile(line), delimiter: UInt8(ascii: ";"))
        options.kernel = kernels[seed % 2]
        let size = [nil, 7, 64, 1000, nil][seed % 5]
        let first = report(on: bytes, options: options, chunkByteCount: size)
        expectMergedIsWhole(bytes, options: options, seed: seed)
        let column = ColumnReference(index: 2, name: "B")
        let advice = first.prediction.advice.first
        let cells = AdviceTests.cells(first, column)
        if let advice {
            #expect(advice.cells == cells, "seed \(seed): \(line)")
            #expect(advice.shapes.reduce(advice.otherShapes) { $0 + $1.count } == cells.max, "seed \(seed): \(line)")
        } else {
            #expect(cells == .zero, "seed \(seed): \(line)")
        }
        for setting in advice?.settings ?? [] {
            var options = CheckOptions(profile: try profile(String(setting.profileLine.dropFirst(2))), delimiter: UInt8(ascii: ";"))
            options.kernel = kernels[(seed + 1) % 2]
            let second = report(on: bytes, options: options, chunkByteCount: [nil, 64, 4096][seed % 3])
            #expect(AdviceTests.cells(second, column) == setting.cells, "seed \(seed): \(line), then \(setting.profileLine)")
        }
        // The order of the rows makes no difference to any number.
        let shuffled = Array(("A;B\n" + values.reversed().map { "x;\($0)\n" }.joined()).utf8)
        let other = report(on: shuffled, options: options).prediction.advice.first
        #expect(other?.cells == advice?.cells, "seed \(seed): \(line)")
        let numbers: (ColumnAdvice?) -> [Bounds] = { $0?.settings.map(\.cells) ?? [] }
        #expect(numbers(other) == numbers(advice), "seed \(seed): \(line)")
        #expect(Set(other?.shapes.map(\.count) ?? []) == Set(advice?.shapes.map(\.count) ?? []), "seed \(seed): \(line)")
    }
}

extension SeededGenerator {
    private mutating func once<Value>(in count: Int, _ value: Value) -> Value? { once(in: count) ? value : nil }

    /// A column as a profile has it, with settings that mean something for its type.
    fileprivate mutating func columnLine() -> String {
        let type = element(of: ["number", "number", "integer", "date", "date", "boolean", "dimension"])
        var parts = ["name: B", "type: \(type)"]
        switch type {
        case "number", "integer": parts.append("number: {\(numberSettings().joined(separator: ", "))}")
        case "date":
            let patterns = (0...(once(in: 3) ? 1 : 0)).map { _ in datePattern() }
            parts.append("date: {format: [\(Set(patterns).sorted().map { "\"\($0)\"" }.joined(separator: ", "))]}")
        case "boolean":
            let words = [once(in: 3, "true: [yes, ja, \"1\"]"), once(in: 3, "false: [nein, \"no\", \"0\"]")].compactMap { $0 }
            parts.append("boolean: {\(words.joined(separator: ", "))}")
        default:
            let matching = [once(in: 3, "trim: true"), once(in: 3, "case: ignore")].compactMap { $0 }
            let items = element(of: ["[A, B, Paris]", "[\"A \", b, Ünal]", "[A, a, \" a\", \"12\"]"])
            parts.append(matching.isEmpty ? "items: \(items)" : "items: {list: \(items), \(matching.joined(separator: ", "))}")
            parts.append("on-missing: \(element(of: ["skip", "default", "create"]))")
        }
        if once(in: 3) {
            let words = ["\"0\"", "\"9\"", "NA", "\"-\"", "\"01/02/1900\"", "\"19000101\"", "\"#N/A\"", "\"1.5\"", "a"]
            parts.append("\"null\": [\(element(of: words)), \(element(of: words))]")
        }
        if once(in: 4) { parts.append("required: true") }
        return "{\(parts.joined(separator: ", "))}"
    }

    private mutating func numberSettings() -> [String] {
        let decimal = element(of: [".", ","])
        let group = element(of: ["none", "none", ",", ".", " ", "'"])
        var settings = ["decimal: \"\(decimal)\""]
        if group != decimal { settings.append("group: \(group == "none" ? group : "\"\(group)\"")") }
        if once(in: 5) { settings.append("prefix: \"\(element(of: ["€", "EUR ", "Rs.", "$", "#", "k.", "e"]))\"") }
        if once(in: 5) { settings.append("suffix: \"\(element(of: ["K", " €", "%", " Tsd.", "e"]))\"") }
        if once(in: 8) { settings.append("percent: true") }
        if once(in: 8) { settings.append("multiplier: 1000") }
        return settings
    }

    private mutating func datePattern() -> String {
        let usual = [
            "yyyy-MM-dd", "dd/MM/yyyy", "MM/dd/yyyy", "dd.MM.yyyy HH:mm", "d MMM yyyy", "MMM yy", "yy/MM/dd", "yyyyMMdd", "ddMMyyyy",
            "MMddyyyy",
            "yyyy-MMM-dd", "yyyyMM", "d/M/yy", "M/d/yyyy h:mm tt", "dddd, d MMMM yyyy", "yyyyMMdd HHmm", "HH:mm dd/MM/yyyy", "MM/yyyy",
            "yyyy-MM-dd'T'HH:mm:ssK", "dd-MMM-yy", "MMM d, yyyy", "yyyy MM dd", "yyyy-dd-MM", "ddMMyy",
        ]
        if !once(in: 4) { return element(of: usual) }
        let separator = element(of: ["/", "-", ".", " ", "", "_", ", "])
        let parts = element(of: [["d", "M", "y"], ["M", "d", "y"], ["y", "M", "d"], ["y", "M"], ["M", "y"], ["y", "d", "M"]])
        let text = parts.map { part in
            switch part {
            case "d": element(of: ["dd", "d"])
            case "M": element(of: ["MM", "M", "MMM", "MMMM"])
            default: element(of: ["yyyy", "yyyy", "yy"])
            }
        }.joined(separator: separator)
        guard DatePattern(text) != nil else { return "yyyy-MM-dd" }
        let timed = text + element(of: [" HH:mm", " HH:mm:ss", "'T'HH:mm", " h:mm tt", " hh:mm", " HH:mm:ss.fff"])
        return once(in: 4) && DatePattern(timed) != nil ? timed : text
    }

    // MARK: Values

    fileprivate mutating func values(near column: ColumnProfile) -> [String] {
        let kinds = (0..<(1 + below(5))).map { _ in below(1_000) }
        return (0..<(1 + below(50))).map { _ in
            var kind = SeededGenerator(seed: element(of: kinds))
            // The kind decides the form, the column's generator the digits.
            let form = kind.below(100)
            if form < 12 { return oddValue() }
            switch column.type {
            case .number, .integer: return number(form: form, column.number)
            case .date: return date(form: form, column.date)
            case .boolean:
                return element(of: [
                    "TRUE", "FALSE", "yes", "No", "1", "0", "true", "maybe", "Y", "ja", "Nein", "oui", "x", "not so", "12", " TRUE",
                ])
            default:
                return element(of: ["A", "a", " A", "B", "b ", "paris", "PARIS", "Rome", "12", "13", "ünal", "ÜNAL ", "n/a"])
            }
        }
    }

    private mutating func oddValue() -> String {
        element(of: [
            "", "NA", "-", "#N/A", "#REF!", "#DIV/0!", "#NV", "#1", "#2", "#3", "abc", "\"1\"", " 5 ", "\"a\"\"b\"", "—", "k.A.", "n/a",
            "null",
            "n/a ", "0", "9", "01/02/1900", "19000101", "NaN", "٣", "１２", "May", "x" + String(below(30)),
            String(repeating: "1", count: 130),
        ])
    }

    private mutating func number(form: Int, _ format: NumberFormat) -> String {
        let whole = String(below(once(in: 2) ? 100 : 20_000_000))
        let cents = once(in: 3) ? "\(100 + below(900))" : "\(below(100))"
        var grouped = ""
        for (place, digit) in whole.reversed().enumerated() { grouped = String(digit) + (place > 0 && place % 3 == 0 ? "G" : "") + grouped }
        func with(_ group: String) -> String { grouped.replacing("G", with: group) }
        let own = (format.prefix ?? "") + with(format.group?.rawValue ?? "") + format.decimal.rawValue + cents + (format.suffix ?? "")
        let forms: [String] = [
            whole, own, "-" + own, "\(whole).\(cents)", "\(whole),\(cents)", with(".") + ",\(cents)", with(",") + ".\(cents)",
            with(" ") + ",5",
            with("'") + ".5", "€\(whole)", "$\(with(","))", "\(whole),5 €", "(\(own))", "\(own)%", "EUR \(whole).\(cents)", "\(own)-",
            "\(whole)-", "\(whole)e5", with("."), with(","), "#\(whole)", "\(whole)K", "\(whole) Tsd.", "Rs.\(whole)", "rs. \(with(","))",
            "0\(whole)", "00\(with(","))", "+\(own)", "−\(own)", " \(own)", "\(own) ", "\(whole)/\(cents)", "\(whole)-\(cents)",
            "\(whole)\(whole)\(whole)\(whole)", "0.\(cents)", ".\(cents)", "\(whole).", with("\u{A0}"), with("_"), with("’"), "$(\(own))",
            "k.\(whole)", "\(whole) € netto", "x\(whole)", "\(whole)x\(cents)", "1E+\(below(20))", "\(whole) \(cents)", "e\(whole)",
            "\(whole)e",
            "٣\(whole)", "٣x\(whole)", "\(whole)..\(cents)", with(",") + "," + cents, with(".") + "." + cents, own + own, "\(own) K",
            "\(own)k",
        ]
        return forms[form % forms.count]
    }

    private mutating func date(form: Int, _ format: DateFormat) -> String {
        let day = once(in: 6) ? element(of: [0, 29, 30, 31, 32]) : 1 + below(31)
        let month = once(in: 6) ? element(of: [0, 2, 4, 13, 12]) : 1 + below(12)
        let year = once(in: 6) ? element(of: [0, 1, 1900, 2000, 2012, 2024, 1231]) : 1990 + below(50)
        func pad(_ number: Int, _ width: Int = 2) -> String {
            String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
        }
        let short = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let full = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
        ]
        let foreign = ["Januar", "févr.", "März", "Abril", "Mai", "Juni", "juil.", "août", "Sept", "Okt", "Nov.", "Dez"]
        let name = max(0, min(11, month - 1))
        let (d, m, y) = (pad(day), pad(month), pad(year, 4))
        let (hour, minute, second) = (pad(below(26)), pad(element(of: [0, 0, 7, 59, 60, 61])), pad(element(of: [0, 30, 59, 60, 61])))
        let own = written(format.patterns[below(format.patterns.count)], day, month, year)
        let dates: [String] = [
            own, own, "\(y)-\(m)-\(d)", "\(d)/\(m)/\(y)", "\(m)/\(d)/\(y)", "\(d).\(m).\(y)", "\(day)/\(month)/\(year)", "\(d)\(m)\(y)",
            "\(m)\(d)\(y)", "\(y)\(m)\(d)", "\(day) \(short[name]) \(y)", "\(y)-\(short[name])-\(d)", "\(d)-\(foreign[name])-\(y)",
            "\(full[name]) \(day), \(y)", "\(short[name]) \(pad(year % 100))", "\(foreign[name]) \(y)", "\(d)/\(m)/\(pad(year % 100))",
            "\(pad(year % 100))/\(m)/\(d)", "\(y)\(m)", "\(m)/\(y)", "\(y)-\(m)", y, "\(20_000 + below(60_000))", "\(45_000 + below(9)).5",
            "\(d)_\(m)_\(y)", "\(y)-\(d)-\(m)", "Monday, \(day) \(full[name]) \(y)", "\(d)\(m)\(pad(year % 100))",
            "\(y)\(m)\(d)\(hour)\(minute)",
            "\(d) \(m) \(y)", "\(m).\(d).\(pad(year % 100))", "\(d)\(short[name])\(y)", "\(full[name]) \(y)", "\(d),\(m),\(y)",
        ]
        let date = dates[form % dates.count]
        guard form % 3 == 0 else { return once(in: 15) ? element(of: [" \(date)", "\(date) ", "\(date)x", "x\(date)"]) : date }
        let times: [String] = [
            " \(hour):\(minute)", " \(hour):\(minute):\(second)", "T\(hour):\(minute):\(second)Z", " 00:00:00 +00:00",
            " \(below(14)):\(minute) PM",
            "T\(hour):\(minute):\(second).\(below(1_000))+\(pad(below(26))):00", " \(hour)", " \(hour)\(minute)",
        ]
        return date + element(of: times)
    }

    /// A date as the pattern has it.
    private mutating func written(_ pattern: DatePattern, _ day: Int, _ month: Int, _ year: Int) -> String {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let full = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
        ]
        let name = max(0, min(11, month - 1))
        var text = ""
        for element in pattern.elements {
            switch element {
            case .literal(let byte): text.append(Character(Unicode.Scalar(byte)))
            case .monthName(let isFull): text += isFull ? full[name] : names[name]
            case .weekdayName: text += "Monday"
            case .designator(let letters): text += letters == 2 ? "AM" : "A"
            case .offset: text += "+01:00"
            case .number(let part, let digits, _):
                let value =
                    switch part {
                    case .year: digits == 2 ? year % 100 : year
                    case .month: month
                    case .day: day
                    case .hour24: below(24)
                    case .hour12: 1 + below(12)
                    case .minute, .second: below(60)
                    case .fraction: below(10)
                    }
                let number = String(value)
                text += String(repeating: "0", count: max(0, digits - number.count)) + number
            }
        }
        return text
    }
}
