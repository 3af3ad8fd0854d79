import ImportProfiles

extension FindingKind {
    static let typographicQuotes = FindingKind(
        code: "PF228", slug: "typographic-quotes", severity: .warning, about: .rows,
        title: "Values are in typographic quotes",
        why: """
            Only the quote " (U+0022) quotes a field. Typographic quotes such as “ ” (U+201C, U+201D) load as a part of each value (assumed), \
            and a delimiter between them cuts the field.
            """,
        help: "Export with straight quotes, or without. An editor may have replaced them: turn off smart quotes there.",
        message: { "\($0.counted("value")) in typographic quotes, in the first 64 kB\($0.reasons)" })

    static let nullMarker = FindingKind(
        code: "PF606", slug: "null-marker", severity: .warning, about: .values,
        title: "Word stands for no value",
        why: """
            Programs write \\N, NULL, (null) or nan where there is no value. In a CSV it is a text: it loads as this value, or as an item of this \
            name (assumed). With a profile, the texts of the first 64 kB are searched for it; without one, all of the file.
            """,
        help: NullMarker.help(),
        message: { "\($0.counted("value", "stands", "stand")) for no value\($0.reasons)" })

    static let formulaError = FindingKind(
        code: "PF609", slug: "formula-error", severity: .warning, about: .values,
        title: "Spreadsheet error instead of a value",
        why: """
            A formula was broken when the file was saved, or its cell too narrow (########): the value itself is not in the file. The error loads \
            as a text, or as an item of this name (assumed). With a profile, the texts of the first 64 kB are searched for it; without one, all \
            of the file.
            """,
        help: "Correct the formulas, or widen the cells, and save the file again.",
        message: { "\($0.counted("value", "is a spreadsheet error", "are spreadsheet errors"))\($0.reasons)" })

    static let leadingApostrophe = FindingKind(
        code: "PF605", slug: "leading-apostrophe", severity: .warning, about: .values,
        title: "Apostrophe before a value",
        why: """
            Spreadsheets hide an apostrophe that marks text, and programs write it to stop formulas. In a CSV it is a part of the value: \
            '0012 is another text than 0012 (assumed).
            """,
        help: "Export without the apostrophe, and format the column as text instead.",
        message: { "\($0.counted("value", "begins", "begin")) with an apostrophe\($0.reasons)" })

    static let spreadsheetFormula = FindingKind(
        code: "PF610", slug: "spreadsheet-formula", severity: .warning, about: .values,
        title: "Formula instead of its value",
        why: """
            The program wrote the formula, not what it yields: the value is not in the file. The formula loads as a text, or as an item of this name \
            (assumed). With a profile, the texts of the first 64 kB are searched for it; without one, all of the file.
            """,
        help: "Save the sheet with values: in the spreadsheet, turn off the display of formulas, or copy the cells and paste their values.",
        message: { "\($0.counted("value", "is a spreadsheet formula", "are spreadsheet formulas"))\($0.reasons)" })
}
