import ArgumentParser
import ByteSources
import CSVTokenizer
package import ImportProfiles
import Preflight
import SafeText

/// How to read the file.
struct InputOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Profile that mirrors the import configuration: YAML, JSON or a Table Schema.", valueName: "file"))
    var profile: FilePath?

    @Option(
        help: ArgumentHelp(
            "The day of the file, for columns that the profile expects since a day: 2026-02-28. Default: today.", valueName: "day"))
    var asOf: CalendarDay?

    @Option(help: ArgumentHelp("One ASCII character, or 'tab'. Default: from the profile, else detected.", valueName: "character"))
    var delimiter: Byte?

    @Option(help: ArgumentHelp("One ASCII character. Default: from the profile, else \".", valueName: "character"))
    var quote: Byte?

    @Flag(help: "The file has no header row; the columns of the profile apply in their order.")
    var noHeader = false

    @Option(
        help: ArgumentHelp(
            "utf-8, utf-16, windows-1252, windows-1251, iso-8859-2, shift_jis, gb18030 or another (see README). Default: from the profile, else UTF-8.",
            valueName: "name"))
    var encoding: Encoding?

    @Flag(help: "Use the declared encoding even if the bytes of the file contradict it.")
    var forceEncoding = false

    @Flag(help: "Convert a file in another encoding to UTF-8: check, and push, the converted text.")
    var transcode = false

    @Option(help: ArgumentHelp("Lines to skip before the header.", valueName: "count"))
    var skipLines = 0

    @Option(
        help: ArgumentHelp("Stop when a gzip file decompresses to more than this, for example 50GiB. Default: no limit.", valueName: "size")
    )
    var maxOutputBytes: MemorySize?

    @Option(help: ArgumentHelp("Examples to keep of each finding.", valueName: "count"))
    var samples = 3

    @Option(help: ArgumentHelp("Threads to use. Default: 1 for a small file, else one per processor, up to 8.", valueName: "count"))
    var threads: Int?

    @Option(help: ArgumentHelp("Memory for keys, for example 2GiB; keys beyond it go to temporary files.", valueName: "size"))
    var memory = MemorySize(byteCount: CheckOptions.usualKeyMemory)

    @Option(help: .hidden)
    var chunkBytes = 512 << 10

    @Option(help: .hidden)
    var kernel = Kernel.best.rawValue

    func validate() throws {
        guard threads.map({ (1...256).contains($0) }) ?? true else { throw ValidationError("--threads must be between 1 and 256.") }
        guard Kernel(rawValue: kernel)?.isAvailable == true else {
            throw ValidationError("--kernel \(kernel): this processor does not have it.")
        }
        guard skipLines >= 0 else { throw ValidationError("--skip-lines must not be negative.") }
        guard samples >= 0 else { throw ValidationError("--samples must not be negative.") }
        guard (1...(1 << 30)).contains(chunkBytes) else { throw ValidationError("--chunk-bytes must be between 1 and 1073741824.") }
    }

    /// The given options that affect the findings, as words of a command line.
    var words: [ShellCommand.Word] {
        var words: [ShellCommand.Word] = []
        if let profile { words += ["-p", .init(profile)] }
        // Without a profile no column is expected since a day.
        if profile != nil, let asOf { words += ["--as-of", .init(asOf.description)] }
        if let delimiter { words += ["--delimiter", .init(delimiter.argument)] }
        if let quote { words += ["--quote", .init(quote.argument)] }
        if noHeader { words.append("--no-header") }
        if let encoding { words += ["--encoding", .init(encoding.value.rawValue)] }
        if transcode { words.append("--transcode") }
        if skipLines > 0 { words += ["--skip-lines", "\(skipLines)"] }
        if let maxOutputBytes { words += ["--max-output-bytes", "\(maxOutputBytes.byteCount)"] }
        return words
    }

    /// The options that a plan records, without the profile: see ``RangePlanDocument``.
    var planWords: [String] {
        var words: [String] = []
        if let delimiter { words += ["--delimiter", delimiter.argument] }
        if let quote { words += ["--quote", quote.argument] }
        if noHeader { words.append("--no-header") }
        if let encoding { words += ["--encoding", encoding.value.rawValue] }
        if forceEncoding { words.append("--force-encoding") }
        if transcode { words.append("--transcode") }
        if skipLines > 0 { words += ["--skip-lines", "\(skipLines)"] }
        if let maxOutputBytes { words += ["--max-output-bytes", "\(maxOutputBytes.byteCount)"] }
        if samples != 3 { words += ["--samples", "\(samples)"] }
        return words
    }

    /// Whether an option is given that decides what is found.
    var decides: Bool { profile != nil || asOf != nil || !planWords.isEmpty }

    /// The options for drafting a profile from the same file; `nil` if there is a profile, or if `profile infer` cannot read the file this
    /// way.
    var draftWords: [ShellCommand.Word]? {
        profile == nil && !transcode && skipLines == 0 && maxOutputBytes == nil ? words : nil
    }

    /// Reads the profile and combines it with the options.
    func checkOptions() throws(CommandFailure) -> CheckOptions { try checkOptions(profile: try loadedProfile()) }

    /// Combines a profile with the options.
    func checkOptions(profile: Profile?) throws(CommandFailure) -> CheckOptions {
        let quote = quote?.value ?? profile?.dialect.quote
        guard let dialect = DialectOverrides(delimiter: delimiter?.value, quote: quote),
            DialectOverrides(delimiter: delimiter?.value ?? profile?.dialect.delimiter, quote: quote) != nil
        else {
            throw CommandFailure(.usage, "Delimiter and quote must be different characters.")
        }
        if noHeader, profile?.pivot != nil {
            throw CommandFailure(.usage, "--no-header does not work with a pivoted profile: the header names the periods.")
        }
        var options = CheckOptions(
            profile: profile, dialect: dialect, hasHeader: noHeader ? false : nil, samples: samples,
            chunkByteCount: chunkBytes, threadCount: threads, kernel: Kernel(rawValue: kernel) ?? .best)
        options.keyMemory = memory.byteCount
        options.encoding = encoding?.value
        if let encoding = encoding?.value, !encoding.isAvailable {
            throw CommandFailure(.unable, "This system has no converter for \(encoding.name). Convert the file to UTF-8 elsewhere.")
        }
        options.forcesEncoding = forceEncoding
        guard !forceEncoding || encoding != nil || profile?.dialect.encoding != nil else {
            throw CommandFailure(.usage, "--force-encoding needs an encoding: add --encoding, or declare one in the profile.")
        }
        options.transcodes = transcode
        options.skippedLines = skipLines
        options.maxContentBytes = maxOutputBytes?.byteCount
        return options
    }

    /// The files that are read in addition to the input.
    func readPaths(_ options: CheckOptions) -> [FilePath] {
        guard let profile else { return [] }
        return [profile] + (options.profile?.itemsPaths(relativeTo: profile) ?? [])
    }

    private func loadedProfile() throws(CommandFailure) -> Profile? {
        var profile = try Self.profile(at: profile)
        if let day = day(of: profile) { profile?.settle(on: day) }
        return profile
    }

    /// The day on which it is decided which columns a file may lack. The clock is read only where something depends on it.
    func day(of profile: Profile?) -> CalendarDay? {
        profile?.columns.contains { $0.since != nil } ?? false ? asOf ?? .today : nil
    }

    /// Reads a profile; `nil` where there is none.
    static func profile(at path: FilePath?) throws(CommandFailure) -> Profile? {
        guard let path else { return nil }
        let profile: Profile
        do {
            profile = try Profile.load(path: path)
        } catch {
            throw CommandFailure(.unable, error)
        }
        let mistakes = profile.rules.mistakes(in: path.description)
        if !mistakes.isEmpty { throw CommandFailure(.unable, ProfileError(mistakes)) }
        return profile
    }

    /// An encoding by one of its names.
    struct Encoding: ExpressibleByArgument {
        let value: TextEncoding

        init?(argument: String) {
            guard let value = TextEncoding(name: argument) else { return nil }
            self.value = value
        }
    }

    /// One ASCII character that may separate or quote fields.
    struct Byte: ExpressibleByArgument {
        let value: UInt8

        /// As on a command line.
        var argument: String { value == UInt8(ascii: "\t") ? "tab" : String(decoding: [value], as: UTF8.self) }

        init?(argument: String) {
            let names = ["tab": UInt8(ascii: "\t"), "\\t": UInt8(ascii: "\t"), "comma": UInt8(ascii: ","), "semicolon": UInt8(ascii: ";")]
            if let named = names[argument] {
                value = named
            } else {
                guard argument.utf8.count == 1, let byte = argument.utf8.first, Dialect.isAllowed(byte) else { return nil }
                value = byte
            }
        }
    }
}

extension CalendarDay: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }
}
