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
        title: "An empty value in a required column",
        why: """
            The profile says that each row has a value here. The import loads an empty cell as blank (assumed), without a word.
            """,
        help: "Fill the value in, or remove \"required: true\" from the column.",
        message: { $0.counted("value", "is empty", "are empty") })

    static let notANumber = FindingKind(
        code: "PF401", slug: "not-a-number", severity: .error, about: .values,
        title: "A value that is no number in the column's format",
        why: "The import reports such a cell as ParsingError and skips it (reading of the report: assumed).",
        help: "Compare the separators with \"number:\" in the profile and in the import configuration.",
        predicts: .parsingError,
        message: { "\($0.counted("value")) cannot be read as \($0.number("a number", "numbers"))\($0.reasons)" })

    static let notAnInteger = FindingKind(
        code: "PF402", slug: "not-an-integer", severity: .error, about: .values,
        title: "A value that is no whole number",
        why: "The import reports such a cell as ParsingError and skips it (reading of the report: assumed).",
        help: "Compare the separators with \"number:\" in the profile and in the import configuration.",
        predicts: .parsingError,
        message: { "\($0.counted("value")) cannot be read as \($0.number("a whole number", "whole numbers"))\($0.reasons)" })

    static let notADate = FindingKind(
        code: "PF403", slug: "not-a-date", severity: .error, about: .values,
        title: "A value that is no date in the column's format",
        why: "The import reports such a cell as ParsingError and skips it (reading of the report: assumed).",
        help: "Compare the pattern with \"date:\" in the profile and in the import configuration.",
        predicts: .parsingError,
        message: { "\($0.counted("value")) cannot be read as \($0.number("a date", "dates"))\($0.reasons)" })

    static let notABoolean = FindingKind(
        code: "PF404", slug: "not-a-boolean", severity: .error, about: .values,
        title: "A value that is neither TRUE nor FALSE",
        why: "The import reports such a cell as ParsingError and skips it (reading of the report: assumed).",
        help: """
            Write TRUE, FALSE or nothing. Spellings that the import configuration reads (assumed) belong into the profile: \
            boolean: {true: ["yes"], false: ["no"]}
            """,
        predicts: .parsingError,
        message: { "\($0.counted("value", "is neither TRUE nor FALSE", "are neither TRUE nor FALSE"))\($0.reasons)" })

    static let doubtfulNumber = FindingKind(
        code: "PF411", slug: "doubtful-number", severity: .warning, about: .values,
        title: "A value that may or may not be read as a number",
        why: """
            Pigment's rule for this spelling is not public: it counts towards the upper bound of the predicted ParsingError \
            skips.
            """,
        help: "Write plain digits with the configured separators, or accept the doubt with --allow-uncertain.",
        predicts: .parsingError,
        message: { "\($0.counted("value")) may or may not be read as \($0.number("a number", "numbers"))\($0.reasons)" })

    static let doubtfulInteger = FindingKind(
        code: "PF412", slug: "doubtful-integer", severity: .warning, about: .values,
        title: "A value that may or may not be read as a whole number",
        why: """
            Pigment's rule for this spelling is not public; decimals are assumed to be cut off, not rejected. It counts towards \
            the upper bound.
            """,
        help: "Write plain digits without decimals, or accept the doubt with --allow-uncertain.",
        predicts: .parsingError,
        message: { "\($0.counted("value")) may or may not be read as \($0.number("a whole number", "whole numbers"))\($0.reasons)" })

    static let doubtfulDate = FindingKind(
        code: "PF413", slug: "doubtful-date", severity: .warning, about: .values,
        title: "A value that may or may not be read as a date",
        why: """
            Pigment's rule for this spelling is not public: it counts towards the upper bound of the predicted ParsingError \
            skips.
            """,
        help: "Write the date exactly as the pattern says, with leading zeros, or accept the doubt with --allow-uncertain.",
        predicts: .parsingError,
        message: { "\($0.counted("value")) may or may not be read as \($0.number("a date", "dates"))\($0.reasons)" })

    static let doubtfulBoolean = FindingKind(
        code: "PF414", slug: "doubtful-boolean", severity: .warning, about: .values,
        title: "A spelling of a boolean that may or may not be read",
        why: """
            Only TRUE, FALSE and blank are documented: other spellings count towards the upper bound of the predicted \
            ParsingError skips.
            """,
        help: """
            Write TRUE, FALSE or nothing, name the spelling in the profile if the import configuration reads it (assumed) - \
            boolean: {true: ["yes"], false: ["no"]} - or accept the doubt with --allow-uncertain.
            """,
        predicts: .parsingError,
        message: { "\($0.counted("value")) may or may not be read as \($0.number("a boolean", "booleans"))\($0.reasons)" })

    static let unknownItem = FindingKind(
        code: "PF501", slug: "unknown-item", severity: .error, about: .values,
        title: "A dimension item that the list does not have",
        why: "Depending on the configuration the item is created, replaced by a default, or its row is dropped (assumed).",
        help: "Correct the item, or add it to the list and to the items file of the profile.",
        predicts: .missingItemSkipsRow,
        message: { "\($0.counted("value", "is not in the list of items", "are not in the list of items"))\($0.reasons)" })

    static let doubtfulItem = FindingKind(
        code: "PF511", slug: "doubtful-item", severity: .warning, about: .values,
        title: "A dimension item that differs from a known one only by case or surrounding blanks",
        why: "Whether the import matches it is not public: it counts towards the upper bound.",
        help: "Write the item as the list has it, or accept the doubt with --allow-uncertain.",
        predicts: .missingItemSkipsRow,
        message: { "\($0.counted("value")) may or may not be matched with an item\($0.reasons)" })
}
