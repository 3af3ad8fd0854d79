import ByteSources
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// A file of a feed, read to its end: what a check without a profile says of it, in the encoding and with the header that its bytes suggest.
struct FeedFile {
    let file: InputFile
    /// As it was read.
    let options: CheckOptions
    let report: Report
    /// The encoding that the bytes suggested; `nil` where it was declared, or is UTF-8.
    let suggestedEncoding: TextEncoding?
    /// Whether the first row was taken for data because it looks like it.
    let hasDataFirst: Bool

    /// How many values of each kind are searched for words and patterns.
    private static let samples = 50
    /// Of a larger file the beginning tells how to read it, so that it is read once.
    private static let mostReadTwice = 2 << 20
    private static let headByteCount = 256 << 10

    /// - Parameters:
    ///   - path: A stream is copied to a temporary file while it is read.
    ///   - options: How to read it, without a profile.
    init(path: FilePath, options given: CheckOptions) throws(DraftFailure) {
        var options = given
        options.samples = Self.samples
        options.countsValues = true
        do throws(SourceError) {
            file = try InputFile.open(path: path, spoolsStream: true)
        } catch {
            throw .source(error)
        }
        var (suggested, isData): (TextEncoding?, Bool) = (nil, false)
        if file.isSeekable, let size = file.size(), size > Self.mostReadTwice, let look = try? Self.look(at: file, options: options) {
            suggested = look.suggestedEncoding
            if let suggested { options.encoding = suggested }
            isData = options.hasHeader == nil && FirstRow(look.report).isData
            if isData { options.hasHeader = false }
        }
        var reading = try Self.read(file, options, isSecondPass: false)
        if options.hasHeader == nil, !isData, FirstRow(reading.report).isData {
            isData = true
            options.hasHeader = false
            if let found = reading.suggestedEncoding { options.encoding = found }
            let earlier = reading.suggestedEncoding
            reading = try Self.read(file, options, isSecondPass: true)
            suggested = suggested ?? earlier
        }
        suggested = suggested ?? reading.suggestedEncoding
        if let suggested { options.encoding = suggested }
        self.options = options
        report = reading.report
        suggestedEncoding = suggested
        hasDataFirst = isData
    }

    private static func read(_ file: InputFile, _ options: CheckOptions, isSecondPass: Bool) throws(DraftFailure) -> DraftReading {
        var wasRead = isSecondPass
        return try DraftReading(options: options) { (options) throws(SourceError) in
            defer { wasRead = true }
            return try CheckRun.read(file, options: options, digest: nil, isSecondPass: wasRead, progress: { _ in }).report
        }
    }

    /// Reads the beginning.
    private static func look(at file: InputFile, options: CheckOptions) throws -> DraftReading? {
        let reader = try ChunkReader(try file.firstPass())
        let head = Array(try reader.peek(byteCount: headByteCount, readByteCount: 1 << 16))
        let text = head[..<(head.lastIndex(of: UInt8(ascii: "\n")) ?? head.count)]
        var options = options
        // Only what the columns are is asked, and values only where that does not tell data from a header.
        options.samples = 1
        var reading: DraftReading?
        for countsValues in [false, true] where reading.map({ FirstRow($0.report).asksValues }) != false {
            options.countsValues = countsValues
            reading = try DraftReading(options: options) { (options) throws(SourceError) in
                var run = CheckRun(options: options)
                run.feed(text.span)
                return run.finish(path: "-")
            }
        }
        return reading
    }

    /// Whether the row below the header holds units or dashes, and no values.
    var hasUnitsRow: Bool { report.findings.contains { $0.kind == .unitsRow || $0.kind == .headerUnderline } }

    /// Names of the columns as bytes; without a header `column-1` and so on.
    var names: [[UInt8]] {
        if report.input.dialect.hasHeader { return report.input.columnNames.map(\.bytes) }
        return (0..<report.totals.columns).map { Array("column-\($0 + 1)".utf8) }
    }
}

/// Whether the first row of a file is data, and no header: what it has above a column of numbers or dates is a number or a date, too.
private struct FirstRow {
    private(set) var isData = false
    /// Whether no column has a type, so that texts that come again are what tells.
    private(set) var asksValues = false

    private static let fewestRows = 2
    /// A column of texts tells where its values come again so often.
    private static let fewestRepetitions = 4
    /// Names that count on.
    private static let fewestInOrder = 3

    init(_ report: Report) {
        guard report.input.dialect.hasHeader, report.totals.rows >= Self.fewestRows else { return }
        let names = report.input.columnNames.map(\.bytes)
        var (typed, fitting, periods) = (0, 0, 0)
        var (repeated, known) = (0, 0)
        for (index, evidence) in report.prediction.evidence.enumerated() where index < names.count {
            let formats = FormatSet.formats(text: names[index])
            if let type = evidence.type {
                guard formats.isDisjoint(with: [.empty, .nullWord]) else { continue }
                typed += 1
                if type.mayFit(formats) { fitting += 1 }
                if PeriodName(names[index], format: nil) != nil { periods += 1 }
            } else if index < report.values.count, let values = report.values[index].values {
                let count = values.reduce(0) { $0 + $1.count }
                guard values.count > 1, count >= Self.fewestRepetitions * values.count else { continue }
                repeated += 1
                if values.contains(where: { $0.text == names[index] }) { known += 1 }
            }
        }
        // Years above columns of numbers are periods, and so may be the days of a month.
        let numbers = names.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        if numbers.count >= Self.fewestInOrder, zip(numbers, numbers.dropFirst()).allSatisfy({ $1 == $0 + 1 }) { return }
        asksValues = typed == 0
        if typed > 0 {
            isData = fitting == typed && periods < max(2, typed)
        } else {
            isData = repeated > 0 && 2 * known >= repeated && known > 0
        }
    }
}
