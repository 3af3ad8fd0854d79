import ArgumentParser
import ByteSources
import ImportProfiles
import PigmentImport
import Preflight
import SafeText

/// Whether the advice of a check is applied to the profile.
struct AdviceOptions: ParsableArguments {
    @Flag(help: "Show the settings that would read more values as a change of the profile; with --yes, make it.")
    var applyAdvice = false

    @Flag(help: "With --apply-advice: change the profile.")
    var yes = false

    func validate() throws {
        guard applyAdvice || !yes else { throw ValidationError("--yes needs --apply-advice.") }
    }

    /// Shows the advice as a diff of the profile, and applies it where that was confirmed.
    func apply(_ report: Report, to path: FilePath?, terminal: Terminal) throws(CommandFailure) {
        guard applyAdvice, let path else { return }
        let advice = report.prediction.advice
        let lines = advice.filter { $0.openSettings == 0 }.compactMap(\.settings.first?.profileLine)
        for open in advice where open.openSettings > 0 {
            terminal.say("\(open.column.name.shown): several formats fit, so none is applied; see the report")
        }
        if lines.isEmpty { return terminal.say("\(path): no advice to apply") }
        let yaml: [UInt8]
        do throws(SmallFile.Refusal) {
            yaml = try SmallFile.read(path: path, limit: Profile.sizeLimit)
        } catch {
            throw CommandFailure(.unable, "\(path): \(error.message)")
        }
        let edit: ColumnEdit
        do throws(ProfileAmendment.Refusal) {
            edit = try ColumnEdit(yaml: yaml, fileName: path.description, lines: lines)
        } catch {
            throw CommandFailure(.unable, "\(path): \(error.message)")
        }
        terminal.print(edit.diff)
        guard yes else { return terminal.say("\(path): not changed. Add --yes to apply this.") }
        do throws(OutputFile.Refusal) {
            try OutputFile(path: path, collision: .replace, inputs: []).write(edit.text)
        } catch {
            throw CommandFailure(error)
        }
        terminal.say("\(path): \(lines.count.counted("column")) changed. Check the file again.")
    }
}
