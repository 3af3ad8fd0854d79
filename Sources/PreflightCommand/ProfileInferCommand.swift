import ArgumentParser
import Preflight
import SafeText

/// `preflight profile infer FILE`
struct ProfileInferCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "infer",
        abstract: "Draft a profile from the values of a file.",
        discussion: """
            Reads the whole file. Each column gets the type that nearly all of its values have; comments show the counts. Where the values \
            do not decide, for example the order of day and month, the column is "type: undecided": choose before you check with the profile. \
            A file that is not UTF-8 is read as UTF-16 or Windows-1252 if its bytes suggest that.

            Examples:
              preflight profile infer export.csv
              preflight profile infer export.csv.gz -o profile.yaml
              preflight profile infer export.csv --encoding windows-1252 -o profile.yaml

            Exit status: 0 written, 1 the file is not CSV, damaged, empty, or in an unknown encoding, 2 the file cannot be read or the \
            profile cannot be written.
            """)

    @Argument(help: "CSV or CSV.gz file.")
    var file: FilePath

    @OptionGroup var draft: DraftOptions

    @Flag(help: "The file has no header row; name the columns column-1, column-2, …")
    var noHeader = false

    /// How many values of each kind are searched for words and patterns.
    private static let samples = 50

    func validate() throws {
        guard file != .standardStream else {
            throw ValidationError("Standard input can be read only once, and drafting may need two passes. Use a file.")
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
