import Foundation
import Testing

@testable import Preflight

/// Encodings, characters that look like others, and values that parse perhaps: inputs of the kinds in `Cases` whose bytes matter. What is right comes from
/// the code pages and from what people write, not from the output.
@Suite("Cases: texts", .timeLimit(.minutes(30)))
struct CaseTextTests {
    typealias Case = CaseValueTests.Case
    typealias Fact = CaseValueTests.Fact

    static let all: [Case] = guesses + cuts + twice + undecodable + numbers + percentages + dates + items + headers + names + values + years

    // MARK: Encodings

    private static func guess(_ name: String, _ bytes: [UInt8], _ places: [[Int]], words: [String]) -> Case {
        Case(name: name, input: bytes, status: 1, facts: [Fact(code: "PF101", severity: "error", places: places, words: words)])
    }

    /// Text with each `¤` as a byte of the file.
    private static func bytes(_ text: String, _ marks: UInt8...) -> [UInt8] {
        var marks = marks.makeIterator()
        return text.unicodeScalars.flatMap { $0 == "¤" ? [marks.next() ?? 0] : Array(String($0).utf8) }
    }

    private static let guesses: [Case] = [
        guess(
            "no-break spaces in numbers", bytes("id,amount\n1,1¤234\n2,5¤678\n", 0xA0, 0xA0), [[2, 13], [3, 21]],
            words: ["Windows-1252, with U+00A0 no-break space", "--encoding windows-1252"]),
        guess(
            "one no-break space, last row", bytes("id;amount\r\n" + String(repeating: "1;2\r\n", count: 3000) + "1;1¤234,50", 0xA0),
            [[3002, 15014]], words: ["Windows-1252, with U+00A0 no-break space"]),
        guess(
            "typographic quotes", bytes("id,note\n1,¤q¤\n", 0x93, 0x94), [[2, 10]],
            words: ["Windows-1252, with U+201C left double quotation mark", "--encoding windows-1252"]),
        guess(
            "apostrophes", bytes("id\tnote\n1\tIt¤s\n2\tDon¤t\n", 0x92, 0x92), [[2, 12]],
            words: ["Windows-1252, with U+2019 right single quotation mark"]),
        guess(
            "DOS, by chance like UTF-8",
            [0x88, 0xAC, 0xEF] + bytes(",x\n") + [0x98, 0xA0, 0xE0, 0xA8, 0xAA] + bytes(",1\n")
                + [0x91, 0xAE, 0xA1, 0xA0, 0xAA, 0xA0] + bytes(",2\n"), [[1, 0]],
            words: ["DOS code page 866", "Имя", "Шарик", "--encoding ibm866"]),
        guess(
            "Ukrainian, by chance like UTF-8", bytes("id;n\n1;a\n2;") + [0xCF, 0xB3, 0xE4, 0xF0, 0xEE, 0xE7, 0xE4, 0xB3, 0xEB, 0x0A],
            [[3, 13]],
            words: ["Windows-1251", "Підрозділ", "--encoding windows-1251"]),
        guess(
            "two letters are not surely Chinese", bytes("id,n\n1,") + [0xCA, 0xE8, 0xBF, 0xE2, 0x0A], [[2, 7]], words: ["could be", "Київ"]),
        guess(
            "a mixture is one", Array("a,b\nKöln,1\nMünchen,2\nDüren,3\n".utf8) + bytes("Z¤rich,4\n", 0xFC), [[5, 33]],
            words: ["mixes UTF-8"]),
        Case(name: "no-break spaces in UTF-8", input: Array("id,amount\n1,1\u{A0}234\n".utf8), status: 0, silent: ["PF101"]),
        Case(name: "quotes in UTF-8", input: Array("id,note\n1,“q”\n2,It’s\n".utf8), status: 0, silent: ["PF101", "PF108"]),
    ]

    private static let cuts: [Case] = [
        guess(
            "cut in a letter", Array("Name,Ort\nMüller,Köln\nSchön,Münche".utf8) + [0xC3], [[3, 37]],
            words: ["The file was cut", "1 truncated"]),
        guess("cut in a character of three", Array("名,b\n東,京".utf8).dropLast(), [[2, 10]], words: ["The file was cut"]),
        guess("a letter at the end", bytes("a,b\n1,Caf¤", 0xE9), [[2, 9]], words: ["Café", "--encoding windows-1252"]),
    ]

    private static func twice(_ name: String, _ text: String, words: [String]) -> Case {
        Case(name: name, input: Array(text.utf8), status: 0, facts: [Fact(code: "PF108", severity: "note", words: words)])
    }

    private static let twice: [Case] = [
        twice("three times", "Name,Ort\nMÃƒÂ¼ller,x\n", words: ["should be \"Müller\", encoded 3 times"]),
        twice("three times, in the header", "GrÃƒÂ¶ÃƒÅ¸e;x\n1;2\n", words: ["should be \"Größe\", encoded 3 times"]),
        twice("four times", "a,b\nMÃƒÆ’Ã‚Â¼ller,x\n", words: ["should be \"Müller\", encoded 4 times"]),
    ]

    private static func undecodable(_ encoding: String, _ text: [UInt8], _ place: [Int], shown: String) -> Case {
        Case(
            name: "undecodable in \(encoding)", input: text, flags: ["--encoding", encoding, "--transcode"], status: 1,
            facts: [Fact(code: "PF109", severity: "error", places: [place], words: [shown])])
    }

    private static let undecodable: [Case] = [
        undecodable("windows-1250", bytes("a;b\n1;x¤y\n", 0x83), [2, 7], shown: #"x\x{83}y"#),
        undecodable("windows-1253", bytes("a,b\r\n1,¤¤\r\n", 0xD2, 0xD2), [2, 7], shown: #"\x{d2}\x{d2}"#),
        undecodable("windows-1257", bytes("a,b\n\"¤\",2\n", 0xA1), [2, 5], shown: #"\x{a1}"#),
        undecodable("iso-8859-7", bytes("a,x¤\n1,2\n", 0xAE), [1, 3], shown: #"x\x{ae}"#),
        undecodable("shift_jis", bytes("a,b\n1,x¤\n", 0xFD), [2, 7], shown: #"x\x{fd}"#),
        undecodable("gb18030", bytes("a,b\n1,x¤", 0x81), [2, 7], shown: #"x\x{81}"#),
        undecodable("big5", bytes("a,b\n1,¤,3\n", 0xA4), [2, 6], shown: #"\x{a4}"#),
        undecodable("utf-16le", Array("a,b\n1,x".utf8).flatMap { [$0, 0] } + [0x3D, 0xD8, 0x0A, 0x00], [2, 14], shown: #"x\u{d83d}"#),
    ]

    // MARK: Values

    private static func number(_ value: String, _ format: String, words: [String]) -> Case {
        Case(
            name: "number \(value)", input: Array("N;A\n1;\(value)\n".utf8),
            profile: """
                version: 1
                dialect: {delimiter: ";"}
                columns: [{name: N, type: integer}, {name: A, type: number, number: {\(format)}}]

                """,
            status: 1, facts: [Fact(code: "PF411", severity: "warning", places: [[2, 6]], words: words)], silent: ["PF401"], skipped: 0...1)
    }

    private static let numbers: [Case] = [
        number("5\u{2212}", "decimal: \",\"", words: ["trailing sign", "U+2212 minus sign"]),
        number("5\u{2013}", "decimal: \".\"", words: ["trailing sign", "U+2013 en dash"]),
        number("\u{2011}5", "decimal: \".\"", words: ["U+2011 non-breaking hyphen"]),
        number("1\u{201A}5", "decimal: \",\"", words: ["only looks like", "U+201A single low-9 quotation mark"]),
        number("1\u{FF0C}5", "decimal: \",\"", words: ["U+FF0C fullwidth comma"]),
        number("1\u{FF0E}5", "decimal: \".\"", words: ["U+FF0E fullwidth full stop"]),
        number("1\u{2024}000,5", "decimal: \",\", group: \".\"", words: ["thousands separator other than", "U+2024"]),
        number("\u{FF0B}5", "decimal: \",\"", words: ["plus sign", "U+FF0B"]),
        number("\u{FF08}5\u{FF09}", "decimal: \",\"", words: ["parentheses", "U+FF08"]),
        number("\u{661}\u{66B}\u{665}", "decimal: \",\"", words: ["digits other than 0 to 9", "U+0661"]),
        number("1 234,50", "decimal: \",\", group: \"\u{A0}\"", words: ["thousands separator other than", "U+0020 space"]),
        number("5,00\u{A0}€", "decimal: \",\", suffix: \" €\"", words: ["U+00A0 no-break space"]),
        number("\u{FFE5}500", "decimal: \".\", prefix: \"¥\"", words: ["U+FFE5 fullwidth yen sign"]),
        number("5.00-", "decimal: \".\"", words: ["trailing sign, as SAP writes a minus"]),
        number("\u{2013}", "decimal: \",\"", words: ["means \"no value\""]),
        Case(
            name: "the letter O is no zero", input: Array("N;A\n1;1O\n".utf8),
            profile: "version: 1\ndialect: {delimiter: \";\"}\ncolumns: [{name: N, type: integer}, {name: A, type: number}]\n", status: 1,
            facts: [Fact(code: "PF401", severity: "error", places: [[2, 6]])], skipped: 1...1),
        Case(
            name: "texts with such characters", input: Array("N;A\n1;5\u{2212}\n2;1\u{201A}5\n3;20％\n".utf8),
            profile: "version: 1\ndialect: {delimiter: \";\"}\ncolumns: [{name: N, type: integer}, {name: A, type: text}]\n", status: 0,
            silent: ["PF401", "PF411", "PF420"]),
    ]

    private static func percentages(_ name: String, _ text: String, facts: [Fact], silent: [String] = []) -> Case {
        Case(
            name: "percentages, \(name)", input: Array(text.utf8),
            profile: """
                version: 1
                dialect: {delimiter: ";"}
                columns: [{name: N, type: integer}, {name: R, type: number, number: {percent: true, decimal: ","}}]

                """, status: 0, facts: facts, silent: silent + ["PF401", "PF411"])
    }

    private static let percentages: [Case] = [
        percentages(
            "some signs", "N;R\n1;20%\n2;1\n3;1,5\n4;20\n",
            facts: [
                Fact(
                    code: "PF607", severity: "warning", places: [[3, 12], [4, 16], [5, 22]],
                    words: ["3 numbers have no percent sign", "1 has one"])
            ]),
        percentages(
            "quoted, CRLF", "N;R\r\n1;\"-20%\"\r\n2;\"-1\"\r\n",
            facts: [Fact(code: "PF607", severity: "warning", places: [[3, 17]], words: ["1 number has no percent sign"])]),
        percentages("no signs", "N;R\n1;20\n2;1\n", facts: [], silent: ["PF607"]),
        percentages("zeros", "N;R\n1;20%\n2;0\n3;0,00\n4;\n", facts: [], silent: ["PF607"]),
    ]

    private static func date(_ value: String, _ format: String, words: [String]) -> Case {
        Case(
            name: "date \(value)", input: Array("N;D\n1;\(value)\n".utf8),
            profile: """
                version: 1
                dialect: {delimiter: ";"}
                columns: [{name: N, type: integer}, {name: D, type: date, date: {format: "\(format)"}}]

                """,
            status: 1, facts: [Fact(code: "PF413", severity: "warning", places: [[2, 6]], words: words)], silent: ["PF403"], skipped: 0...1)
    }

    private static let dates: [Case] = [
        date("3/7/2026 10:00\u{202F}PM", "M/d/yyyy h:mm tt", words: ["separators differ", "U+202F narrow no-break space"]),
        date("7\u{A0}Mar\u{A0}2026", "d MMM yyyy", words: ["U+00A0 no-break space"]),
        date("2026\u{2011}03\u{2011}07", "yyyy-MM-dd", words: ["U+2011 non-breaking hyphen"]),
        date("2026\u{2212}03\u{2212}07", "yyyy-MM-dd", words: ["U+2212 minus sign"]),
        date("\u{FF12}\u{FF10}26/03/07", "yyyy/MM/dd", words: ["digits other than 0 to 9", "U+FF12 fullwidth digit two"]),
        date("2026-03-07t10:00:00z", "yyyy-MM-dd", words: ["time part"]),
        date("7 Sept 2026", "d MMM yyyy", words: ["longer or shorter", "name-length"]),
        Case(
            name: "dates as they should be", input: Array("N;D\n1;2026-03-07\n".utf8),
            profile: "version: 1\ndialect: {delimiter: \";\"}\ncolumns: [{name: N, type: integer}, {name: D, type: date}]\n", status: 0,
            silent: ["PF413", "PF403"]),
    ]

    // MARK: Names

    private static let list = """
        version: 1
        columns:
          - {name: Entity, type: dimension, items: [AT03, FR01, Café, \u{410}\u{420}1], on-missing: skip}
          - {name: Amount, type: number}

        """

    private static func item(_ name: String, _ value: String, after count: Int, code: String, words: [String]) -> Case {
        let others = (0..<count).map { "X\($0),1\n" }.joined()
        return Case(
            name: "item, \(name)", input: Array("Entity,Amount\n\(others)\(value),1\n".utf8), profile: list, status: 1,
            facts: [Fact(code: code, severity: code == "PF501" ? "error" : "warning", words: words)])
    }

    private static let items: [Case] = [
        item("late, another script", "\u{410}T03", after: 6000, code: "PF501", words: ["\"AT03\", which looks the same", "U+0410"]),
        item("late, decomposed", "Cafe\u{301}", after: 6000, code: "PF501", words: ["\"Café\", which looks the same", "U+0301"]),
        item("late, the list has another script", "AP1", after: 20, code: "PF501", words: ["looks the same", "U+0410"]),
        item("zero width", "FR01\u{200B}", after: 20, code: "PF511", words: ["invisible characters around it: U+200B zero width space"]),
        item("space", "FR01 ", after: 1, code: "PF511", words: ["case or surrounding spaces"]),
        Case(
            name: "items of another script", input: Array("Entity,Amount\nМосква,1\nПермь,1\n".utf8), profile: list, status: 1,
            facts: [Fact(code: "PF501", severity: "error", words: ["2 values are not in the list"])], silent: ["PF511"]),
    ]

    private static let headers: [Case] = [
        Case(
            name: "case and an invisible character", input: Array("Amount,amount\u{200B},AMOUNT\n1,2,3\n".utf8), status: 0,
            facts: [
                Fact(code: "PF309", severity: "warning", places: [[1, 7]], words: ["U+200B"]),
                Fact(code: "PF307", severity: "warning", places: [[1, 17]], words: ["except for case or spaces"]),
            ])
    ]

    /// Names that differ from the profile's in one character: it is named.
    private static func name(_ found: String, _ expected: String, words: [String]) -> Case {
        Case(
            name: "name \(found)", input: Array("Id,\(found),Z\n1,5,x\n".utf8),
            profile: """
                version: 1
                columns: [{name: Id, type: integer}, {name: \(expected), type: number}, {name: Z, type: text}]

                """,
            status: 1, facts: [Fact(code: "PF303", severity: "error", words: ["column 2"] + words)], silent: ["PF304"])
    }

    private static let names: [Case] = [
        name("Pro\u{FB01}t", "Profit", words: ["U+FB01 latin small ligature fi"]),
        name("M\u{131}ktar", "Miktar", words: ["U+0131 latin small letter dotless i"]),
        name("m\u{B2}", "m2", words: ["U+00B2 superscript two"]),
        name("”Amount”", "Amount", words: ["U+201D right double quotation mark"]),
        name("\u{212B}ngs", "Ångs", words: ["U+212B angstrom sign"]),
        name("Region", "Región", words: ["without U+00F3 latin small letter o with acute"]),
    ]

    private static func values(_ name: String, _ text: String, places: [[Int]], words: [String] = []) -> Case {
        Case(
            name: "values, \(name)", input: Array(text.utf8), status: 0,
            facts: places.isEmpty ? [] : [Fact(code: "PF608", severity: "warning", places: places, words: words)],
            silent: places.isEmpty ? ["PF608"] : [])
    }

    private static let values: [Case] = [
        values(
            "decomposed", "Id,City\n1,Orléans\n2,Orle\u{301}ans\n", places: [[3, 21]],
            words: ["line 3 looks like line 2", "decomposed letters", "U+0301"]),
        values("composed comes later", "Id;City\n1;Orle\u{301}ans\n2;Orléans\n", places: [[2, 10]], words: ["line 2 looks like line 3"]),
        values("another script", "Id,Code\n1,AT\n2,\u{410}T\n", places: [[3, 15]], words: ["U+0410 cyrillic capital letter a"]),
        values("zero width, quoted", "Id;Code\r\n1;\"AT\u{200B}\"\r\n2;AT\r\n", places: [[2, 11]], words: ["U+200B zero width space"]),
        values("other languages", "Id,City\n1,Москва\n2,東京\n3,Köln\n4,Αθήνα\n5,Koln\n", places: []),
        values("all decomposed", "Id,City\n1,Orle\u{301}ans\n2,Orle\u{301}ans\n3,Ni\u{302}mes\n", places: []),
        values("numbers", "Id,V\n1,1 234\n2,1\u{A0}234\n", places: []),
    ]

    private static func year(_ format: String, _ value: String, words: [String]) -> Case {
        Case(
            name: "year \(value)", input: Array("N;D\n1;\(value)\n".utf8),
            profile: """
                version: 1
                dialect: {delimiter: ";"}
                columns: [{name: N, type: integer}, {name: D, type: date, date: {format: "\(format)", years: 2000..2035}}]

                """,
            status: 0, facts: [Fact(code: "PF603", severity: "warning", places: [[2, 6]], words: words)])
    }

    private static let years: [Case] = [
        year("dd/MM/yyyy", "07/03/1935", words: ["outside years: 2000..2035", "Correct the year in the file"]),
        year("dd/MM/yy", "07/03/50", words: ["outside years: 2000..2035", "Export four digits, and correct"]),
    ]

    @Test(arguments: all) func furtherInputs(_ found: Case) async throws { try await CaseValueTests.expectFurther(found) }
}
