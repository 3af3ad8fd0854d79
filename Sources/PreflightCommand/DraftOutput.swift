import ByteSources
import PigmentImport
import Preflight
import SafeText

/// Where the draft of a profile goes: a new file, or standard output.
struct DraftOutput {
    /// `nil` for standard output.
    private let file: OutputFile?

    /// - Parameter path: The path on the command line, if any.
    /// - Throws: If the file cannot be written; before any work.
    init(_ path: FilePath?, inputs: [FilePath], terminal: Terminal) throws(CommandFailure) {
        guard let path, path != .standardStream else {
            try terminal.refuseAsOutput(inputs)
            file = nil
            return
        }
        do throws(OutputFile.Refusal) {
            file = try OutputFile(path: path, collision: .refuse, inputs: inputs)
        } catch {
            throw CommandFailure(error)
        }
    }

    func deliver(_ text: String, terminal: Terminal) throws(CommandFailure) -> ExitStatus {
        guard let file else {
            terminal.print(text)
            return terminal.finish(.done)
        }
        do throws(OutputFile.Refusal) {
            try file.write(text)
        } catch {
            throw CommandFailure(error)
        }
        return terminal.finish(.done)
    }
}
