import ByteSources
import CSVTokenizer
import ImportProfiles
import SafeText

/// A check of the whole file: it reports what its first bytes show, or what is known at its end.
protocol FileCheck: FindingSource, CodedState {
    /// Makes the check for one file.
    init()

    /// Reports what the beginning of the file shows.
    func begin(_ file: FileFacts, log: inout FindingLog)

    /// Looks at a batch, for facts that depend on the order of the file and not on columns.
    ///
    /// - Parameter lineEnds: The line ends up to the end of this batch.
    mutating func explain(
        _ batch: inout RowBatch, _ judgement: BatchJudgement, lineEnds: InputSummary.LineEnds, log: inout FindingLog)

    /// Adds what the same check found in the range after this one: see ``Check/merge(_:at:)``.
    mutating func merge(_ later: Self, at joint: Joint)

    /// Reports what is known at the end, before the checks of rows finish.
    func finish(_ file: FileFacts, _ end: FileEnd, log: inout FindingLog)
}

extension FileCheck {
    func begin(_ file: FileFacts, log: inout FindingLog) {}
    func explain(_ batch: inout RowBatch, _ judgement: BatchJudgement, lineEnds: InputSummary.LineEnds, log: inout FindingLog) {}
    func finish(_ file: FileFacts, _ end: FileEnd, log: inout FindingLog) {}

    mutating func merge(other later: any FileCheck, at joint: Joint) {
        guard let later = later as? Self else { preconditionFailure("the checks of two ranges are not in one order") }
        merge(later, at: joint)
    }
}

/// What is known about a file before its first row.
struct FileFacts {
    let head: FileHead
    let dialect: Dialect
    let declaration: Declaration

    /// What the options and the profile declare about the encoding and the beginning.
    struct Declaration {
        var encoding: TextEncoding?
        /// Whether the encoding comes from an option, not from the profile.
        var isEncodingOption: Bool
        var forcesEncoding: Bool
        var transcodes: Bool
        var skippedLines: Int
    }

    /// The place of findings about the whole file.
    static let beginning = Place(row: nil, line: 1, column: nil, byteOffset: 0)

    /// Makes commands that correct this file; they convert its encoding and line ends first.
    var remedy: FileRemedy {
        let encoding: String? =
            switch head.refusal {
            case .utf16(let encoding): encoding.converterName
            case .utf32: "UTF-32"
            case .notCSV, nil: head.encoding == .utf8 ? nil : head.encoding.converterName
            }
        return FileRemedy(encoding: encoding, endsLinesWithCR: head.endsLinesWithCR)
    }
}

/// What is known about a file after its last row.
struct FileEnd {
    /// Safe to print.
    var path: String
    var compression: Compression
    /// Why the content ended too early, if it did.
    var damage: GzipDamage?
    /// Whether the file was read to its end and all of it was checked.
    var isComplete: Bool
    /// The physical line of the end.
    var line: Int
    var hasFirstRow: Bool
    var rowCount: Int
    var lineEnds: InputSummary.LineEnds
    /// What all bytes together show about the encoding, if that was examined.
    var encodingEvidence: UTF8Witness?
    /// Bytes of the content.
    var byteCount: Int
    /// Whether the last line has a line end.
    var endsWithLineEnd: Bool
    /// Whether the file ends inside a character.
    var endsInsideCharacter: Bool
}

extension FindingLog {
    /// Notes a finding about the whole file.
    mutating func note(
        _ kind: FindingKind, count: Int = 1, severity: Severity? = nil, remark: String? = nil, at place: Place = FileFacts.beginning,
        value: VisibleText? = nil
    ) {
        note(kind, row: nil, count: count, severity: severity, remark: remark) { _ in Finding.Example(place: place, value: value) }
    }
}
