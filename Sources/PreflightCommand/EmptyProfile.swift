import ByteSources
import Preflight
import SafeText

/// A profile to start from: of a file its columns as text, without one an example.
struct EmptyProfile {
    let options: DraftOptions

    /// Writes it.
    func write(about file: FilePath?, terminal: Terminal) throws(CommandFailure) -> ExitStatus {
        let written = options.output == .standardStream ? nil : options.output
        return try options.write(about: file.map { [$0] } ?? [], terminal: terminal) { () throws(CommandFailure) in
            guard let file else { return (ProfileTemplate.text(path: written), []) }
            let header = try header(of: file)
            let source = file == .standardStream ? "standard input" : file.description
            return (
                ProfileTemplate.text(header: header, source: source, path: written), header.encodingNote.map { ["\(file): \($0)"] } ?? []
            )
        }
    }

    private func header(of path: FilePath) throws(CommandFailure) -> HeaderNames {
        let file: InputFile
        do throws(SourceError) {
            file = try InputFile.open(path: path, spoolsStream: false)
        } catch {
            throw CommandFailure(error)
        }
        do throws(DraftFailure) {
            return try HeaderNames.read(file, options: options.checkOptions())
        } catch {
            throw CommandFailure(error, file: path)
        }
    }
}
