package import SafeText

extension Ledger {
    /// Where the ledger of a user is: `$XDG_STATE_HOME/preflight/ledger.jsonl`, by default in `~/.local/state`.
    ///
    /// - Returns: `nil` where the environment names no home. A relative `XDG_STATE_HOME` counts for nothing, as its specification demands.
    package static func usualPath(environment: [String: String]) -> FilePath? {
        if let folder = environment["XDG_STATE_HOME"], folder.hasPrefix("/") { return FilePath(folder + usualName) }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return FilePath(home + "/.local/state" + usualName)
    }

    private static let usualName = "/preflight/ledger.jsonl"
}
