import SafeText

/// A line that a database client writes below the rows: a count, a time. The program that wrote it is told by its words.
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
    /// `12 rows`, `Total: 12 rows`
    case count

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
        case .count: "SET NOCOUNT ON (sqlcmd), psql -P footer=off, mysql --batch"
        }
    }

    /// Whether it says how long the query took.
    var isTime: Bool {
        switch self {
        case .managementStudio, .psqlTiming, .oracleTiming: true
        case .sqlcmd, .psql, .mysql, .oracle, .db2, .hive, .count: false
        }
    }

    private static let mostBytes = 160

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

    /// - Parameter line: without delimiters at its end.
    init?(line: some Collection<UInt8>) {
        guard line.count < Self.mostBytes, line.contains(UInt8(ascii: " ")), line.contains(where: ASCII.isDigit), Self.mayBeOneText(line)
        else { return nil }
        let text = String(decoding: Array(line), as: UTF8.self).lowercased()
        var words = text.split { " ().:,;".contains($0) }.map(String.init)
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
        if rest.isEmpty {
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

    private static func isCount(_ word: String) -> Bool { word.utf8.allSatisfy { ASCII.isDigit($0) || $0 == UInt8(ascii: "'") } }

    private static let rowWords: Set<String> = [
        "row", "rows", "row(s", "record", "records", "line", "lines", "zeile", "zeilen", "zeile(n", "datensatz", "datensätze", "ligne",
        "lignes",
        "enregistrement", "enregistrements", "fila", "filas", "registro", "registros", "riga", "righe", "rij", "rijen", "linha", "linhas",
        "rad", "rader", "række", "rækker", "rivi", "riviä", "wiersz", "wiersze", "wierszy", "řádek", "řádky", "řádků", "строка", "строки",
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
