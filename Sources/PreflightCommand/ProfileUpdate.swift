import ByteSources
import ImportProfiles
import PigmentImport
import Preflight
import SafeText

/// Adds to a profile the columns that the files of its feed have and it has not, and says what else is different.
struct ProfileUpdate {
    private let profile: FilePath
    private let yaml: [UInt8]
    private let output: OutputFile
    /// Of the columns that the profile has.
    let names: [String]

    /// - Throws: if the profile cannot be read or written; before any work.
    init(profile: FilePath, files: [FilePath]) throws(CommandFailure) {
        self.profile = profile
        do throws(SmallFile.Refusal) {
            yaml = try SmallFile.read(path: profile, limit: Profile.sizeLimit)
        } catch {
            throw CommandFailure(.unable, "\(profile): \(error.message)")
        }
        guard let found = ProfileExtension.names(inYAML: yaml) else {
            throw CommandFailure(.unable, "\(profile) cannot be read as a profile; see preflight profile lint")
        }
        names = found
        do throws(OutputFile.Refusal) {
            output = try OutputFile(path: profile, collision: .replace, inputs: files)
        } catch {
            throw CommandFailure(error)
        }
    }

    func run(_ draft: FeedDraft, terminal: Terminal) throws(CommandFailure) -> ExitStatus {
        let new = draft.additions(to: names)
        let extended: ProfileExtension
        do throws(ProfileAmendment.Refusal) {
            extended = try ProfileExtension(yaml: yaml, fileName: profile.description, adding: new)
        } catch {
            throw CommandFailure(.unable, "\(profile): \(error.message)")
        }
        terminal.print(extended.diff)
        for difference in draft.differences(from: try? Profile.load(path: profile), names: names) { terminal.say(difference) }
        if new.isEmpty {
            terminal.say("\(profile): no new column")
            return terminal.finish(.done)
        }
        do throws(OutputFile.Refusal) {
            try output.write(extended.text)
        } catch {
            throw CommandFailure(error)
        }
        terminal.say("\(profile): \(new.count.counted("column")) added")
        return terminal.finish(.done)
    }
}
