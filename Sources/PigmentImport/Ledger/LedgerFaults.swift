/// Where a test makes a system call on the ledger fail, or ends the run. Outside of tests nothing fails here.
package struct LedgerFaults: Sendable {
    /// A system call on the ledger.
    package enum Step: String, Sendable, CaseIterable {
        case open
        case lock
        case read
        case write
        case sync
        case truncate
    }

    /// What becomes of one.
    package enum Fault: Sendable, Equatable {
        /// It fails, after the file has taken so many bytes if it writes.
        case fails(errno: Int32, writtenByteCount: Int = 0)
        /// The run ends before it, after so many bytes if it writes: nothing that follows is done.
        case ends(writtenByteCount: Int = 0)
    }

    /// Asked before each step.
    let fault: @Sendable (Step) -> Fault?

    package static let none = LedgerFaults { _ in nil }

    package init(_ fault: @escaping @Sendable (Step) -> Fault?) {
        self.fault = fault
    }
}
