import Preflight
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import SafeText
@testable import ValueFormats

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite(.computing) struct ProfileTests {
    private static let full = """
        version: 1
        configuration: 33d0d7d0-6125-47c4-b36a-882f4ed53b33
        dialect: {encoding: utf-8, delimiter: ";", quote: "'", header: 0, layout: flat}
        defaults:
          number: {decimal: ",", group: "."}
          date: {format: dd/MM/yyyy}
          boolean: {true: [yes, 1]}
          null: ["", NA]
        columns:
          - {name: Entity, type: dimension, on-missing: skip}
          - {name: Posting Date, type: date, date: {format: [yyyy-MM-dd, MMM yy]}}
          - {name: Amount, type: number, number: {suffix: "€", group: none}, required: true}
          - {name: Rate, type: number, number: {percent: true, prefix: "~"}, null: [NULL, "-"]}
          - {name: Quantity, type: integer}
          - {name: Day, type: date}
          - {name: "2024", type: text, null: none}
          - {name: Active, type: boolean}
          - {name: Closed, type: boolean, boolean: {false: [N, "0"]}}
          - {name: Thousands, type: number, number: {multiplier: thousand, percent: true}}
          - {name: Region, type: dimension, items: {list: [EMEA], trim: true, case: ignore}, on-missing: default}
        extra-columns: error
        gate: {max-skipped: 0.5%, fail-on: warning, uncertain: allow}
        """

    @Test func everySetting() throws {
        let profile = try Profile(yaml: Self.full)
        let number = NumberFormat(decimal: .comma, group: .point)
        let days = DateFormat([try #require(DatePattern("dd/MM/yyyy"))])
        let spellings = BooleanFormat(trueSpellings: ["yes", "1"])
        func column(_ name: String, _ type: ColumnType) -> ColumnProfile {
            ColumnProfile(name: name, type: type, number: number, date: days, boolean: spellings, nullWords: ["NA"])
        }
        var expected = [
            column("Entity", .dimension), column("Posting Date", .date), column("Amount", .number), column("Rate", .number),
            column("Quantity", .integer), column("Day", .date), column("2024", .text), column("Active", .boolean),
            column("Closed", .boolean), column("Thousands", .number), column("Region", .dimension),
        ]
        expected[0].onMissing = .skip
        expected[1].date = DateFormat([.iso, try #require(DatePattern("MMM yy"))])
        expected[2].number = NumberFormat(decimal: .comma, suffix: "€")
        expected[2].isRequired = true
        expected[3].number = NumberFormat(decimal: .comma, group: .point, prefix: "~", isPercent: true)
        expected[3].nullWords = ["NULL", "-"]
        expected[6].nullWords = ["none"]
        expected[8].boolean.falseSpellings = ["N", "0"]
        expected[9].number.multiplier = Multiplier("thousand")
        expected[9].number.isPercent = true
        let lenient = ItemMatching(trimsBlanks: true, ignoresCase: true)
        expected[10].itemsSource = ItemsSource(.list(["EMEA"]), matching: lenient)
        expected[10].items = ItemSet([Array("EMEA".utf8)], matching: lenient)
        expected[10].onMissing = .useDefault
        #expect(profile.columns == expected)
        #expect(
            profile
                == Profile(
                    version: 1, configuration: "33d0d7d0-6125-47c4-b36a-882f4ed53b33",
                    dialect: Profile.Dialect(encoding: .utf8, delimiter: UInt8(ascii: ";"), quote: UInt8(ascii: "'"), hasHeader: false),
                    defaults: ColumnDefaults(number: number, date: days, boolean: spellings, nullWords: ["NA"]), columns: expected,
                    extraColumns: .error, gate: GatePolicy(failOn: .warning, maxSkipped: .percent(0.5), countsUncertain: false)))
    }

    @Test func defaultsOfAMinimalProfile() throws {
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: A, type: text}]\n")
        #expect(profile == Profile(columns: [ColumnProfile(name: "A", type: .text)]))
        #expect(profile.dialect == Profile.Dialect(delimiter: nil, quote: nil, hasHeader: true))
        #expect(profile.extraColumns == .warn)
        #expect(profile.gate == GatePolicy())
        #expect(profile.columns[0].onMissing == .create)
    }

    @Test func jsonAndByteOrderMark() throws {
        let json = "\u{FEFF}{\"version\": 1, \"columns\": [{\"name\": \"A\\tB\", \"type\": \"integer\", \"required\": false}]}"
        #expect(try Profile(yaml: json).columns == [ColumnProfile(name: "A\tB", type: .integer)])
    }

    @Test func ruleJudgesUnderTheColumnsFormat() throws {
        let profile = try Profile(yaml: Self.full)
        let rules = profile.columns.map { Profile.rule(for: $0) }
        #expect(
            rules.map(\.kind) == [.dimension, .date, .number, .number, .integer, .date, .text, .boolean, .boolean, .number, .dimension])
        #expect(rules[2].judge("12,5€").verdict == .parses)
        #expect(rules[4].judge("1.234").verdict == .parses)
        #expect(rules[4].judge("NA").verdict == .empty)
        #expect(rules[3].judge("NA").verdict == .doubtful)
        #expect(rules[5].judge("31/12/2026").verdict == .parses)
        #expect(rules[7].judge("1").verdict == .parses)
        #expect(rules[8].judge("0").verdict == .parses)
        #expect(rules[10].judge(" emea").verdict == .parses)
    }

    // MARK: Files

    @Test func loadsWithItemsFilesBesideIt() throws {
        let folder = try Folder()
        try folder.write("lists/entities.txt", "\u{FEFF}France\r\n\r\nCôte d'Ivoire\n Spain \n")
        try folder.write(
            "lists/products.CSV", "\"Product; name\";Group\n\"A;1\";x\n\"say \"\"hi\"\"\";y\r\nplain\r\n;empty\n\"two\nlines\";z")
        try folder.write(
            "profile.yaml",
            """
            version: 1
            columns:
              - {name: Entity, type: dimension, items: lists/entities.txt}
              - {name: Partner, type: dimension, items: lists/entities.txt}
              - {name: Product, type: dimension, items: lists/products.CSV}
            """)
        let profile = try Profile.load(path: folder.path + "/profile.yaml")
        #expect(profile.columns[0].items == ItemSet(["France", "Côte d'Ivoire", " Spain "].map { Array($0.utf8) }))
        #expect(profile.columns[1].items == profile.columns[0].items)
        #expect(profile.columns[2].items == ItemSet(["A;1", "say \"hi\"", "plain", "two\nlines"].map { Array($0.utf8) }))
    }

    @Test func loadsANamedColumnOfItems() throws {
        let folder = try Folder()
        try folder.write("lists/entities.csv", "Name;Code\nFrance;FR01\nGermany;DE01\n")
        try folder.write(
            "profile.yaml",
            """
            version: 1
            columns:
              - {name: Entity, type: dimension, items: {file: lists/entities.csv, column: Code, trim: true}}
              - {name: Partner, type: dimension, items: {file: lists/entities.csv, column: Name}}
              - {name: Other, type: dimension, items: {file: lists/entities.csv, column: code}}
            """)
        let error = try #require(throws: ProfileError.self) { try Profile.load(path: folder.path + "/profile.yaml") }
        #expect(error.mistakes.map { "\($0.line):\($0.column)" } == ["5:78"])
        #expect(error.description.contains("\"column\": the header of lists/entities.csv has no \"code\": did you mean \"Code\"?"))
        try folder.write(
            "profile.yaml",
            """
            version: 1
            columns:
              - {name: Entity, type: dimension, items: {file: lists/entities.csv, column: Code, trim: true}}
              - {name: Partner, type: dimension, items: {file: lists/entities.csv, column: Name}}
            """)
        let columns = try Profile.load(path: folder.path + "/profile.yaml").columns
        let trimmed = ItemMatching(trimsBlanks: true)
        #expect(columns[0].items == ItemSet(["FR01", "DE01"].map { Array($0.utf8) }, matching: trimmed))
        #expect(columns[0].itemsSource == ItemsSource(.file(path: "lists/entities.csv", column: "Code"), matching: trimmed))
        #expect(columns[1].items == ItemSet(["France", "Germany"].map { Array($0.utf8) }))
    }

    @Test func pivoted() throws {
        let columns = "version: 1\ncolumns: [{name: Entity, type: text}]\n"
        #expect(try Profile(yaml: columns).pivot == nil)
        let short = try Profile(yaml: columns + "dialect: {layout: pivoted}\ndefaults: {number: {decimal: \",\"}}")
        #expect(short.pivot == Pivot(values: ColumnProfile(name: "", type: .number, number: NumberFormat(decimal: .comma))))
        let long = try Profile(
            yaml: columns + """
                dialect: {layout: pivoted, header: 1}
                pivot:
                  values: {type: integer, number: {group: ","}, required: true}
                  periods: {format: [MMM yy, yyyy]}
                """)
        var values = ColumnProfile(name: "", type: .integer, number: NumberFormat(group: .comma))
        values.isRequired = true
        let periods = DateFormat(try ["MMM yy", "yyyy"].map { try #require(DatePattern($0)) })
        #expect(long.pivot == Pivot(values: values, periods: periods))
    }

    @Test func itemsFilesThatCannotBeUsed() throws {
        let folder = try Folder()
        try folder.write("empty.txt", "\n\r\n")
        try folder.write("header.csv", "Name\n")
        try folder.write("open.csv", "Name\n\"abc\n")
        try folder.write("latin1.txt", bytes: [0x43, 0xF4, 0x74, 0x65])
        try folder.write(
            "profile.yaml",
            """
            version: 1
            columns:
              - {name: A, type: dimension, items: missing.txt}
              - {name: B, type: dimension, items: empty.txt}
              - {name: C, type: dimension, items: header.csv}
              - {name: D, type: dimension, items: open.csv}
              - {name: E, type: dimension, items: latin1.txt}
            """)
        let error = #expect(throws: ProfileError.self) { try Profile.load(path: folder.path + "/profile.yaml") }
        let mistakes = try #require(error).mistakes
        #expect(mistakes.map { "\($0.line):\($0.column)" } == ["3:39", "4:39", "5:39", "6:39", "7:39"])
        let fragments = ["missing.txt: No such file", "no item", "no item", "never closed", "not UTF-8"]
        for (mistake, fragment) in zip(mistakes, fragments) { #expect(mistake.message.contains(fragment), "\(mistake)") }
        #expect(mistakes.allSatisfy { $0.file == folder.path + "/profile.yaml" })
    }

    @Test func profileThatIsNotUTF8() throws {
        let folder = try Folder()
        try folder.write("profile.yaml", bytes: Array("version: 1\n# \u{E9}\u{E9} ".utf8) + [0xE9, 0x0A])
        let error = try #require(throws: ProfileError.self) { try Profile.load(path: folder.path + "/profile.yaml") }
        #expect(error.mistakes.map { "\($0.line):\($0.column)" } == ["2:6"])
        #expect(error.description.contains("not UTF-8"))
    }

    @Test func profileThatCannotBeRead() throws {
        let folder = try Folder()
        for (path, fragment) in [("/none.yaml", "No such file"), ("", "directory")] {
            let error = #expect(throws: ProfileError.self) { try Profile.load(path: folder.path + path) }
            #expect(try #require(error).mistakes.count == 1)
            #expect(try #require(error).description.contains(fragment))
        }
    }
}

/// A fresh directory that goes when it is no longer used.
private final class Folder {
    let path: String

    init() throws {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/profile-tests-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) }
        path = String(cString: try #require(made))
        try #require(mkdir(path + "/lists", 0o700) == 0)
    }

    deinit {
        for name in names { unlink(path + "/" + name) }
        rmdir(path + "/lists")
        rmdir(path)
    }

    private var names: [String] = []

    func write(_ name: String, _ text: String) throws {
        try write(name, bytes: Array(text.utf8))
    }

    func write(_ name: String, bytes: [UInt8]) throws {
        names.append(name)
        let file = try #require(fopen(path + "/" + name, "w"))
        defer { fclose(file) }
        try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }
}
