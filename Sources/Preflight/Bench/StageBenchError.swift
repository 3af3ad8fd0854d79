package import ByteSources
package import SafeText

/// Why a file cannot be measured.
package enum StageBenchError: Error, Equatable, Sendable {
    /// It cannot be read, can be read only once, changed meanwhile, or is a damaged gzip stream.
    case source(SourceError)
    /// It was read, but there is nothing in it to be judged.
    ///
    /// - Parameters:
    ///   - path: as given.
    ///   - reason: continues a sentence that begins with the file.
    case nothingToJudge(path: FilePath, reason: String)

    /// What is wrong and what to do next. Safe to print.
    ///
    /// - Parameter path: of the file, escaped.
    package func message(path: String) -> String {
        switch self {
        case .source(.gzip(let damage)): "\(path): \(damage.message)"
        case .source(let error): error.message
        case .nothingToJudge(let file, let reason):
            "\(path) \(reason): there is nothing to measure. Try: \(ShellCommand.preflight("check", .init(file)))"
        }
    }
}
