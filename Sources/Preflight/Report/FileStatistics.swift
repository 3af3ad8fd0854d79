import ImportProfiles
package import SafeText
import ValueFormats

/// What a whole file held: later files of the same feed are compared with it.
package struct FileStatistics: Sendable, Equatable {
    /// SHA-256 of the file; empty if it was not computed.
    package var digest: [UInt8]
    package var byteCount: Int
    package var rowCount: Int
    package var columns: [ColumnStatistics]

    package init(digest: [UInt8], byteCount: Int, rowCount: Int, columns: [ColumnStatistics]) {
        (self.digest, self.byteCount, self.rowCount, self.columns) = (digest, byteCount, rowCount, columns)
    }

    /// - Parameters:
    ///   - report: with statistics of the columns.
    ///   - digest: of what is sent.
    package init(_ report: Report, digest: [UInt8]) {
        self.init(digest: digest, byteCount: report.input.bytes, rowCount: report.totals.rows, columns: report.columns)
    }

    /// What is kept of a file, as members of a record. No value of a cell is in it but the smallest and largest numbers and days; values of texts are
    /// there as hashes, where they are few.
    package var members: [JSONValue.Member] {
        (digest.isEmpty ? [] : [.init("sha256", .string(ASCII.hexadecimal(digest)))]) + [
            .init("bytes", .int(byteCount)), .init("rows", .int(rowCount)),
            .init("columns", .array(columns.map(\.keptDocument))),
        ]
    }

    /// Reads what ``members`` gives; `nil` for anything else.
    package init?(_ document: JSONValue) {
        guard let bytes = document["bytes"]?.count, let rows = document["rows"]?.count, let columns = document["columns"]?.list else {
            return nil
        }
        var read: [ColumnStatistics] = []
        for column in columns {
            guard let statistics = ColumnStatistics(kept: column) else { return nil }
            read.append(statistics)
        }
        self.init(
            digest: document["sha256"]?.bytes ?? [], byteCount: bytes, rowCount: rows, columns: read)
    }
}

extension ColumnStatistics {
    /// The most masks and values of a column that are kept.
    private static let mostKept = (masks: 32, values: 128)

    /// What is kept of it.
    package var kept: ColumnStatistics {
        var kept = self
        kept.masks = masks.prefix(Self.mostKept.masks).map { Mask(text: $0.text, count: $0.count, example: nil) }
        kept.otherMasks = masks.dropFirst(Self.mostKept.masks).reduce(otherMasks) { $0 + $1.count }
        if valueCounts.count > Self.mostKept.values { kept.valueCounts = [:] }
        return kept
    }

    fileprivate var keptDocument: JSONValue {
        let kept = kept
        guard case .object(var members) = kept.document, !kept.valueCounts.isEmpty else { return kept.document }
        let values = valueCounts.sorted { $0.key < $1.key }.map { hash, count in
            JSONValue.Member(String(hash, radix: 16), .int(count))
        }
        members.append(.init("values", .object(values)))
        return .object(members)
    }

    fileprivate init?(kept document: JSONValue) {
        guard let index = document["index"]?.count, index > 0, let name = document["name"]?.string, let rows = document["rows"]?.count,
            let empty = document["empty"]?.count, let distinct = document["distinct"]?["count"]?.count,
            let isExact = document["distinct"]?["exact"]?.bool, let longest = document["longest"]?.count,
            let masks = document["masks"]?.list, let otherMasks = document["otherMasks"]?.count
        else { return nil }
        var read: [Mask] = []
        for mask in masks {
            guard let text = mask["text"]?.string, let count = mask["count"]?.count else { return nil }
            read.append(Mask(text: text, count: count, example: nil))
        }
        let bytes = document["nameHex"]?.bytes ?? Array(name.utf8)
        self.init(
            column: ColumnReference(index: index, name: ColumnName(bytes)), type: document["type"]?.string, rowCount: rows,
            emptyCount: empty, distinct: Distinct(count: distinct, isExact: isExact), masks: read, otherMasks: otherMasks, longest: longest)
        if let numbers = document["numbers"] {
            guard let count = numbers["count"]?.count, let smallest = numbers["min"]?.string.flatMap({ ExactDecimal($0) }),
                let largest = numbers["max"]?.string.flatMap({ ExactDecimal($0) })
            else { return nil }
            self.numbers = Numbers(
                count: count, smallest: smallest, largest: largest, sum: numbers["sum"]?.string.flatMap { ExactDecimal($0) },
                magnitude: numbers["magnitude"]?.string.flatMap { ExactDecimal($0) })
        }
        if let dates = document["dates"] {
            guard let first = dates["first"]?.string.flatMap({ Expectation.Day($0) }),
                let last = dates["last"]?.string.flatMap({ Expectation.Day($0) })
            else { return nil }
            self.dates = Dates(first: first, last: last)
        }
        guard case .object(let values)? = document["values"] else { return }
        for value in values {
            guard let hash = UInt64(value.key, radix: 16), let count = value.value.count else { return nil }
            valueCounts[hash] = count
        }
    }
}
