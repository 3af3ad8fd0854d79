import ByteSources
import ImportProfiles
import PigmentImport
import Preflight
import SafeText

/// Adds to a profile the columns that the files of its feed have and it has not, and says what else is different.
struct ProfileUpdate {
    let profile: FilePath

    func run(_ draft: FeedDraft, files: [FilePath], terminal: Terminal) throws(CommandFailure) -> ExitStatus {
        let yaml: [UInt8]
        do throws(SmallFile.Refusal) {
            yaml = try SmallFile.read(path: profile, limit: Profile.sizeLimit)
        } catch {
            throw CommandFailure(.unable, "\(profile): \(error.message)")
        }
        guard let known = ProfileExtension.names(inYAML: yaml) else {
            throw CommandFailure(.unable, "\(profile) cannot be read as a profile; see preflight profile lint")
        }
        let output: OutputFile
        do throws(OutputFile.Refusal) {
            output = try OutputFile(path: profile, collision: .replace, inputs: files)
        } catch {
            throw CommandFailure(error)
        }
        let new = draft.additions(to: known)
        let extended: ProfileExtension
        do throws(ProfileAmendment.Refusal) {
            extended = try ProfileExtension(yaml: yaml, fileName: profile.description, adding: new)
        } catch {
            throw CommandFailure(.unable, "\(profile): \(error.message)")
        }
        terminal.print(extended.diff)
        for difference in draft.differences(from: try? Profile.load(path: profile), names: known) { terminal.say(difference) }
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
