@testable import Preflight

extension ReferenceCheck {
    /// What explains the odd quote of a field, and where it is shown.
    func cause(of field: Field, in row: [Field]) -> (kind: FindingKind, offset: Int)? {
        guard let oddity = field.oddities.first(where: { $0.kind == .strayQuote || $0.kind == .textAfterClosingQuote }) else { return nil }
        let quotePlace = oddity.kind == .strayQuote ? oddity.offset : oddity.offset - 1
        let before = Array(bytes[field.range.lowerBound..<quotePlace])
        var backslashes = 0
        while backslashes < before.count, before[before.count - 1 - backslashes] == 0x5C { backslashes += 1 }
        if backslashes % 2 == 1 { return (.backslashBeforeQuote, quotePlace) }
        if oddity.kind == .textAfterClosingQuote { return causeOfTextAfter(oddity.offset, field, row) }
        guard backslashes == 0 else { return nil }
        if before == [0x3D] { return (.quotedFormula, field.range.lowerBound) }
        let areBlanks = !before.isEmpty && before.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        return areBlanks ? (.spaceBeforeQuote, field.range.lowerBound) : nil
    }

    /// - Parameter place: of the text after a closing quote.
    private func causeOfTextAfter(_ place: Int, _ field: Field, _ row: [Field]) -> (kind: FindingKind, offset: Int)? {
        let start = field.range.lowerBound
        if bytes[place..<field.range.upperBound].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return (.textAfterClosingQuote, place) }
        let letter = Unicode.Scalar(bytes[place])
        guard place == start + 2, bytes[place] >= 0x80 || letter.properties.isAlphabetic || letter.properties.numericType != nil else {
            return nil
        }
        let isClosed = row.contains { other in
            let text = Array(bytes[other.range])
            let isOwn = other.range.lowerBound == start
            return other.range.lowerBound >= start && text.count > (isOwn ? 4 : 2) && text.suffix(2) == [quote, quote]
                && text.dropLast(2).last != quote
        }
        return isClosed ? (.textAfterClosingQuote, start) : nil
    }

    /// Where the header begins in a row that is the header once more, or has it at its end.
    func placeOfHeader(in row: [Field], _ header: [[UInt8]]) -> Int? {
        let width = header.count
        guard header.contains(where: { !folded($0).isEmpty }) else { return nil }
        let texts = row.map(text)
        let start = row[0].range.lowerBound
        if row.count == 2 * width - 1, width > 1, !header.contains(where: { folded($0).isEmpty }),
            zip(texts[width...], header.dropFirst()).allSatisfy({ folded($0) == folded($1) }),
            let place = place(of: lowercased(header[0]), atEndOf: Array(bytes[row[width - 1].range]))
        {
            return row[width - 1].range.lowerBound + place
        }
        if row.count == 1, width > 1 { return isHeaderUncut(Array(bytes[row[0].range]), header) ? start : nil }
        if row.count != width, min(row.count, width) < 2 || header.prefix(row.count).contains(where: { folded($0).isEmpty }) { return nil }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let isMarked = texts[0].starts(with: mark)
        // In a list, the name in another letter case may be an item.
        if width == 1, !isMarked { return texts[0] == header[0] ? start : nil }
        let first = isMarked ? unquoted(Array(texts[0].dropFirst(3))) : unquoted(texts[0])
        let isSame = folded(first) == folded(header[0]) && zip(texts, header).dropFirst().allSatisfy { folded($0) == folded($1) }
        return isSame ? start : nil
    }

    private func isHeaderUncut(_ row: [UInt8], _ header: [[UInt8]]) -> Bool {
        if header.contains(where: { folded($0).isEmpty }) { return false }
        return [0x2C, 0x3B, 0x09, 0x7C].contains { (other: UInt8) in
            guard other != delimiter else { return false }
            var cells = row.split(separator: other, omittingEmptySubsequences: false).map(Array.init)
            if cells[0].starts(with: [0xEF, 0xBB, 0xBF]) { cells[0].removeFirst(3) }
            return cells.count == header.count && folded(unquoted(cells[0])) == folded(header[0])
                && zip(cells, header).dropFirst().allSatisfy { folded(unquoted($0)) == folded($1) }
        }
    }

    private func place(of name: [UInt8], atEndOf field: [UInt8]) -> Int? {
        let isQuoted = field.last == quote
        let text = isQuoted ? Array(field.dropLast()) : field
        guard lowercased(text).suffix(name.count) == name[...], text.count >= name.count else { return nil }
        var place = text.count - name.count
        if isQuoted {
            place -= 1
            guard place >= 0, field[place] == quote else { return nil }
        }
        return place >= 3 && field[(place - 3)..<place] == [0xEF, 0xBB, 0xBF] ? place - 3 : place
    }

    private func unquoted(_ text: [UInt8]) -> [UInt8] {
        text.count > 1 && text.first == quote && text.last == quote ? Array(text.dropFirst().dropLast()) : text
    }

    private func lowercased(_ text: [UInt8]) -> [UInt8] { text.map { $0 >= 0x41 && $0 <= 0x5A ? $0 + 32 : $0 } }

    /// Without blanks around it, no-break spaces among them, and letter case.
    func folded(_ text: [UInt8]) -> [UInt8] {
        guard let string = String(validating: text, as: UTF8.self) else {
            func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
            return lowercased(Array(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed()))
        }
        func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\u{A0}" }
        let scalars = string.unicodeScalars.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
        return Array(String(String.UnicodeScalarView(scalars)).lowercased().utf8)
    }
}
