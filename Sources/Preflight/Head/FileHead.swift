import ByteSources
import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// What the beginning of a file shows: encoding, dialect, where its first row begins, or that it is not a CSV file.
struct FileHead {
    /// How many bytes are waited for and looked at, whatever the reads bring, so that the answer never depends on the reads.
    static let byteCount = 1 << 20

    /// Why nothing in the file is judged.
    enum Refusal: Equatable {
        /// In an encoding other than the declared one.
        case utf16(TextEncoding)
        case utf32
        /// Something else than text in rows; what, in words.
        case notCSV(String)
    }

    /// What was declared about the file.
    struct Given {
        var encoding: TextEncoding?
        /// Whether the file is read in ``encoding`` whatever its bytes say.
        var forcesEncoding = false
        /// Whether undeclared UTF-16 is converted, because it is to be sent as UTF-8.
        var transcodes = false
        var delimiter: UInt8?
        var quote: UInt8?
        var hasHeader = true
        /// Bytes of the beginning that were waited for.
        var headByteCount = FileHead.byteCount
        /// Lines before the first row.
        var skippedLines = 0
        /// Names of the columns, where a profile gives them.
        var columnNames: [[UInt8]] = []
    }

    var refusal: Refusal?
    private(set) var encoding: TextEncoding
    /// What the beginning says against the declared encoding.
    private(set) var contradiction: EncodingContradiction?
    /// What the first bytes of a file that is read as UTF-8 hold of well-formed characters and of ill-formed sequences.
    private(set) var firstText = CharacterScan(offset: 0)
    /// Bytes of the file that are a byte order mark.
    private(set) var markLength: Int
    /// Bytes of the file between the mark and the first row, and the number of their lines.
    private(set) var skipped = (length: 0, lines: 0)
    /// How many of the lines before the first row were not declared: blank lines, and a title above the header.
    private(set) var preambleLines = 0
    /// Whether all of these are blank.
    private(set) var isPreambleBlank = false
    /// What is odd about the first rows as a table.
    private(set) var shape = TableShape()
    /// Where the row below the header begins.
    private(set) var secondRow = (byteOffset: 0, line: 1)
    /// The delimiter that a line `sep=;` before the header names.
    private(set) var separatorLine: UInt8?
    /// The one that was given, else the one that cuts the beginning most evenly; `nil` when none cuts the first row.
    private(set) var delimiter: UInt8?
    private(set) var quote: UInt8
    /// How even the rows of the beginning are; `nil` where the delimiter was given.
    private(set) var evidence: DelimiterEvidence?
    /// Where the given delimiter does not cut the first row: another that cuts the beginning.
    private(set) var otherDelimiter: DelimiterEvidence?
    /// Whether the beginning has carriage returns and no line feed.
    private(set) var endsLinesWithCR = false

    /// Bytes of the file before the first row.
    var beginningLength: Int { markLength + skipped.length }

    /// How the rows are cut into fields.
    var dialect: Dialect {
        let comma = UInt8(ascii: ",")
        // What was given differs from the quote (`DialectOverrides`), and so does what was detected.
        return Dialect(delimiter: delimiter ?? (quote == comma ? UInt8(ascii: ";") : comma), quote: quote) ?? Dialect()
    }

    var hasByteOrderMark: Bool { encoding == .utf8 && markLength > 0 }

    /// - Parameter head: the first ``byteCount`` bytes, or the whole file if it is shorter.
    init(head: Span<UInt8>, given: Given) {
        quote = given.quote ?? UInt8(ascii: "\"")
        delimiter = given.delimiter
        let reading = Self.reading(of: head, given: given)
        encoding = reading.encoding
        refusal = reading.refusal
        contradiction = reading.contradiction
        markLength = refusal == nil ? encoding.markLength(of: head) : 0
        guard refusal == nil else { return }
        let content = head.dropFirst(markLength)
        guard encoding != .utf8 else {
            firstText.update(content.prefix(DialectDetector.sampleByteCount))
            read(content, given: given)
            return
        }
        var transcoder = Transcoder(encoding)
        let converted = [UInt8](capacity: content.count * encoding.mostGrowth + Transcoder.mostPending) {
            transcoder.convert(content, into: &$0)
        }
        read(converted.span, given: given)
    }

    /// - Parameter content: UTF-8, without a byte order mark.
    private mutating func read(_ content: Span<UInt8>, given: Given) {
        if let kind = ForeignFormat.name(of: content) ?? PrintedTable.name(of: content) {
            refusal = .notCSV(kind)
            return
        }
        let skippedBytes = skipLines(in: content, given: given)
        skipped.length = encoding.unit.length(of: content.prefix(skippedBytes))
        let rows = content.dropFirst(skippedBytes)
        endsLinesWithCR = Self.endOfLine(in: rows, from: 0).map { rows[$0 - 1] == UInt8(ascii: "\r") } ?? false
        let isCut = content.count + markLength >= given.headByteCount
        var preambleBytes = 0
        if endsLinesWithCR {
            let lines = Array(rows).map { $0 == UInt8(ascii: "\r") ? UInt8(ascii: "\n") : $0 }
            preambleBytes = findDialect(in: lines.span, isCut: isCut, given: given)
        } else {
            preambleBytes = findDialect(in: rows, isCut: isCut, given: given)
        }
        skipped.lines += preambleLines
        skipped.length += encoding.unit.length(of: rows[..<preambleBytes])
        let beforeSecond = rows[preambleBytes...].prefix(shape.second.byteOffset)
        secondRow = (beginningLength + encoding.unit.length(of: beforeSecond), 1 + skipped.lines + shape.second.line)
    }

    // MARK: Lines before the first row

    /// - Returns: The number of bytes before the first row.
    private mutating func skipLines(in content: Span<UInt8>, given: Given) -> Int {
        var start = 0
        var linesLeftToSkip = given.skippedLines
        while linesLeftToSkip > 0, let end = Self.endOfLine(in: content, from: start) {
            start = end
            linesLeftToSkip -= 1
            skipped.lines += 1
        }
        if linesLeftToSkip > 0 {
            // Nothing is left of a complete file then; where the rows of a longer file begin is unknown.
            if content.count + markLength >= given.headByteCount {
                refusal = .notCSV("\(given.skippedLines.counted("line")) to skip, and fewer in its first megabyte")
            }
            return content.count
        }
        if let end = Self.endOfLine(in: content, from: start), let separator = Self.separator(content[start..<end]) {
            separatorLine = separator
            skipped.lines += 1
            start = end
        }
        return start
    }

    /// The place after the next line end, which is a CR alone where there is no LF.
    private static func endOfLine(in content: Span<UInt8>, from start: Int) -> Int? {
        let rest = content[start...]
        return (rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.firstIndex(of: UInt8(ascii: "\r"))).map { start + $0 + 1 }
    }

    /// What a line `sep=;` names, as Excel reads and writes it: perhaps in quotes, or padded with delimiters by a program that knows nothing of it.
    private static func separator(_ line: Span<UInt8>) -> UInt8? {
        var text = Array(line.prefix(1 << 10))[...]
        while let last = text.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { text = text.dropLast() }
        if text.first == UInt8(ascii: "\""), text.count > 6, text.dropFirst(6).first == UInt8(ascii: "\"") {
            text = text.dropFirst().prefix(5) + text.dropFirst(7)
        }
        let name = text.prefix(4).map { $0 | 0x20 }
        guard text.count >= 5, name.elementsEqual("sep=".utf8.map { $0 | 0x20 }), text[text.startIndex + 3] == UInt8(ascii: "=") else {
            return nil
        }
        let separator = text[text.startIndex + 4]
        let quotes = [UInt8(ascii: "\""), UInt8(ascii: "'")]
        guard separator < 0x80, separator >= 0x20 || separator == UInt8(ascii: "\t"), !quotes.contains(separator) else { return nil }
        let padding = text.dropFirst(5)
        return padding.allSatisfy { $0 == padding.first && DialectDetector.candidates.contains($0) } ? separator : nil
    }

    // MARK: Dialect

    /// - Returns: The number of bytes of the blank lines and of the title before the header.
    private mutating func findDialect(in rows: Span<UInt8>, isCut: Bool, given: Given) -> Int {
        let blank = given.skippedLines == 0 && given.hasHeader ? Self.blankLines(in: rows) : (count: 0, byteCount: 0)
        let rest = rows.dropFirst(blank.byteCount)
        let titleBytes = findDialectOfRows(rest, isCut: isCut, given: given)
        isPreambleBlank = blank.count > 0 && titleBytes == 0
        preambleLines += blank.count
        let table = rest.dropFirst(titleBytes)
        shape = TableShape(
            of: DialectDetector(table, isCut: isCut), delimiter: delimiter, quote: quote, hasHeader: given.hasHeader)
        return blank.byteCount + titleBytes
    }

    /// The blank lines before the first line with a byte; none in a file of blank lines.
    private static func blankLines(in rows: Span<UInt8>) -> (count: Int, byteCount: Int) {
        var (count, byteCount) = (0, 0)
        for index in rows.indices {
            switch rows[index] {
            case UInt8(ascii: "\n"): (count, byteCount) = (count + 1, index + 1)
            case UInt8(ascii: "\r"): break
            default: return (count, byteCount)
            }
        }
        return (0, 0)
    }

    private mutating func findDialectOfRows(_ rows: Span<UInt8>, isCut: Bool, given: Given) -> Int {
        // Where the delimiter is known only the first rows are asked whether it cuts them.
        let isLong = given.delimiter != nil && rows.count > DialectDetector.sampleByteCount
        let looked = isLong ? rows.prefix(DialectDetector.sampleByteCount) : rows
        let detector = DialectDetector(looked, isCut: isCut || isLong)
        if given.quote == nil, given.delimiter != UInt8(ascii: "'"),
            detector.isQuotedByApostrophes(delimiter: given.delimiter ?? separatorLine)
        {
            quote = UInt8(ascii: "'")
        }
        let declared = given.delimiter ?? separatorLine.flatMap { $0 == quote ? nil : $0 }
        let found =
            declared.map { detector.evidence(delimiter: $0, quote: quote) } ?? detector.best(quote: quote, except: nil)
            ?? (declared == nil ? detector.rare(quote: quote) ?? detector.bestAmongBroken(quote: quote) : nil)
        delimiter = declared ?? found?.delimiter
        if given.delimiter == nil { evidence = found }
        if given.skippedLines == 0, given.hasHeader,
            let title = TitleSearch(detector: detector, quote: quote, given: declared, columnNames: given.columnNames).find(evidence: found)
        {
            preambleLines = title.lines
            delimiter = title.evidence.delimiter
            if given.delimiter == nil { evidence = title.evidence }
            return title.byteCount
        }
        // It may cut the first row by chance, a comma in a name, and hardly any other.
        if given.delimiter != nil, found.map({ $0.rows > 1 && $0.share < 0.5 }) ?? true, !rows.isEmpty {
            otherDelimiter = detector.best(quote: quote, except: given.delimiter).flatMap { $0.isConvincing ? $0 : nil }
        }
        return 0
    }
}

extension FileHead: CodedState {
    /// Of an empty file.
    static var blank: FileHead { FileHead(head: Span(), given: Given()) }

    mutating func code(_ coder: inout StateCoder) {
        coder.optional(&refusal, blank: .utf32) { coder, refusal in refusal.code(&coder) }
        coder.raw(&encoding)
        coder.optional(&contradiction, blank: .blank) { coder, contradiction in contradiction.code(&coder) }
        var (invalidCount, multibyteCount) = (firstText.invalidCount, firstText.multibyteCount)
        coder(&invalidCount)
        coder(&multibyteCount)
        if coder.isReading { firstText = CharacterScan(invalidCount: invalidCount, multibyteCount: multibyteCount) }
        coder(&markLength)
        coder(&skipped.length)
        coder(&skipped.lines)
        coder(&preambleLines)
        coder(&isPreambleBlank)
        coder(&shape)
        coder(&secondRow.byteOffset)
        coder(&secondRow.line)
        coder(&separatorLine)
        coder(&delimiter)
        coder(&quote)
        coder.optional(&evidence, blank: .blank) { coder, evidence in evidence.code(&coder) }
        coder.optional(&otherDelimiter, blank: .blank) { coder, evidence in evidence.code(&coder) }
        coder(&endsLinesWithCR)
    }
}

extension FileHead.Refusal: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        var (encoding, kind) = (TextEncoding?.none, String?.none)
        switch self {
        case .utf16(let found): encoding = found
        case .utf32: break
        case .notCSV(let words): kind = words
        }
        coder.optional(&encoding, blank: .utf16) { coder, encoding in coder.raw(&encoding) }
        coder(&kind)
        self = encoding.map(Self.utf16) ?? kind.map(Self.notCSV) ?? .utf32
    }
}
