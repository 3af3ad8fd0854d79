import ArgumentParser
import ByteSources
import CSVTokenizer
import ImportProfiles
import Preflight
import SafeText

/// How to read the file.
struct InputOptions: ParsableArguments {
    @Option(name: [.short, .long], help: "Profile: the local mirror of the import configuration (YAML or JSON), or a Table Schema.")
    var profile: FilePath?

    @Option(help: "Delimiter: one ASCII character, or 'tab'. Default: the profile's, else detected.")
    var delimiter: Byte?

    @Option(help: "Quote: one ASCII character. Default: the profile's, else \".")
    var quote: Byte?

    @Flag(help: "The first row is data; the profile's columns are then taken in their order.")
    var noHeader = false

    @Option(help: "Encoding: utf-8, utf-16, utf-16le, utf-16be, windows-1252, iso-8859-1. Default: the profile's, else UTF-8.")
    var encoding: Encoding?

    @Flag(help: "Read the file in the encoding that --encoding or the profile declares, even where its bytes contradict that.")
    var forceEncoding = false

    @Flag(help: "Judge a file in another encoding as the UTF-8 that is sent in its place; a push then sends that.")
    var transcode = false

    @Option(help: "Physical lines in front of the header (or the first row) that are passed over.")
    var skipLines = 0

    @Option(help: "Bytes that a gzip file may decompress to, for instance 50GiB; beyond them it is not read on. Default: any number.")
    var maxOutputBytes: MemorySize?

    @Option(help: "Examples shown of each finding.")
    var samples = 3

    @Option(help: "Threads that judge. Default: one for a small file, else one for each processor, up to 8. The findings are the same.")
    var threads: Int?

    @Option(help: "Memory for comparing the profile's keys, for instance 64MiB or 2GiB; more keys go to temporary files.")
    var memory = MemorySize(byteCount: CheckOptions.usualKeyMemory)

    @Option(help: .hidden)
    var chunkBytes = 512 << 10

    @Option(help: .hidden)
    var kernel = Kernel.best.rawValue

    func validate() throws {
        guard threads.map({ (1...256).contains($0) }) ?? true else { throw ValidationError("--threads must lie between 1 and 256.") }
        guard Kernel(rawValue: kernel)?.isAvailable == true else { throw ValidationError("--kernel \(kernel): not on this processor.") }
        guard skipLines >= 0 else { throw ValidationError("--skip-lines must not be negative.") }
        guard samples >= 0 else { throw ValidationError("--samples must not be negative.") }
        guard (1...(1 << 30)).contains(chunkBytes) else { throw ValidationError("--chunk-bytes must lie between 1 and 1073741824.") }
    }

    /// The options that decide what is found, as far as they were given, as a command line has them.
    var words: [ShellCommand.Word] {
        var words: [ShellCommand.Word] = []
        if let profile { words += ["-p", .init(profile)] }
        if let delimiter { words += ["--delimiter", .init(delimiter.argument)] }
        if let quote { words += ["--quote", .init(quote.argument)] }
        if noHeader { words.append("--no-header") }
        if let encoding { words += ["--encoding", .init(encoding.value.rawValue)] }
        if transcode { words.append("--transcode") }
        if skipLines > 0 { words += ["--skip-lines", "\(skipLines)"] }
        if let maxOutputBytes { words += ["--max-output-bytes", "\(maxOutputBytes.byteCount)"] }
        return words
    }

    /// Reads the profile and puts all together.
    func checkOptions() throws(CommandFailure) -> CheckOptions {
        let profile = try loadedProfile()
        let quote = quote?.value ?? profile?.dialect.quote
        guard let dialect = DialectOverrides(delimiter: delimiter?.value, quote: quote),
            DialectOverrides(delimiter: delimiter?.value ?? profile?.dialect.delimiter, quote: quote) != nil
        else {
            throw CommandFailure(.usage, "delimiter and quote are the same character")
        }
        if noHeader, profile?.pivot != nil {
            throw CommandFailure(.usage, "--no-header: the profile's layout is pivoted, and the header names the periods")
        }
        var options = CheckOptions(
            profile: profile, dialect: dialect, hasHeader: noHeader ? false : nil, samples: samples,
            chunkByteCount: chunkBytes, threadCount: threads, kernel: Kernel(rawValue: kernel) ?? .best)
        options.keyMemory = memory.byteCount
        options.encoding = encoding?.value
        options.forcesEncoding = forceEncoding
        guard !forceEncoding || encoding != nil || profile?.dialect.encoding != nil else {
            throw CommandFailure(.usage, "--force-encoding: neither --encoding nor the profile declares one")
        }
        options.transcodes = transcode
        options.skippedLines = skipLines
        options.maxContentBytes = maxOutputBytes?.byteCount
        return options
    }

    /// The files that are read besides the input.
    func readPaths(_ options: CheckOptions) -> [FilePath] {
        guard let profile else { return [] }
        return [profile] + (options.profile?.itemsPaths(relativeTo: profile) ?? [])
    }

    private func loadedProfile() throws(CommandFailure) -> Profile? {
        guard let path = profile else { return nil }
        do {
            return try Profile.load(path: path)
        } catch {
            throw CommandFailure(.unable, error)
        }
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

        /// As an argument is written.
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
