package import ByteSources
import ImportProfiles
package import SafeText

/// Why no profile can be written from a file.
package enum DraftFailure: Error, Equatable {
    /// The file cannot be read.
    case source(SourceError)
    /// The file is nothing that a profile can describe: why, safe to print. Nothing that would be written about it could be true.
    case refused(String)
}

/// A check for the sake of a profile: without one, and in the encoding that the bytes suggest where none was declared.
package struct DraftReading: Sendable {
    package let report: Report
    /// The encoding that the bytes suggested, and in which the file was read then; `nil` where it was declared, or is UTF-8.
    package let suggestedEncoding: TextEncoding?

    /// Reads a whole file.
    ///
    /// - Parameters:
    ///   - path: The file to read.
    ///   - options: How to read it, without a profile.
    package init(path: FilePath, options: CheckOptions) throws(DraftFailure) {
        try self.init(options: options) { (options) throws(SourceError) in
            try CheckRun.check(try InputFile.open(path: path, spoolsStream: false), options: options)
        }
    }

    /// - Parameter check: makes the report on a file, or its beginning, under some options.
    init(options: CheckOptions, check: (CheckOptions) throws(SourceError) -> Report) throws(DraftFailure) {
        var options = options
        var (report, suggestion): (Report, TextEncoding?)
        do throws(SourceError) {
            report = try check(options)
            suggestion = options.encoding == nil ? report.input.proposedEncoding : nil
            if let suggestion {
                options.encoding = suggestion
                report = try check(options)
            }
        } catch {
            guard case .gzip(let damage) = error else { throw .source(error) }
            throw .refused(damage.message)
        }
        if let reason = Self.reason(against: report) { throw .refused(reason) }
        self.report = report
        suggestedEncoding = suggestion
    }

    private static func reason(against report: Report) -> String? {
        if let finding = report.findings.first(where: { $0.kind.hidesText && $0.severity == .error }) {
            let title = finding.kind.title
            let fact = finding.message.hasPrefix(title) ? finding.message : "\(title): \(finding.message)"
            return "\(finding.code) \(fact). \(finding.help)"
        }
        if report.input.dialect.hasHeader, report.input.columnNames.allSatisfy({ HeaderCheck.isBlank($0.bytes) }) {
            return "no column of its header has a name. Name them, or read the first row as data with --no-header"
        }
        return nil
    }

    /// A sentence on an encoding that was found and not declared; safe to print.
    package var encodingNote: String? {
        suggestedEncoding.map { encoding in
            "no encoding was declared, and the bytes are those of \(encoding.name): the profile says \"encoding: \(encoding.rawValue)\""
        }
    }
}
