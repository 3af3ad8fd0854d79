import ArgumentParser
import Preflight
import SafeText

/// `preflight profile infer FILE`
struct ProfileInferCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "infer",
        abstract: "Write a commented draft of a profile from what a file holds.",
        discussion: """
            The whole file is read. Each column gets the type that nearly all of its values have, with the counts as a comment. What the \
            values leave open, such as the order of day and month, is asked for: the column is "type: undecided", and no check accepts the \
            profile until you choose. A file that is not UTF-8 is read as UTF-16 or Windows-1252 where its bytes suggest that; the draft says so.

            Exit status: 0 written, 1 the file is no text in rows, damaged, empty, or in an unknown encoding, 2 the file cannot be read or \
            the draft cannot be written.
            """)

    @Argument(help: "CSV or CSV.gz file.")
    var file: FilePath

    @OptionGroup var draft: DraftOptions

    @Flag(help: "The first row is data; the columns are named column-1 and so on.")
    var noHeader = false

    /// Values of each kind that are looked at for words and patterns.
    private static let samples = 50

    func validate() throws {
        guard file != .standardStream else {
            throw ValidationError("Standard input can be read only once, and a draft may take two passes: give a file.")
        }
    }

    func run() async throws {
        let terminal = Terminal(showsProgress: false)
        try await terminal.perform { () throws(CommandFailure) in
            try draft.write(about: file, terminal: terminal) { () throws(CommandFailure) in
                let reading = try reading()
                return (ProfileDraft(reading, source: file.description).text, reading.encodingNote)
            }
        }
    }

    private func reading() throws(CommandFailure) -> DraftReading {
        var options = draft.checkOptions()
        options.hasHeader = noHeader ? false : nil
        options.samples = Self.samples
        options.countsDistinctValues = true
        do throws(DraftFailure) {
            return try DraftReading(path: file, options: options)
        } catch {
            throw CommandFailure(error, file: file)
        }
    }
}
