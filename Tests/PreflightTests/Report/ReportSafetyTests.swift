import Preflight
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText

/// Nothing that a file can hold reaches the output raw, in any format.
@Suite(.computing) struct ReportSafetyTests {
    private static let attacks = [
        "\u{1b}[2J\u{1b}]0;title\u{7}", "line\nbreak\r\n\u{b}\u{c}\u{8}", "\u{0}\u{7f}", "\u{80}\u{9b}31m\u{9d}\u{9f}",
        "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}", "\u{2066}\u{2067}\u{2068}\u{2069}\u{200e}\u{200f}\u{61c}",
        "\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}", "\u{2028}\u{2029}\u{85}", "\u{e0041}\u{e007f}", "\u{e000}\u{f0000}",
        String((0...0x9f).map { Character(Unicode.Scalar(UInt8($0))) }),
    ]

    @Test(arguments: attacks, ReportFormat.allCases)
    func hostileText(attack: String, format: ReportFormat) {
        let report = SampleReports.hostile(attack)
        let policy = GatePolicy()
        let text = format.render(
            report, refusals: report.refusals(under: policy), policy: policy, style: .plain,
            exit: ExitSummary(status: 1, reason: VisibleText(attack).text))
        #expect(text.hasSuffix("\n"))
        #expect(text.unicodeScalars.filter(Self.isForbidden).map { String($0.value, radix: 16) } == [])
    }

    @Test(arguments: attacks)
    func colourBringsOnlyItsOwnEscapes(attack: String) throws {
        let report = SampleReports.hostile(attack)
        let policy = GatePolicy()
        let text = HumanReport(style: .colored).text(for: report, refusals: report.refusals(under: policy), policy: policy)
        let bare = text.replacing(try Regex("\u{1b}\\[(0|1|2|1;3[1-6])m"), with: "")
        #expect(bare != text)
        #expect(bare.unicodeScalars.filter(Self.isForbidden).map { String($0.value, radix: 16) } == [])
    }

    /// A text of the file can move words to further lines, which are indented further than any line that the report begins.
    @Test(arguments: attacks)
    func bytesOfTheFileMakeNoLineOfTheReport(attack: String) {
        let hostile = SampleReports.hostile(attack)
        // As wide, since what follows the file's name is moved to a line of its own where the name is long.
        let tame = SampleReports.hostile(String(repeating: "x", count: TerminalWidth.columns(of: VisibleText(attack).text)))
        func lineCount(_ report: Report, _ format: ReportFormat) -> Int {
            format.render(report, refusals: [], policy: GatePolicy(), style: .plain, exit: ExitSummary(status: 0, reason: ""))
                .split(separator: "\n", omittingEmptySubsequences: false).count { !$0.hasPrefix("      ") }
        }
        for format in ReportFormat.allCases where format != .json {
            #expect(lineCount(tame, format) == lineCount(hostile, format), "\(format)")
        }
    }

    /// Marks apart that every terminal of today has.
    @Test func ownWordsAreASCII() {
        for report in [SampleReports.clean, SampleReports.cut, SampleReports.inferred] {
            // SARIF has the texts of all kinds, some of which show characters that go wrong.
            for format in ReportFormat.allCases where format != .sarif {
                let text = format.render(
                    report, refusals: report.refusals(under: GatePolicy()), policy: GatePolicy(), style: .colored,
                    exit: ExitSummary(status: 0, reason: ""))
                #expect(text.unicodeScalars.allSatisfy { $0.isASCII || "✓…→".unicodeScalars.contains($0) }, "\(format)")
            }
        }
    }

    /// Written out here on purpose, apart from ``VisibleText/isHidden(_:)``, which decides in the code.
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A: false
        case 0..<0x20, 0x7F...0x9F, 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xE000...0xF8FF: true
        case 0xE0000...0xE0FFF, 0xF0000...0x10FFFF: true
        default: false
        }
    }
}
