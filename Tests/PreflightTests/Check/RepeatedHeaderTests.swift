import CSVTokenizer
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// The header once more is found whatever it looks like, however long it is, and whatever path its batch takes.
@Suite(.computing) struct RepeatedHeaderTests {
    private static func profile(_ names: [String]) -> Profile {
        Profile(columns: names.map { ColumnProfile(name: $0, type: .number) })
    }

    /// Numbers under names that are numbers, with the header in the middle and at the end.
    @Test(arguments: Kernel.allCases.filter(\.isAvailable), ["\n", "\r\n"])
    func years(kernel: Kernel, lineEnd: String) {
        let names = (2015...2026).map(String.init)
        let header = names.joined(separator: ",")
        let count = isDebugBuild ? 300 : 5_000
        var rows = (0..<count).map { row in names.indices.map { "\(row * $0).5" }.joined(separator: ",") }
        rows[count * 3 / 5] = header
        rows[count * 4 / 5] = header + "0"
        rows[count * 4 / 5 + 1] = "1" + header
        rows[count - 1] = header
        let bytes = Array(([header] + rows).map { $0 + lineEnd }.joined().utf8)
        var options = CheckOptions(profile: Self.profile(names), delimiter: 0x2C)
        options.kernel = kernel
        let report = steadyReport(on: bytes, options: options, sizes: isDebugBuild ? [64, 4096] : [64, 4096, 65_536, nil])
        let found = report.findings.filter { $0.kind == .repeatedHeader }
        #expect(found.map(\.count) == [2])
        #expect(found.flatMap { $0.examples.map(\.place.row) } == [count * 3 / 5 + 1, count])
    }

    @Test(arguments: [10, 399, 400, isDebugBuild ? 600 : 20_000])
    func manyNames(count: Int) {
        let header = (1...count).map { "column \($0)" }.joined(separator: ",")
        let row = Array(repeating: "1", count: count).joined(separator: ",")
        let bytes = Array("\(header)\n\(row)\n\(header)\n\(row)\n".utf8)
        let report = steadyReport(
            on: bytes, options: CheckOptions(delimiter: 0x2C), sizes: isDebugBuild ? [4096, nil] : [4096, 65_536, nil])
        #expect(report.findings.filter { $0.kind == .repeatedHeader }.flatMap { $0.examples.map(\.place.row) } == [2])
    }

    /// Names that are alike for long are not the same.
    @Test func longNames() throws {
        let name = String(repeating: "n", count: 5_000)
        let text = "\(name)a,\(name)b,c\n1,2,3\n"
        let report = steadyReport(on: Array(text.utf8), options: CheckOptions(delimiter: 0x2C), sizes: [64, 4096, nil])
        #expect(report.findings.map(\.kind) == [.longColumnName, .longColumnName])
        #expect(report.findings.map(\.message) == Array(repeating: "Very long name (5,001 bytes)", count: 2))
        let named = Profile(columns: ["\(name)a", "\(name)b", "c"].map { ColumnProfile(name: $0, type: .number) })
        let under = PreflightTests.report(on: text, options: CheckOptions(profile: named, delimiter: 0x2C))
        #expect(under.findings.map(\.kind) == [.longColumnName, .longColumnName])
    }

    /// However its names are written, in the middle of a file that a fast path takes.
    @Test(arguments: [
        " ID ; Name ; Amount ", "  Id;Name;Amount", "ID ;NAME;AMOUNT", "\"Id\";\" Name\";Amount", "id;name;amount", "\" Id \";Name;Amount",
        "I\u{200B}d;Name;Amount", "\u{200B}Id;Name;Amount", "Id;Na\u{AD}me;Am\u{200D}ount", "Id\u{2060};Name;Amount",
        "Id\t;Name;Amount", "Id\u{A0};Name\u{A0};\u{A0}Amount", "\u{FEFF}ID;Name;Amount", "\u{FEFF} Id;Name;Amount",
    ])
    func spellings(row: String) {
        #expect(Self.repeats(of: row, header: "Id;Name;Amount", rows: "1;Ann;5", "Id-0001;Bob;6", " 7;Cy;8", "Identity;Di;9") == [5])
    }

    /// Other rows begin with a sign that no name has, a mark or a quote.
    @Test(arguments: [
        "Key;Name", "\u{212A}ey;Name", "\u{A0}key;Name", "\u{AD}Key;Name", "\u{2009}Key;Name", "\u{2060}Key;Name", "\u{FEFF}\u{A0}Key;Name",
        "\u{FEFF}\"Key\";Name", "\u{85}Key;Name",
    ])
    func spacesAndSigns(row: String) {
        let others = ["€ Key;Name", "»Key;Name", "\u{FEFF}Ke;Name", "\u{FEFF};Name", "\"€\";1", "\u{2013}Keys;Name", "\u{B0}key;Name"]
        #expect(Self.repeats(of: row, header: "Key;Name", others) == [others.count + 1])
    }

    @Test(arguments: [
        ("État;Région;Année", "ÉTAT;RÉGION;ANNÉE"), ("Größe;Maß", "GRÖßE;MAß"), ("Město;Částka", "MĚSTO;ČÁSTKA"),
        ("Имя;Сумма", "ИМЯ;СУММА"), ("Όνομα;Ποσό", "όνομα;ποσό"), ("Ürün;Şube", "ürün;şube"), ("Ποσός;Μέρος", "ΠΟΣΌΣ;ΜΈΡΟΣ"),
        ("рынок;ярд", "РЫНОК;ЯРД"), ("Ёлка;Ґрунт", "ёЛКА;ґРУНТ"), ("Հասցե;Գին", "ՀԱՍՑԵ;ԳԻՆ"), ("客户;金额", "\"客户\"; 金额"),
        ("İsim;Şube", "İSIM;ŞUBE"), ("straße;ſ", "STRAßE;ſ"), ("A;İd", "A;i̇d"), ("A;Kelvin", "a;\u{212A}elvin"), ("A;ẞ", "a;ß"),
    ])
    func lettersBeyondASCII(header: String, row: String) {
        let width = header.split(separator: ";").count
        let plain = Array(repeating: "5", count: width).joined(separator: ";")
        #expect(Self.repeats(of: row, header: header, rows: plain, plain, plain, plain) == [5])
    }

    /// With each delimiter that is looked for, a blank among those that are given.
    @Test(arguments: [UInt8](",;\t| :~".utf8), ["Id,Name,Amount", "\"ID\",\"Name\",\"Amount\"", "id,NAME,amount", "\" Id \",Name,Amount"])
    func delimiters(delimiter: UInt8, row: String) {
        let rows = ["Id,Name,Amount", "1,Ann,5", "Id-2,Bob,6", "3,Cy,7", row] + (0..<50).map { "\($0),Di,8" }
        let text = rows.joined(separator: "\n") + "\n"
        let bytes = text.utf8.map { $0 == UInt8(ascii: ",") ? delimiter : $0 }
        let report = steadyReport(on: bytes, options: CheckOptions(delimiter: delimiter), sizes: [64, 4096, nil])
        #expect(report.findings.filter { $0.kind == .repeatedHeader }.flatMap { $0.examples.map(\.place.row) } == [4])
    }

    /// Values that begin like the first name, or are names in another order, are data.
    @Test(arguments: ["Id-1;Name;Amount", "Id;Name;Amounts", "Name;Id;Amount", "I d;Name;Amount", "Id;;Amount", " ;Name;Amount"])
    func otherRows(row: String) {
        #expect(Self.repeats(of: row, header: "Id;Name;Amount", rows: "1;Ann;5", "2;Bob;6", "3;Cy;8", "4;Di;9") == [])
    }

    /// A header that is padded is found without its blanks, and with others.
    @Test(arguments: ["Id;Name", " Id ;Name", "\u{A0}Id;Name", "\"Id\";Name", "ID\u{A0};NAME ", "\tId;Name"])
    func paddedHeader(row: String) {
        for header in [" Id ;Name", "Id;Name", "\u{A0}Id\u{A0};Name"] {
            #expect(Self.repeats(of: row, header: header, rows: "1;Ann", "Id-2;Bob", "3;Cy", "Idem;Di") == [5], "\(header)")
        }
    }

    /// Letters that are composed or not, and other spaces inside of names, also in the first name and late in the file.
    @Test(arguments: [
        ("Entité;Größe;N", "Entite\u{301};Gro\u{308}ße;N"), ("Entite\u{301};N", "ENTITÉ;N"), ("Été;N", "E\u{301}te\u{301};N"),
        ("E\u{301}te\u{301};N", "été;N"), ("Été;N", "\"e\u{301}té\";N"), ("Name A;N", "Name\u{A0}A;N"), ("Name\u{202F}A;N", "NAME A;\"N\""),
        ("N;Name A", "N;Name\u{2009}A"), ("Na\u{200B}me;N", "Name;N"), ("A;Na\u{FEFF}me", "A;Name"),
        ("Ångström;N", "A\u{30A}ngstro\u{308}m;N"),
    ])
    func spellingsOfUnicode(header: String, row: String) {
        let width = header.split(separator: ";").count
        let plain = Array(repeating: "Ab 5", count: width).joined(separator: ";")
        #expect(Self.repeats(of: row, header: header, rows: plain, plain, plain, plain) == [5])
        let late = [header] + Array(repeating: plain, count: 12_000) + [row, plain]
        let found = report(on: late.joined(separator: "\n") + "\n", options: CheckOptions(delimiter: 0x3B)).findings
        #expect(found.filter { $0.kind == .repeatedHeader }.flatMap { $0.examples.map(\.place.row) } == [12_001])
    }

    /// Names that differ in more than that are values.
    @Test(arguments: [
        ("Name A;N", "NameA;N"), ("Name A;N", "Name B;N"), ("Entité;N", "Entite;N"), ("Été;N", "Ete\u{301};N"), ("Öl;N", "Ol;N"),
    ])
    func otherSpellings(header: String, row: String) {
        #expect(Self.repeats(of: row, header: header, rows: "x;1", "y;2", "z;3", "w;4") == [])
    }

    /// Values in the letters of the names, and values that are the first name.
    @Test(arguments: ["Имаев;5", "Имя;5", "имя;5", "Имябек;Сумма", "И;Сумма", "Умя;Сумма", "Имя;Сумму"])
    func otherValues(row: String) {
        #expect(Self.repeats(of: row, header: "Имя;Сумма", rows: "Иван;1", "Пётр;2", "Имя;3", "ИМЯ;4") == [])
    }

    /// The rows that are reported as a header: the row is the fifth of a few hundred.
    private static func repeats(of row: String, header: String, rows: String...) -> [Int?] { repeats(of: row, header: header, rows) }

    private static func repeats(of row: String, header: String, _ rows: [String]) -> [Int?] {
        let text = ([header] + rows + [row] + (0..<50).flatMap { _ in rows }).joined(separator: "\n") + "\n"
        let report = steadyReport(on: Array(text.utf8), options: CheckOptions(delimiter: 0x3B), sizes: [64, 4096, nil])
        return report.findings.filter { $0.kind == .repeatedHeader }.flatMap { $0.examples.map(\.place.row) }
    }
}
