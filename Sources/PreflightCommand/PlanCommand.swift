import ArgumentParser
import ByteSources
import ImportProfiles
import Preflight
import PreflightReports
import SafeText

/// `preflight plan FILE`
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Cut a file into ranges that are checked apart, on any machines, and merged into the report of one check.",
        discussion: """
            Reads the beginning of the file and prints a plan: JSON with the ranges, the header, the profile and all options. Whoever checks a range \
            needs the plan and the bytes of the range, nothing else.

            Examples:
              preflight plan export.csv -p profile.yaml --range-size 512MiB > plan.json
              preflight check export.csv --plan plan.json --range 17 --partial part-17
              preflight merge --plan plan.json part-*
              preflight push export.csv --plan plan.json part-*

            Exit status: 0 the plan was printed, 2 the file or the profile cannot be read, or the file is a stream.
            """)

    @Argument(help: "CSV or CSV.gz file, and no stream. gzip is one range, unless it is BGZF.")
    var file: FilePath

    @Option(help: ArgumentHelp("Length of a range; the last may be an eighth longer.", valueName: "size"))
    var rangeSize = MemorySize(byteCount: 512 << 20)

    @Flag(help: "Collect what the columns hold, for merge --report html and others.")
    var columns = false

    @Flag(help: "Collect where in the file findings are, for merge --positions and --report html.")
    var positions = false

    @Flag(help: "Collect every cell and row with a finding, for merge --report csv.")
    var cells = false

    @Flag(help: "Collect the SHA-256 of each range, for push --plan. A total with sha256 does too.")
    var digests = false

    @OptionGroup(title: "Reading") var input: InputOptions
    @OptionGroup(title: "Gate") var gate: GateOptions

    func run() throws {
        let terminal = Terminal(showsProgress: false)
        try terminal.perform { () throws(CommandFailure) in
            let document = try document()
            terminal.print(document.text)
            return terminal.finish(.done)
        }
    }

    private func document() throws(CommandFailure) -> RangePlanDocument {
        guard let path = String(validating: file.bytes, as: UTF8.self) else {
            throw CommandFailure(.unable, "\(file): a plan holds the path as text, and this one is not UTF-8.")
        }
        let profile = try profileText()
        var options = try input.checkOptions()
        options.findingRules = gate.rules(profile: options.profile)
        try gate.expect(file, &options)
        let plan: RangePlan
        do throws(RangePlan.Refusal) {
            plan = try RangePlan(
                try open(), rangeByteCount: rangeSize.byteCount, options: options)
        } catch {
            switch error {
            case .source(let error): throw CommandFailure(error)
            case .reason(let reason): throw CommandFailure(.unable, "\(reason).")
            }
        }
        var document = RangePlanDocument(path: path, plan: plan)
        document.words = input.planWords + gate.planWords + (input.asOf.map { ["--as-of", $0.description] } ?? [])
        document.day = input.day(of: options.profile)
        document.profile = profile
        document.totals = options.expectations.map {
            RangePlanDocument.Total(key: $0.quantity.key, value: $0.wanted.setting, origin: $0.origin)
        }
        (document.countsColumns, document.mapsPositions, document.listsCells) = (columns, positions, cells)
        document.hasDigests = digests || options.storedDigest != nil
        document.columnNames = PlannedFile(plan, options: options).columnNames
        document.hasHeader = !input.noHeader && options.profile?.dialect.hasHeader ?? true
        document.seal()
        return document
    }

    private func open() throws(RangePlan.Refusal) -> InputFile {
        do throws(SourceError) {
            return try InputFile.open(path: file, spoolsStream: false)
        } catch {
            throw .source(error)
        }
    }

    /// Reads the profile and the item lists that it names, as texts.
    private func profileText() throws(CommandFailure) -> RangePlanDocument.ProfileText? {
        guard let path = input.profile else { return nil }
        func text(_ path: FilePath, limit: Int) throws(SmallFile.Refusal) -> String {
            guard let text = String(validating: try SmallFile.read(path: path, limit: limit), as: UTF8.self) else {
                throw SmallFile.Refusal(message: "\(path) is not UTF-8")
            }
            return text
        }
        var found: RangePlanDocument.ProfileText
        do throws(SmallFile.Refusal) {
            found = RangePlanDocument.ProfileText(path: path.text, text: try text(path, limit: Profile.sizeLimit))
        } catch {
            throw CommandFailure(.unable, "\(error.message).")
        }
        let items = Collected()
        do throws(ProfileError) {
            _ = try Profile(yaml: Array(found.text.utf8), fileName: path.description) { name throws(SmallFile.Refusal) in
                let list = try text(path.sibling(FilePath(name)), limit: ItemsFile.sizeLimit)
                items.texts.append((name, list))
                return Array(list.utf8)
            }
        } catch {
            throw CommandFailure(.unable, error)
        }
        found.items = items.texts
        return found
    }

    private final class Collected {
        var texts: [(path: String, text: String)] = []
    }
}
