import Foundation
import TestSupport
import Testing

@testable import Preflight

/// Troubles that people really had with characters and values: what a careful expert would say of each, at its place.
@Suite("Cases: characters and values", .timeLimit(.minutes(30)))
struct CaseValueTests {
    /// What must be said: a code with its severity, places (line and byte) among its examples, and words of its message or help, or of the report.
    struct Fact: Sendable {
        var code: String
        var severity: String
        var places: [[Int]] = []
        var words: [String] = []
    }

    struct Case: Sendable, CustomStringConvertible {
        /// The folder under `Cases`, or an input in itself.
        var name: String
        var input: [UInt8]?
        var profile: String?
        var flags: [String] = []
        var status: Int32
        var facts: [Fact] = []
        /// Codes that would be false alarms.
        var silent: [String] = []
        /// Rows that are predicted to be skipped, at least and at most.
        var skipped: ClosedRange<Int>?

        var description: String { name }
    }

    static let recorded: [Case] = [
        Case(
            name: "nbsp-and-narrow-nbsp-thousands", status: 1,
            facts: [Fact(code: "PF411", severity: "warning", places: [[2, 13], [3, 26]], words: ["\\u{a0}", "\\u{202f}"])], skipped: 0...2),
        Case(
            name: "localized-booleans", status: 1,
            facts: [Fact(code: "PF414", severity: "warning", places: [[2, 11], [3, 18], [4, 27]], words: ["WAHR", "FALSCH"])],
            skipped: 0...5),
        Case(
            name: "percent-with-blank", status: 1,
            facts: [
                Fact(code: "PF411", severity: "warning", places: [[3, 16], [4, 23], [5, 31]], words: ["3 values", "percent sign"])
            ],
            silent: ["PF401"], skipped: 0...3),
        Case(
            name: "zero-width-space-in-header", status: 1,
            facts: [Fact(code: "PF303", severity: "error", words: ["column 2", "U+200B", "zero width space", "byte 13"])],
            silent: ["PF304", "PF309"]),
        Case(
            name: "decomposed-accents-in-header", status: 1,
            facts: [Fact(code: "PF303", severity: "error", words: ["column 1", "column 2", "decomposed", "U+0301"])], silent: ["PF304"]),
        Case(
            name: "shift-jis-short", status: 1,
            facts: [Fact(code: "PF101", severity: "error", places: [[1, 0]], words: ["Shift_JIS", "点検日", "型式"])]),
        Case(
            name: "mac-roman-cr", status: 1,
            facts: [
                Fact(code: "PF210", severity: "error"),
                Fact(code: "PF101", severity: "error", places: [[1, 4]], words: ["Mac OS Roman", "Região", "--encoding macintosh"]),
            ]),
        Case(
            name: "cyrillic-cp1251", status: 1,
            facts: [
                Fact(
                    code: "PF101", severity: "error", places: [[1, 0]], words: ["Windows-1251", "Имя", "Сумма", "--encoding windows-1251"])
            ]),
        Case(
            name: "ctrl-z-at-end", status: 1,
            facts: [
                Fact(code: "PF111", severity: "warning", places: [[4, 33]], words: ["U+001A", "Ctrl-Z"]),
                Fact(code: "PF204", severity: "error", words: ["nothing but control characters"]),
            ]),
        Case(
            name: "ctrl-z-one-column", status: 0, facts: [Fact(code: "PF111", severity: "warning", places: [[4, 10]], words: ["U+001A"])]),
        Case(
            name: "nul-after-crlf", status: 1,
            facts: [
                Fact(code: "PF103", severity: "error", places: [[2, 12]], words: ["4 NUL"]),
                Fact(code: "PF204", severity: "error", words: ["nothing but control characters"]),
            ]),
        Case(
            name: "double-encoded", status: 0,
            facts: [Fact(code: "PF108", severity: "note", places: [[2, 14], [3, 27]], words: ["2 values", "André", "Ramón"])]),
        Case(
            name: "ids-in-scientific-notation", status: 0,
            facts: [Fact(code: "PF604", severity: "warning", places: [[2, 13], [3, 27], [4, 41]], words: ["lost", "1 equal"])]),
        Case(
            name: "month-names-other-languages", status: 1,
            facts: [Fact(code: "PF413", severity: "warning", places: [[3, 22], [4, 34], [5, 45]], words: ["not English"])], skipped: 0...5),
    ]

    /// Further inputs of the same kinds.
    static let further: [Case] =
        encodings + controls + twice + names + lostDigits + years + spaces

    private static let encodings: [Case] = [
        encoded("Дата;Контрагент;Сумма\r\n01.02.2026;ООО Ромашка;12,50\r\n", "cp1251", "windows-1251", words: ["Контрагент"]),
        encoded("Дата\tКонтрагент\n1\tМосква\n", "koi8-r", "koi8-r", words: ["Контрагент", "Москва"]),
        encoded("Příjmení,Částka\nŘíha,5\nŠťastný,6\n", "cp1250", "windows-1250", words: ["Příjmení"]),
        encoded("Nazwa;Ilość;Województwo\nŁódź;5;łódzkie\n", "iso-8859-2", "iso-8859-2", words: ["Łódź"]),
        encoded("Müşteri;Açıklama\nYılmaz;Şube değişti\n", "cp1254", "windows-1254", words: ["Müşteri"]),
        encoded("Πελάτης,Ποσό\nΑθήνα,5\n", "cp1253", "windows-1253", words: ["Πελάτης"]),
        encoded("日付,商品名,金額\n2026/1/1,東京本社,5\n", "cp932", "shift_jis", words: ["商品名"]),
        encoded("日期,产品名称,金额\n2026/1/1,北京分公司,5\n", "gb18030", "gb18030", words: ["产品名称"]),
        encoded("日期,產品名稱,金額\n2026/1/1,臺北分公司,5\n", "cp950", "big5", words: ["產品名稱"]),
        encoded("날짜,고객명,금액\n2026/1/1,서울지점,5\n", "cp949", "euc-kr", words: ["고객명"]),
        Case(name: "UTF-8 of many languages", input: Array("Имя,日付,Größe\nКиев,東京,5\n".utf8), status: 0, silent: ["PF101", "PF105"]),
        Case(name: "ASCII", input: Array("Name,Size\nKiev,5\n".utf8), status: 0, silent: ["PF101", "PF105", "PF110"]),
    ]

    /// A file that is not UTF-8, and the option that reads it.
    private static func encoded(_ text: String, _ converter: String, _ option: String, words: [String]) -> Case {
        let bytes = ConvertedText.bytes(text, in: converter) ?? []
        return Case(
            name: "\(converter) \(text.prefix(20))", input: bytes, status: 1,
            facts: [Fact(code: "PF101", severity: "error", words: words + ["--encoding \(option)"])])
    }

    private static let controls: [Case] = [
        control([0x0B], in: "a,b\n1,x\u{0B}y\n", places: [[2, 7]], words: ["U+000B", "vertical tab"]),
        control([0x0C], in: "a;b\r\n\u{0C}1;x\r\n", places: [[2, 5]], words: ["U+000C", "form feed"]),
        control([0x1B], in: "\u{1B}[1ma,b\n1,2\n", places: [[1, 0]], words: ["U+001B", "escape"]),
        control([0x01], in: "\u{FEFF}a,b\n1,\u{01}\u{01}\u{01}2\n", places: [[2, 9]], words: ["1 place", "3 × U+0001"]),
        control(
            [0x1F], in: "a;b\n\"x\u{1F}y\";2\nz\u{1F};3\n", places: [[2, 6], [3, 13]], words: ["2 places", "2 × U+001F"]),
        control(
            [0x08], in: "a,b\n" + String(repeating: "1,2\n", count: 50_000) + "\u{08},2", places: [[50_002, 200_004]], words: ["U+0008"]),
        control([0x0E], in: "a,b\n\u{0E}x\u{0F},2\n", places: [[2, 4], [2, 6]], words: ["U+000E", "U+000F"]),
        Case(name: "tabs in text", input: Array("a,b\nx\ty,2\r\n\"p\nq\",3\n".utf8), status: 0, silent: ["PF111"]),
        Case(name: "emoji", input: Array("a,b\n👩‍💻,2\n".utf8), status: 0, silent: ["PF111", "PF108"]),
    ]

    private static func control(_ codes: [UInt8], in text: String, places: [[Int]], words: [String]) -> Case {
        Case(
            name: "control \(codes)", input: Array(text.utf8), status: 0,
            facts: [Fact(code: "PF111", severity: "warning", places: places, words: words)])
    }

    private static let twice: [Case] = [
        double("RÃ©gion;Montant\nA;1\n", places: [[1, 1]], words: ["Région"]),
        double("a,b\nStraÃŸe,1\n", places: [[2, 8]], words: ["Straße"]),
        double("a;b\r\nÃœbersicht;1\r\n", places: [[2, 5]], words: ["Übersicht"]),
        double("a,b\nlâ€™Ã©tÃ©,1\n", places: [[2, 5]], words: ["l’été"]),
        double("a,b\nÐŸÑ€Ð¸Ð²ÐµÑ‚,1\n", places: [[2, 4]], words: ["Привет"]),
        double(
            "a,b\n" + String(repeating: "Köln,1\n", count: 20_000) + "KÃ¶ln,1\n", places: [[20_002, 160_005]], words: ["1 value", "Köln"]),
        double("\u{FEFF}a,b\n\"ZÃ¼rich\",1\n", places: [[2, 9]], words: ["Zürich"]),
        Case(name: "a name in capitals", input: Array("a,b\nSÃO PAULO,1\nÂNGELA,2\nPÃES,3\n".utf8), status: 0, silent: ["PF108"]),
        Case(name: "quotations", input: Array("a,b\n« CAFÉ »,1\n« déjà\u{A0}»,2\n«À»,3\n".utf8), status: 0, silent: ["PF108"]),
    ]

    private static func double(_ text: String, places: [[Int]], words: [String]) -> Case {
        Case(
            name: "twice \(text.prefix(20))", input: Array(text.utf8), status: 0,
            facts: [Fact(code: "PF108", severity: "note", places: places, words: words)])
    }

    private static let names: [Case] = [
        named("\u{410}mount", in: "Entity,\u{410}mount\nA,1\n", profile: "Amount", words: ["U+0410", "cyrillic", "byte 7"]),
        named("soft hyphen", in: "Entity;Am\u{AD}ount\nA;1\n", profile: "Amount", words: ["U+00AD", "byte 9"]),
        named("no-break space", in: "Entity\tTotal\u{A0}EUR\nA\t1\n", profile: "Total EUR", words: ["U+00A0", "no-break space"]),
        named("dash", in: "\u{FEFF}Entity,Cost\u{2013}Centre\r\nA,1\r\n", profile: "Cost-Centre", words: ["U+2013", "byte 14"]),
        named("composed in the file", in: "Entity,Re\u{301}gion\nA,1\n", profile: "Région", words: ["decomposed", "U+0301"]),
        named("decomposed in the profile", in: "Entity,Région\nA,1\n", profile: "Re\u{301}gion", words: ["composed", "U+0301"]),
        named("quoted, joiner", in: "Entity,\"Am\u{2060}ount\"\nA,1\n", profile: "Amount", words: ["U+2060", "word joiner", "byte 10"]),
        named("full width", in: "Entity,Ａmount\nA,1\n", profile: "Amount", words: ["U+FF21"]),
        Case(
            name: "invisible without a profile", input: Array("Entity,Amount\u{200B}\nA,1\n".utf8), status: 0,
            facts: [Fact(code: "PF309", severity: "warning", places: [[1, 7]], words: ["U+200B", "byte 13"])]),
        Case(
            name: "two that look alike", input: Array("Amount,\u{410}mount\n1,2\n".utf8), status: 0,
            facts: [Fact(code: "PF307", severity: "warning", places: [[1, 7]], words: ["column 1", "U+0410"])]),
        Case(
            name: "names of other languages", input: Array("Größe,Сумма,日付,Ποσό,N° de pièce,مبلغ\n1,2,3,4,5,6\n".utf8), status: 0,
            silent: ["PF307", "PF309"]),
        Case(
            name: "the profile has it so", input: Array("Entity,Amount\u{200B}\nA,1\n".utf8),
            profile: "version: 1\ncolumns: [{name: Entity, type: text}, {name: \"Amount\\u200B\", type: number}]\n", status: 0,
            silent: ["PF303", "PF309"]),
        Case(
            name: "an item that looks the same", input: Array("Entity,Amount\nCafe\u{301},1\nCafé,2\n".utf8),
            profile:
                "version: 1\ncolumns: [{name: Entity, type: dimension, items: [Café], on-missing: skip}, {name: Amount, type: number}]\n",
            status: 1, facts: [Fact(code: "PF501", severity: "error", places: [[2, 14]], words: ["looks the same", "U+0301"])]),
    ]

    private static func named(_ name: String, in text: String, profile: String, words: [String]) -> Case {
        let escaped = profile.unicodeScalars.map { $0.isASCII ? String($0) : "\\u" + String(format: "%04X", $0.value) }.joined()
        return Case(
            name: name, input: Array(text.utf8),
            profile: "version: 1\ncolumns: [{name: Entity, type: text}, {name: \"\(escaped)\", type: number}]\n", status: 1,
            facts: [Fact(code: "PF303", severity: "error", words: ["looks the same"] + words)], silent: ["PF304", "PF309"])
    }

    private static let lostDigits: [Case] = [
        lost("Id;Name\r\n4,70012E+17;a\r\n", places: [[2, 9]]),
        lost("Id;Name\n\"1.23457E+12\";a\n", places: [[2, 8]]),
        lost("Name,Iban\na,4e+17\n", places: [[2, 12]]),
        lost("\u{FEFF}Id,Name\n 8.81007E+19 ,c\n", places: [[2, 11]]),
        Case(
            name: "in a text column of a profile", input: Array("Id,Name\n4.70012E+17,a\n".utf8),
            profile: "version: 1\ncolumns: [{name: Id, type: text}, {name: Name, type: text}]\n", status: 0,
            facts: [Fact(code: "PF604", severity: "warning", places: [[2, 8]])]),
        Case(
            name: "in a dimension", input: Array("Id,Name\n4.70012E+17,a\n".utf8),
            profile: "version: 1\ncolumns: [{name: Id, type: dimension}, {name: Name, type: text}]\n", status: 0,
            facts: [Fact(code: "PF604", severity: "warning", places: [[2, 8]])]),
        Case(name: "measurements", input: Array("Id,Force\n1,1.5E+03\n2,2.25E-07\n3,9.81E+01\n".utf8), status: 0, silent: ["PF604"]),
        Case(name: "words", input: Array("Id,Plan\n1,TYPE+12\n2,LINE+17\n3,E+17\n".utf8), status: 0, silent: ["PF604"]),
        Case(
            name: "a header of a version", input: Array("1.2E+17,Plan\na,b\n".utf8), status: 0, silent: ["PF604"]),
    ]

    private static func lost(_ text: String, places: [[Int]]) -> Case {
        Case(
            name: "lost \(text.prefix(30))", input: Array(text.utf8), status: 0,
            facts: [Fact(code: "PF604", severity: "warning", places: places)])
    }

    private static func dated(_ name: String, _ text: String, _ date: String, facts: [Fact], silent: [String] = []) -> Case {
        Case(
            name: name, input: Array(text.utf8),
            profile:
                "version: 1\ndialect: {delimiter: \";\"}\ncolumns: [{name: Day, type: date, date: \(date)}, {name: N, type: integer}]\n",
            status: 0, facts: facts, silent: silent)
    }

    private static let years: [Case] = [
        dated(
            "far", "Day;N\n01/02/87;1\n", "{format: dd/MM/yy}",
            facts: [Fact(code: "PF603", severity: "warning", places: [[2, 6]], words: ["1987", "assumed"])]),
        dated(
            "near", "Day;N\n01/02/26;1\n", "{format: dd/MM/yy}",
            facts: [Fact(code: "PF603", severity: "note", places: [[2, 6]], words: ["2026"])]),
        dated(
            "outside", "Day;N\n01/02/26;1\n01/02/87;2\n", "{format: dd/MM/yy, years: 2000..2035}",
            facts: [Fact(code: "PF603", severity: "warning", places: [[3, 17]], words: ["1 date", "2000..2035"])]),
        dated(
            "outside, four digits", "Day;N\r\n1926-02-01;1\r\n2026-02-01;2\r\n", "{years: 2000..2035}",
            facts: [Fact(code: "PF603", severity: "warning", places: [[2, 7]], words: ["1 date"])]),
        dated(
            "outside, quoted, by month", "Day;N\n\"Feb 99\";1\n", "{format: MMM yy, years: 2000..2035}",
            facts: [Fact(code: "PF603", severity: "warning", places: [[2, 6]])]),
        dated(
            "late in the file", "Day;N\n" + String(repeating: "01/02/26;1\n", count: 20_000) + "01/02/40;1\n",
            "{format: dd/MM/yy, years: 2000..2035}",
            facts: [Fact(code: "PF603", severity: "warning", places: [[20_002, 220_006]], words: ["1 date"])]),
        dated(
            "inside the last century", "Day;N\n01/02/87;1\n31/12/49;1\n", "{format: dd/MM/yy, years: 1950..2049}", facts: [],
            silent: ["PF603"]),
        dated("four digits", "Day;N\n01/02/2087;1\n", "{format: dd/MM/yyyy}", facts: [], silent: ["PF603"]),
        dated("blank", "Day;N\n;1\n", "{format: dd/MM/yy, years: 2000..2035}", facts: [], silent: ["PF603"]),
    ]

    private static func grouped(_ name: String, _ text: String, _ group: String, status: Int32, facts: [Fact], silent: [String] = [])
        -> Case
    {
        Case(
            name: name, input: Array(text.utf8),
            profile: """
                version: 1
                dialect: {delimiter: ";"}
                columns: [{name: N, type: integer}, {name: A, type: number, number: {decimal: ",", group: "\(group)"}}]

                """,
            status: status, facts: facts, silent: silent)
    }

    private static let spaces: [Case] = [
        grouped(
            "no-break for a space", "N;A\n1;1\u{A0}234\u{A0}567,5\n", " ", status: 1,
            facts: [Fact(code: "PF411", severity: "warning", places: [[2, 6]], words: ["\\u{a0}"])]),
        grouped(
            "narrow, CRLF, quoted", "N;A\r\n1;\"1\u{202F}234,5\"\r\n", " ", status: 1,
            facts: [Fact(code: "PF411", severity: "warning", places: [[2, 7]], words: ["\\u{202f}"])]),
        grouped(
            "a space for no-break", "N;A\n1;1 234,5\n", "\\u00A0", status: 1,
            facts: [Fact(code: "PF411", severity: "warning", places: [[2, 6]], words: ["other than"])]),
        grouped(
            "narrow for no-break", "\u{FEFF}N;A\n1;1\u{202F}234\n", "\\u00A0", status: 1,
            facts: [Fact(code: "PF411", severity: "warning", places: [[2, 9]])]),
        grouped(
            "mixed", "N;A\n1;1 234\n2;1\u{A0}234\n", " ", status: 1,
            facts: [Fact(code: "PF411", severity: "warning", places: [[3, 14]], words: ["1 value"])]),
        grouped(
            "the setting is proposed", "N;A\n1;1\u{A0}234\n2;5\u{A0}678\n", " ", status: 1,
            facts: [Fact(code: "PF411", severity: "warning", words: ["U+00A0"])]),
        grouped("as the profile says", "N;A\n1;1\u{A0}234,5\n2;12\n", "\\u00A0", status: 0, facts: [], silent: ["PF411", "PF401"]),
        grouped("narrow as the profile says", "N;A\n1;1\u{202F}234,5\n", "\\u202F", status: 0, facts: [], silent: ["PF411", "PF401"]),
    ]

    @Test(arguments: recorded) func recordedCases(_ found: Case) async throws {
        let folder = "\(Repository.path)/Tests/CommandTests/Cases/\(found.name)"
        let hasProfile = FileManager.default.fileExists(atPath: folder + "/profile.yaml")
        try await Self.expect(found, file: folder + "/input.csv", profile: hasProfile ? folder + "/profile.yaml" : nil)
    }

    @Test(arguments: further) func furtherInputs(_ found: Case) async throws { try await Self.expectFurther(found) }

    /// Writes the input and the profile of a case, and expects what is found in it.
    static func expectFurther(_ found: Case) async throws {
        let scratch = try Scratch()
        let file = scratch.path + "/input.csv"
        try Data(try #require(found.input)).write(to: URL(fileURLWithPath: file))
        let profile = try found.profile.map { try scratch.write($0, to: "profile.yaml") }
        try await expect(found, file: file, profile: profile)
    }

    static func expect(_ found: Case, file: String, profile: String?) async throws {
        let arguments = ["check", file] + (profile.map { ["-p", $0] } ?? []) + found.flags
        let human = try await Tool.run(arguments)
        #expect(human.status == found.status, "\(human.everything)")
        let json = try await Tool.run(arguments + ["--format", "json"])
        let report = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let findings = report["findings"] as? [[String: Any]] ?? []
        for fact in found.facts {
            let own = findings.filter { $0["code"] as? String == fact.code && $0["severity"] as? String == fact.severity }
            #expect(!own.isEmpty, "\(fact.code) \(fact.severity)\n\(human.everything)")
            let places = own.flatMap { $0["examples"] as? [[String: Any]] ?? [] }.map {
                [$0["line"] as? Int ?? -1, $0["byteOffset"] as? Int ?? -1]
            }
            for place in fact.places { #expect(places.contains(place), "\(fact.code) \(place) in \(places)\n\(human.everything)") }
            let text = own.map { "\($0["message"] ?? "") \($0["help"] ?? "") \($0["examples"] ?? "")" }.joined() + human.output
            for word in fact.words { #expect(text.contains(word), "\(word)\n\(human.everything)") }
        }
        for code in found.silent { #expect(!findings.contains { $0["code"] as? String == code }, "\(code)\n\(human.everything)") }
        if let skipped = found.skipped {
            let prediction = report["prediction"] as? [String: Any]
            let rows = prediction?["skippedRows"] as? [String: Any]
            #expect(rows?["min"] as? Int == skipped.lowerBound && rows?["max"] as? Int == skipped.upperBound, "\(prediction ?? [:])")
        }
    }

    /// What `--encoding` and `--transcode` make of a file is the text itself, for check and for a push.
    @Test(arguments: [
        ("Дата;Сумма\n1;5 тысяч\n", "cp1251", "windows-1251"), ("日付,商品\n1,ﾃｽﾄ表示\n", "cp932", "shift_jis"),
        ("名称,金额\n1,€ḿ\n", "gb18030", "gbk"),
        ("名稱,金額\n許功蓋,1\n", "cp950", "big5"), ("이름,금액\n똠방,1\n", "cp949", "euc-kr"), ("Região;Preço\n1;√\n", "macintosh", "macintosh"),
    ])
    func whatIsSentIsTheText(text: String, converter: String, option: String) async throws {
        let scratch = try Scratch()
        let text = converter == "gb18030" ? text.replacing("ḿ", with: "é") : text
        let file = scratch.path + "/input.csv"
        try Data(try #require(ConvertedText.bytes(text, in: converter))).write(to: URL(fileURLWithPath: file))
        let ending = try await Tool.run(["rehearse", file, "--encoding", option, "--transcode"])
        #expect(ending.status == 0, "\(ending.everything)")
        #expect(ending.output.contains("Sent \(text.utf8.count) bytes of UTF-8"), "\(ending.output)")
        let refused = try await Tool.run(["check", file, "--encoding", option])
        #expect(refused.status == 1)
        #expect(refused.output.contains("PF105"))
    }
}

/// Text in an encoding, by the system's converter.
enum ConvertedText {
    static func bytes(_ text: String, in name: String) -> [UInt8]? {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["iconv", "-f", "UTF-8", "-t", name]
        (process.standardInput, process.standardOutput) = (input, output)
        guard (try? ProcessStarts.perform { try process.run() }) != nil else { return nil }
        try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try? input.fileHandleForWriting.close()
        let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        return process.terminationStatus == 0 ? bytes : nil
    }
}
