import SafeText
package import ValueFormats

/// The file that `items:` names: one item per line, or a column of a CSV file.
///
/// UTF-8; a byte order mark and blank lines are passed over; lines end in LF, CRLF or, as on old Macs, CR. White space around an item belongs to it.
package enum ItemsFile {
    /// Bytes of the largest items file that is read.
    package static let sizeLimit = 64 << 20

    /// Why a file gives no items, with its name and, for broken quoting, the line; safe to print.
    package enum Failure: Error, Equatable {
        case file(String)
        /// The file can be read, but has not the column that is asked for.
        case column(String)
    }

    /// - Parameters:
    ///   - path: as the profile names it. A file whose name ends in `.csv` is CSV: the first row is a header, fields may be quoted by `"`, and
    ///     the delimiter is the first comma, semicolon or tab of the header.
    ///   - column: the name of the column that has the items, in a file that is CSV whatever its name. Without it the first one.
    package static func items(in bytes: [UInt8], path: String, column: String? = nil) throws(Failure) -> ItemList {
        let name = VisibleText(path, limit: 1000).text
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .file("\(name) is not UTF-8") }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let items: ItemList
        if column != nil || path.lowercased().hasSuffix(".csv") {
            var table = ItemsTable(name: name, column: column)
            items = try table.read(Self.withLineFeeds(bytes[start...]))
        } else {
            items = ItemList(linesOf: bytes, from: start)
        }
        guard !items.isEmpty else { throw .file("\(name) has no item: every value would be unknown") }
        return items
    }

    package static let lineFeed = UInt8(ascii: "\n")
    package static let carriageReturn = UInt8(ascii: "\r")

    /// In a table without a line feed each carriage return ends a line.
    private static func withLineFeeds(_ content: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        if content.contains(lineFeed) || !content.contains(carriageReturn) { return content }
        return content.map { $0 == carriageReturn ? lineFeed : $0 }[...]
    }
}
