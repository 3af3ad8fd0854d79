import ByteSources
import ByteSpans
import CSVTokenizer
import ValueFormats

extension Locator {
    /// A line before the first row, or the byte order mark.
    private struct Entry {
        var kind: Kind
        var line: Int
        /// Offsets in the file.
        var range: Range<Int>
        /// As UTF-8, without the line end.
        var bytes: [UInt8]
    }

    /// Settles encoding and dialect, and looks for everything before the first row.
    func begin(_ head: Span<UInt8>) {
        reader.begin(head)
        guard let fileHead = reader.fileHead else { return }
        notePosition()
        switch fileHead.refusal {
        case .utf16(let encoding): answer.refusal = "it is \(encoding.name): add --encoding \(encoding.rawValue)"
        case .utf32: answer.refusal = "it is UTF-32, which is not read"
        case .notCSV(let kind): answer.refusal = "it is not a CSV file: \(kind)"
        case nil: break
        }
        guard answer.refusal == nil else { return }
        let quote = reader.tokenizer.dialect.quote
        decoder = FieldDecoder(quote: quote)
        searches = query.texts.map { TextSearch($0, ignoresCase: query.ignoresCase, quote: quote) }
        let entries = entries(head[..<fileHead.beginningLength], fileHead)
        let lineCount = entries.count { $0.kind != .byteOrderMark }
        let wantedLines = lines.take(1..<(1 + lineCount))
        let wantedBytes = bytes.take(0..<fileHead.beginningLength)
        for entry in entries {
            let isMark = entry.kind == .byteOrderMark
            let row = Row(line: entry.line, entry.bytes.span)
            if !isMark { giveAfter(row) }
            let offsets = wantedBytes.filter { $0.overlaps(entry.range) }.map { max($0.lowerBound, entry.range.lowerBound) }
            if (!isMark && wantedLines.contains { $0.contains(entry.line) }) || !offsets.isEmpty {
                add(entry, row, byteOffset: offsets.min() ?? entry.range.lowerBound)
            }
            if !isMark { remember(row) }
        }
    }

    private func entries(_ beginning: Span<UInt8>, _ fileHead: FileHead) -> [Entry] {
        var entries: [Entry] = []
        if fileHead.markLength > 0 {
            entries.append(
                Entry(kind: .byteOrderMark, line: 1, range: 0..<fileHead.markLength, bytes: Array(beginning[..<fileHead.markLength])))
        }
        let content = Self.converted(beginning[fileHead.markLength...], from: fileHead.encoding)
        let skippedCount = fileHead.skipped.lines - fileHead.preambleLines - (fileHead.separatorLine == nil ? 0 : 1)
        let lineEnd = content.contains(UInt8(ascii: "\n")) ? UInt8(ascii: "\n") : UInt8(ascii: "\r")
        var (start, offset) = (0, fileHead.markLength)
        for line in 0..<fileHead.skipped.lines {
            let end = content[start...].firstIndex(of: lineEnd).map { $0 + 1 } ?? content.count
            let length = fileHead.encoding.unit.length(of: content[start..<end].span)
            var text = content[start..<end]
            while let last = text.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { text.removeLast() }
            let isSeparator = fileHead.separatorLine != nil && line == skippedCount
            let kind: Kind = line < skippedCount ? .skippedLine : isSeparator ? .separatorLine : text.isEmpty ? .blankLine : .titleLine
            entries.append(Entry(kind: kind, line: line + 1, range: offset..<(offset + length), bytes: Array(text)))
            (start, offset) = (end, offset + length)
        }
        return entries
    }

    private static func converted(_ bytes: Span<UInt8>, from encoding: TextEncoding) -> [UInt8] {
        guard encoding != .utf8 else { return Array(bytes) }
        var transcoder = Transcoder(encoding)
        return [UInt8](capacity: bytes.count * encoding.mostGrowth + Transcoder.mostPending) { transcoder.convert(bytes, into: &$0) }
    }

    private func add(_ entry: Entry, _ row: Row, byteOffset: Int) {
        guard admitsHit() else { return }
        let start = min(entry.bytes.count, max(0, byteOffset - entry.range.lowerBound))
        answer.hits.append(
            Hit(
                kind: entry.kind, row: nil, line: entry.line, byteOffset: byteOffset, lastLine: entry.line, text: row.text, fields: [],
                hex: Self.hex(entry.bytes[(reader.convertsToUTF8 ? 0 : start)...]), before: recent.map(\.neighbour), after: []))
    }

    // MARK: Shown rows

    /// Whether another row may be shown; counts it where not.
    func admitsHit() -> Bool {
        guard answer.hits.count >= most else {
            isFull = searches.isEmpty && answer.hits.count + 1 == most
            return true
        }
        if searches.isEmpty { isOverfull = true } else { answer.moreCount += 1 }
        return false
    }

    /// A row that comes after all that were found.
    func giveAfter(_ row: @autoclosure () -> Row) {
        guard context > 0, firstOpenHit < answer.hits.count else { return }
        let neighbour = row().neighbour
        for hit in firstOpenHit..<answer.hits.count { answer.hits[hit].after.append(neighbour) }
        while firstOpenHit < answer.hits.count, answer.hits[firstOpenHit].after.count >= context { firstOpenHit += 1 }
    }

    func remember(_ row: Row) {
        guard context > 0 else { return }
        recent.append(row)
        if recent.count > context { recent.removeFirst() }
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return bytes.prefix(hexBytes).map { String(decoding: [digits[Int($0 >> 4)], digits[Int($0 & 15)]], as: UTF8.self) }
            .joined(separator: " ")
    }
}
