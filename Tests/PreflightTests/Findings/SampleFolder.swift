import Foundation
import SafeText

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// One folder of `Samples/`.
struct SampleFolder: CustomStringConvertible, Sendable {
    let name: String

    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Samples")

    /// Folders that belong to no code.
    static let exports = ["ledger-export", "planning-export", "wrong-settings"]

    /// In alphabetical order. Empty where the folder cannot be read: a test expects some.
    static let all: [SampleFolder] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return names.filter { !$0.contains(".") && !["pipelines", "spark"].contains($0) }.sorted().map(SampleFolder.init)
    }()

    var description: String { name }

    /// The codes' samples have the name `PF203-unclosed-quote`.
    var codeText: String? { name.hasPrefix("PF") ? String(name.prefix(5)) : nil }

    func url(_ file: String) -> URL {
        Self.root.appendingPathComponent(name).appendingPathComponent(file)
    }

    /// The name of the one CSV file.
    func inputName() throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: url("").path).filter {
            $0.hasSuffix(".csv") || $0.hasSuffix(".csv.gz")
        }
        guard names.count == 1 else { throw Mistake("\(name) has \(names.count) files to judge") }
        return names[0]
    }

    func input() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: url(try inputName())))
    }

    /// How the file is judged: under its profile, with its flags.
    func options() throws -> CheckOptions {
        var options = CheckOptions(profile: try profile())
        guard FileManager.default.fileExists(atPath: url("flags.txt").path) else { return options }
        let words = try text("flags.txt").split(whereSeparator: \.isWhitespace)
        for (flag, value) in zip(words, words.dropFirst()) {
            switch flag {
            case "--skip-lines": options.skippedLines = Int(value) ?? 0
            case "--max-output-bytes": options.maxContentBytes = Int(value)
            case "--ledger":
                let name = String(value).replacing("FOLDER/", with: "") + ".baselines"
                let files = try text(name).split(separator: "\n").compactMap { FileStatistics(try JSONReader.value(of: Array($0.utf8))) }
                options.drift = DriftReference(files: files, severity: .warning)
                options.countsColumns = true
            default: break
            }
        }
        return options
    }

    var hasProfile: Bool { FileManager.default.fileExists(atPath: url("profile.yaml").path) }

    func profile() throws -> Profile? {
        hasProfile ? try Profile.load(path: url("profile.yaml").path) : nil
    }

    func text(_ file: String) throws -> String {
        try String(contentsOf: url(file), encoding: .utf8)
    }

    struct Mistake: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) {
            self.description = description
        }
    }
}
