import ByteSources
import PigmentImport
import Preflight
import SafeText

/// Where the draft of a profile goes: a file that must not be there yet, or standard output.
struct DraftOutput {
    /// `nil` for standard output.
    private let file: OutputFile?

    /// - Parameter path: as the command line has it; `nil` where it has none.
    /// - Throws: if nothing could be written there, before any work.
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
