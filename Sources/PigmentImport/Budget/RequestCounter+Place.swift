package import SafeText

extension RequestCounter {
    /// Where the requests of a user are counted: `$XDG_STATE_HOME/preflight/requests`, whichever ledger is used: the limits hold for the host.
    ///
    /// - Returns: `nil` where the environment names no home.
    package static func usualPath(environment: [String: String]) -> FilePath? {
        Ledger.usualPath(environment: environment).map { FilePath(bytes: $0.folder.bytes + Array("requests".utf8)) }
    }
}
