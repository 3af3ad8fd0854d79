/// A stable name for one kind of finding: `PF` and three digits, of which the first is the family.
///
/// Codes are never renamed and never used for something else; ``catalogue`` is their one list.
public enum FindingCode: String, Sendable, CaseIterable {
    // 0: source and gzip
    case emptyFile = "PF001"
    case gzipTruncated = "PF002"
    case gzipHeader = "PF003"
    case gzipData = "PF004"
    case gzipChecksum = "PF005"
    case gzipLength = "PF006"
    case gzipTrailingBytes = "PF007"
    case notCSV = "PF008"
    case compressionName = "PF009"
    case contentLimit = "PF010"
    // 1: encoding and characters
    case invalidUTF8 = "PF101"
    case byteOrderMark = "PF102"
    case nulByte = "PF103"
    case utf16 = "PF104"
    case otherEncoding = "PF105"
    case utf32 = "PF106"
    case innerByteOrderMark = "PF107"
    case doubleEncoded = "PF108"
    case undecodable = "PF109"
    case contradictedEncoding = "PF110"
    // 2: quoting, line ends, row width
    case strayQuote = "PF201"
    case textAfterClosingQuote = "PF202"
    case unclosedQuote = "PF203"
    case tooFewFields = "PF204"
    case tooManyFields = "PF205"
    case blankLine = "PF206"
    case loneCarriageReturn = "PF207"
    case mixedLineEnds = "PF208"
    case unsupportedDelimiter = "PF209"
    case carriageReturnLineEnds = "PF210"
    case separatorLine = "PF211"
    case otherDelimiter = "PF212"
    case repeatedHeader = "PF213"
    case totalsRow = "PF214"
    case preamble = "PF215"
    case runawayQuote = "PF216"
    case skippedLines = "PF217"
    // 3: header and profile
    case emptyColumnName = "PF301"
    case duplicateColumnName = "PF302"
    case missingColumn = "PF303"
    case unexpectedColumn = "PF304"
    case noDataRows = "PF305"
    case requiredValueEmpty = "PF306"
    case similarColumnNames = "PF307"
    case longColumnName = "PF308"
    // 4: values
    case notANumber = "PF401"
    case notAnInteger = "PF402"
    case notADate = "PF403"
    case notABoolean = "PF404"
    case doubtfulNumber = "PF411"
    case doubtfulInteger = "PF412"
    case doubtfulDate = "PF413"
    case doubtfulBoolean = "PF414"
    case unlikeItsColumn = "PF420"
    case mixedFormats = "PF421"
    // 5: keys and dimension items
    case unknownItem = "PF501"
    case duplicateKey = "PF502"
    case blankKey = "PF503"
    case doubtfulItem = "PF511"
    // 6: reads two ways
    case numberReadsTwoWays = "PF601"
    case dateReadsTwoWays = "PF602"

    /// The row of ``catalogue`` that describes this code.
    public var entry: CatalogueEntry {
        // The catalogue has every code: a test compares the two lists.
        Self.catalogue.first { $0.code == self }!
    }

    /// The code written as `PF203` or by its slug; letter case does not matter.
    public init?(argument: String) {
        let wanted = argument.lowercased()
        guard let match = Self.catalogue.first(where: { $0.code.rawValue.lowercased() == wanted || $0.slug == wanted }) else {
            return nil
        }
        self = match.code
    }
}

/// What the catalogue says of one code.
public struct CatalogueEntry: Sendable {
    public var code: FindingCode
    /// Kebab case, as stable as the code.
    public var slug: String
    public var severity: Severity
    /// One line, without a full stop.
    public var title: String
    /// The title where the file has no header row and its first row is compared with instead; `nil` where that changes nothing.
    var titleWithoutHeader: String?
    /// Why the import cares. Says "assumed" where Pigment's behaviour is not public.
    public var why: String
    /// What to do next.
    public var help: String
    /// The skip reason that the gate expects of each occurrence; `nil` where the finding predicts no counted skip.
    public var predicts: SkipReason?

    /// The title in a report on a file with or without a header row.
    func title(hasHeader: Bool) -> String {
        hasHeader ? title : titleWithoutHeader ?? title
    }
}
