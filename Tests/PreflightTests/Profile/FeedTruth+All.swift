import Foundation
import SeededRandom

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

extension FeedTruth {
    static let all: [FeedTruth] = [
        german, german.renamed("windows-1252").encoded(.windowsCP1252, as: "windows-1252"), swiss, indian, american, british, mixedDecimals,
        mixedDates, pivoted, pivotedMonths, preamble, headless, unicode16, japanese, timestamps, wide, optionalColumns, french, missing,
        digits, keyed, grouped, separatorLine, units, german.renamed("gzip").packed, rounded, quantities,
    ]

    private func renamed(_ name: String) -> FeedTruth {
        FeedTruth(
            name: name, files: files, columns: columns, hasHeader: hasHeader, encoding: encoding, delimiter: delimiter, key: key,
            periods: periods)
    }

    /// The same files in gzip.
    private var packed: FeedTruth {
        with { feed in
            for index in feed.files.indices {
                var member = GzipMember("")
                member.content = feed.files[index].bytes
                feed.files[index] = (feed.files[index].name + ".gz", member.bytes)
            }
        }
    }

    // MARK: Languages

    static let german = feed(
        "german",
        [
            text("Belegnummer"), items("Konto"), items("Kostenstelle"), date("Buchungsdatum", "dd.MM.yyyy"),
            number("Betrag", .comma, group: .point), whole("Menge"), text("Buchungstext"), boolean("Bezahlt", ["ja"], ["nein"]),
        ], delimiter: ";", key: ["Belegnummer"]
    ) { row, random in
        [
            "RE-\(10_000 + row)", "\(4_000 + 10 * random.below(9))", "\(1_000 + random.below(12))", day(random.below(365), "dd.MM.yyyy"),
            amount(random.below(30_000_000) - 5_000_000, decimal: ",", group: "."), "\(1 + random.below(90))",
            "\(random.element(of: ["Miete", "Büro", "Straßenreinigung", "Überweisung"])) \(random.below(100_000))",
            random.element(of: ["ja", "nein"]),
        ]
    }

    static let swiss = feed(
        "swiss",
        [
            items("Gesellschaft"), date("Datum", "d.M.yyyy"), number("Betrag CHF", .point, group: .apostrophe), number("Kurs"),
            items("Währung"),
        ]
    ) { row, random in
        [
            random.element(of: ["Zürich AG", "Genève SA", "Lugano SA"]), day(random.below(365), "d.M.yyyy"),
            amount(random.below(900_000_000), decimal: ".", group: "'"), "0.\(9_000 + random.below(999))",
            random.element(of: ["CHF", "EUR", "USD"]),
        ]
    }

    static let indian = feed(
        "indian", [text("Invoice No"), date("Invoice Date", "dd-MM-yyyy"), number("Amount", .point, group: .comma), items("State")],
        key: ["Invoice No"]
    ) { row, random in
        [
            "INV/26/\(1_000 + row)", day(random.below(365), "dd-MM-yyyy"),
            amount(random.below(90_000_000) + 10_000_000, decimal: ".", group: ",", sizes: [3, 2]),
            random.element(of: ["Maharashtra", "Karnataka", "Kerala", "Delhi"]),
        ]
    }

    static let american = feed(
        "american",
        [
            text("Order ID"), items("Region"), date("Order Date", "MM/dd/yyyy"), number("Sales", .point, group: .comma, prefix: "$"),
            whole("Quantity"), number("Discount", percent: true), boolean("Active"),
        ], key: ["Order ID"]
    ) { row, random in
        [
            "US-\(row + 1)-\(random.below(9))", random.element(of: ["East", "West", "North", "South"]),
            day(random.below(365), "MM/dd/yyyy"),
            "$" + amount(random.below(5_000_000), decimal: ".", group: ","), "\(1 + random.below(300))", "\(random.below(40))%",
            random.element(of: ["TRUE", "FALSE"]),
        ]
    }

    /// No day is after the twelfth: nothing tells day from month.
    static let british = feed(
        "british", [items("Cost Centre"), date("Posted", "dd/MM/yyyy", open: true), number("Net", .point, group: .comma)]
    ) { row, random in
        let day = 1 + random.below(12), month = 1 + random.below(12)
        return [
            "CC\(10 + random.below(8))", "\(day < 10 ? "0" : "")\(day)/\(month < 10 ? "0" : "")\(month)/2026",
            amount(random.below(9_000_000), decimal: ".", group: ","),
        ]
    }

    static let french = feed(
        "french",
        [
            items("Société"), date("Date comptable", "dd/MM/yyyy"), number("Montant", .comma, group: .noBreakSpace, suffix: "\u{A0}€"),
            boolean("Lettré", ["oui"], ["non"]), text("Libellé"),
        ], delimiter: ";"
    ) { row, random in
        [
            random.element(of: ["Paris", "Lyon", "Orléans"]), day(random.below(365), "dd/MM/yyyy"),
            amount(random.below(90_000_000), decimal: ",", group: "\u{A0}") + "\u{A0}€", random.element(of: ["oui", "non"]),
            "Facture n° \(random.below(1_000_000)) du client",
        ]
    }

    static let japanese = feed(
        "japanese", [items("顧客"), whole("金額"), date("日付", "yyyy/MM/dd"), text("摘要")]
    ) { row, random in
        [
            random.element(of: ["株式会社東京", "大阪商事", "名古屋工業"]), "\(random.below(9_000_000))", day(random.below(365), "yyyy/MM/dd"),
            "請求書\(random.below(1_000_000))号 支払い",
        ]
    }.encoded(.shiftJIS, as: "shift_jis")

    static let unicode16 = feed(
        "utf-16", [items("Entität"), number("Wert", .comma), date("Stichtag", "yyyy-MM-dd")], delimiter: "\t", end: "\r\n"
    ) { row, random in
        [random.element(of: ["Köln", "Łódź", "Αθήνα"]), amount(random.below(900_000), decimal: ","), day(random.below(365), "yyyy-MM-dd")]
    }.encoded(.utf16LittleEndian, as: "utf-16le", mark: [0xFF, 0xFE])

    // MARK: Mixtures

    static let mixedDecimals = feed("mixed-decimals", [items("Entity"), number("Rate", .comma, open: true)]) { row, random in
        [
            random.element(of: ["A1", "B2", "C3"]),
            row.isMultiple(of: 2) ? "\(random.below(90)).\(1 + random.below(98))" : "\(random.below(90)),\(1 + random.below(98))",
        ]
    }

    /// The year first, or the day: both are read.
    static let mixedDates = feed("mixed-dates", [items("Entity"), date("Booked", "yyyy-MM-dd", "dd.MM.yyyy")]) { row, random in
        [random.element(of: ["A1", "B2", "C3"]), day(random.below(365), row % 3 == 0 ? "dd.MM.yyyy" : "yyyy-MM-dd")]
    }

    /// Three digits after each comma: thousands or decimals.
    static let grouped = feed("grouped", [items("Site"), number("Stock", .point, group: .comma, open: true)]) { row, random in
        [random.element(of: ["North", "South"]), "\(1 + random.below(9)),\(100 + random.below(900))"]
    }

    // MARK: Layouts

    static let pivoted: FeedTruth = {
        let months = ["Jan 26", "Feb 26", "Mar 26", "Apr 26", "May 26", "Jun 26"]
        let columns = [items("Entity"), items("Account")]
        var feed = Self.feed("pivoted", columns, rows: 0) { _, _ in [] }
        var random = SeededGenerator(seed: 4)
        var rows = [["Entity", "Account"] + months]
        for entity in ["FR01", "DE02", "US03", "UK04", "IT05"] {
            for account in 0..<30 {
                rows.append([entity, "\(600_000 + account)"] + months.map { _ in amount(random.below(900_000), decimal: ".") })
            }
        }
        feed.files = [("pivoted.csv", Array(csv(rows).utf8))]
        feed.periods = ColumnProfile(name: "", type: .number)
        feed.key = ["Entity", "Account"]
        return feed
    }()

    static let pivotedMonths: FeedTruth = {
        let months = (1...12).map { ($0 < 10 ? "0" : "") + "\($0)/2026" }
        var feed = Self.feed("pivoted-months", [items("Bereich")], delimiter: ";", rows: 0) { _, _ in [] }
        var random = SeededGenerator(seed: 5)
        var rows = [["Bereich"] + months]
        for row in 0..<90 {
            rows.append(["Bereich \(row % 9)"] + months.map { _ in amount(random.below(90_000_000), decimal: ",", group: ".") })
        }
        feed.files = [("pivoted-months.csv", Array(csv(rows, ";").utf8))]
        feed.periods = ColumnProfile(name: "", type: .number, number: NumberFormat(decimal: .comma, group: .point))
        return feed
    }()

    static let preamble = feed(
        "preamble", [items("Entity"), date("Date", "yyyy-MM-dd"), number("Amount")],
        before: "Report for March 2026,,\nPrinted by finance,,\n\n"
    ) { row, random in
        [random.element(of: ["FR01", "DE02"]), day(random.below(365), "yyyy-MM-dd"), amount(random.below(900_000), decimal: ".")]
    }

    static let separatorLine = feed(
        "separator-line", [items("Entity"), number("Amount", .comma)], delimiter: ";", end: "\r\n", before: "sep=;\r\n"
    ) { row, random in
        [random.element(of: ["FR01", "DE02"]), amount(random.below(900_000), decimal: ",")]
    }

    static let units = feed("units", [items("Entity"), number("Amount"), number("Weight")]) { row, random in
        if row == 0 { return ["", "EUR", "kg"] }
        return [
            random.element(of: ["FR01", "DE02"]), amount(random.below(900_000), decimal: "."), "\(random.below(90)).\(random.below(9))5",
        ]
    }

    static let headless: FeedTruth = {
        var feed = Self.feed("headless", [text("column-1"), items("column-2"), date("column-3", "yyyy-MM-dd"), number("column-4")]) {
            row, random in
            [
                "A-\(5_000 + row)", random.element(of: ["East", "West"]), day(random.below(365), "yyyy-MM-dd"),
                amount(random.below(900_000), decimal: "."),
            ]
        }
        feed.hasHeader = false
        feed.key = ["column-1"]
        feed.files[0].bytes = Array(feed.files[0].bytes.drop { $0 != 10 }.dropFirst())
        return feed
    }()

    static let timestamps = feed(
        "timestamps", [text("event_id"), date("created_at", "yyyy-MM-dd'T'HH:mm:ssK"), items("status"), whole("duration")],
        key: ["event_id"],
        rows: 3_000
    ) { row, random in
        let clock = [random.below(24), random.below(60), random.below(60)].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        return [
            "ev\(100_000 + row)", "\(day(random.below(365), "yyyy-MM-dd"))T\(clock)Z", random.element(of: ["open", "done"]),
            "\(random.below(90_000))",
        ]
    }

    static let wide: FeedTruth = {
        let columns = [text("Row ID")] + (1...499).map { $0.isMultiple(of: 2) ? number("Value \($0)") : whole("Count \($0)") }
        return feed("wide", columns, key: ["Row ID"], rows: 60) { row, random in
            ["R\(1_000 + row)"]
                + (1...499).map { $0.isMultiple(of: 2) ? amount(random.below(90_000), decimal: ".") : "\(random.below(5_000))" }
        }
    }()

    static let optionalColumns: FeedTruth = {
        let columns = [items("Entity"), number("Amount"), date("Due", "yyyy-MM-dd"), items("Project")]
        var feed = Self.feed("optional", columns, rows: 0) { _, _ in [] }
        var random = SeededGenerator(seed: 6)
        func rows(_ header: [String], _ last: (inout SeededGenerator) -> String) -> [[String]] {
            [header]
                + (0..<200).map { _ in [random.element(of: ["FR01", "DE02"]), amount(random.below(900_000), decimal: "."), last(&random)] }
        }
        let january = rows(["Entity", "Amount", "Due"]) { day($0.below(365), "yyyy-MM-dd") }
        let february = rows(["Entity", "Amount", "Project"]) { "P\(1 + $0.below(6))" }
        feed.files = [("january.csv", Array(csv(january).utf8)), ("february.csv", Array(csv(february).utf8))]
        for index in [2, 3] { feed.columns[index].truth.isOptional = true }
        return feed
    }()

    // MARK: Values that say little

    static let missing = feed(
        "missing",
        [
            items("Entity"), number("Amount", null: ["-", "NA"]), whole("Heads", null: ["-", "NA"]),
            date("Start", "yyyy-MM-dd", null: ["-", "NA"]),
        ]
    ) { row, random in
        [
            random.element(of: ["FR01", "DE02"]), random.once(in: 9) ? "NA" : amount(random.below(900_000), decimal: "."),
            random.once(in: 9) ? "NA" : "\(random.below(3_000))", random.once(in: 9) ? "-" : day(random.below(365), "yyyy-MM-dd"),
        ]
    }.with { feed in
        // Words that several columns have are those of all.
        for index in feed.columns.indices { feed.columns[index].truth.nullWords = ["NA"] }
        feed.columns[3].truth.nullWords = ["NA", "-"]
    }

    static let digits = feed(
        "digits",
        [
            text("Customer No"), text("Zip Code"), date("Period", "yyyyMM", open: true), boolean("Is Open", ["1"], ["0"], open: true),
            whole("Created", open: true), whole("Posting Date", open: true), date("Value Date", "yyyyMMdd"), whole("Headcount"),
        ], key: ["Customer No"], rows: 900
    ) { row, random in
        [
            "00\(40_000 + row)", "0\(1_000 + random.below(8_999))", "2026\(["01", "02", "03", "04", "11", "12"][random.below(6)])",
            "\(random.below(2))", "\(1_760_000_000 + random.below(30_000_000))", "\(46_000 + random.below(400))",
            day(random.below(365), "yyyyMMdd"),
            "\(random.below(4_000))",
        ]
    }

    /// Excel has shown the numbers of articles with an exponent, and rounded them.
    static let rounded = feed("rounded", [text("Article No", open: true), whole("Qty")]) { row, random in
        ["4.\(10_000 + random.below(80_000))E+12", "\(1 + random.below(900))"]
    }

    /// Units after the numbers.
    static let quantities = feed(
        "quantities",
        [items("Plant"), number("Weight", suffix: " kg"), number("Share", .comma, percent: true), date("Week ending", "dd/MM/yy")],
        delimiter: "|"
    ) { row, random in
        [
            random.element(of: ["Ulm", "Graz"]), "\(random.below(90)).\(1 + random.below(9)) kg",
            "\(random.below(90)),\(1 + random.below(9))%",
            day(random.below(365), "dd/MM/yyyy").replacing("2026", with: "26"),
        ]
    }

    /// A row for each entity, account and month.
    static let keyed: FeedTruth = {
        let columns = [items("Entity"), items("Account"), date("Month", "yyyy-MM-dd"), number("Amount")]
        var feed = Self.feed("keyed", columns, rows: 0) { _, _ in [] }
        var random = SeededGenerator(seed: 8)
        var rows: [[String]] = []
        for entity in 0..<6 {
            for account in 0..<15 {
                for month in 1...12 {
                    rows.append([
                        "E\(entity)", "A\(600 + account)", "2026-\(month < 10 ? "0" : "")\(month)-01",
                        amount(random.below(500), decimal: "."),
                    ])
                }
            }
        }
        rows.shuffle(using: &random)
        feed.files = [("keyed.csv", Array(csv([columns.map(\.name)] + rows).utf8))]
        feed.key = ["Entity", "Account", "Month"]
        return feed
    }()
}
