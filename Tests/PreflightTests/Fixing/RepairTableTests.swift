import Foundation
import ImportProfiles
import SafeText
import TestSupport
import Testing

@testable import ByteSources
@testable import Preflight

/// What the table of repairs says of a kind is what happens to a file that has it.
@Suite(.computing) struct RepairTableTests {
    /// Inputs of kinds of which only a part is repaired; the others have their samples.
    private static let inputs: [(kind: FindingKind, text: String, columns: String?)] = [
        (.tooFewFields, "id;amount;note\n1;2.5;a\n2;3.5;b\n;\n(2 rows affected)\n", nil),
        (.tooManyFields, "id;amount\n“Rent; May”;2.5\nb;3.5\n;;;\n", nil),
        (.duplicateColumnName, "Amount;Entity;Amount\n1.5;A;1.5\n2.5;B;\"2.5\"\n", nil),
        (.missingColumn, "id ; amount\n1;2.5\n", "{name: id, type: text}, {name: amount, type: number}"),
        (.notANumber, "amount;id\n\"1.250,00\";a\n-3,5;b\n", "{name: amount, type: number}, {name: id, type: text}"),
        (.notAnInteger, "amount;id\n1.250,00;a\n12;b\n", "{name: amount, type: integer}, {name: id, type: text}"),
        (.notADate, "day;id\n31.12.2025;a\n2026-01-01;b\n", "{name: day, type: date}, {name: id, type: text}"),
        (.doubtfulInteger, "amount;id\n+3;a\n3-;b\n(1);c\n", "{name: amount, type: integer}, {name: id, type: text}"),
        (.doubtfulBoolean, "on;id\ntrue;a\n False;b\n", "{name: on, type: boolean}, {name: id, type: text}"),
        (
            .unlikeItsColumn,
            "amount;id\n" + (10..<40).map { "\($0).25;x\n" }.joined() + " 7.25;x\n8.25\u{A0};y\n'9.25;y\n“5.25”;y\n", nil
        ),
        (
            .numberReadsTwoWays, "amount;id\n1,234;a\n\"1,5\";b\n0,75;c\n",
            "{name: amount, type: number, number: {group: \",\"}}, {name: id, type: text}"
        ),
        (
            .dateReadsTwoWays, "day;id\n01/02/2026;a\n01/13/2026;b\n",
            "{name: day, type: date, date: {format: dd/MM/yyyy}}, {name: id, type: text}"
        ),
        (.doubtfulItem, "item;x\nA ;1\nB;2\n", "{name: item, type: dimension, items: [A, B]}, {name: x, type: number}"),
        (.deceptiveColumnName, "Entity;Amount\u{200B}\nA;1\n", nil),
    ]

    private struct Input {
        var bytes: [UInt8]
        var name: String
        var options: CheckOptions

        init(_ kind: FindingKind) throws {
            if let own = RepairTableTests.inputs.first(where: { $0.kind == kind }) {
                (bytes, name) = (Array(own.text.utf8), "input.csv")
                let profile = try own.columns.map { try Profile(yaml: "version: 1\ncolumns: [\($0)]\n") }
                options = CheckOptions(profile: profile)
            } else {
                let sample = try #require(SampleFolder.all.first { $0.codeText == kind.code })
                (bytes, name, options) = (try sample.input(), try sample.inputName(), try sample.options())
            }
            if kind == .invalidUTF8 {
                // In German, with more evidence than the sample has.
                let words = ["M\u{FC}nchen", "K\u{F6}ln", "D\u{FC}sseldorf", "Gr\u{F6}\u{DF}e", "Stra\u{DF}e", "f\u{FC}r", "\u{DC}bung"]
                let rows = (0..<60).map { "\($0);\(words[$0 % words.count]) und \(words[($0 / 7) % words.count])\n" }
                bytes = ("id;ort\n" + rows.joined()).unicodeScalars.map { UInt8($0.value) }
            }
        }
    }

    private func fix(_ input: Input, _ choice: RepairChoice) throws -> (bytes: [UInt8], result: RepairResult) {
        let folder = try ScratchFolder()
        let path = try folder.write(input.bytes, to: input.name)
        let output = try OutputFile(path: FilePath(folder.path + "/out.csv"), collision: .replace, inputs: [])
        let result = try FileRepair.run(
            try InputFile.open(path: path, spoolsStream: true), options: input.options, choice: choice, output: output)
        return (Array(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/out.csv"))), result)
    }

    @Test(arguments: FindingKind.all)
    func repair(of kind: FindingKind) throws {
        var input = try Input(kind)
        var choice = RepairChoice()
        switch kind.repair {
        case .none(let reason):
            #expect(reason.hasSuffix("."))
            choice.allowsUnsafe = true
            do throws(RepairFailure) {
                let fixed = try fix(of: input, choice)
                #expect(!fixed.result.fixes.contains { $0.code == kind.code } && !fixed.result.held.contains { $0.code == kind.code })
            } catch {
                guard case .refused = error else { throw error }
            }
            return
        case .safe(let text): #expect(text.hasSuffix("."))
        case .risky(let text):
            #expect(text.hasSuffix("."))
            let kept = try fix(input, choice)
            #expect(kept.result.held.map(\.code).contains(kind.code) && !kept.result.fixes.contains { $0.code == kind.code })
            choice.allowsUnsafe = true
        }
        let before = try codes(input)
        #expect(before.contains(kind.code), "the input has it: \(before)")
        // What others say of a value holds only if they are rewritten too.
        if kind != .numberReadsTwoWays, kind != .dateReadsTwoWays { choice.selected = [kind.code] }
        let fixed = try fix(input, choice)
        let fixes = fixed.result.fixes.filter { $0.code == kind.code }
        #expect(fixes.map(\.isSafe) == [!choice.allowsUnsafe] && (fixes.count == fixed.result.fixes.count || choice.selected == nil))
        input.bytes = fixed.bytes
        input.name = "out.csv"
        // That a value reads two ways remains a note.
        let after = try codes(input, above: choice.selected == nil ? .note : nil)
        #expect(!after.contains(kind.code), "\(String(decoding: fixed.bytes, as: UTF8.self))")
        let again = try fix(input, choice)
        #expect(again.bytes == fixed.bytes && again.result.isUnchanged)
    }

    private func fix(of input: Input, _ choice: RepairChoice) throws(RepairFailure) -> (bytes: [UInt8], result: RepairResult) {
        do { return try fix(input, choice) } catch let failure as RepairFailure { throw failure } catch { throw .refused("\(error)") }
    }

    private func codes(_ input: Input, above severity: Severity? = nil) throws -> Set<String> {
        let folder = try ScratchFolder()
        let path = try folder.write(input.bytes, to: input.name)
        var options = input.options
        options.transcodes = false
        let report = try CheckRun.check(InputFile.open(path: path, spoolsStream: true), options: options, splitter: nil)
        return Set(report.findings.filter { finding in severity.map { finding.severity > $0 } ?? true }.map(\.code))
    }
}
