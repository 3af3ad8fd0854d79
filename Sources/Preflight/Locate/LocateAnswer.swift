public import ByteSources
public import SafeText

extension Locator {
    /// What a place is.
    public enum Kind: Sendable, Equatable {
        case row
        case header
        /// Counts as no row.
        case blankLine
        /// Above the header.
        case titleLine
        /// `sep=;`, as Excel writes it.
        case separatorLine
        /// A line that the options say to skip.
        case skippedLine
        case byteOrderMark
    }

    /// A row beside a found one.
    public struct Neighbour: Sendable, Equatable {
        public var line: Int
        public var text: VisibleText

        package init(line: Int, text: VisibleText) {
            self.line = line
            self.text = text
        }
    }

    /// A field of a row that was looked for.
    public struct Field: Sendable, Equatable {
        public var column: ColumnReference
        public var value: VisibleText
    }

    /// A row that was looked for.
    public struct Hit: Sendable, Equatable {
        public var kind: Kind
        /// Record number, 0 for the header; `nil` for what is no row.
        public var row: Int?
        /// Of the row's first byte, and of what was looked for in it first.
        public var line: Int
        public var byteOffset: Int
        /// Of the row's last byte.
        public var lastLine: Int
        public var text: VisibleText
        /// The fields that were looked for; none where a whole row was.
        public var fields: [Field]
        /// The bytes from what was looked for on, in hexadecimal, as UTF-8.
        public var hex: String
        public var before: [Neighbour]
        public var after: [Neighbour]
        /// Whether the row goes on after the part that was read of it.
        public var isCut = false

        /// The first of ``fields``.
        public var field: Field? { fields.first }
    }

    /// What was found.
    public struct Answer: Sendable, Equatable {
        /// In the order of the file, each row once.
        public var hits: [Hit]
        /// Rows with a wanted text beyond ``hits``.
        public var moreCount: Int
        /// Occurrences of the findings whose rows were looked for, where not all rows are shown and it is not known how many there are.
        public var occurrenceCount: Int?
        /// Whether reading ended because as many rows as allowed were shown, and more were asked for.
        public var isLimited = false
        /// Rows of the file as far as it was read, its lines, and its bytes.
        public var rowCount: Int
        public var lineCount = 0
        public var byteCount = 0
        /// Places that the file does not have.
        public var missing: [Missing] = []
        public var damage: GzipDamage?
        /// Why the file could not be searched as asked: it is not text in rows, or has no such column. Safe to print.
        public var refusal: String?

        init() {
            hits = []
            moreCount = 0
            rowCount = 0
        }
    }

    /// A place that the file does not have, as it was asked for.
    public enum Missing: Sendable, Equatable {
        case rows(ClosedRange<Int>)
        case lines(ClosedRange<Int>)
        case bytes(ClosedRange<Int>)
    }
}
