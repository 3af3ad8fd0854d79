import ArgumentParser
import ByteSources
import CSVTokenizer
import ImportProfiles
import Preflight
import PreflightReports
import SafeText

/// Options that can be read without the argument parser.
///
/// The parser looks up hundreds of protocol conformances in a program of ten thousand: two thirds of what the check of a small file takes.
/// So the common forms of `check` are read here, and whatever is not one of them (an unknown option, a value that cannot be read, a
/// combination that is refused, a request for help) is left to the parser, which reads everything anew and has all the messages.
/// A test compares both over generated command lines, and finds out if an option is missing here.
protocol QuickOptions: ParsableArguments {
    /// Sets each option to its default: those of the parser are known only to the parser.
    mutating func setDefaults()

    /// Reads the option, and its value if it has one, from the front of the words.
    ///
    /// - Returns: Whether that was possible.
    mutating func read(_ option: String, from words: inout QuickWords) -> Bool
}

extension QuickOptions {
    /// All options at their defaults.
    static var usual: Self {
        var options = Self()
        options.setDefaults()
        return options
    }
}

/// The words of a command line that have not been read.
struct QuickWords {
    private var words: ArraySlice<String>
    /// The value of an option that was given as `--option=value`.
    private var attached: String?
    /// The options that have been read.
    private var given: [String] = []

    init(_ words: ArraySlice<String>) { self.words = words }

    /// The next word.
    mutating func next() -> String? { words.popFirst() }

    /// Takes the value off an option: `--option=value`.
    ///
    /// - Returns: The option alone.
    mutating func detach(_ word: String) -> String {
        attached = nil
        guard word.hasPrefix("--"), let equal = word.utf8.firstIndex(of: UInt8(ascii: "=")) else { return word }
        attached = String(word[word.utf8.index(after: equal)...])
        return String(word[..<equal])
    }

    mutating func flag(_ option: String, _ flag: inout Bool) -> Bool {
        flag = true
        return attached == nil && isFirst(option)
    }

    mutating func value<Value: ExpressibleByArgument>(_ option: String, _ target: inout Value?) -> Bool {
        target = text().flatMap(Value.init(argument:))
        return target != nil && isFirst(option)
    }

    mutating func value<Value: ExpressibleByArgument>(_ option: String, _ target: inout Value) -> Bool {
        guard let value = text().flatMap(Value.init(argument:)) else { return false }
        target = value
        return isFirst(option)
    }

    /// An option that may be given several times.
    mutating func values<Value>(_ values: inout [Value], _ read: (String) -> Value?) -> Bool {
        guard let value = text().flatMap(read) else { return false }
        values.append(value)
        return true
    }

    /// The value of an option. What looks like another option is none.
    private mutating func text() -> String? {
        guard let text = attached ?? words.popFirst(), !text.isEmpty, text == "-" || !text.hasPrefix("-") else { return nil }
        return text
    }

    /// Which of several values counts is for the parser to say.
    private mutating func isFirst(_ option: String) -> Bool {
        defer { given.append(option) }
        return !given.contains(option)
    }
}

extension CheckCommand {
    /// Reads the words of a command line, from the name of the command on.
    ///
    /// - Returns: `nil` if the argument parser has to read them.
    static func quick(_ arguments: [String]) -> CheckRequest? {
        guard let name = arguments.first, name == configuration.commandName || configuration.aliases.contains(name) else { return nil }
        return CheckRequest(words: arguments.dropFirst())
    }
}

extension CheckRequest {
    /// All options at their defaults, and no file.
    private init() {
        self.init(
            files: [], prediction: .usual, input: .usual, gate: .usual, rows: .usual, output: .usual, reports: .usual, drift: .usual,
            advice: .usual, range: .usual)
    }

    /// Reads files and options; `nil` if the argument parser has to read them.
    fileprivate init?(words: ArraySlice<String>) {
        self.init()
        var words = QuickWords(words)
        while let word = words.next() {
            if word == "-" || !word.hasPrefix("-") {
                guard word != "help", let file = FilePath(argument: word) else { return nil }
                files.append(file)
                continue
            }
            let option = words.detach(word)
            let isRead =
                prediction.read(option, from: &words) || input.read(option, from: &words) || gate.read(option, from: &words)
                || rows.read(option, from: &words) || output.read(option, from: &words) || reports.read(option, from: &words)
                || drift.read(option, from: &words) || advice.read(option, from: &words) || range.read(option, from: &words)
            guard isRead else { return nil }
        }
        guard !files.isEmpty else { return nil }
        do {
            try prediction.validate()
            try input.validate()
            try gate.validate()
            try rows.validate()
            try output.validate()
            try reports.validate()
            try drift.validate()
            try advice.validate()
            try range.validate()
            try validate()
        } catch {
            return nil
        }
    }
}

extension PredictionOptions: QuickOptions {
    mutating func setDefaults() { predict = nil }

    mutating func read(_ option: String, from words: inout QuickWords) -> Bool {
        option == "--predict" && words.value(option, &predict)
    }
}

extension AdviceOptions: QuickOptions {
    mutating func setDefaults() {
        (applyAdvice, yes) = (false, false)
    }

    mutating func read(_ option: String, from words: inout QuickWords) -> Bool {
        switch option {
        case "--apply-advice": words.flag(option, &applyAdvice)
        case "--yes": words.flag(option, &yes)
        default: false
        }
    }
}

extension InputOptions: QuickOptions {
    mutating func setDefaults() {
        (profile, asOf, delimiter, quote, encoding) = (nil, nil, nil, nil, nil)
        (noHeader, forceEncoding, transcode) = (false, false, false)
        (skipLines, samples, threads, maxOutputBytes) = (0, 3, nil, nil)
        memory = MemorySize(byteCount: CheckOptions.usualKeyMemory)
        (chunkBytes, kernel) = (512 << 10, Kernel.best.rawValue)
    }

    mutating func read(_ option: String, from words: inout QuickWords) -> Bool {
        switch option {
        case "-p", "--profile": words.value("--profile", &profile)
        case "--as-of": words.value(option, &asOf)
        case "--delimiter": words.value(option, &delimiter)
        case "--quote": words.value(option, &quote)
        case "--no-header": words.flag(option, &noHeader)
        case "--encoding": words.value(option, &encoding)
        case "--force-encoding": words.flag(option, &forceEncoding)
        case "--transcode": words.flag(option, &transcode)
        case "--skip-lines": words.value(option, &skipLines)
        case "--max-output-bytes": words.value(option, &maxOutputBytes)
        case "--samples": words.value(option, &samples)
        case "--threads": words.value(option, &threads)
        case "--memory": words.value(option, &memory)
        case "--chunk-bytes": words.value(option, &chunkBytes)
        case "--kernel": words.value(option, &kernel)
        default: false
        }
    }
}

extension GateOptions: QuickOptions {
    mutating func setDefaults() {
        (maxSkipped, failOn, allowUncertain, select, ignore, expect, totals) = (nil, nil, false, [], [], [], nil)
    }

    mutating func read(_ option: String, from words: inout QuickWords) -> Bool {
        switch option {
        case "--max-skipped": words.value(option, &maxSkipped)
        case "--fail-on": words.value(option, &failOn)
        case "--allow-uncertain": words.flag(option, &allowUncertain)
        case "--select": words.values(&select, CodeList.init(argument:))
        case "--ignore": words.values(&ignore, CodeList.init(argument:))
        case "--expect": words.values(&expect) { try? Expectation($0, origin: "--expect") }
        case "--totals": words.value(option, &totals)
        default: false
        }
    }
}

extension SplitOptions: QuickOptions {
    mutating func setDefaults() {
        (clean, quarantine, quarantineOn, annotate) = (nil, nil, nil, false)
    }

    mutating func read(_ option: String, from words: inout QuickWords) -> Bool {
        switch option {
        case "--clean": words.value(option, &clean)
        case "--quarantine": words.value(option, &quarantine)
        case "--quarantine-on": words.value(option, &quarantineOn)
        case "--annotate": words.flag(option, &annotate)
        default: false
        }
    }
}

extension OutputOptions: QuickOptions {
    mutating func setDefaults() {
        (format, color, progress, quiet, verbose, redact) = (.human, .auto, .auto, false, false, false)
    }

    mutating func read(_ option: String, from words: inout QuickWords) -> Bool {
        switch option {
        case "--format": words.value(option, &format)
        case "--color": words.value(option, &color)
        case "--progress": words.value(option, &progress)
        case "-q", "--quiet": words.flag("--quiet", &quiet)
        case "-v", "--verbose": words.flag("--verbose", &verbose)
        case "--redact": words.flag(option, &redact)
        default: false
        }
    }
}

extension ReportOptions: QuickOptions {
    mutating func setDefaults() {
        (destinations, printsSummary, listsPositions) = ([], false, false)
    }

    mutating func read(_ option: String, from words: inout QuickWords) -> Bool {
        switch option {
        case "--report": words.values(&destinations) { try? ReportDestination($0, among: ReportFormat.allCases) }
        case "--summary-json": words.flag(option, &printsSummary)
        case "--positions": words.flag(option, &listsPositions)
        default: false
        }
    }
}
