import ImportProfiles

extension ValueCheck {
    static let kinds: [FindingKind] = [
        .requiredValueEmpty, .notANumber, .notAnInteger, .notADate, .notABoolean, .doubtfulNumber, .doubtfulInteger, .doubtfulDate,
        .doubtfulBoolean, .unknownItem, .doubtfulItem,
    ]
}

extension FindingKind {
    static let requiredValueEmpty = FindingKind(
        code: "PF306", slug: "required-value-empty", severity: .error, about: .values,
        title: "Required value is empty",
        why: "The profile requires a value in each row. The import loads an empty cell as blank, silently (assumed).",
        help: "Fill in the value, or remove \"required: true\" from the column.",
        message: { $0.counted("value", "is empty", "are empty") })

    static let notANumber = FindingKind(
        code: "PF401", slug: "not-a-number", severity: .error, about: .values,
        title: "Value is not a number",
        why: "The import skips such a cell and reports it as ParsingError (assumed).",
        help: "Compare the separators with \"number:\" in the profile and in the import configuration.",
        comparesSettings: true,
        predicts: .parsingError,
        message: { "\($0.counted("value")) cannot be read as \($0.number("a number", "numbers"))\($0.reasons)" })

    static let notAnInteger = FindingKind(
        code: "PF402", slug: "not-an-integer", severity: .error, about: .values,
        title: "Value is not a whole number",
        why: "The import skips such a cell and reports it as ParsingError (assumed).",
        help: "Compare the separators with \"number:\" in the profile and in the import configuration.",
        comparesSettings: true,
        predicts: .parsingError,
        message: { "\($0.counted("value")) cannot be read as \($0.number("a whole number", "whole numbers"))\($0.reasons)" })

    static let notADate = FindingKind(
        code: "PF403", slug: "not-a-date", severity: .error, about: .values,
        title: "Value is not a date",
        why: "The import skips such a cell and reports it as ParsingError (assumed).",
        help: "Compare the pattern with \"date:\" in the profile and in the import configuration.",
        comparesSettings: true,
        predicts: .parsingError,
        message: { "\($0.counted("value")) cannot be read as \($0.number("a date", "dates"))\($0.reasons)" })

    static let notABoolean = FindingKind(
        code: "PF404", slug: "not-a-boolean", severity: .error, about: .values,
        title: "Value is neither TRUE nor FALSE",
        why: "The import skips such a cell and reports it as ParsingError (assumed).",
        help: """
            Write TRUE, FALSE or nothing. List other spellings that the import configuration reads (assumed) in the profile: \
            boolean: {true: ["yes"], false: ["no"]}
            """,
        predicts: .parsingError,
        message: { "\($0.counted("value", "is neither TRUE nor FALSE", "are neither TRUE nor FALSE"))\($0.reasons)" })

    static let doubtfulNumber = FindingKind(
        code: "PF411", slug: "doubtful-number", severity: .warning, about: .values,
        title: "Pigment may reject this number",
        why: """
            Pigment's rule for this spelling is not published. The value counts only in the upper bound of the predicted ParsingError \
            skips.
            """,
        help: """
            Write plain digits with the configured separators, settle the doubt under "assume" in the profile, or accept \
            all with --allow-uncertain.
            """,
        predicts: .parsingError,
        message: { "\($0.counted("value")) may be rejected as \($0.number("a number", "numbers"))\($0.reasons)" })

    static let doubtfulInteger = FindingKind(
        code: "PF412", slug: "doubtful-integer", severity: .warning, about: .values,
        title: "Pigment may reject this whole number",
        why: """
            Pigment's rule for this spelling is not published; decimals are assumed to be truncated, not rejected. The value counts only \
            in the upper bound of the predicted ParsingError skips.
            """,
        help: """
            Write plain digits without decimals, settle the doubt under "assume" in the profile, or accept all with \
            --allow-uncertain.
            """,
        predicts: .parsingError,
        message: { "\($0.counted("value")) may be rejected as \($0.number("a whole number", "whole numbers"))\($0.reasons)" })

    static let doubtfulDate = FindingKind(
        code: "PF413", slug: "doubtful-date", severity: .warning, about: .values,
        title: "Pigment may reject this date",
        why: """
            Pigment's rule for this spelling is not published. The value counts only in the upper bound of the predicted ParsingError \
            skips.
            """,
        help: """
            Write the date exactly as in the pattern, with leading zeros, settle the doubt under "assume" in the profile, \
            or accept all with --allow-uncertain.
            """,
        predicts: .parsingError,
        message: { "\($0.counted("value")) may be rejected as \($0.number("a date", "dates"))\($0.reasons)" })

    static let doubtfulBoolean = FindingKind(
        code: "PF414", slug: "doubtful-boolean", severity: .warning, about: .values,
        title: "Pigment may reject this boolean",
        why: """
            Only TRUE, FALSE and blank are documented. Other spellings count only in the upper bound of the predicted ParsingError skips.
            """,
        help: """
            Write TRUE, FALSE or nothing. Or list the spelling in the profile if the import configuration reads it (assumed): \
            boolean: {true: ["yes"], false: ["no"]}. Or settle the doubt under "assume" in the profile, or accept all with --allow-uncertain.
            """,
        predicts: .parsingError,
        message: { "\($0.counted("value")) may be rejected as \($0.number("a boolean", "booleans"))\($0.reasons)" })

    static let unknownItem = FindingKind(
        code: "PF501", slug: "unknown-item", severity: .error, about: .values,
        title: "Dimension item is not in the list",
        why: """
            Depending on the import configuration, the item is created, replaced by a default or a blank, or its row is dropped (assumed).
            """,
        help: "Correct the item, or add it to the list in Pigment and to the items file of the profile.",
        predicts: .missingItemSkipsRow,
        message: { "\($0.counted("value", "is not in the list of items", "are not in the list of items"))\($0.reasons)" })

    static let doubtfulItem = FindingKind(
        code: "PF511", slug: "doubtful-item", severity: .warning, about: .values,
        title: "Dimension item matches only if case or surrounding spaces are ignored",
        why: "Whether an import ignores them is undocumented. The value counts only in the upper bound of the predicted skips.",
        help: """
            Write the item as in the list, settle the doubt under "assume" in the profile, or accept all with \
            --allow-uncertain.
            """,
        predicts: .missingItemSkipsRow,
        message: { "\($0.counted("value")) might not match \($0.number("an item", "items"))\($0.reasons)" })
}
