import Foundation
import ImportProfiles
import SafeText
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import Preflight

/// The list has every cell and row that a finding counts, not only the examples.
@Suite(.computing) struct CellListTests {
    private func list(_ path: String, in folder: ScratchFolder, options: CheckOptions) throws -> (text: String, report: Report) {
        let file = try OutputFile(path: FilePath(folder.path + "/cells.csv"), collision: .replace, inputs: [])
        let cells = try CellList(file, namesFiles: false)
        let input = try InputFile.open(path: path, spoolsStream: false)
        cells.begin(path: "in.csv")
        let report = try CheckRun.check(input, options: options, splitter: nil, cells: cells)
        cells.add(report)
        try cells.finish()
        return (String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path + "/cells.csv")), as: UTF8.self), report)
    }

    /// Compared with the examples of a report that keeps all of them.
    @Test(arguments: 0..<20)
    func generatedFiles(shard: Int) throws {
        let folder = try ScratchFolder()
        let profile = try Profile(yaml: SplitCase.profile)
        for seed in (shard * 10)..<(shard * 10 + (isDebugBuild ? 3 : 10)) {
            var random = SeededGenerator(seed: seed + 2_000_000)
            let path = try folder.write(SplitCase(seed: seed).bytes, to: "in.csv")
            var options = CheckOptions(profile: profile, samples: random.below(3))
            (options.chunkByteCount, options.threadCount) = ([7, 100, 512 << 10][random.below(3)], random.below(3) + 1)
            options.headByteCount = [16, 1 << 20][random.below(2)]
            let (text, report) = try list(path, in: folder, options: options)
            var all = options
            all.samples = 100_000
            let full = try CheckRun.check(try InputFile.open(path: path, spoolsStream: false), options: all)
            #expect(report.findings.map(\.count) == full.findings.map(\.count))
            let wanted = full.findings.flatMap { finding in
                finding.examples.filter { ($0.place.row ?? 0) > 0 }.map { "\($0.place.row ?? 0) \(finding.code)" }
            }
            let lines = records(text).dropFirst().filter { !$0[1].isEmpty && $0[1] != "0" }
            // Several faults of one kind in a field are one line.
            let rows = Set(lines.map { "\($0[1]) \($0[4])" })
            #expect(rows == Set(wanted), "seed \(seed)")
            // In the order of the file, with the blank lines between the rows; what is known only at the end comes last.
            let late = ["PF420", "PF421", "PF503", "PF601", "PF602"]
            let marked = records(text).dropFirst().filter { line in
                (line[4] == "PF206" || (!line[1].isEmpty && line[1] != "0")) && !late.contains(line[4])
            }.map { Int($0[0]) ?? 0 }
            #expect(marked == marked.sorted(), "seed \(seed)")
            let blank = full.findings.first { $0.kind == .blankLine }?.examples.map { "\($0.place.line)" } ?? []
            #expect(records(text).filter { $0[4] == "PF206" }.map { $0[0] } == blank, "seed \(seed)")
            for finding in full.findings where ["PF401", "PF403", "PF411"].contains(finding.code) {
                let values = finding.examples.map { "\($0.place.row ?? 0) \($0.place.line) \($0.value?.text ?? "") \($0.reason ?? "")" }
                let own = lines.filter { $0[4] == finding.code && $0[2] == finding.column?.name.shown }
                #expect(own.map { "\($0[1]) \($0[0]) \($0[3].hasPrefix("'") ? String($0[3].dropFirst()) : $0[3]) \($0[5])" } == values)
            }
        }
    }

    /// The records of a list with commas, quoted as RFC 4180 says.
    private func records(_ text: String) -> [[String]] {
        let separator: Character = text.split(separator: "\n")[0].contains(";") ? ";" : ","
        var (records, fields, field, isQuoted): ([[String]], [String], String, Bool) = ([], [], "", false)
        for character in text {
            switch character {
            case "\"":
                if !isQuoted, field.hasSuffix("\u{1}") { field.removeLast(); field += "\"" }
                isQuoted.toggle()
                if !isQuoted { field += "\u{1}" }
            case separator where !isQuoted:
                fields.append(field.replacing("\u{1}", with: ""))
                field = ""
            case "\n" where !isQuoted:
                records.append(fields + [field.replacing("\u{1}", with: "")])
                (fields, field) = ([], "")
            default: field.append(character)
            }
        }
        return records
    }

    @Test func aListForSpreadsheets() throws {
        let folder = try ScratchFolder()
        let text = "\u{FEFF}id;amount\nx;=1+2\ny;1,234.56-\nz\n"
        let path = try folder.write(Array(text.utf8), to: "in.csv")
        let profile = "version: 1\ndialect: {delimiter: \";\"}\ncolumns: [{name: id, type: text}, {name: amount, type: number}]"
        let (list, _) = try list(path, in: folder, options: CheckOptions(profile: try Profile(yaml: profile), samples: 0))
        let lines = list.split(separator: "\n").map(String.init)
        #expect(lines[0] == "\u{FEFF}line;row;column;value;code;reason;suggested")
        #expect(lines.contains("2;1;\"amount\";\"'=1+2\";PF401;\"extra text around the number\";"))
        #expect(lines.contains { $0.hasPrefix("3;2;\"amount\";\"1,234.56-\";PF401;") && $0.hasSuffix(";\"-1234.56\"") })
        #expect(lines.contains("4;3;\"\";\"\";PF204;\"Row has fewer fields than the header\";"))
    }

    @Test(arguments: [
        ("=SUM(A1)", "'=SUM(A1)"), ("+1", "+1"), ("-1.5", "-1.5"), ("-1+2", "'-1+2"), ("@x", "'@x"), ("\tx", "'\tx"), ("a=b", "a=b"),
        ("＝1", "'＝1"), ("", ""), ("-", "-"),
    ])
    func inert(text: String, shown: String) { #expect(SpreadsheetCell.inert(text) == shown) }
}
