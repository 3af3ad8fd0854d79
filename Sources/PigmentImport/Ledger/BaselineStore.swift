package import SafeText

/// What accepted files held, by import configuration: a file of JSON lines beside the ledger, which is read by each push and is kept short.
///
/// Lines are only added, by one process at a time.
package struct BaselineStore: Sendable {
    package let path: FilePath
    private let makesFolders: Bool
    private let patience: Duration
    private let faults: LedgerFaults

    package init(beside ledger: Ledger) {
        path = FilePath(bytes: ledger.path.bytes + Array(".baselines".utf8))
        (makesFolders, patience, faults) = (ledger.makesFolders, ledger.patience, ledger.faults)
    }

    /// The last so many files of a configuration, the oldest first. Lines that cannot be read are passed over.
    package func baselines(of configuration: ConfigurationID, limit: Int = .max) throws(LedgerError) -> [Baseline] {
        guard let file = try LedgerFile.reading(path, faults: faults) else { return [] }
        let text = Array("\"\(configuration.text)\"".utf8)
        var baselines: [Baseline] = []
        try LedgerLines(file).forEach { line, _, isCut in
            if isCut || !line.holds(text) { return }
            switch Baseline.read(line) {
            case .accepted(let baseline): if baseline.configuration == configuration { baselines.append(baseline) }
            case .forgotten(let id): baselines.removeAll { $0.id == id }
            case .unreadable: break
            }
            // Some more than wanted are kept, in case that some are forgotten.
            if baselines.count / 4 > max(limit, 100) { baselines.removeFirst(baselines.count / 2) }
        }
        return Array(baselines.suffix(limit))
    }

    /// Adds a file.
    package func accept(_ baseline: Baseline) throws(LedgerError) {
        try append([baseline.line])
    }

    /// Takes files back.
    package func forget(_ baselines: [Baseline], at time: UTCTime) throws(LedgerError) {
        try append(baselines.map { Baseline.forgetting($0.id, of: $0.configuration, at: time) })
    }

    private func append(_ lines: [String]) throws(LedgerError) {
        if makesFolders { try LedgerFolder.make(path.folder, for: path) }
        let file = try LedgerFile.writing(path, faults: faults)
        try file.lock(patience: patience)
        defer { file.unlock() }
        for line in lines { try file.append(line, isUndone: false) }
    }
}
