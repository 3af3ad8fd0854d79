package import SafeText

/// The record of pushes, triggers and rehearsals on this machine: one file of JSON lines, see ``LedgerRecord``.
///
/// It outlives every run, so a later one knows what became of the same content, and what was predicted for it.
package struct Ledger: Sendable {
    package let path: FilePath
    let faults: LedgerFaults

    package init(path: FilePath, faults: LedgerFaults = .none) {
        self.path = path
        self.faults = faults
    }

    /// Reads the ledger, without a lock. Where there is no file there are no entries.
    ///
    /// - Parameters:
    ///   - limit: Only the last so many entries are kept.
    ///   - isWanted: which entries are kept at all.
    package func read(
        limit: Int = .max, where isWanted: @escaping (LedgerIntent) -> Bool = { _ in true }
    ) throws(LedgerError) -> LedgerReading {
        guard let file = try LedgerFile.reading(path, faults: faults) else { return LedgerReading() }
        var scan = LedgerScan(limit: limit, isWanted: isWanted)
        try scan.read(file)
        return scan.reading
    }
}
