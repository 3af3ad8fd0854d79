import SafeText

/// A line that a program writes below the rows: a count, a time, a note. The program that wrote it is told by its words.
enum ExportFooter: CaseIterable {
    /// `(12 rows affected)`
    case sqlcmd
    /// `Completion time: 2026-01-31T12:00:00.0000000+01:00`
    case managementStudio
    /// `(12 rows)`
    case psql
    /// `Time: 1.234 ms`
    case psqlTiming
    /// `12 rows in set (0.00 sec)`
    case mysql
    /// `12 rows selected.`
    case oracle
    /// `Elapsed: 00:00:00.01`
    case oracleTiming
    /// `12 record(s) selected.`
    case db2
    /// `Time taken: 1.2 seconds, Fetched: 12 row(s)`
    case hive
    /// `3 Row(s) produced. Time Elapsed: 0.123s`
    case snowSQL
    /// `[12 rows x 3 columns]`
    case pandas
    /// `12 rows`, `Total: 12 rows`, `Record Count: 12`
    case count
    /// `Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.`
    case salesforce
    /// `Page 1 of 3`, `Printed on 2026-03-01`, `*** End of report ***`: see ``ReportNotes``.
    case note
    /// `TRAILER|000012`: a control record.
    case trailer

    /// The switch that leaves it out.
    var advice: String {
        switch self {
        case .sqlcmd: "SET NOCOUNT ON (sqlcmd, Management Studio)"
        case .managementStudio: "in Management Studio, turn off Show completion time in the options of the query execution"
        case .psql: "psql -P footer=off, or psql --csv"
        case .psqlTiming: "psql: \\timing off"
        case .mysql: "mysql --batch"
        case .oracle: "SQL*Plus: SET FEEDBACK OFF"
        case .oracleTiming: "SQL*Plus: SET TIMING OFF"
        case .db2: "db2 -x"
        case .hive: "hive -S, or beeline --silent=true"
        case .snowSQL: "snowsql -o friendly=false -o timing=false"
        case .pandas: "pandas: DataFrame.to_csv"
        case .count: "SET NOCOUNT ON (sqlcmd), psql -P footer=off, mysql --batch"
        case .salesforce: "Salesforce: Details Only"
        case .note: "turn off page headers and footers of the report"
        case .trailer: "turn off header and trailer records"
        }
    }

    /// What it says.
    enum Content {
        case count, time, note
    }

    var content: Content {
        switch self {
        case .managementStudio, .psqlTiming, .oracleTiming: .time
        case .sqlcmd, .psql, .mysql, .oracle, .db2, .hive, .snowSQL, .pandas, .count: .count
        case .salesforce, .note, .trailer: .note
        }
    }

    static let mostBytes = 160

    /// Rows of most files have more delimiters than a sentence has commas, but for those at the end: nothing of them needs to be read.
    private static func mayBeOneText(_ line: some Collection<UInt8>) -> Bool {
        var (count, atEnd) = (0, 0)
        for byte in line {
            switch byte {
            case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "\t"): atEnd += 1
            default: (count, atEnd) = (count + atEnd, 0)
            }
            if count > mostCommas { return false }
        }
        return true
    }

    private static let mostCommas = 2

    /// - Parameters:
    ///   - line: without delimiters at its end.
    ///   - mayBeNote: whether it differs from the rows, so that it may be any text of a report.
    init?(line: some Collection<UInt8>, mayBeNote: Bool) {
        guard line.count < Self.mostBytes, Self.mayBeOneText(line) else { return nil }
        let mayCount = line.contains(where: ASCII.isDigit) && line.contains { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "=") }
        guard mayCount || mayBeNote else { return nil }
        let text = String(decoding: Array(line), as: UTF8.self).lowercased()
        if mayCount, let footer = Self.isLabelledCount(text) ? .count : ExportFooter(counting: text) {
            self = footer
        } else if !mayBeNote {
            return nil
        } else if text.contains("salesforce.com") {
            self = .salesforce
        } else if ReportNotes.contain(text) {
            self = .note
        } else if ReportNotes.areTrailer(text) {
            self = .trailer
        } else {
            return nil
        }
    }

    private init?(counting text: String) {
        var words = text.split { " ().:,;[]".contains($0) }.map(String.init)
        guard words.count > 1 else { return nil }
        if let timing = Self.timing(text) {
            self = timing
            return
        }
        let isBracketed = text.hasPrefix("(") && text.hasSuffix(")")
        if words[0] == "total" || words[0] == "rows" { words.append(words.removeFirst()) }
        if words[0] == "query", words[1] == "ok" { words.removeFirst(2) }
        // `1,234 rows`
        while words.count > 2, Self.isCount(words[1]) { words.remove(at: 1) }
        guard words.count > 1, words.count < Self.mostWords, Self.isCount(words[0]), Self.rowWords.contains(words[1]) else { return nil }
        let rest = words.dropFirst(2)
        if rest.contains("produced") {
            self = .snowSQL
        } else if rest.count == 3, rest.starts(with: ["x"]), text.hasPrefix("[") {
            self = .pandas
        } else if rest.isEmpty {
            self = isBracketed ? .psql : .count
        } else if rest.starts(with: ["in", "set"]) || text.hasSuffix(" sec)") {
            self = .mysql
        } else if rest.contains(where: Self.affected.contains) {
            self = .sqlcmd
        } else if rest.contains(where: Self.selected.contains) {
            self = words[1] == "record" || words[1] == "datensatz" ? .db2 : text.contains("second") ? .hive : .oracle
        } else if rest.allSatisfy(Self.counted.contains) {
            self = .count
        } else {
            return nil
        }
    }

    /// No count of rows has more, `12 rows in set, 3 warnings (0.00 sec)` among them.
    private static let mostWords = 12

    private static func timing(_ text: String) -> ExportFooter? {
        let value = text.split(separator: ":", maxSplits: 1).dropFirst().first.map { $0.drop { $0 == " " } } ?? ""
        let isTime = value.first?.isNumber ?? false
        guard isTime else { return nil }
        if completions.contains(where: text.hasPrefix), value.contains("t"), value.contains("-") { return .managementStudio }
        if text.hasPrefix("time taken:") { return value.contains("second") ? .hive : nil }
        if times.contains(where: text.hasPrefix) { return value.contains(" ms") ? .psqlTiming : nil }
        return elapsed.contains(where: text.hasPrefix) && value.contains(":") ? .oracleTiming : nil
    }

    private static let completions = [
        "completion time:", "abschlusszeit:", "heure de fin:", "heure d’achèvement:", "heure d'achèvement:",
        "hora de finalización:", "ora di completamento:", "voltooiingstijd:", "tempo de conclusão:", "hora de conclusão:",
        "czas ukończenia:",
    ]
    private static let times = ["time:", "zeit:", "temps:", "duración:", "tempo:", "czas:"]
    private static let elapsed = ["elapsed:", "abgelaufen:", "ecoulé:", "écoulé:", "transcurrido:", "trascorso:"]

    /// `Record Count: 12`, `ROWCOUNT=12`, `Anzahl Datensätze: 12`
    private static func isLabelledCount(_ text: String) -> Bool {
        guard let sign = text.firstIndex(where: { $0 == ":" || $0 == "=" }) else { return false }
        let words = text[..<sign].split { " ()".contains($0) }.map(String.init)
        let value = text[text.index(after: sign)...].split(separator: " ").joined()
        guard !value.isEmpty, value.utf8.count < 12, (1...5).contains(words.count), ASCII.isDigit(value.utf8.first ?? 0) else {
            return false
        }
        let isNumber = value.utf8.allSatisfy {
            ASCII.isDigit($0) || [UInt8(ascii: "'"), UInt8(ascii: ","), UInt8(ascii: ".")].contains($0)
        }
        return isNumber && words.contains { rowWords.contains($0) || joinedCounts.contains($0) }
            && words.allSatisfy { rowWords.contains($0) || joinedCounts.contains($0) || countWords.contains($0) }
    }

    private static let joinedCounts: Set<String> = ["rowcount", "row_count", "recordcount", "record_count", "rowcnt", "linecount"]
    private static let countWords: Set<String> = [
        "count", "number", "of", "total", "no", "no.", "nr", "nr.", "#", "the", "s", "in", "file", "exported", "written", "processed",
        "fetched", "returned", "selected", "loaded", "anzahl", "der", "gesamtzahl", "exportierte", "exportierten", "nombre", "de", "d’",
        "total", "des", "número", "numero", "di", "aantal", "antal", "liczba", "počet",
    ]

    private static func isCount(_ word: String) -> Bool { word.utf8.allSatisfy { ASCII.isDigit($0) || $0 == UInt8(ascii: "'") } }

    private static let rowWords: Set<String> = [
        "row", "rows", "row(s", "record", "records", "line", "lines", "zeile", "zeilen", "zeile(n", "datensatz", "datensätze", "ligne",
        "lignes",
        "enregistrement", "enregistrements", "fila", "filas", "registro", "registros", "riga", "righe", "rij", "rijen", "linha", "linhas",
        "recs", "rad", "rader", "række", "rækker", "rivi", "riviä", "wiersz", "wiersze", "wierszy", "řádek", "řádky", "řádků", "строка",
        "строки",
        "строк",
    ]

    private static let affected: Set<String> = [
        "affected", "betroffen", "affectée", "affectées", "affectés", "afectada", "afectadas", "afectados", "interessate", "interessata",
        "afetada", "afetadas",
        "beïnvloed", "påverkades", "berørt", "objętych", "ovlivněno", "обработано", "затронуто",
    ]

    private static let counted: Set<String> = [
        "total", "found", "exported", "fetched", "processed", "read", "written", "unloaded", "exportiert", "gefunden", "insgesamt",
        "gesamt",
    ]

    private static let selected: Set<String> = [
        "selected", "retrieved", "returned", "ausgewählt", "sélectionnée", "sélectionnées", "seleccionada", "seleccionadas", "selezionata",
        "selezionate",
        "selecionada", "selecionadas",
    ]
}

extension ExportFooter: CodedValue {
    static var blank: ExportFooter { .count }

    mutating func code(_ coder: inout StateCoder) {
        var index = Self.allCases.firstIndex(of: self) ?? 0
        coder(&index)
        if Self.allCases.indices.contains(index) { self = Self.allCases[index] } else { coder.fail() }
    }
}
