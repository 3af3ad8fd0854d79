import Foundation
import SafeText
import SeededRandom

@testable import ByteSources
@testable import Preflight

/// A file whose rows were made one by one, so that it is known which of them are wrong and which bytes each has.
struct SplitCase {
    enum Kind: Int, Comparable {
        case good, warning, doubtful, error, blank

        static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }

    struct Row {
        var text: [UInt8]
        var kind: Kind
    }

    var mark: [UInt8] = []
    var header: [UInt8]
    var rows: [Row]

    var bytes: [UInt8] { mark + header + rows.flatMap(\.text) }

    /// What is in quarantine at a level.
    func isBad(_ row: Row, _ level: SplitOutputs.Level) -> Bool {
        switch level {
        case .error: row.kind == .error
        case .doubtful: row.kind == .error || row.kind == .doubtful
        case .warning: row.kind == .error || row.kind == .doubtful || row.kind == .warning
        }
    }

    func clean(_ level: SplitOutputs.Level) -> [UInt8] {
        mark + header + rows.filter { $0.kind != .blank && !isBad($0, level) }.flatMap(\.text)
    }

    func quarantine(_ level: SplitOutputs.Level) -> [UInt8] {
        mark + header + rows.filter { $0.kind != .blank && isBad($0, level) }.flatMap(\.text)
    }

    static let profile = """
        version: 1
        dialect: {delimiter: ";"}
        defaults: {number: {decimal: "."}}
        columns:
          - {name: id, type: text}
          - {name: amount, type: number}
          - {name: note, type: text}
          - {name: day, type: date}
        keys: [[id]]
        """

    /// - Parameter isPlain: Whether all of it is ASCII, so that it can be written in any encoding.
    init(seed: Int, isPlain: Bool = false) {
        var random = SeededGenerator(seed: seed)
        if !isPlain, random.once(in: 4) { mark = [0xEF, 0xBB, 0xBF] }
        let ends: [String] = [["\n"], ["\r\n"], ["\n", "\r\n"]][random.below(3)]
        func quoted(_ text: String) -> String { "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
        header =
            Array((random.once(in: 3) ? "\"id\";\"amount\";note;day" : "id;amount;note;day").utf8) + Array(random.element(of: ends).utf8)
        rows = []
        var ids: [String] = []
        let oddity = [0, 5, 20, 60][random.below(4)]
        for number in 0..<random.below(40) {
            let id = "k\(number)x\(random.below(1000))"
            var fields = [id, "\(random.below(5000)).\(random.below(90) + 10)", "", "2026-0\(random.below(9) + 1)-1\(random.below(9))"]
            let note = ["", "plain", "a b", "semi;colon", "line\nend", "say \"hi\"", "cr\r\nlf", "ä€"][random.below(isPlain ? 7 : 8)]
            let needsQuotes = note.contains { ";\"\n\r\r\n".contains($0) }
            fields[2] = needsQuotes || random.once(in: 3) ? quoted(note) : note
            for column in [0, 1, 3] where random.once(in: 6) { fields[column] = quoted(fields[column]) }
            var kind = Kind.good
            var text: [UInt8]?
            if random.below(100) < oddity {
                switch random.below(isPlain ? 10 : 12) {
                case 0: (fields[1], kind) = (["abc", "12,5x", "1.2.3.4"][random.below(3)], .error)
                case 1: (fields[3], kind) = ("2026-02-31", .error)
                case 2:
                    fields.removeLast(random.below(3) + 1)
                    kind = .error
                case 3:
                    fields += ["more"]
                    kind = .error
                case 4: (fields[2], kind) = ("5\" pipe", .error)
                case 5: (fields[2], kind) = ("\"text\"after", .error)
                case 6: (fields[1], kind) = ("\(random.below(500) + 100).25-", .doubtful)
                case 7:
                    if let known = ids.last { (fields[0], kind) = (known, .error) }
                case 8: (fields, kind) = (["", "", "", ""], .error)  // It has no key.
                case 9:
                    text = Array(random.element(of: ends).utf8)
                    kind = .blank
                case 10:
                    text = Array("\(id);1.25;".utf8) + [0xFF, 0x41] + Array(";2026-01-01\n".utf8)
                    kind = .error
                default:
                    text = Array("\(id);1.25;a".utf8) + [0] + Array(";2026-01-01\n".utf8)
                    kind = .error
                }
            }
            if kind != .blank, kind != .error, random.once(in: 40) { (text, kind) = (nil, kind) }
            rows.append(Row(text: text ?? Array((fields.joined(separator: ";") + random.element(of: ends)).utf8), kind: kind))
            if kind == .good || kind == .doubtful { ids.append(id) }
        }
        if random.once(in: 3), let last = rows.last, last.kind != .blank {
            // The last row has no line end.
            var text = last.text
            while let byte = text.last, byte == 0x0A || byte == 0x0D { text.removeLast() }
            rows[rows.count - 1].text = text
        }
    }
}

/// Splits a file, and gives what was written.
struct SplitResult {
    var clean: [UInt8]
    var quarantine: [UInt8]
    var split: RowSplit
    var report: Report

    init(
        _ path: String, in folder: ScratchFolder, options: CheckOptions, level: SplitOutputs.Level = .error, annotates: Bool = false,
        suffix: String = ""
    ) throws {
        var outputs = SplitOutputs()
        let (clean, quarantine) = (folder.path + "/clean.csv" + suffix, folder.path + "/quarantine.csv" + suffix)
        let input = try InputFile.open(path: path, spoolsStream: false)
        outputs.clean = try OutputFile(path: FilePath(clean), collision: .replace, inputs: [])
        outputs.quarantine = try OutputFile(path: FilePath(quarantine), collision: .replace, inputs: [])
        outputs.compresses = (!suffix.isEmpty, !suffix.isEmpty)
        (outputs.level, outputs.annotates) = (level, annotates)
        let splitter = try RowSplitter(outputs)
        report = try CheckRun.check(input, options: options, splitter: splitter)
        split = try splitter.finish(report)
        self.clean = Array(try Data(contentsOf: URL(fileURLWithPath: clean)))
        self.quarantine = Array(try Data(contentsOf: URL(fileURLWithPath: quarantine)))
    }
}
