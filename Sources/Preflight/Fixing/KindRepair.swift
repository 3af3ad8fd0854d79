/// What `fix` does about a kind of finding.
package enum KindRepair: Sendable, Equatable {
    /// It is repaired, and no value means anything else afterwards. The text says how, and where it is left.
    case safe(String)
    /// It is repaired where that is asked for, because something else may have been meant.
    case risky(String)
    /// It is not, for this reason.
    case none(String)
}

extension FindingKind {
    /// What `fix` does about it.
    package var repair: KindRepair {
        guard let repair = Self.repairs[self] else { preconditionFailure("no line about \(code) in the table of repairs") }
        return repair
    }

    /// Every kind is here.
    private static let repairs: [FindingKind: KindRepair] = fileRepairs.merging(rowRepairs) { own, _ in own }
        .merging(valueRepairs) { own, _ in own }.merging(expectationRepairs) { own, _ in own }

    private static let fileRepairs: [FindingKind: KindRepair] = [
        .emptyFile: .none("There is nothing in the file."),
        .gzipTruncated: .none("What is missing is not in the file."),
        .gzipHeader: .none("A damaged file has to be written again."),
        .gzipData: .none("A damaged file has to be written again."),
        .gzipChecksum: .none("A damaged file has to be written again."),
        .gzipLength: .none("A damaged file has to be written again."),
        .gzipTrailingBytes: .none("What follows the compressed data may be a part of it that is damaged."),
        .notCSV: .none("The file is not CSV."),
        .compressionName: .safe("The copy is compressed if its name ends in .gz, and not otherwise."),
        .contentLimit: .none("The limit is an option."),
        .invalidUTF8: .safe("Written as UTF-8, if the bytes leave one encoding. Otherwise name it with --encoding."),
        .byteOrderMark: .none("It is harmless."),
        .nulByte: .none("NUL bytes take the place of text that is lost."),
        .utf16: .safe("Written as UTF-8."),
        .otherEncoding: .safe("Written as UTF-8."),
        .utf32: .none("UTF-32 is not read."),
        .innerByteOrderMark: .safe("The marks are removed."),
        .doubleEncoded: .risky("The text is decoded once more. It may be meant as it is."),
        .replacementCharacter: .none("The characters are not in the file."),
        .undecodable: .none("The bytes have no meaning in this encoding. Name another with --encoding."),
        .contradictedEncoding: .none("The file is right; the profile or the option names another encoding."),
        .escapedText: .none("The text may be meant as it is. Export it without the escapes."),
        .controlCharacter: .risky("Control characters are removed; where Windows-1252 was misread, they become its characters."),
    ]

    private static let rowRepairs: [FindingKind: KindRepair] = [
        .strayQuote: .safe("The field is quoted, and its quotes are doubled, if the row has all its fields."),
        .textAfterClosingQuote: .safe(
            "Quotes inside the field are doubled, and spaces after it are removed, if the row has all its fields. Other text after it is left."
        ),
        .unclosedQuote: .none("Where the field should end is not known."),
        .tooFewFields: .safe(
            "Only rows of nothing but delimiters, and a count of the rows or a time below the table, are removed. Other words below it: --unsafe-fixes."
        ),
        .tooManyFields: .safe(
            "Only a delimiter at the end of every row, rows of nothing but delimiters, and typographic quotes around a delimiter are repaired."
        ),
        .blankLine: .safe("The lines are removed."),
        .loneCarriageReturn: .safe("The field is quoted, if the row has all its fields and the carriage return is not its last character."),
        .mixedLineEnds: .safe("Line ends become those that most lines have."),
        .unsupportedDelimiter: .none("Name the delimiter with --delimiter."),
        .carriageReturnLineEnds: .safe("Line ends become LF."),
        .separatorLine: .safe("The line is removed."),
        .otherDelimiter: .none("The file is right; the profile or the option names another delimiter."),
        .repeatedHeader: .safe("The rows are removed. A header that is joined to the end of a row is left."),
        .totalsRow: .safe(
            "Removed if it is the sum of the rows above, or is named a total and lacks what every other row has. Otherwise: --unsafe-fixes."
        ),
        .preamble: .safe("The lines are removed."),
        .runawayQuote: .none("Where the field should end is not known."),
        .skippedLines: .none("It is about an option."),
        .headerUnderline: .safe("The row is removed."),
        .spaceBeforeQuote: .safe("The spaces are removed, if each row then has all its fields."),
        .backslashBeforeQuote: .safe("The quotes are doubled instead, if each row then has all its fields."),
        .quotedFormula: .safe("What the formula quotes remains."),
        .rowsInQuotes: .none("The whole file would become another one."),
        .fixedWidth: .none("Where its columns begin is not known for certain."),
        .unitsRow: .risky("The row is removed. It may be data."),
        .emptyRow: .safe("The rows are removed."),
        .noLastLineEnd: .risky("The line end is added. It may be missing because the file was cut."),
        .repeatedRows: .none("Which rows are too many is not known."),
        .typographicQuotes: .safe("Removed where all values of the column are in such quotes. Otherwise: --unsafe-fixes."),
        .secondHeader: .risky("The row is removed. The rows below it may belong to another table."),
        .footerRow: .safe("The row is removed."),
        .subtotalRow: .none("A row that looks like a subtotal may be data."),
        .rowsInField: .none("Where the field should end is not known."),
        .emptyColumnName: .safe("Only a delimiter at the end of every row, the header included, is removed."),
        .duplicateColumnName: .safe("The column is removed if it has the values of the other one in every row."),
        .missingColumn: .safe("Only spaces around a name of the profile are removed."),
        .unexpectedColumn: .none("Which columns the import needs is for the profile to say."),
        .noDataRows: .none("There are no rows."),
        .requiredValueEmpty: .none("The value is not in the file."),
        .similarColumnNames: .none("Which name is meant is not known."),
        .longColumnName: .none("Which name is meant is not known."),
        .deceptiveColumnName: .risky("The name is written with the characters that it seems to have. The import may know it as it is."),
    ]

    private static let values = """
        With a profile, a value that can be read in one way is written in the profile's format. Where the column has values of two readings: \
        --unsafe-fixes.
        """

    private static let valueRepairs: [FindingKind: KindRepair] = [
        .notANumber: .safe(values),
        .notAnInteger: .safe(values),
        .notADate: .safe(values),
        .notABoolean: .none("What the word means is not known. List it in the profile."),
        .doubtfulNumber: .safe(values),
        .doubtfulInteger: .safe(values),
        .doubtfulDate: .safe(values),
        .doubtfulBoolean: .safe("Letter case and spaces. Words like yes and 1: --unsafe-fixes."),
        .unlikeItsColumn: .safe(
            "Spaces, apostrophes and typographic quotes around the value are removed, and spaces between digits become plain ones, if it then fits."
        ),
        .mixedFormats: .none("Which format is meant is for a profile to say."),
        .unknownItem: .none("Which item is meant is not known."),
        .duplicateKey: .none("Which row is right is not known."),
        .blankKey: .none("The key is not in the file."),
        .similarKeys: .none("They may be different keys."),
        .doubtfulItem: .safe("Spaces around an item are removed. Other spellings are left."),
        .numberReadsTwoWays: .safe("With a profile, if all other values leave the other reading. That it reads two ways remains a note."),
        .dateReadsTwoWays: .safe("With a profile, if all other values leave the other reading. That it reads two ways remains a note."),
        .doubtfulCentury: .none("Which century is meant is not known."),
        .lostDigits: .none("The digits are not in the file."),
        .leadingApostrophe: .safe("The apostrophes are removed."),
        .nullMarker: .safe("The value becomes empty. NULL and nan, which may be names: --unsafe-fixes."),
        .formulaError: .none("The value is not in the file."),
        .spreadsheetFormula: .none("The value is not in the file."),
        .somePercentSigns: .none("Whether a percentage or a share is meant is not known."),
        .lookalikeValues: .none("Which spelling is meant is not known."),
    ]

    private static let expectationRepairs: [FindingKind: KindRepair] = [
        .otherRowCount: onlyTheSourceKnows, .otherSum: onlyTheSourceKnows, .otherDistinctCount: onlyTheSourceKnows,
        .otherExtreme: onlyTheSourceKnows, .otherFile: onlyTheSourceKnows, .uncheckedTotal: .none("Nothing in the file is wrong."),
        .unusualRowCount: onlyTheSourceKnows, .otherColumns: onlyTheSourceKnows, .unusualEmptyCount: onlyTheSourceKnows,
        .newMasks: onlyTheSourceKnows, .newValues: onlyTheSourceKnows, .unusualSum: onlyTheSourceKnows, .oldDates: onlyTheSourceKnows,
        .sameFile: onlyTheSourceKnows,
    ]

    private static let onlyTheSourceKnows = KindRepair.none("Only the system that wrote the file knows what is missing or too much.")
}
