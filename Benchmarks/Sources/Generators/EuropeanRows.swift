/// The european shape: semicolons, decimal commas with points between groups, dd/MM/yyyy; clean.
struct EuropeanRows: RowWriter {
    let dialect: GeneratedDialect
    let columns = [
        GeneratedColumn("Gesellschaft", .text, isRequired: true),
        GeneratedColumn("Konto", .text, isRequired: true),
        GeneratedColumn("Buchungsdatum", .date, isRequired: true),
        GeneratedColumn("Version", .text),
        GeneratedColumn("Menge", .integer),
        GeneratedColumn("Betrag", .number, isRequired: true),
        GeneratedColumn("Kurs", .number),
        GeneratedColumn("Text", .text),
    ]

    private let entities = PlanningVocabulary.entities
    private let accounts = PlanningVocabulary.accounts
    private let versions = PlanningVocabulary.versions
    private let comments = PlanningVocabulary.comments
    private let quotedComments = PhraseTable([
        "\"Miete; Nebenkosten\"", "\"Projekt \"\"Süd\"\"\"", "\"siehe Anlage;\nPrüfung offen\"", "\"Löhne; Gehälter;\r\nBoni\"",
    ])
    private let days = PhraseTable.europeanDays

    init() {
        var dialect = GeneratedDialect()
        dialect.delimiter = UInt8(ascii: ";")
        dialect.isEuropean = true
        self.dialect = dialect
    }

    mutating func appendRow(to output: inout ByteOutput, random: inout SeededRandom) {
        var texts = RandomBits(random.next())
        var values = RandomBits(random.next())
        output.append(entities.drawn(by: texts.take(5), ofBits: 5))
        output.append(dialect.delimiter)
        output.append(accounts.drawn(by: texts.take(6), ofBits: 6))
        output.append(dialect.delimiter)
        output.append(days.drawn(by: values.take(12), ofBits: 12))
        output.append(dialect.delimiter)
        output.append(versions.drawn(by: texts.take(3), ofBits: 3))
        output.append(dialect.delimiter)
        append(values.take(14), isNegative: values.take(3) == 0, to: &output)
        output.append(dialect.delimiter)
        let cents = values.take(30)
        append((cents / 100) &>> (cents & 12), isNegative: values.take(2) == 0, to: &output)
        output.append(UInt8(ascii: ","))
        output.append(twoDigitsOf: cents % 100)
        output.append(dialect.delimiter)
        output.append(texts.take(1) == 0 ? "0," : "1,")
        output.append(twoDigitsOf: texts.take(6))
        output.append(twoDigitsOf: texts.take(6))
        output.append(dialect.delimiter)
        let isQuoted = texts.happens(perMille: 400)
        output.append(isQuoted ? quotedComments[texts.take(2)] : comments.drawn(by: texts.take(8), ofBits: 8))
        output.append(dialect.lineEnd)
    }

    private func append(_ value: Int, isNegative: Bool, to output: inout ByteOutput) {
        if isNegative { output.append(UInt8(ascii: "-")) }
        output.append(digitsOf: value, groupedBy: UInt8(ascii: "."))
    }
}
