import ByteSpans

/// Finds the beginning of a row after a cut somewhere in a file, without knowing anything of the bytes before the cut.
///
/// All eight states of the tokenizer are tried at once. After a quote that opens or closes nothing a field is literal to its end, so wrong states soon
/// become the right one: rows begin where a line end ends the row in every state that is left.
///
///     cut       … 12,"Okoro, Ltd",4⏎5,"Weil",…
///     states      8 6   5 4 3 2 …  2       1      that are left
///
/// Where there is no quote, the state inside a quoted field stays for ever. If it is still there ``patience`` bytes after the cut, it is not believed: the
/// row that is found is the first that begins in all other states. Neither is certain: a quote that is taken back as runaway can deceive both. What is
/// found is a function of the bytes after the cut alone, so the reader of the range before the cut and the reader of the range after it
/// find the same place, and the former learns whether a row begins there.
package struct RowSynchronizer {
    /// Bytes after the cut in which the states have to agree: as many as a row has before its open quote is looked at again.
    package static let patience = 1 << 20

    /// How characters are written, as far as line ends, delimiters and quotes are concerned.
    package enum Width: Sendable, Equatable {
        /// A byte each.
        case byte
        /// Two bytes each; whether the higher one comes first.
        case two(isBigEndian: Bool)

        package var byteCount: Int { self == .byte ? 1 : 2 }
    }

    private let dialect: Dialect
    private let endsLinesWithCR: Bool
    private let width: Width
    private let patience: Int
    /// The states that are possible: bit n for that with the number n.
    private var states = UInt8.max
    /// Bytes after the cut that were looked at.
    private var place = 0
    /// Where a row begins unless the text is inside a quoted field.
    private var candidate: Int?

    /// - Parameters:
    ///   - endsLinesWithCR: whether a carriage return ends a line by itself.
    ///   - patience: see ``patience``.
    package init(_ dialect: Dialect, endsLinesWithCR: Bool, width: Width = .byte, patience: Int = Self.patience) {
        self.dialect = dialect
        self.endsLinesWithCR = endsLinesWithCR
        self.width = width
        self.patience = patience
    }

    /// Looks for the beginning of a row.
    ///
    /// - Parameters:
    ///   - bytes: all that are known after the cut, the same as before and more.
    ///   - isAtEnd: whether the file ends with them.
    /// - Returns: how many bytes after the cut it is, or where the file ends if no row begins; `nil` if more bytes are needed.
    package mutating func find(in bytes: Span<UInt8>, isAtEnd: Bool) -> Int? {
        let end = bytes.count - bytes.count % width.byteCount
        while place < min(end, patience) {
            let byte = self.byte(in: bytes)
            place += width.byteCount
            if take(byte) { return place }
            if isLineEnd(byte), states == Self.quotedOrStart {
                if candidate == nil { candidate = place }
                skipToQuote(bytes, upTo: min(end, patience))
            }
        }
        guard place >= patience || isAtEnd else { return nil }
        return candidate ?? firstLine(in: bytes, isAtEnd: isAtEnd)
    }

    /// The next character, if it is in ASCII; other characters of two bytes are text.
    private func byte(in bytes: Span<UInt8>) -> UInt8 {
        guard case .two(let isBigEndian) = width else { return bytes[place] }
        let (high, low) = isBigEndian ? (bytes[place], bytes[place + 1]) : (bytes[place + 1], bytes[place])
        return high == 0 ? low : UInt8(ascii: "a")
    }

    /// - Returns: whether a row begins after the byte in every state.
    private mutating func take(_ byte: UInt8) -> Bool {
        let move = moves[Int(kind(of: byte).rawValue) << 8 | Int(states)]
        states = move.states
        return move.beginsRow
    }

    /// What a byte does to a set of states.
    private struct Move {
        var states: UInt8 = 0
        /// Whether a row begins after it in every state.
        var beginsRow = true
    }

    /// By kind of byte, then by set of states.
    private static let moves = Kind.allCases.flatMap { kind in
        (0...UInt8.max).map { states in
            var move = Move()
            var rest = states
            while rest != 0 {
                let number = UInt8(rest.trailingZeroBitCount)
                rest &= rest - 1
                let (state, endsRow) = next(Tokenizer.State(rawValue: number) ?? .literal, kind)
                move.states |= 1 << state.rawValue
                move.beginsRow = move.beginsRow && endsRow
            }
            return move
        }
    }

    private let moves = Self.moves

    private static let quotedOrStart: UInt8 = 1 << Tokenizer.State.quoted.rawValue | 1 << Tokenizer.State.fieldStart.rawValue

    /// Right after a line end, inside a quoted field or at the beginning of a row: nothing changes up to the line with the next quote.
    private mutating func skipToQuote(_ bytes: Span<UInt8>, upTo end: Int) {
        guard width == .byte else { return }
        let known = bytes.extracting(first: end)
        let quote = known.nextIndex(of: dialect.quote, from: place)
        if quote == nil, end == patience { return place = patience }
        var lineEnd = quote ?? end
        while lineEnd > place, !isLineEnd(known[lineEnd - 1]) { lineEnd -= 1 }
        place = lineEnd
    }

    /// The first line that begins after the patience: the states do not agree on any row before.
    private func firstLine(in bytes: Span<UInt8>, isAtEnd: Bool) -> Int? {
        if width == .byte, !endsLinesWithCR {
            return bytes.nextIndex(of: .lineFeed, from: place).map { $0 + 1 } ?? (isAtEnd ? bytes.count : nil)
        }
        var later = self
        while later.place + width.byteCount <= bytes.count {
            let byte = later.byte(in: bytes)
            later.place += width.byteCount
            if isLineEnd(byte) { return later.place }
        }
        return isAtEnd ? bytes.count : nil
    }

    /// Where the line ends in which a quoted field may end that is open at the beginning of some bytes.
    ///
    /// - Parameters:
    ///   - limit: The line has this byte at least, if there is no quote before.
    ///   - isAtEnd: whether the file ends with the bytes.
    /// - Returns: how many bytes it is; `nil` if more bytes are needed.
    package func lineAfterQuote(in bytes: Span<UInt8>, orAfter limit: Int, isAtEnd: Bool) -> Int? {
        var later = self
        later.place = 0
        var mayEnd = false
        while later.place + width.byteCount <= bytes.count {
            let byte = later.byte(in: bytes)
            later.place += width.byteCount
            mayEnd = mayEnd || byte == dialect.quote || later.place > limit
            if mayEnd, isLineEnd(byte) { return later.place }
        }
        return isAtEnd ? bytes.count : nil
    }

    // MARK: The machine

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == .lineFeed || (endsLinesWithCR && byte == .carriageReturn) }

    private enum Kind: UInt8, CaseIterable {
        case text, delimiter, lineEnd, quote, carriageReturn
    }

    private func kind(of byte: UInt8) -> Kind {
        if isLineEnd(byte) { return .lineEnd }
        if byte == dialect.delimiter { return .delimiter }
        if byte == dialect.quote { return .quote }
        return byte == .carriageReturn ? .carriageReturn : .text
    }

    /// What `Tokenizer` does with a byte; it does more with quotes that run away.
    ///
    /// - Returns: the next state, and whether the byte ends a row.
    private static func next(_ state: Tokenizer.State, _ kind: Kind) -> (Tokenizer.State, endsRow: Bool) {
        switch (state, kind) {
        case (.quoted, .quote): (.quoteInQuoted, false)
        case (.quoted, _): (.quoted, false)
        case (.quoteInQuoted, .quote): (.quoted, false)
        case (.quoteInQuoted, .carriageReturn): (.closedCarriage, false)
        case (_, .lineEnd): (.fieldStart, true)
        case (_, .delimiter): (.fieldStart, false)
        case (.fieldStart, .quote): (.quoted, false)
        case (.fieldStart, .carriageReturn), (.unquoted, .carriageReturn), (.unquotedCarriage, .carriageReturn): (.unquotedCarriage, false)
        case (.fieldStart, .text), (.unquoted, .text), (.unquotedCarriage, .text): (.unquoted, false)
        case (.unquoted, .quote), (.unquotedCarriage, .quote): (.literal, false)
        case (.quoteInQuoted, .text): (.literal, false)
        case (.literal, .carriageReturn), (.literalCarriage, .carriageReturn), (.closedCarriage, .carriageReturn): (.literalCarriage, false)
        case (.literal, _), (.literalCarriage, _), (.closedCarriage, _): (.literal, false)
        }
    }
}
