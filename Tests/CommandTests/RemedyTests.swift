import Foundation
import Testing

@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight
@testable import ValueFormats

/// Every remedy that a finding kind names is carried out on the sample of the kind: afterwards the finding is gone and nothing else is wrong.
@Suite("Remedies, followed to the letter", .timeLimit(.minutes(30)))
struct RemedyTests {
    /// What a user does who follows the help of a kind: `remedy.txt` in the sample folder of the kind.
    ///
    /// Its lines are `command:`, a shell command that is run next to a copy of the sample (`HELP` is the command in the help itself, with `FILE`
    /// filled in); `flags:`, what the file is checked with afterwards (`FOLDER` is that of the sample); `file:`, the file to check; or `none:`, why there is nothing to do.
    struct Remedy {
        private(set) var command: String?
        private(set) var flags: [String] = []
        private(set) var file = "input.csv"
        private(set) var reasonForNone: String?

        init(in folder: String) throws {
            let lines = try String(contentsOfFile: folder + "/remedy.txt", encoding: .utf8).split(separator: "\n")
            for line in lines {
                let colon = try #require(line.firstIndex(of: ":"), "\(line)")
                let value = line[colon...].dropFirst(2)
                switch line[..<colon] {
                case "command": command = String(value)
                case "flags": flags = value.split(separator: " ").map(String.init)
                case "file": file = String(value)
                case "none": reasonForNone = String(value)
                default: Issue.record("\(line)")
                }
            }
        }
    }

    @Test(arguments: FindingKind.all) func whatComesOutIsClean(_ kind: FindingKind) async throws {
        let scratch = try Scratch()
        let folder = scratch.path + "/sample"
        try FileManager.default.copyItem(atPath: "\(Repository.path)/Samples/\(kind.code)-\(kind.slug)", toPath: folder)
        let remedy = try Remedy(in: folder)
        if remedy.reasonForNone != nil {
            // What the page says a command does is tried.
            #expect(!Self.starts.contains { kind.help.contains(": \($0)") }, "\(kind.help)")
            return
        }
        let hasProfile = FileManager.default.fileExists(atPath: folder + "/profile.yaml")
        let profile = hasProfile ? ["-p", folder + "/profile.yaml"] : []
        let given = try flags(in: folder)

        let input = try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasPrefix("input.csv") } ?? "input.csv"
        let before = try await Tool.run(["check", folder + "/" + input, "--format", "json"] + profile + given)
        #expect(before.output.contains("\"\(kind.code)\""), "the sample does not show its fault\n\(before.everything)")

        if let command = remedy.command {
            let line = command == "HELP" ? try Self.command(in: before.output, of: kind) : command
            let shell = try await Tool.runShell("cd '\(folder)' && { \(line)\n}")
            #expect(shell.status == 0, "\(line)\n\(shell.everything)")
        }
        // A flag that was part of the fault is not part of the remedy.
        let flags = remedy.flags.map { String($0).replacing("FOLDER", with: folder) }
        let after = try await Tool.run(["check", folder + "/" + remedy.file, "--format", "json"] + profile + flags)
        #expect(after.status == 0, "\(after.everything)")
        let isAccepted = remedy.flags.contains("--allow-uncertain")
        #expect(after.output.contains("\"\(kind.code)\"") == (isAccepted || kind == .otherEncoding), "\(after.output)")
    }

    private func flags(in folder: String) throws -> [String] {
        guard let text = try? String(contentsOfFile: folder + "/flags.txt", encoding: .utf8) else { return [] }
        return text.split(whereSeparator: \.isWhitespace).map { String($0).replacing("FOLDER", with: folder) }
    }

    /// How commands begin.
    private static let starts = ["gzip ", "iconv ", "LC_ALL=C sed ", "sed ", "tail ", "head ", "tr "]

    /// The command that the help of a finding names, for the file of the sample.
    static func command(in json: String, of kind: FindingKind, file: String = "input.csv") throws -> String {
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        let findings = object?["findings"] as? [[String: Any]] ?? []
        let help = findings.lazy.filter { $0["code"] as? String == kind.code }.compactMap { $0["help"] as? String }.first
        let text = try #require(help)
        let starts = Self.starts.compactMap { text.range(of: $0)?.lowerBound }
        let start = try #require(starts.min(), "no command in: \(text)")
        // The sentence after it begins with a capital letter.
        let end = text.range(of: ". Or ", range: start..<text.endIndex)?.lowerBound ?? text.endIndex
        return text[start..<end].replacingOccurrences(of: "FILE", with: file)
    }

    // MARK: Ways past the gate

    /// What the verdict says would open the gate opens it.
    @Test(arguments: ["PF401-not-a-number", "PF411-doubtful-number", "wrong-settings", "PF501-unknown-item", "PF511-doubtful-item"])
    func acceptingOpensTheGate(sample: String) async throws {
        let folder = "\(Repository.path)/Samples/\(sample)"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let file = try #require(names.first { $0.hasSuffix(".csv") })
        let arguments = ["check", "\(folder)/\(file)", "-p", "\(folder)/profile.yaml"]
        let refused = try await Tool.run(arguments)
        #expect(refused.status == 1)
        let accept = try #require(refused.output.range(of: "\n  Accept: preflight "), "\(refused.output)")
        let command = refused.output[accept.upperBound...].prefix { $0 != "\n" }.split(separator: " ").map(String.init)
        #expect(command.starts(with: arguments))
        let accepted = try await Tool.run(command)
        #expect(accepted.status == 0, "\(command): \(accepted.output)")
    }
}
