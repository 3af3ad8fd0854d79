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
    @Option(help: "Form of the report: \(ReportFormat.choices).")
    var format = ReportFormat.human

    @Option(help: "Colour: auto, always or never. NO_COLOR and CLICOLOR_FORCE are honoured.")
    var color = When.auto

    @Option(help: "Progress display: auto (on a terminal), always or never. Without it a long wait gives one line a minute.")
    var progress = When.auto

    @Flag(name: [.short, .long], help: "Print no report and no progress: the exit status tells. Complaints are still printed.")
    var quiet = false

    @Flag(name: [.short, .long], help: "Leave no column out of the human report, and tell each step with its time on standard error.")
    var verbose = false

    func validate() throws {
        guard !quiet || !verbose else { throw ValidationError("--quiet and --verbose contradict each other.") }
    }

    enum When: String, ExpressibleByArgument, CaseIterable {
        case auto
        case always
        case never

        /// For what is drawn on standard error.
        var isOn: Bool {
            switch self {
            case .auto: isatty(STDERR_FILENO) == 1
            case .always: true
            case .never: false
            }
        }
    }

    func terminal() -> Terminal {
        Terminal(showsProgress: progress.isOn && !quiet, isVerbose: verbose, isQuiet: quiet)
    }

    /// Colour as asked for by `--color`.
    func style(environment: [String: String]) -> TextStyle {
        Self.style(color, environment: environment)
    }

    /// Colour as asked for; `auto` means on a terminal unless the environment says otherwise.
    static func style(_ color: When, environment: [String: String]) -> TextStyle {
        switch color {
        case .always: .colored
        case .never: .plain
        case .auto:
            if environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false {
                .plain
            } else if environment["CLICOLOR_FORCE"].map({ !$0.isEmpty && $0 != "0" }) ?? false {
                .colored
            } else {
                isatty(STDOUT_FILENO) == 1 && environment["TERM"] != "dumb" ? .colored : .plain
            }
        }
    }
}

extension ReportFormat: ExpressibleByArgument {
    /// The format with this name.
    public init?(argument: String) {
        self.init(name: argument)
    }

    /// The names of all formats.
    public static var allValueStrings: [String] { allCases.map(\.name) }
}
