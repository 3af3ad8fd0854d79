public import ArgumentParser
import ByteSources
import ImportProfiles
import PigmentImport
import Preflight
import SafeText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// When the gate opens. Options override the profile, and the profile overrides the defaults.
struct GateOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Rows that may be skipped, as predicted and, after a push, as reported: 10 or 0.5%. Default: from the profile, else 0.",
            valueName: "limit"))
    var maxSkipped: SkipLimit?

    @Option(
        help: ArgumentHelp("Lowest severity that blocks: error or warning. Default: from the profile, else error.", valueName: "severity"))
    var failOn: BlockingSeverity?

    @Flag(help: "Count only certain skips, not values that Pigment may read or reject.")
    var allowUncertain = false

    @Option(
        help: ArgumentHelp(
            "Only these findings count: codes, or what several codes begin with, such as PF2. Others are counted as ignored. Repeatable.",
            valueName: "codes"))
    var select: [CodeList] = []

    @Option(help: ArgumentHelp("These findings do not count; likewise. Overrides the profile.", valueName: "codes"))
    var ignore: [CodeList] = []

    @Option(
        help: ArgumentHelp(
            "What the file must hold: rows=1000, sum.Amount=1234.5, distinct.Entity=12, max.Date=2026-12-31, bytes=48213 or sha256=…; "
                + "or a range, 900..1100 or 1000±2%. Repeatable. Overrides the profile.", valueName: "key=value"),
        transform: { text in
            do throws(Expectation.Mistake) {
                return try Expectation(text, origin: "--expect")
            } catch {
                throw ValidationError("--expect: \(error.message).")
            }
        })
    var expect: [Expectation] = []

    @Option(
        help: ArgumentHelp(
            "File with such totals. Default: FILE.totals.yaml, FILE.sha256 and FILE.ctl, where they are beside the file; none for none of them.",
            valueName: "file"))
    var totals: FilePath?

    /// `PF206,PF4`
    struct CodeList: ExpressibleByArgument {
        let texts: [String]

        init?(argument: String) {
            texts = argument.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }.map(String.init)
            if texts.isEmpty { return nil }
        }
    }

    func validate() throws {
        _ = try (Self.codes(select, isSelection: true), Self.codes(ignore, isSelection: false))
    }

    private static func codes(_ lists: [CodeList], isSelection: Bool) throws -> [String] {
        try lists.flatMap(\.texts).map { text in
            let (code, objection) = FindingRules.code(text)
            if let objection, !isSelection || !FindingKind.all.contains(where: { $0.code.hasPrefix(code) }) {
                let end = objection.hasSuffix("?") ? "" : "."
                throw ValidationError("\(isSelection ? "--select" : "--ignore"): \(objection)\(end) For a list: preflight explain")
            }
            return code
        }
    }

    /// Which findings count: the profile's rules, and what the options add.
    func rules(profile: Profile?) -> FindingRules {
        var rules = profile?.rules ?? FindingRules()
        if !select.isEmpty { rules.selected = try? Self.codes(select, isSelection: true) }
        let ignored = (try? Self.codes(ignore, isSelection: false)) ?? []
        // What is given on the command line comes before a longer code in the profile.
        rules.entries.removeAll { entry in ignored.contains { entry.code.hasPrefix($0) } }
        rules.entries += ignored.map { FindingRules.Entry($0, .ignore) }
        return rules
    }

    /// Sets what the file must hold: the files of totals beside it, then the options.
    func expect(_ file: FilePath, _ options: inout CheckOptions) throws(CommandFailure) {
        options.expectations = []
        for (path, form) in totalsFiles(of: file) {
            do throws(ProfileError) {
                options.expectations.override(with: try TotalsFile.load(path, form: form, export: file).expectations)
            } catch {
                throw CommandFailure(.unable, error)
            }
        }
        options.expectations.override(with: expect)
        let wantsDigest = options.allExpectations.contains { $0.quantity == .sha256 }
        // An earlier file is known again by it too.
        options.storedDigest = wantsDigest || options.drift != nil ? SHA256Digest() : nil
    }

    /// The files of totals that are read.
    func readPaths(_ files: [FilePath]) -> [FilePath] { files.flatMap { totalsFiles(of: $0).map(\.path) } }

    private func totalsFiles(of file: FilePath) -> [(path: FilePath, form: TotalsFile.Form?)] {
        if let totals { return totals.text == "none" ? [] : [(totals, nil)] }
        guard file != .standardStream else { return [] }
        var found: [(path: FilePath, form: TotalsFile.Form?)] = []
        for (path, form) in TotalsFile.paths(beside: file) where !found.contains(where: { $0.form == form }) {
            if let status = path.attributes(), status.mode & S_IFMT == S_IFREG { found.append((path, form)) }
        }
        return found
    }

    func policy(profile: Profile?) -> GatePolicy {
        var policy = profile?.gate ?? GatePolicy()
        if let maxSkipped { policy.maxSkipped = maxSkipped }
        if let failOn { policy.failOn = failOn == .error ? .error : .warning }
        if allowUncertain { policy.countsUncertain = false }
        return policy
    }

    /// The options that a plan records, without the totals, which it has by themselves: see ``RangePlanDocument``.
    var planWords: [String] {
        var words: [String] = []
        if let maxSkipped { words += ["--max-skipped", maxSkipped.description] }
        if let failOn { words += ["--fail-on", failOn.rawValue] }
        if allowUncertain { words.append("--allow-uncertain") }
        for list in select { words += ["--select", list.texts.joined(separator: ",")] }
        for list in ignore { words += ["--ignore", list.texts.joined(separator: ",")] }
        return words
    }

    /// Whether an option is given.
    var isGiven: Bool { !planWords.isEmpty || !expect.isEmpty || totals != nil }

    /// The options that were given, as words of a command line.
    var words: [ShellCommand.Word] {
        var words: [ShellCommand.Word] = []
        if let maxSkipped { words += ["--max-skipped", .init(maxSkipped.description)] }
        if let failOn { words += ["--fail-on", .init(failOn.rawValue)] }
        if allowUncertain { words.append("--allow-uncertain") }
        for list in select { words += ["--select", .init(list.texts.joined(separator: ","))] }
        for list in ignore { words += ["--ignore", .init(list.texts.joined(separator: ","))] }
        for expectation in expect { words += ["--expect", .init("\(expectation.quantity.key)=\(expectation.wanted.setting)")] }
        if let totals { words += ["--totals", .init(totals)] }
        return words
    }

    enum BlockingSeverity: String, ExpressibleByArgument, CaseIterable {
        case error
        case warning
    }
}

extension SkipLimit: ExpressibleByArgument {}
