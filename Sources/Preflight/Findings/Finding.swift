import ByteSpans
public import ImportProfiles
public import SafeText

/// A fact about the file, grouped by kind and column: exact counts, the first few places as examples.
///
/// Findings are values and are never thrown.
public struct Finding: Sendable, Equatable {
    /// What kind of finding it is.
    public var kind: FindingKind
    /// The severity of the kind, unless the profile says otherwise (for instance `extra-columns: error`).
    public var severity: Severity
    /// `nil` when the finding is about the file or about whole rows.
    public var column: ColumnReference?
    /// Occurrences, exact.
    public var count: Int
    /// Distinct rows with at least one occurrence, exact. For values of several columns without a profile it is a lower bound, and the message
    /// says "at least". Zero for findings about the file as a whole.
    public var rows: Int
    /// What was found and how often, without a full stop. It names neither the column nor the reason why the import cares, which is
    /// `FindingKind.why`. It quotes nothing of the file, except that a message without a column may quote names. Safe to print: see
    /// `VisibleText`.
    public var message: String
    /// The message without the reasons, for a report that shows them beside the values; empty if the examples do not have all of them.
    package internal(set) var briefMessage = ""
    /// What to do next; a command or profile line ready to paste where one would help.
    public var help: String
    /// The first occurrences in file order, at most as many as asked for.
    public var examples: [Example]
    /// The skip that the import is predicted to report for each occurrence; the gate then counts it against `--max-skipped`
    /// instead of blocking on the finding itself.
    public var predicts: SkipReason?
    /// For a finding about several columns: the part of each.
    package internal(set) var shares: [ColumnShare] = []
    /// For doubtful values of one column: their doubts.
    package internal(set) var doubts = DoubtCounts()

    package init(
        kind: FindingKind, severity: Severity, column: ColumnReference?, count: Int, rows: Int, message: String, help: String,
        examples: [Example], predicts: SkipReason? = nil
    ) {
        self.kind = kind
        self.severity = severity
        self.column = column
        self.count = count
        self.rows = rows
        self.message = message
        self.help = help
        self.examples = examples
        self.predicts = predicts
    }

    /// The code of the kind: `PF203`.
    public var code: String { kind.code }

    /// One place where the finding occurs.
    public struct Example: Sendable, Equatable {
        /// Where it occurs.
        public var place: Place
        /// The offending text, escaped and cut; `nil` where there is none (an empty file).
        public var value: VisibleText?
        /// The physical line around the place, for the caret display; `nil` where there is none.
        package var excerpt: Excerpt?
        /// Why the value does not parse, in a few words; `nil` if the code is explanation enough.
        public var reason: String?
        /// For a repeated key, the row where it first occurred.
        public var first: Place?

        package init(
            place: Place, value: VisibleText? = nil, excerpt: Excerpt? = nil, reason: String? = nil, first: Place? = nil
        ) {
            self.place = place
            self.value = value
            self.excerpt = excerpt
            self.reason = reason
            self.first = first
        }
    }

    /// A cut of the file's text around the offending bytes. Thousands are kept and a few are shown: the text is made when it is asked for.
    package struct Excerpt: Sendable, Equatable {
        private var bytes: [UInt8]
        /// The offending ones.
        private var focus: Range<Int>
        /// Whether the bytes were converted from another encoding.
        private var isConverted: Bool
        private var isCutBefore: Bool
        private var isCutAfter: Bool
        /// Where the offending text begins in its physical line, in characters from 1, as editors count; `nil` if unknown.
        package private(set) var characterColumn: Int?

        init(
            _ bytes: [UInt8], focus: Range<Int>, isConverted: Bool = false, isCutBefore: Bool, isCutAfter: Bool, characterColumn: Int?
        ) {
            self.bytes = bytes
            self.focus = focus
            self.isConverted = isConverted
            self.isCutBefore = isCutBefore
            self.isCutAfter = isCutAfter
            self.characterColumn = characterColumn
        }

        /// The escaped text of the line (or the part of it near the place).
        package var text: String { before + marked + visible(focus.upperBound..<bytes.count) + (isCutAfter ? "…" : "") }

        /// The number of characters of ``text`` before the caret.
        package var caretOffset: Int { before.count }

        /// Width of the caret line in characters, at least 1.
        package var caretLength: Int { max(1, marked.count) }

        private var before: String { (isCutBefore ? "…" : "") + visible(0..<focus.lowerBound) }
        private var marked: String { visible(focus) }

        private func visible(_ range: Range<Int>) -> String {
            VisibleText(utf8: bytes.span[range], limit: range.count + 1, isConverted: isConverted).text
        }
    }
}

/// The part of one column in a finding about several.
package struct ColumnShare: Sendable, Equatable {
    package var column: ColumnReference
    package var count: Int
    /// Distinct rows.
    package var rows: Int
}

/// A place in the decompressed file as the user has it. Rows, lines and columns count from 1, bytes from 0; the header is row 0.
public struct Place: Sendable, Equatable {
    /// Record number; data rows count from 1, the header is 0. `nil` when the place is outside any row.
    public var row: Int?
    /// Physical line, counting every LF, also those inside quotes.
    public var line: Int
    /// Field number in the row; `nil` when the place is not in one field.
    public var column: Int?
    /// Offset in the decompressed stream.
    public var byteOffset: Int

    package init(row: Int?, line: Int, column: Int?, byteOffset: Int) {
        self.row = row
        self.line = line
        self.column = column
        self.byteOffset = byteOffset
    }
}

extension Place: CodedValue {
    package static var blank: Place { Place(row: nil, line: 0, column: nil, byteOffset: 0) }
    package mutating func code(_ coder: inout StateCoder) {
        coder(&row)
        coder(&line)
        coder(&column)
        coder(&byteOffset)
    }
}

extension Finding.Example: CodedValue {
    package static var blank: Finding.Example { Finding.Example(place: .blank) }
    package mutating func code(_ coder: inout StateCoder) {
        coder(&place)
        coder(&value)
        coder(&excerpt)
        coder(&reason)
        coder(&first)
    }
}

extension Finding.Excerpt: CodedValue {
    package static var blank: Finding.Excerpt {
        Finding.Excerpt([], focus: 0..<0, isCutBefore: false, isCutAfter: false, characterColumn: nil)
    }

    package mutating func code(_ coder: inout StateCoder) {
        coder(&bytes)
        coder(&focus)
        coder(&isConverted)
        coder(&isCutBefore)
        coder(&isCutAfter)
        coder(&characterColumn)
        if focus.lowerBound < 0 || focus.upperBound > bytes.count {
            coder.fail()
            focus = 0..<0
        }
    }
}
