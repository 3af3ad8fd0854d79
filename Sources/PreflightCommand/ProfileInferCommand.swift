import ArgumentParser
import Preflight

/// `preflight profile infer FILE`
struct ProfileInferCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "infer",
        abstract: "Write a commented draft of a profile from what a file holds.",
        discussion: """
            The whole file is read. Each column gets the type that nearly all of its values have, with the counts as a comment. What the \
            values leave open, such as the order of day and month, is asked for, and the column is text until you choose.

            Exit status: 0 written, 2 the file cannot be read or the draft cannot be written.
            """)

    @Argument(help: "CSV or CSV.gz file.")
    var file: FilePath

    @Option(
        name: [.short, .long],
        help: "File to write; - is standard output, the default. One that is there already is not overwritten.")
    var output: FilePath?

    @Option(help: "Delimiter: one ASCII character, or 'tab'. Default: detected.")
    var delimiter: InputOptions.Byte?

    @Option(help: "Quote: one ASCII character.")
    var quote: InputOptions.Byte?

    @Option(help: "Encoding: utf-8, utf-16le, utf-16be, windows-1252, iso-8859-1.")
    var encoding: InputOptions.Encoding?

    @Flag(help: "The first row is data; the columns are named column-1 and so on.")
    var noHeader = false

    /// Values of each kind that are looked at for words and patterns.
    private static let samples = 50

    func validate() throws {
        guard file != .standardStream else { throw ValidationError("The file is opened twice: name one.") }
        guard delimiter == nil || delimiter?.value != quote?.value else {
            throw ValidationError("Delimiter and quote are the same character.")
        }
    }

    func run() async throws {
        let terminal = Terminal(showsProgress: false)
        try await terminal.perform { () throws(CommandFailure) in
            let output = try DraftOutput(output, inputs: [file], terminal: terminal)
            return try output.deliver(try draft(), terminal: terminal)
        }
    }

    private func draft() throws(CommandFailure) -> String {
        do throws(SourceError) {
            let names =
                noHeader
                ? [] : try HeaderNames.read(try InputFile.open(path: file, spoolsStream: false), encoding: encoding?.value)?.names ?? []
            var options = CheckOptions(
                delimiter: delimiter?.value, quote: quote?.value, hasHeader: noHeader ? false : nil, samples: Self.samples)
            options.countsDistinctValues = true
            options.encoding = encoding?.value
            let checked = try CheckRun.check(try InputFile.open(path: file, spoolsStream: false), options: options)
            return ProfileDraft(checked.report, names: names, source: file.description).text
        } catch {
            throw CommandFailure(error)
        }
    }
}
