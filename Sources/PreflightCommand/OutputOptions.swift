public import ArgumentParser
import ImportProfiles
import PigmentImport
import Preflight
public import PreflightReports
import SafeText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How to print.
struct OutputOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Format of the report: \(ReportFormat.choices(ReportFormat.terminalCases)).", valueName: "name"))
    var format = ReportFormat.human

    @Option(help: ArgumentHelp("auto, always or never. auto honours NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE.", valueName: "when"))
    var color = When.auto

    @Option(help: ArgumentHelp("Progress line: auto (on a terminal), always or never.", valueName: "when"))
    var progress = When.auto

    @Flag(name: [.short, .long], help: "Print only failures and warnings; the exit status gives the result.")
    var quiet = false

    @Flag(name: [.short, .long], help: "Show everything in the human report, and log each step with its time to standard error.")
    var verbose = false

    @Flag(help: "Show no value of any cell, only what values look like (Aa99-99), in every report, message and text of the server.")
    var redact = false

    /// The report as it may be shown.
    func shown(_ report: Report) -> Report { redact ? report.redacted() : report }

    func validate() throws {
        guard !quiet || !verbose else { throw ValidationError("--quiet and --verbose cannot be combined.") }
    }

    enum When: String, ExpressibleByArgument, CaseIterable {
        case auto
        case always
        case never

        /// For the progress line on standard error.
        var isOn: Bool {
            switch self {
            case .auto: isatty(STDERR_FILENO) == 1
            case .always: true
            case .never: false
            }
        }
    }

    /// - Parameter isLogged: Whether to log each step if there is no progress line, for operators.
    func terminal(isLogged: Bool = false) -> Terminal {
        let showsProgress = progress.isOn && !quiet
        return Terminal(showsProgress: showsProgress, logsSteps: verbose || (isLogged && !showsProgress && !quiet), isQuiet: quiet)
    }

    /// The values of `--color`.
    func style(environment: [String: String]) -> TextStyle {
        Self.style(color, environment: environment)
    }

    /// Whether to use colour; `auto` means on a terminal, unless the environment says otherwise.
    static func style(_ color: When, environment: [String: String]) -> TextStyle {
        let width = Terminal.width ?? TextStyle.usualWidth
        return switch color {
        case .always: TextStyle(hasColor: true, width: width)
        case .never: TextStyle(hasColor: false, width: width)
        case .auto:
            if environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false {
                TextStyle(hasColor: false, width: width)
            } else if ["CLICOLOR_FORCE", "FORCE_COLOR"].contains(where: { environment[$0].map { !$0.isEmpty && $0 != "0" } ?? false }) {
                TextStyle(hasColor: true, width: width)
            } else {
                TextStyle(hasColor: isatty(STDOUT_FILENO) == 1 && environment["TERM"] != "dumb", width: width)
            }
        }
    }
}

extension ReportFormat: ExpressibleByArgument {
    /// The format of `--format` with this name.
    public init?(argument: String) {
        self.init(name: argument)
        if outcome == nil { return nil }
    }

    /// The names of the formats of `--format`.
    public static var allValueStrings: [String] { terminalCases.map(\.name) }
}
