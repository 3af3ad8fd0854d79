import ArgumentParser
import ByteSources
import ImportProfiles
import PigmentImport
import Preflight
import SafeText
import ValueFormats

/// `preflight profile kit DIR`
struct ProfileKitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kit",
        abstract: "Write a small file whose import tells which doubts your import configuration accepts.",
        discussion: """
            Writes kit.csv, its profile kit.yaml and README.md with the steps. Import kit.csv once into a scratch configuration whose columns \
            have the same formats; then preflight profile learn --kit DIR reads the answer. Existing files are not overwritten, unless they \
            are an older kit.

            Examples:
              preflight profile kit kit -p profile.yaml
              preflight profile kit kit -p profile.yaml --force
              preflight profile learn -p profile.yaml --kit kit --report-json report.json

            Exit status: 0 written, 2 the profile has nothing to calibrate, or the files cannot be written.
            """)

    @Argument(help: "Folder for the kit; it is made if it does not exist.")
    var folder: FilePath

    @Option(name: [.short, .long], help: ArgumentHelp("Profile whose column formats are calibrated.", valueName: "file"))
    var profile: FilePath

    @Flag(help: "Overwrite existing files.")
    var force = false

    func run() throws {
        let terminal = Terminal(showsProgress: false)
        try terminal.perform { () throws(CommandFailure) in try write(terminal) }
    }

    private func write(_ terminal: Terminal) throws(CommandFailure) -> ExitStatus {
        let loaded: Profile
        do {
            loaded = try Profile.load(path: profile)
        } catch {
            throw CommandFailure(.unable, error)
        }
        guard let kit = CalibrationKit(loaded) else {
            throw CommandFailure(.unable, "\(profile): no column has a type whose values can be doubtful; there is nothing to calibrate.")
        }
        let files = KitFiles(folder)
        let isOlderKit = files.holdAKit
        do throws(OutputFile.Refusal) {
            try Folder.make(folder)
            let collision: OutputFile.Collision = force || isOlderKit ? .replace : .refuse
            let outputs = [
                (files.csv, kit.csv), (files.profile, KitFiles.mark + "\n" + ProfileWriter.text(of: kit.profile)),
                (files.instructions, KitInstructions(kit, folder: folder, profile: profile).text),
            ]
            // All that can be refused is refused before the first file is written.
            var prepared: [(OutputFile, String)] = []
            for (path, text) in outputs { prepared.append((try OutputFile(path: path, collision: collision, inputs: [profile]), text)) }
            for (file, text) in prepared { try file.write(text) }
        } catch {
            throw CommandFailure(error)
        }
        let doubts = kit.columns.reduce(0) { $0 + $1.doubts.count }
        terminal.print(
            """
            Wrote \(files.csv), \(files.profile) and \(files.instructions).
            Cost: \(kit.rowCount.counted("row")) in \(kit.columns.count.counted("column")), one push. It settles \(doubts.counted("doubt")).

            """)
        for omission in kit.omissions { terminal.print("Not in the kit: \(VisibleText(omission.column)), \(omission.reason).\n") }
        terminal.print("Next: follow \(files.instructions)\n")
        return terminal.finish(.done)
    }
}

/// The files of a kit in their folder.
struct KitFiles {
    let csv: FilePath
    let profile: FilePath
    let instructions: FilePath

    /// The first line of a kit's profile, by which an older kit is known.
    static let mark = "# Calibration kit, written by preflight profile kit"

    init(_ folder: FilePath) {
        let slash: [UInt8] = folder.bytes.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]
        func file(_ name: String) -> FilePath { FilePath(bytes: folder.bytes + slash + Array(name.utf8)) }
        csv = file("kit.csv")
        profile = file("kit.yaml")
        instructions = file("README.md")
    }

    /// Whether the profile of a kit is there.
    var holdAKit: Bool {
        guard let bytes = try? SmallFile.read(path: profile, limit: Profile.sizeLimit) else { return false }
        return bytes.starts(with: Self.mark.utf8)
    }
}
