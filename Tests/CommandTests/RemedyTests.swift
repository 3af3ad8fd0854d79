import Foundation
import Testing

@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight
@testable import ValueFormats

/// Every remedy that the catalogue names is carried out on the sample of its code: afterwards the finding is gone and nothing else is wrong.
@Suite("Remedies, followed to the letter", .timeLimit(.minutes(3)))
struct RemedyTests {
    /// What somebody does who follows the help of a code.
    struct Remedy: Sendable, CustomTestStringConvertible {
        let kind: FindingKind
        /// A shell command, run beside a copy of the sample; `HELP` is the command that the help itself names, with `FILE` filled in.
        let command: String
        /// Then checked with these.
        var flags: [String] = []
        /// The file to check then.
        var file = "input.csv"

        var testDescription: String { kind.code }

        init(_ kind: FindingKind, _ command: String, flags: [String] = [], file: String = "input.csv") {
            (self.kind, self.command, self.flags, self.file) = (kind, command, flags, file)
        }
    }

    /// `sed` that edits the input as the help says.
    private static func edit(_ script: String) -> String { "sed -i '\(script)' input.csv" }

    static let remedies = [
        Remedy(.emptyFile, "printf 'Entity,Amount\\nFR01,5\\n' > input.csv"),
        Remedy(.gzipTruncated, exported, file: "input.csv.gz"),
        Remedy(.gzipHeader, exported, file: "input.csv.gz"),
        Remedy(.gzipData, exported, file: "input.csv.gz"),
        Remedy(.gzipChecksum, exported, file: "input.csv.gz"),
        Remedy(.gzipLength, exported, file: "input.csv.gz"),
        // gzip complains of the trailing bytes with status 2, and writes the content.
        Remedy(.gzipTrailingBytes, "gzip -dc input.csv.gz > new.csv || [ $? = 2 ]; gzip -c new.csv > input.csv.gz", file: "input.csv.gz"),
        Remedy(.notCSV, "printf 'Entity,Amount\\nFR01,5\\n' > input.csv"),
        Remedy(.compressionName, "mv input.csv.gz input.csv"),
        Remedy(.contentLimit, "true", flags: ["--max-output-bytes", "1GiB"], file: "input.csv.gz"),
        Remedy(.invalidUTF8, "true", flags: ["--encoding", "windows-1252", "--transcode"]),
        Remedy(.nulByte, "tr -d '\\000' < input.csv > new.csv; mv new.csv input.csv"),
        Remedy(.utf16, "HELP", file: "input.csv.new.csv"),
        Remedy(.otherEncoding, "true", flags: ["--transcode"]),
        Remedy(.utf32, "HELP", file: "input.csv.new.csv"),
        Remedy(.innerByteOrderMark, edit("2,$s/\\xEF\\xBB\\xBF//")),
        Remedy(.doubleEncoded, "iconv -f UTF-8 -t WINDOWS-1252 input.csv > new.csv && mv new.csv input.csv"),
        Remedy(.undecodable, edit("s/\\x81/\\xDC/"), flags: ["--transcode"]),
        Remedy(.contradictedEncoding, "sed -i 's/encoding: windows-1252/encoding: utf-8/' profile.yaml"),
        Remedy(.strayQuote, edit("s/,5\" pipe,/,\"5\"\" pipe\",/; s/,3\\/4\" bolt,/,\"3\\/4\"\" bolt\",/")),
        Remedy(.textAfterClosingQuote, edit("s/\"Lease \"Tower\" 3\"/\"Lease \"\"Tower\"\" 3\"/; s/\"Cleaning\" ,/\"Cleaning\",/")),
        Remedy(.unclosedQuote, edit("s/\"Lease, tower A,/\"Lease, tower A\",/")),
        Remedy(.tooFewFields, edit("3{N;s/Salaries\\nincl. bonus/\"Salaries\\nincl. bonus\"/}")),
        Remedy(.tooManyFields, edit("s/,1250,50$/,\"1250.50\"/; s/,1,980,50$/,1980.50/")),
        Remedy(.blankLine, edit("/^$/d")),
        Remedy(.loneCarriageReturn, edit("s/\\([^,]*\\r[^,]*\\),/\"\\1\",/")),
        Remedy(.mixedLineEnds, edit("s/\\r$//")),
        Remedy(.unsupportedDelimiter, edit("s/\\t/,/g")),
        Remedy(.carriageReturnLineEnds, "HELP", file: "input.csv.new.csv"),
        Remedy(.separatorLine, "HELP", file: "input.csv.new.csv"),
        Remedy(.otherDelimiter, "sed -i 's/delimiter: \",\"/delimiter: \";\"/' profile.yaml"),
        Remedy(.repeatedHeader, edit("2,${/^Entity;/d}")),
        Remedy(.totalsRow, edit("/^Total;/d")),
        Remedy(.preamble, "HELP", file: "input.csv.new.csv"),
        Remedy(.runawayQuote, edit("s/\"5 inch pipe;/\"5\"\" pipe\";/; s/\"6 inch pipe;/\"6\"\" pipe\";/")),
        Remedy(.skippedLines, "HELP", file: "input.csv.new.csv"),
        Remedy(.emptyColumnName, edit("s/,$//")),
        Remedy(.duplicateColumnName, edit("1s/Amount$/Budget/")),
        Remedy(.missingColumn, "sed -i '/name: Month/d' profile.yaml"),
        Remedy(.unexpectedColumn, "printf 'extra-columns: ignore\\n' >> profile.yaml"),
        Remedy(.noDataRows, "printf 'FR01,601000,2026-01-01,5\\n' >> input.csv"),
        Remedy(.requiredValueEmpty, edit("s/^,/FR02,/; s/,$/,7.00/")),
        Remedy(.similarColumnNames, edit("1s/entity /Partner/")),
        Remedy(.longColumnName, edit("1s/Account, as agreed[^;]*;/Account;/")),
        Remedy(.notANumber, edit("s/\"1.250,00\"/1250.00/; s/#REF!$//")),
        Remedy(.notAnInteger, edit("s/8 FTE/8/")),
        Remedy(.notADate, edit("s/2026-02-30/2026-02-28/; s/Q1 2026/2026-01-01/")),
        Remedy(.notABoolean, edit("s/since 2024/FALSE/")),
        Remedy(.doubtfulNumber, "true", flags: ["--allow-uncertain"]),
        Remedy(.doubtfulInteger, "true", flags: ["--allow-uncertain"]),
        Remedy(.doubtfulDate, "true", flags: ["--allow-uncertain"]),
        Remedy(.doubtfulBoolean, "sed -i 's/type: boolean/type: boolean, boolean: {true: [\"yes\", \"1\", \"true\"]}/' profile.yaml"),
        Remedy(.unknownItem, "printf 'FR99\\nGermany, all\\n' >> lists/entities.txt"),
        Remedy(.duplicateKey, edit("/^\"J1\"/d; /^J3/d")),
        Remedy(.blankKey, edit("s/^,/J2,/; s/^n\\/a,/J4,/")),
        Remedy(.doubtfulItem, "true", flags: ["--allow-uncertain"]),
    ]

    /// Written again from the same table.
    private static let exported = "printf 'Entity,Amount\\nFR01,5\\n' | gzip -c > input.csv.gz"

    /// Codes whose help names nothing to do to the file: a note, or a question about the import configuration.
    static let withoutRemedy: Set<FindingKind> = [
        .byteOrderMark, .unlikeItsColumn, .mixedFormats, .numberReadsTwoWays, .dateReadsTwoWays,
    ]

    @Test func everyCodeHasItsRemedy() {
        let covered = Set(Self.remedies.map(\.kind))
        #expect(Set(FindingKind.all) == covered.union(Self.withoutRemedy))
        #expect(covered.isDisjoint(with: Self.withoutRemedy))
    }

    @Test(arguments: remedies) func whatComesOutIsClean(_ remedy: Remedy) async throws {
        let kind = remedy.kind
        let scratch = try Scratch()
        let folder = scratch.path + "/sample"
        try FileManager.default.copyItem(atPath: "\(Repository.path)/Samples/\(kind.code)-\(kind.slug)", toPath: folder)
        let hasProfile = FileManager.default.fileExists(atPath: folder + "/profile.yaml")
        let profile = hasProfile ? ["-p", folder + "/profile.yaml"] : []
        let given = try flags(in: folder)

        let input = try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasPrefix("input.csv") } ?? "input.csv"
        let before = try await Tool.run(["check", folder + "/" + input, "--format", "json"] + profile + given)
        #expect(before.output.contains("\"\(kind.code)\""), "the sample does not show its fault\n\(before.everything)")

        try Self.shell(remedy.command == "HELP" ? try Self.command(in: before.output, of: kind) : remedy.command, in: folder)
        // A flag that was part of the fault is not part of the remedy.
        let after = try await Tool.run(["check", folder + "/" + remedy.file, "--format", "json"] + profile + remedy.flags)
        #expect(after.status == 0, "\(after.everything)")
        let isAccepted = remedy.flags.contains("--allow-uncertain")
        #expect(after.output.contains("\"\(kind.code)\"") == (isAccepted || kind == .otherEncoding), "\(after.output)")
    }

    private func flags(in folder: String) throws -> [String] {
        guard let text = try? String(contentsOfFile: folder + "/flags.txt", encoding: .utf8) else { return [] }
        return text.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// The command that the help of a finding names, for the file of the sample.
    private static func command(in json: String, of kind: FindingKind) throws -> String {
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        let findings = object?["findings"] as? [[String: Any]] ?? []
        let help = findings.lazy.filter { $0["code"] as? String == kind.code }.compactMap { $0["help"] as? String }.first
        let text = try #require(help)
        let starts = ["gzip ", "iconv ", "sed ", "tail ", "tr "].compactMap { text.range(of: $0)?.lowerBound }
        let start = try #require(starts.min(), "no command in: \(text)")
        // The sentence after it begins with a capital letter.
        let end = text.range(of: ". Or ", range: start..<text.endIndex)?.lowerBound ?? text.endIndex
        return text[start..<end].replacingOccurrences(of: "FILE", with: "input.csv")
    }

    private static func shell(_ command: String, in folder: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(command)")
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
        let accept = try #require(refused.output.range(of: "accept them with "), "\(refused.output)")
        let flags = refused.output[accept.upperBound...].prefix { $0 != "\n" }.split(separator: " ").map(String.init)
        let accepted = try await Tool.run(arguments + flags)
        #expect(accepted.status == 0, "\(flags): \(accepted.output)")
    }
}
