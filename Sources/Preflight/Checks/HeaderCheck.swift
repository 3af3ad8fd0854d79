import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reads the names in the header row, and reports what is wrong with them.
///
/// Names are matched with the profile's byte by byte: whether the import ignores case and spaces is undocumented.
struct HeaderCheck: FindingSource {
    static let kinds: [FindingKind] = [
        .emptyColumnName, .duplicateColumnName, .missingColumn, .unexpectedColumn, .similarColumnNames, .longColumnName,
        .deceptiveColumnName,
    ]

    let profile: Profile?
    let quote: UInt8

    /// - Parameters:
    ///   - row: index of the header row in the batch.
    ///   - names: as they are in the file, by column; perhaps without the last ones (see `RowBatch.steadyFieldCount`).
    func read(_ batch: borrowing RowBatch, row: Int, names: [ColumnName], log: inout FindingLog) {
        var byName = NameTable()
        var byFolded = NameTable()
        var lookalikes = Appearances(names)
        /// Columns whose name is like that of another.
        var similarColumns: Set<Int> = []
        var (empty, duplicate) = (NameNotes(.emptyColumnName), NameNotes(.duplicateColumnName))
        var (similar, long) = (NameNotes(.similarColumnNames), NameNotes(.longColumnName))
        // A longer row may lack bytes, depending on how the input was cut.
        let isWhole = batch.isKeptWhole(row)
        let firstField = batch.fields(ofRow: row).lowerBound
        for index in names.indices {
            let (field, column) = (firstField + index, index + 1)
            if names[index].isEmpty {
                empty.add(column: column, log: &log) { example(field, row: row, batch: batch, lines: &$0) }
                continue
            }
            let name = names[index].bytes
            let isCut = !isWhole && batch.byteCount(ofField: field) > batch.limits.fieldBytes
            if isCut {
                // Only its beginning is known, which other names may share.
            } else if Self.isBlank(name) {
                empty.add(column: column, log: &log) { example(field, row: row, batch: batch, lines: &$0) }
            } else if let first = byName.add(name, column: column) {
                duplicate.add(column: column, remark: "like column \(first)", log: &log) {
                    example(field, row: row, batch: batch, lines: &$0)
                }
            } else if let first = byFolded.add(Self.folded(name), column: column) {
                similarColumns.insert(index)
                let like = Appearances.difference(of: name, from: names[first - 1].bytes).map { "like column \(first), but written \($0)" }
                similar.add(column: column, remark: like ?? "like column \(first), except for case or spaces", log: &log) {
                    example(field, row: row, batch: batch, lines: &$0)
                }
            } else if let like = lookalikes?.add(name, column: column) {
                similar.add(column: column, remark: like, log: &log) { example(field, row: row, batch: batch, lines: &$0) }
            }
            if name.count > Self.longestName {
                let byteCount = isCut ? batch.byteCount(ofField: field) : name.count
                long.add(column: column, remark: "\(byteCount.grouped) bytes", log: &log) {
                    example(field, row: row, batch: batch, lines: &$0)
                }
            }
        }
        empty.end(log: &log)
        duplicate.end(log: &log)
        similar.end(log: &log)
        long.end(log: &log)
        compareWithProfile(names, byName: byName, similar: similarColumns, batch: batch, row: row, log: &log)
    }

    /// The names by what a person sees of them, where one has other characters than are seen.
    private struct Appearances {
        private var firstByAppearance: [String: (column: Int, name: [UInt8])] = [:]

        init?(_ names: [ColumnName]) {
            guard names.count <= HeaderCheck.mostExaminedNames, names.contains(where: { Lookalike.mayDeceive($0.bytes) }) else {
                return nil
            }
        }

        /// - Returns: how it differs from an earlier name that looks the same.
        mutating func add(_ name: [UInt8], column: Int) -> String? {
            // Bytes that are no characters all look the same.
            guard let text = String(validating: name, as: UTF8.self) else { return nil }
            let appearance = Lookalike.appearance(of: text)
            guard !appearance.isEmpty else { return nil }
            guard let first = firstByAppearance[appearance] else {
                firstByAppearance[appearance] = (column, name)
                return nil
            }
            return Self.difference(of: name, from: first.name).map { "like column \(first.column), but written \($0)" }
        }

        /// - Returns: `nil` where plain spaces or letter case tell them apart.
        static func difference(of name: [UInt8], from first: [UInt8]) -> String? {
            guard Lookalike.mayDeceive(name) || Lookalike.mayDeceive(first) else { return nil }
            return Lookalike.difference(of: String(decoding: name, as: UTF8.self), from: String(decoding: first, as: UTF8.self))?.words
        }
    }

    /// Findings of one kind about names, column by column. Once there are so many columns that further ones share a group, that group is known, and
    /// in the end they are only counted.
    private struct NameNotes {
        private let kind: FindingKind
        private var sharedGroup: Int?
        /// Columns one after the other that are only counted.
        private var onlyCounted: Range<Int>?

        init(_ kind: FindingKind) {
            self.kind = kind
        }

        @inline(__always)
        mutating func add(
            column: Int, remark: @autoclosure () -> String? = nil, log: inout FindingLog,
            example: (inout LineCursor) -> Finding.Example?
        ) {
            if let columns = onlyCounted, columns.upperBound == column {
                onlyCounted = columns.lowerBound..<(column &+ 1)
                return
            }
            addOther(column: column, remark: remark(), log: &log, example: example)
        }

        @inline(never)
        private mutating func addOther(
            column: Int, remark: @autoclosure () -> String?, log: inout FindingLog, example: (inout LineCursor) -> Finding.Example?
        ) {
            end(log: &log)
            let group = sharedGroup ?? log.group(kind, column: column, severity: nil, predicts: nil)
            if !log.hasColumn(group) {
                sharedGroup = group
                log.cover(column, in: group)
            }
            log.count(in: group, row: 0)
            if log.wantsExample(group) { log.addExample(to: group, example) }
            if log.wantsRemark(group), let remark = remark() { log.addRemark(remark, to: group, column: column) }
            let wantsMore = log.wantsExample(group) || log.wantsRemark(group) && Self.hasRemarks(kind)
            if sharedGroup != nil, !wantsMore { onlyCounted = (column + 1)..<(column + 1) }
        }

        private static func hasRemarks(_ kind: FindingKind) -> Bool { kind != .emptyColumnName }

        /// Counts what is left.
        mutating func end(log: inout FindingLog) {
            guard let columns = onlyCounted, let group = sharedGroup else { return }
            onlyCounted = nil
            if columns.isEmpty { return }
            log.cover(ColumnSet(columns), in: group)
            log.add(columns.count, rows: 0, to: group, lastRow: 0)
        }
    }

    private func compareWithProfile(
        _ columnNames: [ColumnName], byName: NameTable, similar: Set<Int>, batch: borrowing RowBatch, row: Int, log: inout FindingLog
    ) {
        guard let profile else {
            return noteDeceptive(columnNames.map(\.bytes), known: [:], similar: similar, batch: batch, row: row, log: &log)
        }
        let names = columnNames.map(\.bytes)
        let expected = Dictionary(profile.columns.enumerated().map { (Array($1.name.utf8), $0) }) { first, _ in first }
        let absent = profile.columns.indices.filter { byName.column(of: Array(profile.columns[$0].name.utf8)) == nil }
        let missing = absent.filter { !profile.columns[$0].mayBeMissing }
        if let pivot = profile.pivot {
            comparePeriods(names, pivot: pivot, known: expected, batch: batch, row: row, log: &log)
        }
        let unexpected = names.indices.filter { index in
            guard expected[names[index]] == nil, !Self.isBlank(names[index]) else { return false }
            return profile.pivot.map { PeriodName(names[index], format: $0.periods) == nil } ?? true
        }
        // In a pivoted file any further column may be something other than a period, such as a total.
        let renames = ColumnRenames(
            expected: profile.columns.map { Array($0.name.utf8) }, names: names, missing: missing, unexpected: unexpected,
            pairsTheRest: profile.pivot == nil)
        var lookalikeCount = 0
        for index in missing {
            let column = profile.columns[index]
            guard let found = renames.columnByMissing[index] else {
                noteMissing(column, hint: "", number: 0, row: row, batch: batch, log: &log)
                continue
            }
            var hint = "renamed? the file has \"\(VisibleText(names[found]))\" in column \(found + 1)"
            if let difference = Lookalike.difference(of: String(decoding: names[found], as: UTF8.self), from: column.name) {
                lookalikeCount += 1
                let byte = byteOffset(of: difference.byteOffset, inName: found, row: row, batch: batch)
                hint = "column \(found + 1) looks the same, but is written \(difference.words)\(byte)"
            } else if let words = Lookalike.character(of: String(decoding: names[found], as: UTF8.self), unlike: column.name) {
                hint += ", \(words)"
            }
            noteMissing(column, hint: " (\(hint))", number: 0, row: row, batch: batch, log: &log)
        }
        if lookalikeCount > 0, lookalikeCount == missing.count { log.setHelp(HeaderHelp.lookalike, of: .missingColumn) }
        noteDeceptive(
            names, known: expected, except: Set(renames.columnByMissing.values), similar: similar, batch: batch, row: row, log: &log)
        guard profile.extraColumns != .ignore else { return }
        let renamed = Set(renames.columnByMissing.values)
        // A column that may be missing is missed only where another has nearly its name.
        let optional = ColumnRenames(
            expected: profile.columns.map { Array($0.name.utf8) }, names: names,
            missing: absent.filter { profile.columns[$0].mayBeMissing }, unexpected: unexpected.filter { !renamed.contains($0) },
            pairsTheRest: false)
        let optionalByColumn = Dictionary(optional.columnByMissing.map { ($1, $0) }) { first, _ in first }
        for index in unexpected where !renamed.contains(index) {
            let field = batch.fields(ofRow: row).lowerBound + index
            log.note(
                .unexpectedColumn, column: index + 1, row: 0, severity: profile.extraColumns == .error ? .error : .warning,
                remark: optionalByColumn[index].map { "and like \"\(VisibleText(profile.columns[$0].name))\", which is missing" }
                    ?? (profile.pivot == nil ? nil : "and not a period")
            ) { example(field, row: row, batch: batch, lines: &$0) }
        }
    }

    /// Where a place in a name is in the file, as `, at byte 13`.
    private func byteOffset(of offset: Int, inName index: Int, row: Int, batch: borrowing RowBatch) -> String {
        let range = batch.range(ofField: batch.fields(ofRow: row).lowerBound + index)
        let isQuoted = !range.isEmpty && batch.bytes[range.lowerBound] == quote
        let position = range.lowerBound + (isQuoted ? 1 : 0) + offset
        return range.contains(position) ? ", at byte \(batch.streamOffset(ofPosition: position))" : ""
    }

    /// Reports names that are not what they look like: with a character that cannot be seen, or with letters of two scripts in one word.
    ///
    /// - Parameter known: names of the profile, which mean what they are.
    private func noteDeceptive(
        _ names: [[UInt8]], known: [[UInt8]: Int], except paired: Set<Int> = [], similar: Set<Int>, batch: borrowing RowBatch, row: Int,
        log: inout FindingLog
    ) {
        for index in names.indices.prefix(Self.mostExaminedNames)
        where Lookalike.mayDeceive(names[index]) || names[index].last == UInt8(ascii: " ") {
            let field = batch.fields(ofRow: row).lowerBound + index
            // A space after a closing quote, or after a name that is like another but for it, has a finding of its own.
            if names[index].last == UInt8(ascii: " "), similar.contains(index) || isQuotedOddly(field, batch) { continue }
            // A byte order mark has a finding of its own.
            guard known[names[index]] == nil, !paired.contains(index), !names[index].starts(with: [0xEF, 0xBB, 0xBF]),
                let found = Lookalike.deception(in: String(decoding: names[index], as: UTF8.self))
            else { continue }
            let byte = byteOffset(of: found.byteOffset, inName: index, row: row, batch: batch)
            log.note(.deceptiveColumnName, column: index + 1, row: 0, remark: found.words + byte) {
                example(field, row: row, batch: batch, lines: &$0)
            }
        }
    }

    private func isQuotedOddly(_ field: Int, _ batch: borrowing RowBatch) -> Bool {
        let bytes = batch.bytes[batch.range(ofField: field)]
        return bytes.first == quote && bytes.last != quote
    }

    private static let mostExaminedNames = 10_000

    /// Reports periods with two columns, and a pivoted file without any.
    ///
    /// - Parameter known: The names of the key columns.
    private func comparePeriods(
        _ names: [[UInt8]], pivot: Pivot, known: [[UInt8]: Int], batch: borrowing RowBatch, row: Int, log: inout FindingLog
    ) {
        var columnByPeriod: [PeriodName: Int] = [:]
        for (index, name) in names.enumerated() where known[name] == nil {
            guard let period = PeriodName(name, format: pivot.periods) else { continue }
            guard let first = columnByPeriod[period] else {
                columnByPeriod[period] = index
                continue
            }
            // A repeated name is already reported.
            if names[first] == name { continue }
            let field = batch.fields(ofRow: row).lowerBound + index
            log.note(.duplicateColumnName, column: index + 1, row: 0, remark: "for the same period as column \(first + 1)") {
                example(field, row: row, batch: batch, lines: &$0)
            }
        }
        if columnByPeriod.isEmpty {
            log.note(.missingColumn, row: 0, remark: "a column for a period") { lines in
                Finding.Example(place: beginning(of: row, number: 0, batch: batch, lines: &lines))
            }
        }
    }

    /// Without a header, the columns of the profile apply in order: reports those that the first row lacks, and its extra fields.
    func compareCount(_ batch: borrowing RowBatch, row: Int, log: inout FindingLog) {
        guard let profile else { return }
        let count = batch.fieldCount(ofRow: row)
        for column in profile.columns.dropFirst(count) where !column.mayBeMissing {
            noteMissing(column, hint: "", number: 1, row: row, batch: batch, log: &log)
        }
        // In a pivoted file, further columns are periods.
        guard profile.extraColumns != .ignore, profile.pivot == nil else { return }
        let fields = batch.fields(ofRow: row)
        for field in fields.prefix(batch.steadyFieldCount(ofRow: row)).dropFirst(profile.columns.count) {
            log.note(
                .unexpectedColumn, column: field - fields.lowerBound + 1, row: 1,
                severity: profile.extraColumns == .error ? .error : .warning
            ) { example(field, row: row, number: 1, batch: batch, lines: &$0) }
        }
    }

    private func noteMissing(
        _ column: ColumnProfile, hint: String, number: Int, row: Int, batch: borrowing RowBatch, log: inout FindingLog
    ) {
        let since = column.since.map { ", expected since \($0)" } ?? ""
        log.note(.missingColumn, row: number, remark: "\"\(VisibleText(column.name))\"\(since)\(hint)") { lines in
            Finding.Example(place: beginning(of: row, number: number, batch: batch, lines: &lines), value: VisibleText(column.name))
        }
    }

    private func beginning(of row: Int, number: Int, batch: borrowing RowBatch, lines: inout LineCursor) -> Place {
        let start = batch.range(ofField: batch.fields(ofRow: row).lowerBound).lowerBound
        return Place(row: number, line: lines.line(of: start, in: batch), column: nil, byteOffset: batch.streamOffset(ofPosition: start))
    }

    private func example(
        _ field: Int, row: Int, number: Int = 0, batch: borrowing RowBatch, lines: inout LineCursor
    ) -> Finding.Example {
        Finding.Example(
            field: field, ofRow: row, number: number, in: batch, column: batch.column(ofField: field, inRow: row), lines: &lines,
            quote: quote)
    }

    /// Longer names are reported; in bytes.
    private static let longestName = 256

    /// Whether a name is empty or consists only of spaces and tabs.
    static func isBlank(_ name: [UInt8]) -> Bool {
        name.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }

    /// Only for the hint: without letter case (ASCII) and surrounding spaces.
    private static func folded(_ name: [UInt8]) -> [UInt8] {
        var end = name.count
        while end > 0, name[end - 1] == 0x20 { end -= 1 }
        var folded = Array(name[..<end].drop { $0 == 0x20 })
        for index in folded.indices where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(folded[index]) { folded[index] |= 0x20 }
        return folded
    }
}
