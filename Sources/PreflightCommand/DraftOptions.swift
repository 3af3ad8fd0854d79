import ArgumentParser
import ImportProfiles
import Preflight
import SafeText

/// How `profile init` and `profile infer` read a file, and where they write.
struct DraftOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp("File to write; it must not exist yet. Default: - for standard output.", valueName: "file"))
    var output: FilePath?

    @Option(help: ArgumentHelp("One ASCII character, or 'tab'. Default: detected.", valueName: "character"))
    var delimiter: InputOptions.Byte?

    @Option(help: ArgumentHelp("One ASCII character. Default: \".", valueName: "character"))
    var quote: InputOptions.Byte?

    @Option(
        help: ArgumentHelp(
            "As for check. Default: UTF-8, else what the bytes suggest.", valueName: "name"
        ))
    var encoding: InputOptions.Encoding?

    /// The delimiter and the quote that were given; `nil` if they are the same character.
    private var dialect: DialectOverrides? { DialectOverrides(delimiter: delimiter?.value, quote: quote?.value) }

    func validate() throws {
        guard dialect != nil else { throw ValidationError("Delimiter and quote must be different characters.") }
    }

    func checkOptions() -> CheckOptions {
        // `validate` has refused other values.
        var options = CheckOptions(dialect: dialect ?? .none)
        options.encoding = encoding?.value
        return options
    }

    /// Writes a profile, and reports what was found about the encoding of the files.
    ///
    /// - Parameter make: Reads the file; called after the output is known to be writable.
    func write(
        about files: [FilePath], terminal: Terminal, make: () throws(CommandFailure) -> (text: String, notes: [String])
    ) throws(CommandFailure) -> ExitStatus {
        let destination = try DraftOutput(output, inputs: files, terminal: terminal)
        let (text, notes) = try make()
        for note in notes { terminal.say(note) }
        return try destination.deliver(text, terminal: terminal)
    }
}

extension CommandFailure {
    /// A file whose text cannot be trusted has findings; a file that cannot be read makes the command `unable`.
    init(_ failure: DraftFailure, file: FilePath) {
        switch failure {
        case .source(let error): self.init(error)
        case .refused(let reason):
            self.init(.findings, "\(file): no profile was written: \(reason)")
        }
    }
}
