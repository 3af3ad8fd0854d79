import ArgumentParser
import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// The steps of a run: their files and the pushes to be made of them. Whatever can be refused without reading a file is refused here.
struct ManifestSteps {
    let day: CalendarDay
    let stopsOnFailure: Bool
    let steps: [Step]

    /// One step with its files.
    struct Step {
        let name: String
        /// Steps of this run that must be done before.
        let after: [String]
        let missing: RunManifest.Missing
        let files: [FilePath]
        /// The push of each of them but for the file.
        let push: PushCommand
    }

    var fileCount: Int { steps.reduce(0) { $0 + $1.files.count } }

    /// All that the pushes read.
    var readPaths: [FilePath] { steps.flatMap { step in step.files + [step.push.input.profile].compactMap(\.self) } }

    init(_ command: RunCommand) throws(CommandFailure) {
        guard try command.ledger.place() != nil else {
            throw CommandFailure(.usage, "A run needs a ledger, by which it is resumed: it cannot be combined with --ledger none.")
        }
        let manifest: RunManifest
        do throws(ProfileError) {
            manifest = try RunManifest.load(path: command.manifest)
        } catch {
            throw CommandFailure(.unable, error)
        }
        day = command.date ?? .today
        stopsOnFailure = manifest.stopsOnFailure
        let names = manifest.steps.map(\.name)
        for name in command.only where !names.contains(name) {
            let hint = EditDistance.nearest(to: name, among: names).map { " Did you mean \(VisibleText($0))?" } ?? ""
            throw CommandFailure(.usage, "The manifest has no step \(VisibleText(name)).\(hint)")
        }
        let files = ManifestFiles(manifest: command.manifest, day: day)
        var steps: [Step] = []
        for step in manifest.steps where command.only.isEmpty || command.only.contains(step.name) {
            steps.append(
                Step(
                    name: step.name, after: step.after, missing: step.missing, files: try files.paths(of: step),
                    push: try Self.push(step, command, files)))
        }
        self.steps = steps
        try refuseMissing(manifest, command)
    }

    /// Where the first failure ends the run, a file that is not there ends it before anything is sent.
    private func refuseMissing(_ manifest: RunManifest, _ command: RunCommand) throws(CommandFailure) {
        guard stopsOnFailure, let step = steps.first(where: { $0.files.isEmpty && $0.missing == .fail }),
            let pattern = manifest.steps.first(where: { $0.name == step.name })?.files
        else { return }
        let glob = pattern.glob(on: day)?.text ?? pattern.text
        throw CommandFailure(
            .unable,
            "Step \(VisibleText(step.name)): no file matches \(ManifestFiles(manifest: command.manifest, day: day).path(glob)). Nothing was sent. "
                + "If there need not be one, add \"missing: skip\" to the step.")
    }

    private static func push(_ step: RunManifest.Step, _ command: RunCommand, _ files: ManifestFiles) throws(CommandFailure) -> PushCommand
    {
        guard var push = try? PushCommand.parse(["-"]) else { preconditionFailure("a push needs a file only") }
        push.input.profile = step.profile.map { files.path($0.text) }
        push.input.asOf = command.date
        let profile = try InputOptions.profile(at: push.input.profile)
        // Not that of the environment, which would be one for all steps.
        guard let configuration = step.configuration ?? profile?.configuration else {
            throw CommandFailure(
                .unable, "Step \(VisibleText(step.name)) has no configuration: add \"configuration:\" to the step or to its profile.")
        }
        push.configurationOption.configuration = configuration
        do throws(CommandFailure) {
            push.configurationOption.configuration = try push.configurationOption.identifier(profile: profile).text
        } catch {
            throw CommandFailure(error.status, "Step \(VisibleText(step.name)): \(error.message)")
        }
        push.gate.maxSkipped = step.maxSkipped
        push.gate.failOn = step.failOn.map { $0 == .error ? .error : .warning }
        push.gate.expect = step.expectations
        if let drift = step.drift { push.drift = DriftMode(drift) }
        (push.service, push.follow, push.ledger, push.recording) = (command.service, command.follow, command.ledger, command.recording)
        (push.output, push.reports) = (command.output, command.reports)
        // A file has one line here; -v shows its report. The import ID then goes to standard error.
        if !command.output.verbose || command.output.format != .human { (push.output.format, push.output.quiet) = (.json, true) }
        (push.dryRun, push.noWait, push.alreadyPushed) = (command.dryRun, command.noWait, .skip)
        return push
    }
}

extension DriftMode {
    init(_ drift: RunManifest.Drift) {
        self =
            switch drift {
            case .off: .off
            case .warn: .warn
            case .fail: .fail
            }
    }
}
