import SeededRandom

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

extension SeededGenerator {
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// A text that somebody could put into a profile, or only a machine would.
    mutating func nastyText() -> String {
        if below(3) == 0 {
            return pick([
                "Amount", "Posting Date", "null", "~", "True", "no", "1", "-1", "0x1F", "1e5", "2026-01-01", ".5", "=", "<<", "é", "名前",
            ])
        }
        let pieces = [
            "a", "Z", "7", " ", "  ", "\t", "\n", "\r\n", "\"", "'", "\\", "/", ":", ": ", " #", "#", "- ", "-", ",", "[", "]", "{", "}",
            "*a", "&a",
            "*", "&", "!", "|", ">", "%", "@", "`", "?", "? ", "~", "\u{0}", "\u{1B}[31m", "\u{7F}", "\u{85}", "\u{A0}", "\u{AD}",
            "\u{301}",
            "\u{200B}", "\u{2028}", "\u{202E}", "\u{3000}", "\u{E000}", "\u{FEFF}", "\u{FFFD}", "\u{FFFF}", "\u{1F600}", "\u{10FFFF}",
            "---", "...",
        ]
        var text = ""
        for _ in 0...below(8) {
            if below(4) == 0, let scalar = Unicode.Scalar(UInt32(below(0x11_0000))) {
                text.unicodeScalars.append(scalar)
            } else {
                text += pick(pieces)
            }
        }
        return text
    }

    private mutating func texts(atMost count: Int) -> [String] {
        (0..<below(count + 1)).map { _ in nastyText() }
    }

    private mutating func affix() -> String? {
        below(3) > 0 ? nil : pick(["$", "€", "K", "EUR \u{B7}", "*a", "'", "%", "null", "\u{1F4B6}"])
    }

    private mutating func number() -> NumberFormat {
        let decimal = pick(NumberFormat.DecimalSeparator.allCases)
        let group = pick(NumberFormat.GroupSeparator.allCases.filter { $0.rawValue != decimal.rawValue } + [nil])
        return NumberFormat(
            decimal: decimal, group: group, prefix: affix(), suffix: affix(), isPercent: below(4) == 0,
            multiplier: below(3) == 0 ? Multiplier(pick(["thousand", "million", "1000", "0.01", "100.50", "1"])) : nil)
    }

    private mutating func date() -> DateFormat {
        let patterns = [
            "yyyy-MM-dd", "dd/MM/yyyy", "d.M.yy", "MMM yy", "yyyy-MM-dd'T'HH:mm:ss.fffK", "\"*a\" yyyy", "\\&\\a yyyy", "yyyy年MM月",
        ]
        return DateFormat((0...below(3)).map { _ in DatePattern(pick(patterns))! })
    }

    private mutating func boolean() -> BooleanFormat {
        let spellings = Array(Set(texts(atMost: 5).filter { !$0.isEmpty && $0 != "TRUE" && $0 != "FALSE" }.map { Array($0.utf8) }))
            .sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0, as: UTF8.self) }
        let cut = below(spellings.count + 1)
        return BooleanFormat(trueSpellings: Array(spellings[..<cut]), falseSpellings: Array(spellings[cut...]))
    }

    private mutating func assumptions(among doubts: DoubtSet) -> Assumptions {
        var assumptions = Assumptions()
        for doubt in doubts.doubts where below(8) == 0 { assumptions[doubt] = below(2) == 0 }
        return assumptions
    }

    private mutating func column(_ name: String, _ defaults: ColumnDefaults) -> ColumnProfile {
        var column = defaults.column(name, pick(ColumnType.allCases))
        if below(3) == 0 { column.assume = assumptions(among: column.type.kind.doubts).over(column.assume) }
        column.isRequired = below(3) == 0
        if below(2) == 0 { column.nullWords = texts(atMost: 3).filter { !$0.isEmpty } }
        switch column.type {
        case .number, .integer: if below(3) > 0 { column.number = number() }
        case .date: if below(2) == 0 { column.date = date() }
        case .boolean: if below(3) > 0 { column.boolean = boolean() }
        case .dimension:
            column.onMissing = pick(MissingItemPolicy.allCases)
            guard below(4) > 0 else { break }
            let matching = ItemMatching(trimsBlanks: below(2) == 0, ignoresCase: below(2) == 0)
            let list = texts(atMost: 3).filter { !$0.isEmpty }
            if list.isEmpty {
                let column = below(2) == 0 ? nastyText() : nil
                return self.column(column: column, matching: matching, of: defaults, name: name)
            }
            column.itemsSource = ItemsSource(.list(list), matching: matching)
            column.items = ItemSet(list.map { Array($0.utf8) }, matching: matching)
        default: break
        }
        return column
    }

    /// A dimension with a file of items, which is ``itemsFile(column:)``.
    private mutating func column(column: String?, matching: ItemMatching, of defaults: ColumnDefaults, name: String) -> ColumnProfile {
        var dimension = defaults.column(name, .dimension)
        dimension.itemsSource = ItemsSource(.file(path: "lists/" + nastyText(), column: column), matching: matching)
        return dimension
    }

    /// A profile as a reader gives it; only the items of files are not there.
    mutating func profile() -> Profile {
        var defaults =
            below(2) == 0
            ? ColumnDefaults()
            : ColumnDefaults(number: number(), date: date(), boolean: boolean(), nullWords: texts(atMost: 2).filter { !$0.isEmpty })
        if below(3) == 0 { defaults.assume = assumptions(among: DoubtSet(Doubt.allCases)) }
        var names: [[UInt8]] = []
        for _ in 0...below(4) {
            let name = Array(nastyText().utf8)
            if !name.isEmpty, !names.contains(name) { names.append(name) }
        }
        if names.isEmpty { names = [Array("A".utf8)] }
        let isPivoted = below(4) == 0
        let dialect = Profile.Dialect(
            encoding: once(in: 4) ? element(of: TextEncoding.allCases) : nil,
            delimiter: pick([nil, UInt8(ascii: ";"), UInt8(ascii: ","), 0x09, UInt8(ascii: "*"), UInt8(ascii: "\\"), UInt8(ascii: " ")]),
            quote: pick([nil, UInt8(ascii: "'"), UInt8(ascii: "\"")]), hasHeader: isPivoted || below(2) == 0)
        let columns = names.map { column(String(decoding: $0, as: UTF8.self), defaults) }
        let pivot = isPivoted ? Pivot(values: column("", defaults), periods: below(2) == 0 ? date() : nil) : nil
        let gate = GatePolicy(
            failOn: pick([.error, .warning]), maxSkipped: pick([.rows(0), .rows(12), .percent(0.5), .percent(100), .percent(1e-5)]),
            countsUncertain: below(2) == 0)
        var profile = Profile(
            configuration: below(2) == 0 ? "33d0d7d0-6125-47c4-b36a-882f4ed53b33" : nil, dialect: dialect, defaults: defaults,
            columns: columns, keys: once(in: 3) ? [[columns[0].name]] : [],
            pivot: pivot, extraColumns: pick(Profile.ExtraColumns.allCases), gate: gate)
        profile.skipCount = pick([nil, .cells, .rows])
        return profile
    }
}
