import ByteSpans
import SafeText

/// Judges dates under the patterns of one format: the pattern that fits best counts.
///
/// A date that has the pattern's form and is in the calendar parses. Doubtful is what lenient readers take: one digit where two are asked
/// for, a year of the other length, other separators, a time part too many or missing, an ISO date under another pattern, day and month
/// exchanged where only that is a date, a month's name in another language, characters that look like those of a date, the day number of a
/// spreadsheet, surrounding spaces, and words
/// for no value, which some load as blank. What fails contradicts the pattern (other parts, or in another order) or is in no calendar.
package struct DateParser: ValueParser {
    private let patterns: [DatePattern]
    /// By pattern: the first that has the same numbers in the same order and differs in its separators at most.
    private let kinds: [Int]
    private let hasISO: Bool
    private let assumptions: Assumptions
    /// Whether all patterns begin with digits.
    private let beginsWithDigits: Bool
    /// Whether all patterns have a year, month or day in digits.
    private let needsDigits: Bool
    /// By pattern: whether only a text with letters fits it.
    private let needsLetters: [Bool]
    /// Whether no run of digits is a date under any pattern: each has a sign after the first number.
    private let refusesRuns: Bool

    /// - Parameter assumptions: of the column: a value with a rejected doubt under one pattern may be accepted under another.
    package init(_ format: DateFormat, assuming assumptions: Assumptions = Assumptions()) {
        patterns = format.patterns
        kinds = format.patterns.map { pattern in
            format.patterns.firstIndex { $0 == pattern || DatePatternMatcher.differ(onlyInSeparators: $0, pattern) } ?? 0
        }
        hasISO = format.patterns.contains(.iso)
        self.assumptions = assumptions
        refusesRuns = patterns.allSatisfy { $0.hasSignAfterFirstNumber }
        needsLetters = patterns.map(\.needsLetters)
        needsDigits = patterns.allSatisfy { $0.elements.contains { if case .number = $0 { $0.isDate } else { false } } }
        beginsWithDigits = patterns.allSatisfy { if case .number = $0.elements.first { true } else { false } }
    }

    /// - Parameter field: not empty.
    package func judge(_ field: Span<UInt8>) -> Judgement {
        if beginsWithDigits || (needsDigits && Self.hasNoDigits(field)), Self.isText(field) { return .fails(.notADate) }
        if refusesRuns, field.count != Self.compactCount, field.allSatisfy(ASCII.isDigit) {
            return field.count == Self.serialDayCount && Self.isSerialDay(field) ? .doubtful(.serialDay) : .fails(.notADate)
        }
        return judgeUnderPatterns(field)
    }

    /// Digits of a compact date, and of a spreadsheet's day.
    private static let (compactCount, serialDayCount) = (8, 5)

    func judgeUnderPatterns(_ field: Span<UInt8>) -> Judgement {
        let hasNoLetters = needsLetters.contains(true) && !field.contains(where: DateTokens.isLetter)
        func match(_ index: Int) -> Judgement {
            hasNoLetters && needsLetters[index] ? .fails(.notADate) : Self.match(field, patterns[index])
        }
        var best = match(0)
        if best.verdict == .parses { return best }
        if patterns.count > 1 {
            // What is wrong under other separators is wrong in the same way under these.
            var failed: UInt64 = best.verdict == .fails ? 1 : 0
            for index in 1..<patterns.count {
                let kind = UInt64(1) &<< UInt64(truncatingIfNeeded: kinds[index])
                if kinds[index] < 64, failed & kind != 0 { continue }
                let found = match(index)
                if kinds[index] < 64, found.verdict == .fails { failed |= kind }
                best = better(best, found)
                if best.verdict == .parses { return best }
            }
        }
        // What a pattern takes is not looked at in other ways, however its doubts are settled.
        if best.verdict == .doubtful { return assumptions.settle(best) }
        return judgeClosely(field, soFar: best)
    }

    package func judgeLong(_ field: Span<UInt8>) -> Judgement { .fails(.notADate) }

    /// Whether a value parses under some pattern: the others are not looked at any closer.
    package func parses(_ field: Span<UInt8>) -> Bool { patterns.contains { Self.match(field, $0).verdict == .parses } }

    package func mayParse(_ field: Span<UInt8>) -> Bool { !beginsWithDigits || ASCII.isDigit(field[0]) }

    /// Whether a value begins with a letter, ends with no blank, and is no word for no value: where dates begin with digits, or it has none, it is no date.
    private static func isText(_ field: Span<UInt8>) -> Bool {
        let letter = field[0] | 0x20
        return UInt8(ascii: "a")...UInt8(ascii: "z") ~= letter && 0x21...0x7E ~= field[field.count - 1] && !ASCII.isNullWord(field)
    }

    /// Whether a value has neither a digit nor anything beyond ASCII, which may look like one.
    private static func hasNoDigits(_ field: Span<UInt8>) -> Bool { field.allSatisfy { $0 < 0x80 && !ASCII.isDigit($0) } }

    /// For values that no pattern reads exactly.
    private func judgeClosely(_ field: Span<UInt8>, soFar: Judgement) -> Judgement {
        let text = Whitespace.trim(field)
        if text.isEmpty { return .doubtful(.blanksOnly) }
        if text.count != field.count {
            var noted = NotedDoubts()
            noted.noteBlanks(around: text, in: field)
            let trimmed = judge(text)
            switch trimmed.verdict {
            case .parses, .empty: return noted.judgement
            case .doubtful: return Judgement(doubtful: trimmed.reason, noted.doubts.union(trimmed.doubts))
            case .fails: return trimmed
            }
        }
        let isCompact = Self.isCompactISO(field)
        // No pattern takes the value, which is known of this one then too.
        if isCompact || !hasISO && Self.mayBeISO(field) {
            let iso = Self.match(field, .iso)
            if isCompact || iso.verdict == .parses || iso == .doubtful(.timePart) {
                return Judgement(doubtful: .isoDate, iso.doubts.union(DoubtSet(.isoDate)))
            }
        }
        if let word = FormulaError.doubt(about: field) { return .doubtful(word) }
        if FormulaError.matches(field) { return .fails(.spreadsheetError) }
        if SpreadsheetFormula.matches(field) { return .fails(.formula) }
        if Self.isSerialDay(field) { return .doubtful(.serialDay) }
        if field[0] == UInt8(ascii: "'"), field.count > 1, judge(field[1...]).verdict != .fails {
            return .fails(.leadingApostrophe)
        }
        if let seen = judgeAsItLooks(field) { return seen }
        return soFar.reason == .notADate && DateInWords.matches(text) ? .fails(.monthInWords) : soFar
    }

    /// A value with characters that look like those of a date: spaces that do not break, hyphens and dashes, digits of other scripts.
    ///
    /// - Returns: `nil` if it is no date with those of ASCII either.
    private func judgeAsItLooks(_ field: Span<UInt8>) -> Judgement? {
        guard field.count <= Self.longestText, Self.hasOtherCharacters(field) else { return nil }
        var (seen, hasDigits) = (String.UnicodeScalarView(), false)
        for scalar in String(decoding: field, as: UTF8.self).unicodeScalars {
            if !scalar.isASCII, scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue {
                seen.append(Unicode.Scalar(UInt8(ascii: "0") + UInt8(value)))
                hasDigits = true
            } else if let plain = Lookalike.appearance(of: scalar) {
                seen.append(plain)
            }
        }
        let doubt: Doubt = hasDigits ? .foreignDigits : .otherDateSeparator
        return String(seen).withBytes { text in
            if text.isEmpty || text.hasSameBytes(as: field) { return nil }
            let judged = judge(text)
            let isDate = judged.verdict == .parses || judged.verdict == .doubtful && !judged.doubts.contains(.nullWord)
            return isDate ? Judgement(doubtful: doubt.reason, judged.doubts.union(DoubtSet(doubt))) : nil
        }
    }

    private static let longestText = 64

    /// Whether a text has characters beyond ASCII.
    private static func hasOtherCharacters(_ text: Span<UInt8>) -> Bool {
        var bits: UInt8 = 0
        for index in 0..<text.count { bits |= text[index] }
        return bits >= 0x80
    }

    /// Whether a text has the signs of `yyyy-MM-dd` where that has them: no other is an ISO date.
    private static func mayBeISO(_ text: Span<UInt8>) -> Bool {
        let sign = UInt8(ascii: "-")
        return text.count >= 10 && text[4] == sign && text[7] == sign
    }

    private static func match(_ field: Span<UInt8>, _ pattern: DatePattern) -> Judgement {
        var reader = DatePatternMatcher(field)
        let found = reader.judge(pattern)
        guard found.verdict == .fails, pattern.hasNames else { return found }
        var lenient = DatePatternMatcher(field, takesForeignNames: true)
        let foreign = lenient.judge(pattern)
        return foreign.verdict == .fails ? found : foreign
    }

    /// `yyyyMMdd`, the basic format of ISO 8601.
    private static func isCompactISO(_ field: Span<UInt8>) -> Bool {
        field.count == compactCount && field.allSatisfy(ASCII.isDigit) && DateTokens.isCompactDate(field)
    }

    /// The milder verdict, first as the profile settles it; of two failures the one that says more.
    private func better(_ left: Judgement, _ right: Judgement) -> Judgement {
        if left.verdict == .fails, right.verdict == .fails { return left.reason == .notADate ? right : left }
        let (settled, other) = (assumptions.settle(left).verdict, assumptions.settle(right).verdict)
        if settled != other { return settled.rawValue < other.rawValue ? left : right }
        if left.verdict != right.verdict { return left.verdict.rawValue < right.verdict.rawValue ? left : right }
        return left.reason == .notADate ? right : left
    }

    /// Five digits from 20000 (1954) to 69999 (2091), with or without a fraction: how spreadsheets store days.
    private static func isSerialDay(_ field: Span<UInt8>) -> Bool {
        guard field.count >= 5, (UInt8(ascii: "2")...UInt8(ascii: "6")).contains(field[0]) else { return false }
        for index in 1..<5 where !ASCII.isDigit(field[index]) { return false }
        if field.count == 5 { return true }
        return field[5] == UInt8(ascii: ".") && field.count > 6 && field[6...].allSatisfy(ASCII.isDigit)
    }
}

extension DatePattern {
    /// Whether it has a name, and before it only parts of a date. A text without letters does not fit such a pattern.
    fileprivate var needsLetters: Bool {
        guard let name = elements.firstIndex(where: \.isName) else { return false }
        return !elements[..<name].contains(where: \.isTime)
    }

    /// Whether it begins with a part of the date, in digits, then has a sign, and after that another part of the date.
    fileprivate var hasSignAfterFirstNumber: Bool {
        guard elements.count > 2, elements[0].isDate, case .number = elements[0], case .literal(let sign) = elements[1] else {
            return false
        }
        return !ASCII.isDigit(sign) && elements[2...].contains(where: \.isDate)
    }
}
