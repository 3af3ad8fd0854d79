/// What a ledger holds, as far as it was asked for.
package struct LedgerReading: Sendable {
    /// In the order in which they began.
    package var entries: [LedgerEntry] = []
    /// Lines that are no records, the first ``mostFlaws`` of them.
    package var flaws: [Flaw] = []
    /// All such lines.
    package var flawCount = 0

    package static let mostFlaws = 10

    /// A line that was passed over.
    package struct Flaw: Sendable, Equatable {
        /// Counts from 1.
        package var lineNumber: Int
        package var kind: Kind

        package enum Kind: Sendable, Equatable {
            /// The last line has no end: its process ended while it wrote it, or the disk was full.
            case cut
            /// Not a record: written by something else, or cut before another was added.
            case foreign
            /// Of a later version of the tool.
            case newer
        }

        /// Safe to print; without a full stop.
        package var message: String {
            switch kind {
            case .cut: "line \(lineNumber) is incomplete: the process that wrote it was ended, or the disk was full"
            case .foreign: "line \(lineNumber) is not a record, or only a part of one"
            case .newer: "line \(lineNumber) was written by a later version of preflight"
            }
        }
    }

    mutating func add(_ flaw: Flaw) {
        flawCount += 1
        if flaws.count < Self.mostFlaws { flaws.append(flaw) }
    }
}
