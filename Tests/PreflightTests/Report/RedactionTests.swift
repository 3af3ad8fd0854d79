import Foundation
import ImportProfiles
import SafeText
import TestSupport
import Testing

@testable import ByteSources
@testable import Preflight
@testable import PreflightReports

/// With `--redact` no value of any cell is in any format.
@Suite(.computing) struct RedactionTests {
    /// Parts of cells that are in no text of the program: words with a mark that no message has, and numbers.
    private static let canaries = ["Qzxw", "qzxw", "84608", "73519", "2963"]

    private static let profile = """
        version: 1
        columns:
          - {name: Entity, type: dimension, items: [Qzxwa, Qzxwb], on-missing: skip}
          - {name: Day, type: date}
          - {name: Amount, type: number}
          - {name: Flag, type: boolean}
          - {name: Text, type: text}
        keys: [[Text]]
        """

    private static let rows = [
        "Qzxwa,2963-01-02,84608,TRUE,Qzxw1", "Qzxwx,2963-01-02,84608,TRUE,Qzxw2", "qzxwa,31.12.2963,84608,TRUE,Qzxw3",
        "Qzxwb,2963-02-31,Qzxw 84608,qzxw,Qzxw4", "Qzxwb,03/04/2963,\"84608,73\",ja,Qzxw5", "Qzxwb,2963-01-02,73519-,1,Qzxw5",
        "Qzxwb,2963-01-02,84608 QZXW,TRUE,Qzxw\"6", "Qzxwb,2963-01-02,(84608),TRUE,\"Qzxw\"7", "Qzxwb,2963-01-02,73519",
        "Qzxwb,2963-01-02,1,TRUE,Qzxw8,Qzxw9",
        "Qzxwb,2963-01-02,84608,TRUE,Qzxw\u{7}10", "Qzxwb,2963-01-02,=\"84608\",TRUE,Qzxw11", "Qzxwb,2963-01-02,8.4608E+14,TRUE,QzxwÃ¼12",
        "Qzxwb,2963-01-02, \"84608\",TRUE,Qzxw13", "Total,,84608,,",
    ]

    private func reports(profile: Profile?) -> [Report] {
        var bytes = Array(("Entity,Day,Amount,Flag,Text\n" + Self.rows.joined(separator: "\n") + "\n").utf8)
        bytes += Array("Qzxwb,2963-01-02,84608,TRUE,Qzxw".utf8) + [0xFC, 0x6C, 0x0A]
        return [0, 3, 100].map { samples in
            var options = CheckOptions(profile: profile, samples: samples)
            (options.keepsMasks, options.countsColumns) = (true, true)
            return report(on: bytes, options: options)
        }
    }

    @Test(arguments: [true, false], ReportFormat.allCases.map(\.description))
    func noFormatShowsACell(hasProfile: Bool, format: String) throws {
        let format = try #require(ReportFormat(name: format))
        for report in reports(profile: hasProfile ? try Profile(yaml: Self.profile) : nil) {
            #expect(report.findings.count > 8)
            let shown = report.redacted()
            for showsAll in [false, true] {
                let text = format.render(
                    shown, refusals: shown.refusals(under: GatePolicy()), policy: GatePolicy(), style: .plain,
                    exit: ExitSummary(status: 1, reason: "blocked"), showsGate: true, showsAll: showsAll)
                for canary in Self.canaries {
                    let isShown = text.contains(canary)
                    #expect(!isShown, "\(format): \(canary)")
                }
            }
            // Names, codes and counts are there.
            #expect(shown.findings.map(\.count) == report.findings.map(\.count))
        }
    }

    /// The canaries are in the usual reports: otherwise the test above tests nothing.
    @Test func canariesAreSeen() throws {
        let report = reports(profile: try Profile(yaml: Self.profile))[2]
        let text = ReportFormat.json.text(for: report)
        for canary in Self.canaries { #expect(text.contains(canary), "\(canary)") }
    }

    /// Values of all samples, those that have a digit.
    @Test(arguments: SampleFolder.all) func samples(_ folder: SampleFolder) throws {
        let input = try folder.input()
        let report = report(on: input, options: CheckOptions(profile: try folder.profile(), samples: 20)).redacted()
        let text = ReportFormat.json.text(for: report) + ReportFormat.human.text(for: report) + ReportFormat.html.text(for: report)
        let header = input.prefix { $0 != 0x0A }
        let separators = Array(",;\t\n\r\"".utf8)
        for cell in Set(input.dropFirst(header.count).split(whereSeparator: separators.contains)) where cell.count >= 7 {
            let word = String(decoding: cell, as: UTF8.self)
            guard word.contains(where: { "012345678".contains($0) }), !word.contains("PF"),
                !String(decoding: header, as: UTF8.self).contains(word)
            else { continue }
            // The catalogue has examples of its own.
            guard !FindingKind.all.contains(where: { ($0.why + $0.help + $0.title).contains(word) }) else { continue }
            let isShown = text.contains(word)
            #expect(!isShown, "\(folder.name): \(word)")
        }
    }

    @Test(arguments: [
        ("Q1-2026", "A9-9999"), ("84.608,68", "99.999,99"), ("Köln", "Aaaa"), ("", ""), ("a b", "a a"), ("€ 5", "a 9"), ("日本", "aa"),
        (String(repeating: "x", count: 30), String(repeating: "a", count: 24) + "…"),
    ])
    func masks(text: String, mask: String) { #expect(TextMask.mask(text) == mask) }
}
