public import ImportProfiles

extension FindingCode {
    /// Every code, in numerical order. Documentation, help texts and the tests derive from this list.
    public static let catalogue: [CatalogueEntry] = [
        CatalogueEntry(
            code: .emptyFile, slug: "empty-file", severity: .error,
            title: "The file is empty",
            why: "There is no header and no row. An import that clears items before it loads could delete everything (assumed).",
            help: "Look at the job that wrote the file: it may have failed, or still be writing."),
        CatalogueEntry(
            code: .gzipTruncated, slug: "gzip-truncated", severity: .error,
            title: "The gzip stream is cut",
            why: "The end of the data is missing, even where the rows read so far look whole.",
            help: "Copy or export the file again, and test it with: gzip -t FILE"),
        CatalogueEntry(
            code: .gzipHeader, slug: "gzip-header", severity: .error,
            title: "A gzip header is damaged",
            why: "The stream names a method or flags that RFC 1952 does not allow, or its header checksum does not match: nothing "
                + "behind it can be trusted.",
            help: "Copy or export the file again, and test it with: gzip -t FILE"),
        CatalogueEntry(
            code: .gzipData, slug: "gzip-data", severity: .error,
            title: "The compressed data is damaged",
            why: "From this place on the content of the file cannot be known.",
            help: "Copy or export the file again, and test it with: gzip -t FILE"),
        CatalogueEntry(
            code: .gzipChecksum, slug: "gzip-checksum", severity: .error,
            title: "The gzip checksum does not match",
            why: "Some byte of the content is not what was compressed; which one cannot be told.",
            help: "Copy or export the file again, and test it with: gzip -t FILE"),
        CatalogueEntry(
            code: .gzipLength, slug: "gzip-length", severity: .error,
            title: "The gzip length does not match",
            why: "The content is longer or shorter than what was compressed.",
            help: "Copy or export the file again, and test it with: gzip -t FILE"),
        CatalogueEntry(
            code: .gzipTrailingBytes, slug: "gzip-trailing-bytes", severity: .error,
            title: "Bytes follow the gzip stream that are no gzip member",
            why: "Part of the data may have been joined uncompressed, or the file was overwritten by a shorter one: it cannot be "
                + "told whether rows are missing.",
            help: "Decompress it by hand (gzip -dc FILE), look at the end, and compress the right content again."),
        CatalogueEntry(
            code: .notCSV, slug: "not-csv", severity: .error,
            title: "The file is something else than CSV",
            why: "It begins like a file of another kind; nothing in it was judged, and an import would fail or load rubbish (assumed).",
            help: "Export or save it as CSV in UTF-8. A server's page in its place says why the download failed: open it."),
        CatalogueEntry(
            code: .compressionName, slug: "compression-name", severity: .warning,
            title: "The file's name and its content disagree on compression",
            why: "The content decides here. Other programs go by the name, and fail or read rubbish.",
            help: "Give the file the name that its content has: .csv.gz for gzip, .csv for plain text."),
        CatalogueEntry(
            code: .contentLimit, slug: "content-limit", severity: .error,
            title: "The decompressed content is longer than --max-output-bytes",
            why: "A small gzip file can hold far more than anybody meant; it was read up to the limit.",
            help: "Look at what wrote the file, or raise the limit with --max-output-bytes."),
        CatalogueEntry(
            code: .invalidUTF8, slug: "invalid-utf8", severity: .error,
            title: "Bytes that are not UTF-8",
            why: "The text cannot be decoded as the configuration expects: characters would be replaced, or the import fails (assumed).",
            help: "Export as UTF-8. Where the report says that it looks like Windows-1252: --encoding windows-1252 --transcode."),
        CatalogueEntry(
            code: .byteOrderMark, slug: "byte-order-mark", severity: .note,
            title: "The file begins with a UTF-8 byte order mark",
            why: "Pigment's own exports carry one. It is not part of the first column's name, and a push sends it as it is.",
            help: "Nothing to do."),
        CatalogueEntry(
            code: .nulByte, slug: "nul-byte", severity: .error,
            title: "NUL bytes",
            why: "A NUL byte is never text: the file is sparse, was not written to its end, or is not UTF-8. What the import makes "
                + "of it is not public.",
            help: "Write the export again; if it is UTF-16, convert it: iconv -f UTF-16 -t UTF-8 FILE > FILE.utf8.csv"),
        CatalogueEntry(
            code: .utf16, slug: "utf-16", severity: .error,
            title: "The file is UTF-16, not UTF-8",
            why: "Every second byte would be read as NUL or as a wrong character; nothing in it was judged.",
            help: "Export as UTF-8 (in Excel: \"CSV UTF-8\"), or convert: iconv -f UTF-16 -t UTF-8 FILE > FILE.utf8.csv"),
        CatalogueEntry(
            code: .otherEncoding, slug: "other-encoding", severity: .error,
            title: "The file is in another encoding than UTF-8",
            why:
                "It was judged as the text it holds. Imports expect UTF-8: sent as they are its bytes would load as other characters, or fail "
                + "(assumed).",
            help: "Send it as UTF-8: --transcode converts on the way and leaves the file as it is. Or export it as UTF-8."),
        CatalogueEntry(
            code: .utf32, slug: "utf-32", severity: .error,
            title: "The file is UTF-32, not UTF-8",
            why: "Three of four bytes would be read as NUL; nothing in it was judged.",
            help: "Export as UTF-8, or convert: iconv -f UTF-32 -t UTF-8 FILE > FILE.utf8.csv"),
        CatalogueEntry(
            code: .innerByteOrderMark, slug: "inner-byte-order-mark", severity: .warning,
            title: "A byte order mark inside the file",
            why:
                "It is an invisible part of the value it stands in front of: a name is not matched, a number is not read (assumed). Files that "
                + "were joined are the usual cause; then look for a second header too.",
            help: "Remove it there, and join files without their marks."),
        CatalogueEntry(
            code: .doubleEncoded, slug: "double-encoded", severity: .note,
            title: "Text that looks encoded twice",
            why:
                "Sequences like \"Ã©\" are what is left of \"é\" when UTF-8 is taken for Windows-1252 and encoded once more. They load as they "
                + "stand.",
            help: "Look at some values; if they are wrong, export again and say UTF-8 on the way."),
        CatalogueEntry(
            code: .undecodable, slug: "undecodable", severity: .error,
            title: "Bytes that the file's encoding does not have",
            why: "They stand for no character: the file is in another encoding than said, or damaged there.",
            help: "Try another --encoding, or export as UTF-8."),
        CatalogueEntry(
            code: .contradictedEncoding, slug: "contradicted-encoding", severity: .error,
            title: "The file is not in the encoding that was declared",
            why:
                "--encoding, or the profile, names one encoding and the bytes of the file are another: read as declared its text is wrong, and "
                + "with --transcode the wrong text is sent.",
            help: "Correct --encoding or the profile. If the declaration is right, --force-encoding reads the file as declared."),
        CatalogueEntry(
            code: .strayQuote, slug: "stray-quote", severity: .error,
            title: "A quote inside an unquoted field",
            why: "Readers disagree on it: some keep it, some open a quoted field there and swallow what follows. What the import "
                + "does is not public.",
            help: "Quote the whole field and double the quotes in it: 5\" pipe becomes \"5\"\" pipe\"."),
        CatalogueEntry(
            code: .textAfterClosingQuote, slug: "text-after-closing-quote", severity: .error,
            title: "Text after a closing quote",
            why: "A quoted field must end at its closing quote (RFC 4180). Readers disagree on what follows, so columns may shift.",
            help: "Double a quote that belongs to the text (\"the \"\"big\"\" one\"), and write nothing between the closing quote "
                + "and the delimiter."),
        CatalogueEntry(
            code: .unclosedQuote, slug: "unclosed-quote", severity: .error,
            title: "A quoted field is never closed",
            why: "A reader that follows RFC 4180 takes everything from the opening quote to the end of the file as one field, and loses "
                + "all rows behind it. What the import does is not public.",
            help: "Close the quote, or double it if it belongs to the text. If the file is cut, export it again."),
        CatalogueEntry(
            code: .tooFewFields, slug: "too-few-fields", severity: .error,
            title: "Rows with fewer fields than the header", titleWithoutHeader: "Rows with fewer fields than the first row",
            why: "There is no skip reason for it in the import's report: such rows fail the whole import or load shifted or blank "
                + "values (assumed).",
            help: "Look for a line end inside an unquoted field, or for a cut line; quote fields that hold line ends."),
        CatalogueEntry(
            code: .tooManyFields, slug: "too-many-fields", severity: .error,
            title: "Rows with more fields than the header", titleWithoutHeader: "Rows with more fields than the first row",
            why: "There is no skip reason for it in the import's report: such rows fail the whole import or load shifted values (assumed).",
            help: "Look for an unquoted delimiter in a text or number; quote fields that hold the delimiter."),
        CatalogueEntry(
            code: .blankLine, slug: "blank-line", severity: .warning,
            title: "Blank lines",
            why: "Most readers pass over them, and they are not counted as rows here; what the import does is not public.",
            help: "Remove them if the import reports more rows than expected."),
        CatalogueEntry(
            code: .loneCarriageReturn, slug: "lone-carriage-return", severity: .error,
            title: "Carriage returns without a line feed",
            why: "Outside quotes some readers end a row there and others keep it as text: rows may be joined or torn. It is read as "
                + "text here.",
            help: "Quote the field if the carriage return belongs to its text; otherwise remove it, or write the line end as LF or CRLF."),
        CatalogueEntry(
            code: .mixedLineEnds, slug: "mixed-line-ends", severity: .warning,
            title: "LF and CRLF line ends in one file",
            why: "Readers that settle on one kind keep a carriage return at the end of the last field, which can make a number or a "
                + "date unreadable.",
            help: "Write one kind throughout; files joined from different systems are the usual cause."),
        CatalogueEntry(
            code: .unsupportedDelimiter, slug: "unsupported-delimiter", severity: .error,
            title: "A delimiter that Pigment does not offer",
            why: "An import configuration separates columns by a comma or a semicolon: each row would be read as one column "
                + "(assumed).",
            help: "Export with a comma or a semicolon."),
        CatalogueEntry(
            code: .carriageReturnLineEnds, slug: "cr-line-ends", severity: .error,
            title: "Lines that end in a carriage return alone",
            why: "Old Mac programs write so. It is read as rows here; readers that end rows at LF take the whole file as one row.",
            help: "Convert the line ends: tr '\\r' '\\n' < FILE > FILE.lf.csv"),
        CatalogueEntry(
            code: .separatorLine, slug: "separator-line", severity: .error,
            title: "A line that names the separator, in front of the header",
            why: "Excel reads a line like sep=; and hides it. An import takes it for the header (assumed). It was passed over here.",
            help: "Remove the line: sed 1d FILE > FILE.new.csv"),
        CatalogueEntry(
            code: .otherDelimiter, slug: "other-delimiter", severity: .error,
            title: "The configured delimiter does not cut the rows, and another does",
            why:
                "With the delimiter of the profile or of --delimiter the columns are not those that were meant. What would follow from that "
                + "is not listed: missing columns, stray quotes, ragged rows.",
            help: "Correct the delimiter in the profile and in the import configuration, or leave --delimiter out."),
        CatalogueEntry(
            code: .repeatedHeader, slug: "repeated-header", severity: .error,
            title: "The header once more, as a row",
            why:
                "It is loaded like data: its words become values and items, or are skipped as ParsingError (assumed). Files that were joined are "
                + "the usual cause.",
            help: "Remove the row; join files without their headers, for instance: tail -n +2 FILE2 >> FILE1"),
        CatalogueEntry(
            code: .totalsRow, slug: "totals-row", severity: .warning,
            title: "A last row that looks like a total",
            why: "A sum that is loaded as one more row doubles every figure above it.",
            help: "Remove the row, or export without totals."),
        CatalogueEntry(
            code: .preamble, slug: "preamble", severity: .error,
            title: "Lines in front of the header",
            why:
                "An import takes the first line for the header (assumed). They were passed over here, so that what follows could be judged.",
            help: "Remove them, or export without a title. To judge a file as it stands behind N lines: --skip-lines N"),
        CatalogueEntry(
            code: .runawayQuote, slug: "runaway-quote", severity: .error,
            title: "A quote that opens a field and closes in a later row",
            why:
                "A reader that follows RFC 4180 takes all that stands between the two quotes as one field, and loses the rows in it. The first "
                + "quote was taken as text here, so that the rows behind it could be judged.",
            help: "Double the quote if it belongs to the text, and quote the field: \"5\"\" pipe\"."),
        CatalogueEntry(
            code: .skippedLines, slug: "skipped-lines", severity: .warning,
            title: "Lines that were passed over because of --skip-lines",
            why: "They are part of the file, and are sent with it: an import takes the first line for the header (assumed).",
            help: "Remove them from the file before it is pushed; for one line: tail -n +2 FILE > FILE.new.csv"),
        CatalogueEntry(
            code: .emptyColumnName, slug: "empty-column-name", severity: .error,
            title: "A column without a name",
            why: "Columns are matched by the header's names (assumed): a column without one cannot be matched.",
            help: "Name the column, or remove it; a trailing delimiter on each line makes one as well."),
        CatalogueEntry(
            code: .duplicateColumnName, slug: "duplicate-column-name", severity: .error,
            title: "Two columns with the same name",
            why: "Columns are matched by the header's names (assumed): which of the two is loaded cannot be told.",
            help: "Rename or remove one of them."),
        CatalogueEntry(
            code: .missingColumn, slug: "missing-column", severity: .error,
            title: "A column of the profile is missing from the file",
            why: "The import configuration expects it: the import fails or loads blanks (assumed).",
            help: "Export the column, or remove it from the profile and from the import configuration."),
        CatalogueEntry(
            code: .unexpectedColumn, slug: "unexpected-column", severity: .warning,
            title: "A column that the profile does not name",
            why: "If the import configuration does not map it either, nothing of it is loaded (assumed); a column whose name was "
                + "changed looks like this as well.",
            help: "Add it to the profile, or write \"extra-columns: ignore\" if that is meant."),
        CatalogueEntry(
            code: .noDataRows, slug: "no-data-rows", severity: .error,
            title: "A header and no data row",
            why: "An import that clears items before it loads could delete everything (assumed).",
            help: "Look at the query behind the export."),
        CatalogueEntry(
            code: .requiredValueEmpty, slug: "required-value-empty", severity: .error,
            title: "An empty value in a required column",
            why: "The profile says that each row has a value here. The import loads an empty cell as blank (assumed), without a word.",
            help: "Fill the value in, or remove \"required: true\" from the column."),
        CatalogueEntry(
            code: .similarColumnNames, slug: "similar-column-names", severity: .warning,
            title: "Two columns whose names differ in case or blanks only",
            why:
                "Columns are matched by the header's names (assumed); where case or blanks are not told apart, which of the two is loaded cannot "
                + "be said.",
            help: "Rename or remove one of them."),
        CatalogueEntry(
            code: .longColumnName, slug: "long-column-name", severity: .warning,
            title: "A column name that is very long",
            why: "Names are words, not texts: a quote that is not closed in the header, or a first row that is no header, looks like this.",
            help: "Look at the header; where the first row is data, say --no-header."),
        CatalogueEntry(
            code: .notANumber, slug: "not-a-number", severity: .error,
            title: "A value that is no number in the column's format",
            why: "The import reports such a cell as ParsingError and skips it (reading of the report: assumed).",
            help: "Compare the separators with \"number:\" in the profile and in the import configuration.", predicts: .parsingError),
        CatalogueEntry(
            code: .notAnInteger, slug: "not-an-integer", severity: .error,
            title: "A value that is no whole number",
            why: "The import reports such a cell as ParsingError and skips it (reading of the report: assumed).",
            help: "Compare the separators with \"number:\" in the profile and in the import configuration.", predicts: .parsingError),
        CatalogueEntry(
            code: .notADate, slug: "not-a-date", severity: .error,
            title: "A value that is no date in the column's format",
            why: "The import reports such a cell as ParsingError and skips it (reading of the report: assumed).",
            help: "Compare the pattern with \"date:\" in the profile and in the import configuration.", predicts: .parsingError),
        CatalogueEntry(
            code: .notABoolean, slug: "not-a-boolean", severity: .error,
            title: "A value that is neither TRUE nor FALSE",
            why: "The import reports such a cell as ParsingError and skips it (reading of the report: assumed).",
            help: "Write TRUE, FALSE or nothing. Spellings that the import configuration reads (assumed) belong into the profile: "
                + "boolean: {true: [\"yes\"], false: [\"no\"]}", predicts: .parsingError),
        CatalogueEntry(
            code: .doubtfulNumber, slug: "doubtful-number", severity: .warning,
            title: "A value that may or may not be read as a number",
            why: "Pigment's rule for this spelling is not public: it counts towards the upper bound of the predicted ParsingError skips.",
            help: "Write plain digits with the configured separators, or accept the doubt with --allow-uncertain.",
            predicts: .parsingError),
        CatalogueEntry(
            code: .doubtfulInteger, slug: "doubtful-integer", severity: .warning,
            title: "A value that may or may not be read as a whole number",
            why: "Pigment's rule for this spelling is not public; decimals are assumed to be cut off, not rejected. It counts "
                + "towards the upper bound.",
            help: "Write plain digits without decimals, or accept the doubt with --allow-uncertain.", predicts: .parsingError),
        CatalogueEntry(
            code: .doubtfulDate, slug: "doubtful-date", severity: .warning,
            title: "A value that may or may not be read as a date",
            why: "Pigment's rule for this spelling is not public: it counts towards the upper bound of the predicted ParsingError skips.",
            help: "Write the date exactly as the pattern says, with leading zeros, or accept the doubt with --allow-uncertain.",
            predicts: .parsingError),
        CatalogueEntry(
            code: .doubtfulBoolean, slug: "doubtful-boolean", severity: .warning,
            title: "A spelling of a boolean that may or may not be read",
            why: "Only TRUE, FALSE and blank are documented: other spellings count towards the upper bound of the predicted "
                + "ParsingError skips.",
            help: "Write TRUE, FALSE or nothing, name the spelling in the profile if the import configuration reads it (assumed) - "
                + "boolean: {true: [\"yes\"], false: [\"no\"]} - or accept the doubt with --allow-uncertain.", predicts: .parsingError),
        CatalogueEntry(
            code: .unlikeItsColumn, slug: "unlike-its-column", severity: .warning,
            title: "Values that do not look like the rest of their column",
            why: "No profile says what the column holds. If it is mapped to the type that nearly all of its values have, these are "
                + "skipped as ParsingError (estimate).",
            help: "Describe the column in a profile (-p PROFILE) to get a prediction instead of an estimate."),
        CatalogueEntry(
            code: .mixedFormats, slug: "mixed-formats", severity: .warning,
            title: "A column in several formats",
            why: "A format that reads some of these values rejects the others or reads them as other values: 1.5 and 2,5 cannot both be "
                + "decimals. Without a profile nothing says which is meant (estimate).",
            help: "Export the column in one format, or describe it in a profile (-p PROFILE) to see what the import would skip."),
        CatalogueEntry(
            code: .unknownItem, slug: "unknown-item", severity: .error,
            title: "A dimension item that the list does not have",
            why: "Depending on the configuration the item is created, replaced by a default, or its row is dropped (assumed).",
            help: "Correct the item, or add it to the list and to the items file of the profile.", predicts: .missingItemSkipsRow),
        CatalogueEntry(
            code: .duplicateKey, slug: "duplicate-key", severity: .error,
            title: "A key that another row has already",
            why:
                "The import's report has no reason for it: duplicates in one file fail the whole import or are merged without a word (assumed).",
            help: "Keep one row of each key, or add the column that tells them apart to the key."),
        CatalogueEntry(
            code: .blankKey, slug: "blank-key", severity: .error,
            title: "A row without a key",
            why:
                "The import's report has no reason for it: such rows fail the whole import, or are lost or merged without a word (assumed).",
            help: "Fill the key in, or leave the row out of the export."),
        CatalogueEntry(
            code: .doubtfulItem, slug: "doubtful-item", severity: .warning,
            title: "A dimension item that differs from a known one only by case or surrounding blanks",
            why: "Whether the import matches it is not public: it counts towards the upper bound.",
            help: "Write the item as the list has it, or accept the doubt with --allow-uncertain.", predicts: .missingItemSkipsRow),
        CatalogueEntry(
            code: .numberReadsTwoWays, slug: "number-reads-two-ways", severity: .warning,
            title: "Numbers that another format reads as other numbers",
            why: "1,234 is a thousand and more where the comma groups, and a little over one where it stands for decimals. If the import "
                + "configuration is set the other way, the wrong number is loaded without a word (assumed).",
            help: "Compare the separators with the import configuration, and write decimals so that no number has exactly three."),
        CatalogueEntry(
            code: .dateReadsTwoWays, slug: "date-reads-two-ways", severity: .warning,
            title: "Dates that are other dates with day and month swapped",
            why: "03/04/2026 is in April or in March. If the import configuration has the other order, the wrong day is loaded without a "
                + "word (assumed).",
            help: "Compare the order with the import configuration, or export ISO dates (yyyy-MM-dd), which read one way only."),
    ]
}
