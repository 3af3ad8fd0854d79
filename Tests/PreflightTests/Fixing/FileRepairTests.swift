import Foundation
import ImportProfiles
import SafeText
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import Preflight

/// A repaired file says the same, in the format of the profile; what needs no repair is the same bytes.
@Suite(.computing) struct FileRepairTests {
    private static let profile = """
        version: 1
        dialect: {delimiter: ";"}
        columns:
          - {name: id, type: text}
          - {name: amount, type: number}
          - {name: day, type: date}
          - {name: note, type: text}
        """

    private func fix(
        _ bytes: [UInt8], in folder: ScratchFolder, profile: Profile?, choice: RepairChoice = RepairChoice(), encoding: TextEncoding? = nil
    ) throws -> (text: String, bytes: [UInt8], result: RepairResult) {
        let path = try folder.write(bytes, to: "in.csv")
        let output = try OutputFile(path: FilePath(folder.path + "/out.csv"), collision: .replace, inputs: [])
        var options = CheckOptions(profile: profile)
        options.encoding = encoding
        let result = try FileRepair.run(
            try InputFile.open(path: path, spoolsStream: true), options: options, choice: choice, output: output)
        let fixed = Array(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/out.csv")))
        return (String(decoding: fixed, as: UTF8.self), fixed, result)
    }

    /// Errors that no fix is about are counted.
    @Test func untouchedErrors() throws {
        let folder = try ScratchFolder()
        let text = try fix(Array("a,b\n1,caf".utf8) + [0xE9, 0x0A], in: folder, profile: nil)
        #expect(text.result.untouched.map(\.code) == ["PF101"] && text.result.isUnchanged)
        let ragged = try fix(Array("a,b\n1,2,3\n\n4,5\n6,7\n".utf8), in: folder, profile: nil)
        #expect(ragged.result.untouched.map(\.code) == ["PF205"] && ragged.result.fixes.map(\.code) == ["PF206"])
    }

    /// Blanks around quotes that hold a delimiter, which is itself a blank in one file: it still ends the field.
    @Test(arguments: [UInt8](",;|\t".utf8))
    func spacesAroundQuotes(delimiter: UInt8) throws {
        let rows = ["id,name,amount"] + (0..<20).map { $0 < 13 ? "\($0), \"x,y\" ,\($0).5" : "\($0),plain,\($0).5" }
        let text = rows.joined(separator: "\n") + "\n"
        let bytes = text.utf8.map { $0 == UInt8(ascii: ",") ? delimiter : $0 }
        let fixed = try fix(bytes, in: try ScratchFolder(), profile: nil)
        #expect(fixed.bytes == Array(String(decoding: bytes, as: UTF8.self).replacing(" ", with: "").utf8))
        #expect(fixed.result.fixes.map(\.code) == ["PF219"])
    }

    /// A file, and what becomes of it. The generator knows what it wrote.
    private struct Made {
        var before: [UInt8] = []
        var after: [UInt8] = []
        var hasChange = false

        init(seed: Int) {
            var random = SeededGenerator(seed: seed)
            let end = random.once(in: 2) ? "\n" : "\r\n"
            let trims = random.once(in: 5)
            let isDamaged = !random.once(in: 5)
            if random.once(in: 4), isDamaged { before += Array("sep=;\(end)".utf8) }
            func add(_ old: String?, _ new: String?) {
                if let old { before += Array((old + (trims ? ";" : "") + end).utf8) }
                if let new { after += Array((new + end).utf8) }
            }
            let header = "id;amount;day;note"
            before += Array((header + end).utf8)
            after += Array((header + end).utf8)
            for number in 0..<(random.below(30) + 2) {
                if isDamaged, random.once(in: 12) {
                    before += Array(end.utf8)
                    continue
                }
                if isDamaged, !trims, random.once(in: 15) {
                    add(header, nil)
                    continue
                }
                let (whole, cents) = (random.below(90_000) + 1_000, random.below(90) + 10)
                let isNegative = random.once(in: 3)
                let plain = "\(isNegative ? "-" : "")\(whole).\(cents)"
                let grouped = "\(whole / 1000).\(String(format: "%03d", whole % 1000)),\(cents)"
                let styles =
                    isNegative
                    ? [
                        "\(whole).\(cents)-", "(\(whole).\(cents))", "-\(grouped)", "\(grouped)-", "−\(whole).\(cents)",
                        "-\(whole).\(cents) EUR",
                    ]
                    : [
                        " \(whole).\(cents)", grouped, "\(whole),\(cents)", "\(grouped) EUR", "EUR \(whole).\(cents)", "'\(whole).\(cents)",
                        "+\(whole).\(cents)",
                    ]
                let (year, month, day) = (2020 + random.below(9), random.below(12) + 1, random.below(15) + 13)
                let date = String(format: "%04d-%02d-%02d", year, month, day)
                let dates = [
                    "\(day).\(month).\(year)", "\(year)/\(month)/\(day)", String(format: "%04d%02d%02d", year, month, day),
                    "\(date) 00:00:00",
                ]
                let notes: [(String, String)] = [("", ""), ("a b", "a b"), ("\"x;y\"", "\"x;y\""), ("\"l\nf\"", "\"l\nf\"")]
                let oddNotes: [(String, String)] = [("5\" pipe", "\"5\"\" pipe\""), (" \"q\"", "\"q\""), ("=\"007\"", "007")]
                let isOdd = isDamaged && random.once(in: 3)
                let note = isOdd && random.once(in: 2) ? random.element(of: oddNotes) : random.element(of: notes)
                let amount = isOdd && random.once(in: 2) ? random.element(of: styles) : plain
                let shownDay = isOdd && random.once(in: 2) ? random.element(of: dates) : date
                let quoted = random.once(in: 6)
                func written(_ value: String) -> String { quoted ? "\"\(value)\"" : value }
                add("i\(number);\(written(amount));\(shownDay);\(note.0)", "i\(number);\(written(plain));\(date);\(note.1)")
            }
            hasChange = before != after
        }
    }

    private static let shardCount = 20
    /// Fewer in debug builds: 10 000 files in all otherwise.
    private static let filesPerShard = isDebugBuild ? 8 : 500

    @Test(arguments: 0..<shardCount)
    func generatedFiles(shard: Int) throws {
        let folder = try ScratchFolder()
        let profile = try Profile(yaml: Self.profile)
        for seed in (shard * Self.filesPerShard)..<((shard + 1) * Self.filesPerShard) {
            let made = Made(seed: seed)
            let first = try fix(made.before, in: folder, profile: profile)
            #expect(first.text == String(decoding: made.after, as: UTF8.self), "seed \(seed)")
            #expect(first.result.isUnchanged == !made.hasChange, "seed \(seed)")
            let again = try fix(first.bytes, in: folder, profile: profile)
            #expect(again.bytes == first.bytes && again.result.isUnchanged, "seed \(seed): \(again.result.fixes)")
            let checked = report(on: first.bytes, options: CheckOptions(profile: profile))
            let codes = Set(first.result.fixes.map(\.code))
            #expect(!checked.findings.contains { codes.contains($0.code) }, "seed \(seed): \(checked.findings.map(\.code))")
        }
    }

    /// What needs no profile.
    @Test(arguments: [
        ("sep=;\na;b\n1;2\n", "a;b\n1;2\n", ["PF211"]),
        ("a;b\n1;2\n\n3;4\n", "a;b\n1;2\n3;4\n", ["PF206"]),
        ("a;b\n1;2\n;\n3;4\n", "a;b\n1;2\n3;4\n", ["PF225"]),
        ("a;b\n1;2\na;b\n3;4\n", "a;b\n1;2\n3;4\n", ["PF213"]),
        ("a;b\r\n1;2\n3;4\r\n", "a;b\r\n1;2\r\n3;4\r\n", ["PF208"]),
        // A carriage return before a line end is not joined with it.
        ("a;b\n1;2\r\r\n3;4\n", "a;b\n1;2\r\r\n3;4\n", []),
        ("a;b\n1;2;\n3;4;\n", "a;b\n1;2\n3;4\n", ["PF205"]),
        ("a;b;\n1;2;\n3;4;\n", "a;b\n1;2\n3;4\n", ["PF301"]),
        ("a;b\rx;2\ry;4\r", "a;b\nx;2\ny;4\n", ["PF210"]),
        ("a;b\n5\" x;2\n", "a;b\n\"5\"\" x\";2\n", ["PF201"]),
        ("a;b\n1;2\n", "a;b\n1;2\n", []),
        (
            "Entity;Amount\nA;1000.50\nB;2000.25\nC;10.00\nD;20.00\nTotal;3030.75\n",
            "Entity;Amount\nA;1000.50\nB;2000.25\nC;10.00\nD;20.00\n", ["PF214"]
        ),
    ])
    func withoutAProfile(before: String, after: String, codes: [String]) throws {
        let folder = try ScratchFolder()
        let fixed = try fix(Array(before.utf8), in: folder, profile: nil)
        #expect(fixed.text == after)
        #expect(fixed.result.fixes.map(\.code) == codes)
    }

    @Test func encodings() throws {
        let folder = try ScratchFolder()
        let fixed = try fix(Array("a,b\nK".utf8) + [0xF6] + Array("ln,1\n".utf8), in: folder, profile: nil, encoding: .windows1252)
        #expect(fixed.text == "a,b\nKöln,1\n")
        let wide: [UInt8] = [0xFF, 0xFE] + "a,b\nKöln,1\n".utf16.flatMap { unit in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        #expect(try fix(wide, in: folder, profile: nil).text == "a,b\nKöln,1\n")
        // The mark of UTF-8 stays.
        #expect(try fix(Array("\u{FEFF}a,b\n1,2\n\n".utf8), in: folder, profile: nil).text == "\u{FEFF}a,b\n1,2\n")
    }

    @Test func choices() throws {
        let folder = try ScratchFolder()
        let profile = try Profile(yaml: Self.profile)
        let text = "id;amount;day;note\na;1,234;2026-01-01;x\nb;5-;2026-01-01;\"\"\n\nc;oops;2026-01-01;\n"
        var choice = RepairChoice()
        choice.selected = ["PF206"]
        var fixed = try fix(Array(text.utf8), in: folder, profile: profile, choice: choice)
        #expect(fixed.text == text.replacing("\n\n", with: "\n"))
        choice.selected = nil
        fixed = try fix(Array(text.utf8), in: folder, profile: profile, choice: choice)
        // What reads two ways is left, and what is no number; an empty quoted field stays.
        #expect(fixed.text == "id;amount;day;note\na;1,234;2026-01-01;x\nb;-5;2026-01-01;\"\"\nc;oops;2026-01-01;\n")
        #expect(fixed.result.held.map(\.count) == [1] && fixed.result.leftValues == 2 && fixed.result.changedRows == 1)
        choice.allowsUnsafe = true
        fixed = try fix(Array(text.utf8), in: folder, profile: profile, choice: choice)
        #expect(fixed.text.contains("a;1234;"))
        choice.shownRows = 10
        fixed = try fix(Array(text.utf8), in: folder, profile: profile, choice: choice)
        #expect(fixed.result.changes.map(\.row) == [1, 2] && fixed.result.changes.map(\.line) == [2, 3])
        #expect(fixed.result.changes[1].after?.text == "b;-5;2026-01-01;\"\"")
    }

    @Test func nothingIsWrittenOfWhatCannotBeRepaired() throws {
        let folder = try ScratchFolder()
        let damaged = Array(GzipMember("a,b\n1,2\n").bytes.dropLast(5))
        #expect(throws: RepairFailure.self) { try fix(damaged, in: folder, profile: nil) }
        #expect(try folder.fileNames == ["in.csv"])
    }
}
