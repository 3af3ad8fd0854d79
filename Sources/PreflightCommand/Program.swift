import ArgumentParser
import ByteSources
import Preflight
import PreflightReports
import SafeText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The command line as a whole.
@main
struct Program: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preflight",
        abstract: "Check a CSV export before it is imported into Pigment, push exactly the checked bytes, and compare.",
        version: ToolVersion.current,
        subcommands: [
            CheckCommand.self, PushCommand.self, TriggerCommand.self, StatusCommand.self, RehearseCommand.self, BenchCommand.self,
            LocateCommand.self, ProfileCommand.self, ExplainCommand.self,
        ])

    /// A variable of the environment; `nil` when it is empty, as a pipeline without the secret sets it.
    static func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The environment as the process found it.
    static let environment: [String: String] = {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            entry += 1
        }
        return variables
    }()

    static func main() async {
        // Before anything else is opened.
        guard StandardDescriptors.secure() else { _exit(ExitStatus.unable.rawValue) }
        Interruption.install()
        do {
            // Nothing was asked for, so nothing can be done and confirmed.
            let arguments = Array(ArgumentText.processArguments.dropFirst())
            guard !arguments.isEmpty else { throw ValidationError("Say what to do.") }
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            leave(error)
        }
    }

    /// Prints what the argument parser or a command says, with nothing of the command line raw in it, and ends the process.
    private static func leave(_ error: any Error) -> Never {
        let code = exitCode(for: error).rawValue
        let message = fullMessage(for: error)
        if !message.isEmpty {
            let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                VisibleText(ArgumentText.bytes(of: String(line)), limit: 4000).text
            }
            let failure = Terminal.write(lines.joined(separator: "\n") + "\n", to: code == 0 ? STDOUT_FILENO : STDERR_FILENO)
            if failure != 0, code == 0 {
                _ = Terminal.write("preflight: cannot print this: \(Terminal.outputReason(failure))\n", to: STDERR_FILENO)
                _exit(ExitStatus.unable.rawValue)
            }
        }
        _exit(code)
    }
}
