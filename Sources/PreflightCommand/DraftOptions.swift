import ArgumentParser
import ImportProfiles
import Preflight
import SafeText

/// How `profile init` and `profile infer` read a file, and where they write.
struct DraftOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: "File to write; - is standard output, the default. One that is there already is not overwritten.")
    var output: FilePath?

    @Option(help: "Delimiter: one ASCII character, or 'tab'. Default: detected.")
    var delimiter: InputOptions.Byte?

    @Option(help: "Quote: one ASCII character.")
    var quote: InputOptions.Byte?

    @Option(
        help: "Encoding: utf-8, utf-16, utf-16le, utf-16be, windows-1252, iso-8859-1. Default: UTF-8, else what the bytes suggest.")
    var encoding: InputOptions.Encoding?

    /// The delimiter and the quote that were given; `nil` if they are the same character.
    private var dialect: DialectOverrides? { DialectOverrides(delimiter: delimiter?.value, quote: quote?.value) }

    func validate() throws {
        guard dialect != nil else { throw ValidationError("Delimiter and quote are the same character.") }
    }

    func checkOptions() -> CheckOptions {
        // `validate` has refused what is no dialect.
        var options = CheckOptions(dialect: dialect ?? .none)
        options.encoding = encoding?.value
        return options
    }

    /// Writes a profile, and says what was found out about the encoding of the file that it is about.
    ///
    /// - Parameter make: reads the file; called once the output is known to be writable.
    func write(
        about file: FilePath?, terminal: Terminal, make: () throws(CommandFailure) -> (text: String, note: String?)
    ) throws(CommandFailure) -> ExitStatus {
        let destination = try DraftOutput(output, inputs: file.map { [$0] } ?? [], terminal: terminal)
        let (text, note) = try make()
        if let note, let file { terminal.say("\(file): \(note)") }
        return try destination.deliver(text, terminal: terminal)
    }
}

extension CommandFailure {
    /// A file that nothing true can be written about has findings; one that cannot be read makes the command unable.
    init(_ failure: DraftFailure, file: FilePath) {
        switch failure {
        case .source(let error): self.init(error)
        case .refused(let reason):
            self.init(.findings, "\(file): no profile was written: \(reason)")
        }
    }
}
