package import ByteSources

/// Where the rows of a file go while it is checked.
package struct SplitOutputs {
    /// The rows without such findings; `nil` if they are not wanted.
    package var clean: OutputFile?
    /// The rows with one.
    package var quarantine: OutputFile?
    /// Whether each is compressed.
    package var compresses = (clean: false, quarantine: false)
    /// Whether quarantined rows get columns that say why.
    package var annotates = false
    /// Which findings put a row into quarantine.
    package var level = Level.error

    package init() {}

    /// The findings that put a row into quarantine.
    package enum Level: String, Sendable, CaseIterable {
        /// Errors.
        case error
        /// Errors, and values that Pigment may read or reject.
        case doubtful
        /// Errors and warnings.
        case warning
    }
}

/// What was written.
package struct RowSplit: Sendable, Equatable {
    /// Rows and their bytes, without the header.
    package struct Part: Sendable, Equatable {
        package var rows = 0
        package var byteCount = 0
    }

    package var clean = Part()
    package var quarantine = Part()
    /// What precedes the first row and is in both files: the header, and a byte order mark or skipped lines.
    package var sharedByteCount = 0
    /// What is in neither file: blank lines, and lines before the header that are no data.
    package var dropped = (lines: 0, byteCount: 0)
    /// Codes of findings about the header or the file: the clean rows have them too.
    package var remaining: [String] = []
    /// Codes of findings about columns as a whole, whose rows are not set apart.
    package var undivided: [String] = []

    package static func == (left: Self, right: Self) -> Bool {
        left.clean == right.clean && left.quarantine == right.quarantine && left.sharedByteCount == right.sharedByteCount
            && left.dropped == right.dropped && left.remaining == right.remaining && left.undivided == right.undivided
    }
}
