import Foundation
import TestSupport

@testable import ByteSources
@testable import PigmentImport

/// Runs the built command as a user would: arguments and environment in; output, complaints and exit status out.
struct Tool {
    /// What one run left.
    struct Ending {
        var status: Int32
        var output: String
        var complaints: String
        var time: ContinuousClock.Instant

        var everything: String { output + complaints }
    }

    /// The key of every run here: it may appear nowhere but in one header.
    static let canaryKey = "pgmt_canary-0123456789abcdefghij"
    static let configuration = "33d0d7d0-6125-47c4-b36a-882f4ed53b33"
    static let importID = "a5002346-d45c-4773-892f-53273b040ca0"

    /// Beside the test bundle.
    private static let executable = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("preflight")

    /// Where the runs of this process keep their ledgers, each its own: never in that of the user.
    private static let stateFolder: String = {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("preflight-state-\(getpid())").path
        atexit { try? FileManager.default.removeItem(atPath: Tool.stateFolder) }
        return folder
    }()

    private let process = Process()
    private let output = Pipe()
    private let complaints = Pipe()

    /// - Parameters:
    ///   - environment: added to a bare one, which has no key and an empty ledger.
    ///   - input: standard input; nothing by default.
    init(_ arguments: [String], environment: [String: String] = [:], input: FileHandle = .nullDevice) {
        process.executableURL = Self.executable
        process.arguments = arguments
        let state = Self.stateFolder + "/" + UUID().uuidString
        process.environment = ["PATH": "/usr/bin:/bin", "XDG_STATE_HOME": state].merging(environment) { $1 }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = complaints
    }

    static func run(_ arguments: [String], environment: [String: String] = [:], input: FileHandle = .nullDevice) async throws -> Ending {
        try await inTurn { Tool(arguments, environment: environment, input: input) }
    }

    /// Runs a script of the shell in a folder; `$PREFLIGHT` is the command in it.
    static func shell(_ script: String, in scratch: Scratch) async throws -> Ending {
        let ending = try await inTurn {
            let tool = Tool([], environment: ["PREFLIGHT": executable.path, "FOLDER": scratch.path])
            tool.process.executableURL = URL(fileURLWithPath: "/bin/bash")
            tool.process.arguments = ["-c", "cd \"$FOLDER\" || exit 99\n" + script]
            return tool
        }
        // The folder is removed with the object.
        withExtendedLifetime(scratch) {}
        return ending
    }

    /// Gives a line to a POSIX shell that finds the built command, as somebody who pastes it does.
    static func runShell(_ line: String, environment: [String: String] = [:]) async throws -> Ending {
        try await inTurn {
            let tool = Tool(["-c", line], environment: environment)
            tool.process.executableURL = URL(fileURLWithPath: "/bin/sh")
            tool.process.environment?["PATH"] = executable.deletingLastPathComponent().path + ":/usr/bin:/bin"
            return tool
        }
    }

    /// All tests begin at once. Without turns, hundreds of processes would share the processors, and their pipes would take more descriptors than a
    /// process may have, or than Foundation can close in a new process without reading beyond a buffer.
    private static let turns = Turns(count: 3 * ProcessInfo.processInfo.activeProcessorCount)

    /// - Parameter tool: made when it is its turn.
    private static func inTurn(_ tool: () -> Tool) async throws -> Ending {
        await turns.begin()
        do {
            let tool = tool()
            try tool.start()
            let ending = await tool.ending()
            await turns.end()
            return ending
        } catch {
            await turns.end()
            throw error
        }
    }

    /// A push to a server on this machine, with short waits.
    static func pushArguments(_ file: String, port: Int, more: [String] = []) -> [String] {
        ["push", file, "-c", configuration, "--base-url", "http://127.0.0.1:\(port)", "--poll", "0.02s"] + more
    }

    static let keyEnvironment = ["PIGMENT_API_KEY": canaryKey]

    func start() throws {
        // A shell that runs the tests in the background has them ignore SIGINT; the command would inherit that.
        signal(SIGINT, SIG_DFL)
        try ProcessStarts.perform { try process.run() }
    }

    var identifier: Int32 { process.processIdentifier }

    func send(signal number: Int32) {
        kill(process.processIdentifier, number)
    }

    /// Closes the reading end of the command's standard output, as `head` does when it has seen enough.
    func closeOutput() throws {
        try output.fileHandleForReading.close()
    }

    /// Waits for the end. Both pipes are drained at once: a full one would block the command.
    func ending(readsOutput: Bool = true) async -> Ending {
        async let complained = Self.drained(complaints)
        async let printed = readsOutput ? Self.drained(output) : ""
        let (first, second) = await (complained, printed)
        // Looked at where nothing else has to be waited for.
        let time = await onOwnThread {
            process.waitUntilExit()
            return ContinuousClock.now
        }
        // Negative for a process that a signal killed: it has no exit status.
        let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Ending(status: status, output: second, complaints: first, time: time)
    }

    private static func drained(_ pipe: Pipe) async -> String {
        await onOwnThread {
            let bytes = (try? pipe.fileHandleForReading.readToEnd()) ?? nil
            return String(decoding: bytes ?? Data(), as: UTF8.self)
        }
    }
}

/// Runs what blocks on a thread of its own: on the cooperative threads, or on the queues they come from, it would keep other tests waiting.
func onOwnThread<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: work()) }
    }
}

/// A fresh folder, removed with the object.
final class Scratch {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("preflight-command-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        path = folder.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
        return path + "/" + name
    }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path) }
    }
}

/// The repository that the tests are in.
enum Repository {
    static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path

    static func text(_ name: String) throws -> String {
        try String(contentsOfFile: path + "/" + name, encoding: .utf8)
    }
}
