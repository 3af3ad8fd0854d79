import Foundation
import TestSupport
import Testing

@testable import PigmentImport
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// Reports that do not quote the file byte by byte: cut, escaped, typed from a screen, translated.
@Suite(.computing) struct ReportSpellingTests {
    private static let long = "12 345 and a remark that goes on and on beyond eighty characters of text, to be cut in the middle"
    private static let columns = "- {name: Id, type: integer}\n- {name: Note, type: text}\n- {name: Amount, type: number}\n"

    /// 60 rows, of which five fail.
    private static func file() throws -> DiagnosedFile {
        let odd = [10: "\"\(long)\"", 20: "\"5\n6\"", 30: "\"a\"\"b\"", 40: "R&D", 50: "na\u{EF}ve"]
        let rows = (1...60).map { "\($0),n\($0),\(odd[$0] ?? "\($0 * 7)")\n" }
        return try DiagnosedFile("Id,Note,Amount\n" + rows.joined(), columns: columns)
    }

    /// What a report may make of a value, and how the cell is found.
    private static let spellings: [(sample: String, likeness: SampleFinding.Likeness?)] = [
        (String(long.prefix(80)), .beginning), (String(long.prefix(30)) + "...", .beginning),
        (String(long.prefix(77)) + "\u{2026}", .beginning),
        ("5\n6", nil), ("5\r\n6", .spacing), ("5 6", .spacing), ("5\\n6", .spacing), ("a\"b", nil), ("a\"\"b", .spacing),
        ("\"a\"\"b\"", .spacing),
        ("a\\\"b", .spacing), ("R&amp;D", .spacing), ("r&d ", .spacing), ("na\\u00efve", .spacing),
    ]

    @Test(arguments: spellings.indices) func samplesInOtherSpellings(index: Int) throws {
        let (sample, likeness) = Self.spellings[index]
        let diagnosis = try Self.file().diagnosis(
            try DiagnosedFile.status([("Amount", "ParsingError", 5, [sample])], inserted: 55, skippedRows: 5))
        let finding = try #require(diagnosis.entries[0].samples.first)
        #expect(finding.nearest?.likeness == likeness, "\(sample)")
        #expect(finding.values.count == 1)
        #expect(diagnosis.entries[0].explanations.first?.certainty == .certain, "\(diagnosis.headline)")
        #expect(diagnosis.rowQuestions(isSuperset: false) != nil)
    }

    /// Digits in another spelling are no sign where the letters are others: these are codes.
    @Test func codesAreNoNumbers() throws {
        let file = try DiagnosedFile(
            "Code\nDE01\nDE02\n", columns: "- {name: Code, type: dimension, items: [DE01, DE02], on-missing: skip}\n")
        let diagnosis = try file.diagnosis(reported: ["Code:MissingModalitySkippedDataRow:1"], samples: ["ES01"])
        #expect(diagnosis.entries[0].samples[0].isLost)
        let amounts = try DiagnosedFile("A\n84608.68\n12 EUR\n", columns: "- {name: A, type: number}\n")
        let samples = try amounts.diagnosis(reported: ["A:2"], samples: ["84.608,68", "12", "12 USD"]).entries[0].samples
        #expect(samples.map { $0.nearest?.likeness } == [.digits, .digits, nil])
    }

    /// What was made unreadable is no evidence, neither for nor against.
    @Test(arguments: ["***", "[redacted]", "99.999,99", "\u{2022}\u{2022}\u{2022}\u{2022}", "Aa99-99"]) func redactedSamples(sample: String)
        throws
    {
        let diagnosis = try Self.file().diagnosis(
            try DiagnosedFile.status([("Amount", "ParsingError", 5, [sample])], inserted: 55, skippedRows: 5))
        #expect(diagnosis.isExplained && diagnosis.otherFileSigns.isEmpty, "\(diagnosis.headline)")
        #expect(diagnosis.entries[0].explanations.first?.certainty == .likely)
        #expect(diagnosis.rowQuestions(isSuperset: false) != nil)
    }

    /// A screen shows `12` for ` 12`: that the column has a plain 12, too, is no evidence against the spaces.
    @Test func aScreenShowsNoSpaces() throws {
        let rows = (1...60).map { "\($0),\($0 % 20 == 0 ? " 12" : $0 % 21 == 0 ? "7-" : "12")\n" }
        let file = try DiagnosedFile(
            "Id,Amount\n" + rows.joined(), columns: "- {name: Id, type: integer}\n- {name: Amount, type: number}\n")
        let screen = try file.diagnosis(reported: ["Amount:3"], samples: ["12"])
        #expect(screen.entries[0].explanations.first?.rejected.doubts.map(\.name) == ["leading-blank"], "\(screen.headline)")
        // A status document has the exact text.
        let status = try file.diagnosis(try DiagnosedFile.status([("Amount", "ParsingError", 3, ["12"])], inserted: 57, skippedRows: 3))
        #expect(!status.isExplained, "\(status.headline)")
    }

    /// The name in another language: the samples tell the column.
    @Test func translatedNames() throws {
        let file = try Self.file()
        let screen = try file.diagnosis(reported: ["Betrag:5"], samples: ["a\"b", "R&D"])
        #expect(screen.entries[0].match == .bySamples(3) && screen.isExplained, "\(screen.headline)")
        // A report of Pigment has the names of the file that was imported.
        let status = try file.diagnosis(try DiagnosedFile.status([("Betrag", "ParsingError", 5, ["R&D"])], inserted: 55, skippedRows: 5))
        #expect(status.entries[0].match == .bySamples(3) && !status.isExplained)
        #expect(status.otherFileSigns == ["the file has no column \"Betrag\"; its samples are in Amount"])
        let nowhere = try file.diagnosis(reported: ["Betrag:5"], samples: ["zzz"])
        #expect(nowhere.entries[0].match == .unknown(nearest: nil))
        // Two columns have it.
        let both = try file.diagnosis(reported: ["Betrag:5"], samples: ["7"])
        #expect(both.entries[0].column == nil)
        let unnamed = try file.diagnosis(try DiagnosedFile.status([(nil, "ParsingError", 5, ["R&D"])], inserted: 55, skippedRows: 5))
        #expect(unnamed.entries[0].column?.index == 3)
    }

    /// One setting of the import configuration in several columns is one cause, told once; what came as predicted comes last.
    @Test func oneSettingForSeveralColumns() throws {
        let rows = (1...90).map { "\($0),5;\($0),25;\($0 == 7 ? "x" : "\($0),75");\($0 == 9 ? "soon" : "2026-01-01")\n" }
        let columns =
            ["Jan", "Feb", "Mar"].map { "- {name: \($0), type: number, number: {decimal: \",\"}}\n" }.joined()
            + "- {name: Day, type: date}\n"
        let file = try DiagnosedFile("Jan;Feb;Mar;Day\n" + rows.joined(), columns: columns)
        let report = try DiagnosedFile.status(
            [
                ("Day", "ParsingError", 1, ["soon"]), ("Jan", "ParsingError", 90, ["1,5"]), ("Feb", "ParsingError", 90, ["1,25"]),
                ("Mar", "ParsingError", 90, ["1,75"]),
            ], inserted: 0, skippedRows: 90)
        let diagnosis = try file.diagnosis(report)
        #expect(
            diagnosis.headline
                == "Pigment skipped cells in 3 columns: 90 of Jan, 90 of Feb and 90 of Mar. Under decimal \".\" exactly these numbers of cells "
                + "fail, all 3 samples among them: the import configuration seems to have decimal \".\" (a decimal point) for all 3 columns. "
                + "As predicted, 1 cell of Day was skipped, too.")
        #expect(diagnosis.isExplained)
        #expect(diagnosis.entries.dropFirst().allSatisfy { $0.explanations[0].shared == ["decimal \".\""] })
    }

    /// A doubt that is settled in one column orders the explanations of another one of the type, and proves nothing there.
    @Test func oneRuleForColumnsOfAType() throws {
        let rows = (1...60).map { "\($0 == 5 ? "7-" : $0 == 6 ? "+7" : "1"),\($0 == 8 ? "7-" : $0 == 9 ? "+7" : $0 == 10 ? "x" : "1")\n" }
        let file = try DiagnosedFile("A,B\n" + rows.joined(), columns: "- {name: A, type: number}\n- {name: B, type: number}\n")
        let report = try DiagnosedFile.status(
            [("A", "ParsingError", 1, ["7-"]), ("B", "ParsingError", 2, ["x"])], inserted: 57, skippedRows: 3)
        let diagnosis = try file.diagnosis(report)
        #expect(diagnosis.entries[0].explanations[0].certainty == .certain)
        #expect(diagnosis.entries[1].explanations[0].rejected.doubts.map(\.name) == ["trailing-sign"], "\(diagnosis.headline)")
        #expect(diagnosis.entries[1].explanations[0].certainty != .certain)
    }

    /// A file that is not read as it was imported is named as that first.
    @Test func filesThatAreNotReadAsTheyWereImported() throws {
        let file = try Self.file()
        let text = try file.text(of: "x.csv")
        try Data([0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }).write(
            to: file.folder.appendingPathComponent("x.csv"))
        let utf16 = try file.diagnosis(reported: ["Amount:5"], samples: ["R&D"])
        #expect(
            utf16.headline.hasPrefix("The file cannot be held against the report as it was read: PF104 File is UTF-16, not UTF-8"),
            "\(utf16.headline)")
        #expect(!utf16.isExplained && utf16.rowQuestions(isSuperset: false) == nil)
        try Data().write(to: file.folder.appendingPathComponent("x.csv"))
        #expect(
            try file.diagnosis(reported: ["Amount:5"]).headline
                == "The file cannot be held against the report as it was read: PF001 File is empty.")
        try Data("Id,Note,Amount\n".utf8).write(to: file.folder.appendingPathComponent("x.csv"))
        #expect(
            try file.diagnosis(reported: ["Amount:5"]).headline
                == "The file has no rows, and the report has skipped cells of Amount: this is not what was imported.")
    }
}
