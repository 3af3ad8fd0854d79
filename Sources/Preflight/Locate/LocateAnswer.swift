package import ByteSources
package import SafeText

extension Locator {
    /// What a place is.
    package enum Kind: Sendable, Equatable {
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
    package struct Neighbour: Sendable, Equatable {
        package var line: Int
        package var text: VisibleText

        package init(line: Int, text: VisibleText) {
            self.line = line
            self.text = text
        }
    }

    /// A field of a row that was looked for.
    package struct Field: Sendable, Equatable {
        package var column: ColumnReference
        package var value: VisibleText
    }

    /// A row that was looked for.
    package struct Hit: Sendable, Equatable {
        package var kind: Kind
        /// Record number, 0 for the header; `nil` for a line that is not a row.
        package var row: Int?
        /// Of the row's first byte, and of what was looked for in it first.
        package var line: Int
        package var byteOffset: Int
        /// Of the row's last byte.
        package var lastLine: Int
        package var text: VisibleText
        /// The fields that were looked for; none where a whole row was.
        package var fields: [Field]
        /// The bytes from what was looked for on, in hexadecimal, as UTF-8.
        package var hex: String
        package var before: [Neighbour]
        package var after: [Neighbour]
        /// Whether the row goes on after the part that was read of it.
        package var isCut = false

        /// The first of ``fields``.
        package var field: Field? { fields.first }
    }

    /// What was found.
    package struct Answer: Sendable, Equatable {
        /// In the order of the file, each row once.
        package var hits: [Hit]
        /// Rows with a wanted text beyond ``hits``.
        package var moreCount: Int
        /// Occurrences of the findings whose rows were looked for, where not all rows are shown and it is not known how many there are.
        package var occurrenceCount: Int?
        /// Whether reading ended because as many rows as allowed were shown, and more were asked for.
        package var isLimited = false
        /// Rows of the file as far as it was read, its lines, and its bytes.
        package var rowCount: Int
        package var lineCount = 0
        package var byteCount = 0
        /// Places that the file does not have.
        package var missing: [Missing] = []
        package var damage: GzipDamage?
        /// Why the file could not be searched as asked: it is not text in rows, or has no such column. Safe to print.
        package var refusal: String?

        init() {
            hits = []
            moreCount = 0
            rowCount = 0
        }
    }

    /// A place that the file does not have, as it was asked for.
    package enum Missing: Sendable, Equatable {
        case rows(ClosedRange<Int>)
        case lines(ClosedRange<Int>)
        case bytes(ClosedRange<Int>)
    }
}
