import Foundation
import Testing

@testable import Preflight

/// Spellings for which the rule of an import is not public, and keys and items that look the same: further inputs of the kinds in `Cases`.
@Suite("Cases: spellings", .timeLimit(.minutes(30)))
struct CaseSpellingTests {
    typealias Case = CaseValueTests.Case
    typealias Fact = CaseValueTests.Fact

    static let all: [Case] = percent + months + booleans + keys + items

    // MARK: Percentages

    private static func percent(
        _ name: String, _ text: String, _ format: String = "percent: true, decimal: \",\"", status: Int32 = 1, places: [[Int]] = [],
        code: String = "PF411", words: [String] = [], silent: [String] = [], skipped: ClosedRange<Int>
    ) -> Case {
        Case(
            name: "percent, \(name)", input: Array(text.utf8),
            profile: """
                version: 1
                dialect: {delimiter: ";"}
                columns: [{name: N, type: integer}, {name: R, type: number, number: {\(format)}}]

                """,
            status: status,
            facts: places.isEmpty ? [] : [Fact(code: code, severity: code == "PF411" ? "warning" : "error", places: places, words: words)],
            silent: silent, skipped: skipped)
    }

    private static let percent: [Case] = [
        percent("share", "N;R\n1;0,2\n", places: [[2, 6]], words: ["percent sign", "missing-percent-sign"], skipped: 0...1),
        percent("negative share, CRLF", "N;R\r\n1;5%\r\n2;-0,25\r\n", places: [[3, 13]], skipped: 0...1),
        percent(
            "quoted, among many", "N;R\n" + String(repeating: "1;12%\n", count: 20_000) + "2;\"0,125\"\n", places: [[20_002, 120_006]],
            skipped: 0...1),
        percent("point", "\u{FEFF}N;R\n1;0.5\n2;12.5%\n", "percent: true", places: [[2, 9]], skipped: 0...1),
        percent("blank before the sign", "N;R\n1;12 %\n", places: [[2, 6]], words: ["inner-blank"], skipped: 0...1),
        percent(
            "narrow no-break space", "N;R\n1;12\u{202F}%\n2;0,2 %\n", places: [[2, 6], [3, 15]], words: ["2 values"], skipped: 0...2),
        percent("sign in front", "N;R\n1;%12\n", places: [[2, 6]], code: "PF401", skipped: 1...1),
        percent(
            "full-width sign", "N;R\n1;12％\n", places: [[2, 6]], words: ["U+FF05", "affix-spelling"], silent: ["PF401"], skipped: 0...1),
        percent("Arabic sign, small sign", "N;R\n1;12٪\n2;12﹪\n", places: [[2, 6], [3, 13]], words: ["U+066A"], skipped: 0...2),
        percent(
            "no percentages", "N;R\n1;12%\n", "decimal: \",\"", places: [[2, 6]], code: "PF401", words: ["percent: true"], skipped: 1...1),
        percent(
            "with a prefix", "N;R\n1;~0,2\n2;~0,2%\n", "percent: true, decimal: \",\", prefix: \"~\"", places: [[2, 6]], words: ["1 value"],
            skipped: 0...1),
        // What must not be reported.
        percent("as the column says", "N;R\n1;12%\n2;-3,5%\n3;0,2%\n4;\n", status: 0, silent: ["PF401", "PF411"], skipped: 0...0),
        percent("without signs, as documented", "N;R\n1;5\n2;17,5\n3;100\n4;1\n", status: 0, silent: ["PF401", "PF411"], skipped: 0...0),
        percent("nothing", "N;R\n1;0\n2;0,00\n3;5%\n", status: 0, silent: ["PF401", "PF411"], skipped: 0...0),
        percent("numbers below 1", "N;R\n1;0,2\n", "decimal: \",\"", status: 0, silent: ["PF401", "PF411"], skipped: 0...0),
    ]

    // MARK: Months

    private static func month(
        _ name: String, _ values: [String], format: String, status: Int32 = 1, doubtful: [Int] = [], fails: Int = 0, lineEnd: String = "\n",
        words: [String] = ["not English"]
    ) -> Case {
        let text = (["N;D"] + values.enumerated().map { "\($0 + 1);\"\($1)\"" }).map { $0 + lineEnd }.joined()
        var places: [[Int]] = []
        var offset = 3 + lineEnd.utf8.count
        for (index, value) in values.enumerated() {
            let start = offset + "\(index + 1);".utf8.count
            if doubtful.contains(index) { places.append([index + 2, start]) }
            offset = start + value.utf8.count + 2 + lineEnd.utf8.count
        }
        return Case(
            name: "months, \(name)", input: Array(text.utf8),
            profile: """
                version: 1
                dialect: {delimiter: ";"}
                columns: [{name: N, type: integer}, {name: D, type: date, date: {format: "\(format)", years: 2000..2035}}]

                """, flags: ["--samples", "50"],
            status: status,
            facts: places.isEmpty ? [] : [Fact(code: "PF413", severity: "warning", places: places, words: words)],
            silent: places.isEmpty ? ["PF413", "PF403"] : fails == 0 ? ["PF403"] : [], skipped: fails...(fails + doubtful.count))
    }

    private static let months: [Case] = [
        month(
            "German", ["Mär 2026", "Juni 2026", "Okt 2026", "Dez 2026", "Mrz 2026", "Jän 2026"], format: "MMM yyyy",
            doubtful: [0, 1, 2, 3, 4, 5]),
        month(
            "French", ["janv. 2026", "févr. 2026", "juil. 2026", "août 2026", "déc. 2026"], format: "MMM yyyy", doubtful: [0, 1, 2, 3, 4]),
        month(
            "with a point, as in English", ["Dec. 2026", "Sept. 2026", "aug. 2026", "Dec 2026"], format: "MMM yyyy", doubtful: [0, 1, 2],
            words: ["longer or shorter"]),
        month("the point is the pattern's", ["01.Okt.2026", "01.Dec.2026", "01.juil..2026"], format: "dd.MMM.yyyy", doubtful: [0, 2]),
        month(
            "Italian, whole", ["1 maggio 2026", "2 gennaio 2026", "3 luglio 2026"], format: "d MMMM yyyy", doubtful: [0, 1, 2],
            lineEnd: "\r\n"),
        month(
            "Spanish and Portuguese", ["01-ene-26", "01-ago-26", "01-fev-26", "01-out-26"], format: "dd-MMM-yy", doubtful: [0, 1, 2, 3]),
        month("four letters", ["Sept 2026", "SEPT 2026", "Juin 2026"], format: "MMM yyyy", doubtful: [0, 1, 2]),
        month("decomposed", ["Ma\u{308}rz 2026", "aou\u{302}t 2026"], format: "MMMM yyyy", doubtful: [0, 1]),
        month("other scripts", ["4月 2026", "12월 2026", "янв 2026", "Μάρ 2026"], format: "MMM yyyy", doubtful: [0, 1, 2, 3]),
        month(
            "Dutch, Polish, Turkish, Swedish", ["mrt 2026", "kwi 2026", "Şub 2026", "maj 2026"], format: "MMM yyyy", doubtful: [0, 1, 2, 3]),
        month("no months", ["Foo 2026", "13月 2026", "Okt 2026", "Lundi 2026"], format: "MMM yyyy", doubtful: [2], fails: 3),
        // What must not be reported.
        month("English", ["Jan 2026", "MAY 2026", "sep 2026", "Dec 2026"], format: "MMM yyyy", status: 0),
        month("English, whole", ["1 January 2026", "2 may 2026", "3 SEPTEMBER 2026"], format: "d MMMM yyyy", status: 0, lineEnd: "\r\n"),
        month("English with points", ["01.Jan.2026", "02.May.2026"], format: "dd.MMM.yyyy", status: 0),
    ]

    // MARK: True and false

    private static func boolean(
        _ name: String, _ values: [String], settings: String = "", status: Int32 = 1, words: [String] = [], fails: Int = 0, right: Int = 0
    ) -> Case {
        let text = "N;B\n" + values.enumerated().map { "\($0 + 1);\($1)\n" }.joined()
        let doubtful = values.count - fails - right
        return Case(
            name: "booleans, \(name)", input: Array(text.utf8),
            profile: """
                version: 1
                dialect: {delimiter: ";"}
                columns: [{name: N, type: integer}, {name: B, type: boolean\(settings)}]

                """,
            status: status,
            facts: doubtful == 0 ? [] : [Fact(code: "PF414", severity: "warning", places: [[2, 6]], words: words)],
            silent: (doubtful == 0 ? ["PF414"] : []) + (fails == 0 ? ["PF404"] : []), skipped: fails...(fails + doubtful))
    }

    private static let booleans: [Case] = [
        boolean("German", ["WAHR", "FALSCH", "TRUE"], words: ["true: [WAHR]", "false: [FALSCH]"], right: 1),
        boolean("French", ["VRAI", "FAUX", "vrai"], words: ["VRAI", "false: [FAUX]"]),
        boolean("Italian", ["VERO", "FALSO"], words: ["true: [VERO]", "false: [FALSO]"]),
        boolean("Spanish", ["VERDADERO", "FALSO"], words: ["true: [VERDADERO]", "false: [FALSO]"]),
        boolean("yes and no, German", ["Ja", "Nein"], words: ["true: [Ja]", "false: [Nein]"]),
        boolean("yes and no, French", ["Oui", "Non"], words: ["true: [Oui]", "false: [Non]"]),
        boolean("yes and no, Spanish and Italian", ["Sí", "No", "Sì"], words: ["Sí", "Sì", "false: [\"No\"]"]),
        boolean("marks", ["x", "✓", "✅", "❌"], words: ["true: [", "x", "✓", #"false: ["❌"]"#]),
        boolean("digits", ["1", "0"], words: ["true: [\"1\"]", "false: [\"0\"]"]),
        boolean("letters", ["Y", "N"], words: ["true: [\"Y\"]", "false: [\"N\"]"]),
        boolean("no booleans", ["Ja", "yes please", "2026-01-01"], words: ["1 value"], fails: 2),
        // What must not be reported.
        boolean("as documented", ["TRUE", "FALSE", ""], status: 0, right: 3),
        boolean(
            "as the profile says", ["WAHR", "FALSCH", "TRUE"], settings: ", boolean: {true: [WAHR], false: [FALSCH]}", status: 0, right: 3),
    ]

    // MARK: What looks the same

    private static func key(_ name: String, _ keys: [String], line: Int? = nil, byte: Int = 0, words: [String] = [], lineEnd: String = "\n")
        -> Case
    {
        let text = (["Id,V"] + keys.map { "\($0),1" }).map { $0 + lineEnd }.joined()
        return Case(
            name: "keys, \(name)", input: Array(text.utf8),
            profile: "version: 1\nkeys: [[Id]]\ncolumns: [{name: Id, type: text}, {name: V, type: integer}]\n", status: 0,
            facts: line.map { [Fact(code: "PF504", severity: "warning", places: [[$0, byte]], words: words)] } ?? [],
            silent: line == nil ? ["PF502", "PF504"] : ["PF502"], skipped: 0...0)
    }

    private static let keys: [Case] = [
        key("no-break space", ["A 1", "A\u{A0}1"], line: 3, byte: 11, words: ["line 3 looks like line 2", "U+00A0"]),
        key(
            "zero width, CRLF", ["A1", "B1", "A\u{200B}1"], line: 4, byte: 18, words: ["line 4 looks like line 2", "U+200B"],
            lineEnd: "\r\n"),
        key("decomposed", ["Cafe\u{301}", "Café"], line: 3, byte: 14, words: ["U+0301"]),
        key("another script", ["DE01", "D\u{415}01"], line: 3, byte: 12, words: ["U+0415", "U+0045"]),
        key("space at the end", ["DE01", "DE01 "], line: 3, byte: 12, words: ["U+0020"]),
        key("letter case and accents", ["fr01", "FR01", "Café", "Cafe", "O'Neil", "O’Neil"]),
        key("other languages", ["Москва", "東京", "서울", "Αθήνα", "København"]),
    ]

    private static func item(_ name: String, _ value: String, code: String, words: [String]) -> Case {
        Case(
            name: "items, \(name)", input: Array("Entity,Amount\n\(value),1\n".utf8),
            profile: """
                version: 1
                columns:
                  - {name: Entity, type: dimension, items: [New York, Café, DE-01], on-missing: skip}
                  - {name: Amount, type: number}

                """,
            status: 1, facts: [Fact(code: code, severity: code == "PF501" ? "error" : "warning", places: [[2, 14]], words: words)])
    }

    private static let items: [Case] = [
        item("no-break space", "New\u{A0}York", code: "PF501", words: ["\"New York\"", "U+00A0"]),
        item("no-break space at the end", "New York\u{A0}", code: "PF511", words: ["\"New York\"", "U+00A0 no-break space"]),
        item("zero width at the end", "New York\u{200B}", code: "PF511", words: ["\"New York\"", "U+200B zero width space"]),
        item("zero width inside", "DE\u{200B}-01", code: "PF501", words: ["\"DE-01\"", "U+200B zero width space"]),
        item("decomposed", "Cafe\u{301}", code: "PF501", words: ["\"Café\"", "decomposed", "U+0301"]),
        item("another script", "D\u{415}-01", code: "PF501", words: ["\"DE-01\"", "U+0415"]),
        item("two spaces", "New  York", code: "PF501", words: ["\"New York\"", "U+0020"]),
        item("hyphen", "DE\u{2011}01", code: "PF501", words: ["\"DE-01\"", "U+2011"]),
    ]

    @Test(arguments: all) func furtherInputs(_ found: Case) async throws { try await CaseValueTests.expectFurther(found) }
}
