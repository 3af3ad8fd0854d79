import ArgumentParser
import ByteSources
import Preflight
import PreflightReports
import SafeText
import SystemCalls

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The command line as a whole.
struct Program: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preflight",
        abstract: "Check a CSV file before it is imported into Pigment, push exactly the checked bytes, and compare.",
        discussion: """
            Examples:
              preflight check export.csv
              preflight profile infer export.csv -o profile.yaml
              preflight rehearse export.csv -p profile.yaml
            """,
        version: ToolVersion.current,
        subcommands: [
            CheckCommand.self, FixCommand.self, PushCommand.self, RunCommand.self, TriggerCommand.self, StatusCommand.self,
            RehearseCommand.self, ServeCommand.self, ConfigurationsCommand.self, DoctorCommand.self,
            HistoryCommand.self, BaselineCommand.self,
            PlanCommand.self, MergeCommand.self, ColumnsCommand.self, BenchCommand.self, LocateCommand.self, DiagnoseCommand.self,
            ProfileCommand.self, ExplainCommand.self,
        ])

    /// A variable of the environment; `nil` if it is empty, as in a pipeline without the secret.
    static func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The environment as the process found it.
    static let environment: [String: String] = {
        var variables: [String: String] = [:]
        for text in (SystemText.bytes { system_environment($0) } ?? []).split(separator: 0) {
            let parts = String(decoding: text, as: UTF8.self).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
        }
        return variables
    }()

    /// Reads the words of a command line, runs the command, and ends the process.
    static func run(_ arguments: [String]) async -> Never {
        do {
            if let refusal = refusal(of: arguments) {
                _ = Terminal.write(refusal, to: STDERR_FILENO)
                _exit(ExitStatus.usage.rawValue)
            }
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            leave(error)
        }
        _exit(ExitStatus.done.rawValue)
    }

    /// A better answer to a mistaken command line than that of the argument parser, if there is one.
    private static func refusal(of arguments: [String]) -> String? {
        guard let first = arguments.first else { return beginning }
        // The value is not repeated, since command lines are logged.
        if let option = arguments.prefix(while: { $0 != "--" }).first(where: { $0 == "--api-key" || $0.hasPrefix("--api-key=") }) {
            return "preflight: \(option.prefix { $0 != "=" }) is not an option: every user of this machine can read command lines. "
                + "Set PIGMENT_API_KEY, or use --api-key-file FILE.\n"
        }
        let names = configuration.subcommands.flatMap { [$0.configuration.commandName ?? ""] + $0.configuration.aliases } + ["help"]
        guard !first.hasPrefix("-"), !names.contains(first) else { return nil }
        let isFile = FilePath(argument: first)?.attributes() != nil
        return "preflight: \(Suggestion.unknownCommand(first, commands: names, isFile: isFile))\n"
    }

    /// For a first-time user. The status is not 0, because nothing was asked for and done.
    private static let beginning = """
        Missing subcommand. Most people begin with one of these:

          Find what the import would skip or reject:
            preflight check export.csv
          Describe the columns, for an exact prediction:
            preflight profile infer export.csv -o profile.yaml
          Try the whole push without an account:
            preflight rehearse export.csv -p profile.yaml

        All commands: preflight --help

        """

    /// Prints the message of the argument parser or a command, with all text from the command line escaped, and ends the process.
    static func leave(_ error: any Error) -> Never {
        // The commands print for themselves.
        if let code = error as? ExitCode { _exit(code.rawValue) }
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
