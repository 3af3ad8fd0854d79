/// The narrow shape: a planning export of eight columns, clean under its profile. About 85 bytes a record, one field in twenty quoted.
///
/// Each field has a method of its own, so that ``FaultyRows`` can put something else in the place of one.
struct PlanningRows: RowWriter {
    let dialect: GeneratedDialect

    let columns = [
        GeneratedColumn("Entity", .text, isRequired: true),
        GeneratedColumn("Account", .text, isRequired: true),
        GeneratedColumn("Posting Date", .date, isRequired: true),
        GeneratedColumn("Version", .text),
        GeneratedColumn("Quantity", .integer),
        GeneratedColumn("Amount", .number, isRequired: true),
        GeneratedColumn("Rate", .number),
        GeneratedColumn("Comment", .text),
    ]

    // Held here: a static is asked whether it was made yet each time it is used.
    private let entities = PlanningVocabulary.entities
    private let quotedEntities = PlanningVocabulary.quotedEntities
    private let accounts = PlanningVocabulary.accounts
    private let days = PhraseTable.isoDays
    private let versions = PlanningVocabulary.versions
    private let comments = PlanningVocabulary.comments
    private let quotedComments = PlanningVocabulary.quotedComments

    /// The random bits of one row.
    struct Draw {
        var texts: RandomBits
        var values: RandomBits

        init(_ random: inout SeededRandom) {
            texts = RandomBits(random.next())
            values = RandomBits(random.next())
        }
    }

    init(dialect: GeneratedDialect = GeneratedDialect()) {
        self.dialect = dialect
    }

    mutating func appendRow(to output: inout ByteOutput, random: inout SeededRandom) {
        var draw = Draw(&random)
        for column in columns.indices {
            if column > 0 { output.append(dialect.delimiter) }
            append(column, &draw, to: &output)
        }
        output.append(dialect.lineEnd)
    }

    /// Writes the field of a column, counted from 0.
    @inline(__always)
    func append(_ column: Int, _ draw: inout Draw, to output: inout ByteOutput) {
        switch column {
        case 0: appendEntity(&draw, to: &output)
        case 1: appendText(accounts.drawn(by: draw.texts.take(6), ofBits: 6), to: &output)
        case 2: appendText(days.drawn(by: draw.values.take(12), ofBits: 12), to: &output)
        case 3: appendText(versions.drawn(by: draw.texts.take(3), ofBits: 3), to: &output)
        case 4: appendQuantity(&draw, to: &output)
        case 5: appendAmount(&draw, to: &output)
        case 6: appendRate(&draw, to: &output)
        default: appendComment(&draw, to: &output)
        }
    }

    private func appendEntity(_ draw: inout Draw, to output: inout ByteOutput) {
        let isQuoted = draw.texts.happens(perMille: 100)
        let number = draw.texts.take(5)
        if isQuoted {
            output.append(quotedEntities.drawn(by: number, ofBits: 5))
        } else {
            appendText(entities.drawn(by: number, ofBits: 5), to: &output)
        }
    }

    private func appendComment(_ draw: inout Draw, to output: inout ByteOutput) {
        let isQuoted = draw.texts.happens(perMille: 300)
        let number = draw.texts.take(8)
        if isQuoted {
            output.append(quotedComments.drawn(by: number, ofBits: 8))
        } else {
            appendText(comments.drawn(by: number, ofBits: 8), to: &output)
        }
    }

    /// One to five digits, one in eight negative.
    private func appendQuantity(_ draw: inout Draw, to output: inout ByteOutput) {
        appendQuote(to: &output)
        if draw.values.take(3) == 0 { output.append(UInt8(ascii: "-")) }
        output.append(digitsOf: draw.values.take(16) &>> (draw.values.take(2) &* 4) &+ 1)
        appendQuote(to: &output)
    }

    /// Up to seven digits and two decimals, one in four negative.
    private func appendAmount(_ draw: inout Draw, to output: inout ByteOutput) {
        appendQuote(to: &output)
        if draw.values.take(2) == 0 { output.append(UInt8(ascii: "-")) }
        let cents = draw.values.take(27)
        output.append(digitsOf: (cents / 100) &>> (cents & 12))
        output.append(UInt8(ascii: "."))
        output.append(twoDigitsOf: cents % 100)
        appendQuote(to: &output)
    }

    /// 0 or 1 with four decimals.
    private func appendRate(_ draw: inout Draw, to output: inout ByteOutput) {
        let rate = draw.texts.take(14)
        appendQuote(to: &output)
        output.append(rate < 10_000 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
        output.append(UInt8(ascii: "."))
        output.append(twoDigitsOf: rate / 100 % 100)
        output.append(twoDigitsOf: rate % 100)
        appendQuote(to: &output)
    }

    @inline(__always)
    private func appendText(_ text: PhraseTable.Phrase, to output: inout ByteOutput) {
        appendQuote(to: &output)
        output.append(text)
        appendQuote(to: &output)
    }

    @inline(__always)
    private func appendQuote(to output: inout ByteOutput) {
        if dialect.quotesAll { output.append(UInt8(ascii: "\"")) }
    }
}
