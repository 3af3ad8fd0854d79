import ImportProfiles

/// What is wrong with the file as a whole: it is empty, damaged, or something other than CSV.
enum SourceCheck: FindingSource {
    static let kinds: [FindingKind] = [
        .emptyFile, .gzipTruncated, .gzipHeader, .gzipData, .gzipChecksum, .gzipLength, .gzipTrailingBytes, .notCSV, .compressionName,
        .contentLimit, .noDataRows,
    ]
}

extension FindingKind {
    static let emptyFile = FindingKind(
        code: "PF001", slug: "empty-file", severity: .error, about: .bytes,
        title: "The file is empty",
        why: "There is no header and no row. An import that clears items before it loads could delete everything (assumed).",
        help: "Look at the job that wrote the file: it may have failed, or still be writing.",
        hidesText: true, showsPlaces: false)

    static let gzipTruncated = FindingKind(
        code: "PF002", slug: "gzip-truncated", severity: .error, about: .bytes,
        title: "The gzip stream is cut",
        why: "The end of the data is missing, even where the rows read so far look whole.",
        help: "Copy or export the file again, and test it with: gzip -t FILE",
        hidesText: true)

    static let gzipHeader = FindingKind(
        code: "PF003", slug: "gzip-header", severity: .error, about: .bytes,
        title: "A gzip header is damaged",
        why: """
            The stream names a method or flags that RFC 1952 does not allow, or its header checksum does not match: nothing \
            behind it can be trusted.
            """,
        help: "Copy or export the file again, and test it with: gzip -t FILE",
        hidesText: true)

    static let gzipData = FindingKind(
        code: "PF004", slug: "gzip-data", severity: .error, about: .bytes,
        title: "The compressed data is damaged",
        why: "From this place on the content of the file cannot be known.",
        help: "Copy or export the file again, and test it with: gzip -t FILE",
        hidesText: true)

    static let gzipChecksum = FindingKind(
        code: "PF005", slug: "gzip-checksum", severity: .error, about: .bytes,
        title: "The gzip checksum does not match",
        why: "Some byte of the content is not what was compressed; which one cannot be told.",
        help: "Copy or export the file again, and test it with: gzip -t FILE",
        hidesText: true)

    static let gzipLength = FindingKind(
        code: "PF006", slug: "gzip-length", severity: .error, about: .bytes,
        title: "The gzip length does not match",
        why: "The content is longer or shorter than what was compressed.",
        help: "Copy or export the file again, and test it with: gzip -t FILE",
        hidesText: true)

    static let gzipTrailingBytes = FindingKind(
        code: "PF007", slug: "gzip-trailing-bytes", severity: .error, about: .bytes,
        title: "Bytes follow the gzip stream that are no gzip member",
        why: """
            Part of the data may have been joined uncompressed, or the file was overwritten by a shorter one: it cannot be told \
            whether rows are missing.
            """,
        help: "Decompress it by hand (gzip -dc FILE), look at the end, and compress the right content again.",
        hidesText: true)

    static let notCSV = FindingKind(
        code: "PF008", slug: "not-csv", severity: .error, about: .bytes,
        title: "The file is something else than CSV",
        why: """
            It begins like a file of another kind; nothing in it was judged, and an import would fail or load rubbish (assumed).
            """,
        help: "Export or save it as CSV in UTF-8. A server's page in its place says why the download failed: open it.",
        hidesText: true, showsPlaces: false)

    static let compressionName = FindingKind(
        code: "PF009", slug: "compression-name", severity: .warning, about: .bytes,
        title: "The file's name and its content disagree on compression",
        why: "The content decides here. Other programs go by the name, and fail or read rubbish.",
        help: "Give the file the name that its content has: .csv.gz for gzip, .csv for plain text.",
        showsPlaces: false)

    static let contentLimit = FindingKind(
        code: "PF010", slug: "content-limit", severity: .error, about: .bytes,
        title: "The decompressed content is longer than --max-output-bytes",
        why: "A small gzip file can hold far more than anybody meant; it was read up to the limit.",
        help: "Look at what wrote the file, or raise the limit with --max-output-bytes.",
        hidesText: true, showsPlaces: false)

    static let noDataRows = FindingKind(
        code: "PF305", slug: "no-data-rows", severity: .error, about: .bytes,
        title: "A header and no data row",
        why: "An import that clears items before it loads could delete everything (assumed).",
        help: "Look at the query behind the export.",
        showsPlaces: false)
}
