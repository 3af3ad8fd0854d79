import ImportProfiles

extension FindingCode {
    /// Whether such a finding may come from rows that were cut by the wrong delimiter: where that is known, it is told alone.
    ///
    /// What is true of the bytes, however they are cut, stays: encoding, characters, line ends, compression.
    var mayComeFromDelimiter: Bool {
        switch self {
        case .strayQuote, .textAfterClosingQuote, .unclosedQuote, .runawayQuote, .tooFewFields, .tooManyFields, .repeatedHeader, .totalsRow,
            .preamble, .emptyColumnName, .duplicateColumnName, .missingColumn, .unexpectedColumn, .requiredValueEmpty, .similarColumnNames,
            .longColumnName, .notANumber, .notAnInteger, .notADate, .notABoolean, .doubtfulNumber, .doubtfulInteger, .doubtfulDate,
            .doubtfulBoolean, .unlikeItsColumn, .mixedFormats, .unknownItem, .duplicateKey, .blankKey, .doubtfulItem, .numberReadsTwoWays,
            .dateReadsTwoWays:
            true
        case .emptyFile, .gzipTruncated, .gzipHeader, .gzipData, .gzipChecksum, .gzipLength, .gzipTrailingBytes, .notCSV, .compressionName,
            .contentLimit, .invalidUTF8, .byteOrderMark, .nulByte, .utf16, .otherEncoding, .utf32, .innerByteOrderMark, .doubleEncoded,
            .undecodable, .contradictedEncoding, .blankLine, .loneCarriageReturn, .mixedLineEnds, .unsupportedDelimiter,
            .carriageReturnLineEnds,
            .separatorLine, .otherDelimiter, .skippedLines, .noDataRows:
            false
        }
    }

    /// Whether such a finding is about the values of its column: in a column that repeats another it says nothing new.
    var isAboutValues: Bool {
        switch self {
        case .emptyColumnName, .duplicateColumnName, .missingColumn, .unexpectedColumn, .similarColumnNames, .longColumnName: false
        default: true
        }
    }
}
