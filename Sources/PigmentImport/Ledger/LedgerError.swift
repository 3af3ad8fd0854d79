import ByteSources
package import SafeText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A ledger could not be read or written.
package struct LedgerError: Error, Equatable {
    package var path: FilePath
    package var fault: Fault

    package enum Fault: Equatable, Sendable {
        /// A system call failed.
        case system(Doing, errno: Int32)
        /// Another process has kept the lock for too long.
        case locked
        /// Not something that lines can be added to.
        case notAFile
        /// The file was deleted while the push was under way.
        case deleted
        /// There is no entry with this ID.
        case noEntry(LedgerEntryID)
        /// The entry is in a state that cannot be settled.
        case notUnknown(LedgerEntryID, LedgerEntry.State)
        /// A later version wrote something of the same content that this one cannot read.
        case newer(lineNumber: Int)
        /// A test ended the run here, see ``LedgerFaults``.
        case ended
    }

    /// What was tried.
    package enum Doing: String, Sendable {
        case open
        case read
        case write
        case sync = "write to the disk"
        case lock
        case makeFolder = "make the folder of"
    }

    package init(_ path: FilePath, _ fault: Fault) {
        self.path = path
        self.fault = fault
    }

    /// What happened, in a sentence without a full stop, which begins in lower case. Safe to print.
    package var message: String {
        switch fault {
        case .system(let doing, let errno): "cannot \(doing.rawValue) the ledger \(path): \(systemText(of: errno))"
        case .locked: "cannot lock the ledger \(path): another process has kept the lock for too long"
        case .notAFile: "cannot use the ledger \(path): it is not a regular file"
        case .deleted: "cannot write the ledger \(path): it was deleted during the run"
        case .noEntry(let id): "the ledger \(path) has no entry \(id)"
        case .notUnknown(let id, let state):
            state == .running
                ? "entry \(id) is still being pushed by a process that is running" : "the outcome of entry \(id) is known: \(state.words)"
        case .newer(let line):
            "cannot tell from the ledger \(path) whether the same content was pushed before: a later version of preflight wrote line \(line). "
                + "Update preflight, or push anyway: --already-pushed allow"
        case .ended: "the run was ended"
        }
    }
}
