import ByteSources
import ImportProfiles
import SafeText

/// Reports what is wrong with the file as a whole: it is empty, damaged, or something other than CSV.
struct SourceCheck: FileCheck {
    static let kinds: [FindingKind] = [
        .emptyFile, .gzipTruncated, .gzipHeader, .gzipData, .gzipChecksum, .gzipLength, .gzipTrailingBytes, .notCSV, .compressionName,
        .contentLimit, .noDataRows,
    ]

    func begin(_ file: FileFacts, log: inout FindingLog) {
        if case .notCSV(let kind) = file.head.refusal { log.note(.notCSV, remark: kind) }
    }

    /// Nothing depends on the rows.
    func merge(_ later: SourceCheck, at joint: Joint) {}

    func finish(_ file: FileFacts, _ end: FileEnd, log: inout FindingLog) {
        if let damage = end.damage { note(damage, line: end.line, log: &log) }
        guard end.isComplete else { return }
        if let remark = Self.nameMismatch(end.compression, path: end.path) { log.note(.compressionName, remark: remark) }
        if !end.hasFirstRow {
            log.note(.emptyFile)
        } else if end.rowCount == 0 {
            log.note(.noDataRows)
        }
    }

    private func note(_ damage: GzipDamage, line: Int, log: inout FindingLog) {
        let kind: FindingKind =
            switch damage.kind {
            case .truncated: .gzipTruncated
            case .badHeader: .gzipHeader
            case .badData: .gzipData
            case .badChecksum: .gzipChecksum
            case .badLength: .gzipLength
            case .trailingBytes: .gzipTrailingBytes
            case .tooLong: .contentLimit
            }
        let member = "member \(damage.member), near byte \(damage.compressedOffset) of the compressed file"
        log.note(
            kind, remark: damage.kind == .tooLong ? damage.decompressedOffset.counted("byte") : member,
            at: Place(row: nil, line: line, column: nil, byteOffset: damage.decompressedOffset))
    }

    /// - Returns: What is wrong with the name of the file, if it suggests another compression.
    private static func nameMismatch(_ compression: Compression, path: String) -> String? {
        let name = path.lowercased()
        switch compression {
        case .none: return name.hasSuffix(".gz") || name.hasSuffix(".gzip") ? "named .gz, but plain text" : nil
        case .gzip: return name.hasSuffix(".csv") || name.hasSuffix(".txt") ? "named like plain text, but gzip" : nil
        }
    }
}

extension SourceCheck {
    /// Nothing depends on the rows.
    func code(_ coder: inout StateCoder) {}
}

extension FindingKind {
    static let emptyFile = FindingKind(
        code: "PF001", slug: "empty-file", severity: .error, about: .bytes,
        title: "File is empty",
        why: "The file has neither a header nor rows. An import that clears items before it loads could delete everything (assumed).",
        help: "Check the job that wrote the file: it may have failed, or may still be writing.",
        hidesText: true, showsPlaces: false)

    static let gzipTruncated = FindingKind(
        code: "PF002", slug: "gzip-truncated", severity: .error, about: .bytes,
        title: "gzip file is truncated",
        why: "The end of the data is missing, even if the rows read so far look complete.",
        help: "Copy or export the file again, then test it with: gzip -t FILE",
        hidesText: true)

    static let gzipHeader = FindingKind(
        code: "PF003", slug: "gzip-header", severity: .error, about: .bytes,
        title: "gzip header is damaged",
        why: """
            The header names a method or flags that RFC 1952 does not allow, or its checksum does not match. Nothing after it can be \
            trusted.
            """,
        help: "Copy or export the file again, then test it with: gzip -t FILE",
        hidesText: true)

    static let gzipData = FindingKind(
        code: "PF004", slug: "gzip-data", severity: .error, about: .bytes,
        title: "Compressed data is damaged",
        why: "The content of the file after this point is unknown.",
        help: "Copy or export the file again, then test it with: gzip -t FILE",
        hidesText: true)

    static let gzipChecksum = FindingKind(
        code: "PF005", slug: "gzip-checksum", severity: .error, about: .bytes,
        title: "gzip checksum does not match",
        why: "At least one byte differs from what was compressed. The checksum does not tell which one.",
        help: "Copy or export the file again, then test it with: gzip -t FILE",
        hidesText: true)

    static let gzipLength = FindingKind(
        code: "PF006", slug: "gzip-length", severity: .error, about: .bytes,
        title: "gzip length does not match",
        why: "The content is longer or shorter than what was compressed.",
        help: "Copy or export the file again, then test it with: gzip -t FILE",
        hidesText: true)

    static let gzipTrailingBytes = FindingKind(
        code: "PF007", slug: "gzip-trailing-bytes", severity: .error, about: .bytes,
        title: "Extra bytes after the gzip data",
        why: """
            The bytes are not a gzip member. Uncompressed data may have been appended, or a shorter file may have overwritten a longer \
            one, so rows may be missing.
            """,
        help: "Decompress the file (gzip -dc FILE), inspect the end, and compress the correct content again.",
        hidesText: true)

    static let notCSV = FindingKind(
        code: "PF008", slug: "not-csv", severity: .error, about: .bytes,
        title: "File is not CSV",
        why: "It starts like another kind of file. None of it was checked. An import would fail or load meaningless values (assumed).",
        help: "Export or save it as CSV in UTF-8. If it is a web page, open it: it may say why the download failed.",
        hidesText: true, showsPlaces: false)

    static let compressionName = FindingKind(
        code: "PF009", slug: "compression-name", severity: .warning, about: .bytes,
        title: "File name does not match the compression",
        why: "preflight goes by the content. Other programs go by the name, and fail or read garbage.",
        help: "Rename the file to match its content: .csv.gz for gzip, .csv for plain text.",
        showsPlaces: false)

    static let contentLimit = FindingKind(
        code: "PF010", slug: "content-limit", severity: .error, about: .bytes,
        title: "Decompressed content exceeds --max-output-bytes",
        why: "A small gzip file can expand to a very large one. Reading stopped at the limit.",
        help: "Check the program that wrote the file, or raise the limit with --max-output-bytes.",
        hidesText: true, showsPlaces: false)

    static let noDataRows = FindingKind(
        code: "PF305", slug: "no-data-rows", severity: .error, about: .bytes,
        title: "Header without data rows",
        why: "An import that clears items before it loads could delete everything (assumed).",
        help: "Check the query that produced the export.",
        showsPlaces: false)
}
