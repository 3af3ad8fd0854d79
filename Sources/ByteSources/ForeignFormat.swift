import ByteSpans

/// Knows files that are not text in rows by how they begin.
package enum ForeignFormat {
    /// - Parameter content: the beginning of a file, decompressed if it is gzip.
    /// - Returns: what it is, in words; `nil` for what may be CSV.
    package static func name(of content: Span<UInt8>) -> String? {
        for (magic, name) in magics where content.starts(with: magic) { return name }
        // Tar names its format after the first file's header.
        if content.count > 262, content[257..<262].elementsEqual(Array("ustar".utf8)) { return "a tar archive" }
        let start = content.firstIndex { $0 != 0x20 && !(0x09...0x0D).contains($0) } ?? content.count
        let text = content.prefix(4096).dropFirst(start)
        if text.starts(with: Array("version https://git-lfs.github.com/".utf8)) {
            return "a Git LFS pointer: the file itself was not fetched (git lfs pull)"
        }
        let lowercased = Array(text.prefix(64)).map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
        for tag in ["<!doctype html", "<html", "<head", "<body"] where lowercased.starts(with: tag.utf8) {
            return "an HTML page, perhaps the error page or the login form of a server"
        }
        if lowercased.starts(with: "<?xml".utf8) { return "an XML document" }
        if isEBCDIC(content) {
            return "EBCDIC text of a mainframe: transfer it as text, or convert it (iconv -f IBM1047 -t UTF-8)"
        }
        if isSQL(lowercased, text) { return "a script of SQL: export the rows of the table instead (mysql --batch, psql --csv)" }
        return isJSON(text) ? "a JSON document" : nil
    }

    /// Text in an encoding of IBM mainframes: spaces are 40, digits F0 to F9, commas 6B; it has no byte of the spaces, digits and commas of ASCII.
    private static func isEBCDIC(_ content: Span<UInt8>) -> Bool {
        let text = content.prefix(4096)
        // Nearly every file ends here, at its first comma, digit or space.
        if text.prefix(256).contains(where: { (0x26...0x3F).contains($0) || $0 == 0x20 || $0 == 0x0A }) { return false }
        var (signs, digits, letters) = (0, 0, 0)
        for index in text.indices {
            switch text[index] {
            case 0x40, 0x4B, 0x5E, 0x6B, 0x15, 0x25, 0x4F: signs += 1
            case 0xF0...0xF9: digits += 1
            case 0x81...0x89, 0x91...0x99, 0xA2...0xA9, 0xC1...0xC9, 0xD1...0xD9, 0xE2...0xE9: letters += 1
            default: break
            }
        }
        let known = signs + digits + letters
        return text.count > 15 && signs * 50 > text.count && digits > 0 && letters > 0 && known * 10 >= text.count * 9
    }

    /// A dump of a database, or statements that insert rows.
    private static func isSQL(_ start: [UInt8], _ text: Span<UInt8>) -> Bool {
        let banners = [
            "-- mysql dump", "-- mariadb dump", "-- postgresql database dump", "--\n-- postgresql database dump", "-- phpmyadmin sql dump",
            "/*!40",
        ]
        if banners.contains(where: { start.starts(with: $0.utf8) }) { return true }
        let statements = ["insert into ", "replace into ", "create table ", "drop table if exists "]
        guard statements.contains(where: { start.starts(with: $0.utf8) }) else { return false }
        let all = String(decoding: Array(text), as: UTF8.self).lowercased()
        return all.contains(";") && (all.contains("values") || all.contains("create table"))
    }

    private static let magics: [(magic: [UInt8], name: String)] = [
        (Array("PK\u{3}\u{4}".utf8), "a ZIP archive or an Excel workbook (.xlsx): save it as CSV"),
        (Array("PK\u{5}\u{6}".utf8), "an empty ZIP archive"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Excel workbook (.xls) or another Office file: save it as CSV"),
        (Array("%PDF-".utf8), "a PDF document"),
        ([0x1F, 0x8B], "gzip inside gzip: it was compressed twice"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a zstd file: decompress it (zstd -d)"),
        ([0x78, 0x9C], "a zlib stream: decompress it (zlib-flate, pigz -dz)"),
        (Array("BZh91AY&SY".utf8), "a bzip2 file: decompress it (bunzip2)"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an xz file: decompress it (unxz)"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive: unpack it"),
        (Array("PAR1".utf8), "a Parquet file"),
        (Array("SQLite format 3\0".utf8), "an SQLite database"),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "a PNG picture"),
        ([0x7F, 0x45, 0x4C, 0x46], "a program"),
    ]

    /// An object, or a list of objects or lists, to its first quote or bracket: no header of a CSV file begins so.
    private static func isJSON(_ text: Span<UInt8>) -> Bool {
        guard let first = text.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return false }
        let next = text.dropFirst().first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
        return first == UInt8(ascii: "{")
            ? next == UInt8(ascii: "\"") || next == UInt8(ascii: "}")
            : next == UInt8(ascii: "{") || next == UInt8(ascii: "[")
    }
}
