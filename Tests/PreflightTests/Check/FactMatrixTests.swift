import CSVTokenizer
import Foundation
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight

/// A fast path may skip work, never a fact: every fact in a file of every kind that some path is made for, read in every way, gives one report,
/// and the fact is in it.
///
/// `FACT_MATRIX=200` makes 200 files of each kind and reads each in all ways; without it a few are made, and read in a part of the ways that differs
/// from file to file.
@Suite(.computing) struct FactMatrixTests {
    typealias Way = EveryWayTests.Way

    static let chunkSizes = [1, 2, 3, 7, 63, 64, 65, 4096, 64 << 10, 512 << 10]

    static let ways: [Way] = Kernel.allCases.filter(\.isAvailable).flatMap { kernel in
        [1, 2, 4].flatMap { threads in chunkSizes.map { Way(kernel: kernel, threadCount: threads, chunkByteCount: $0) } }
    }

    private static let fileCountInAllWays = ProcessInfo.processInfo.environment["FACT_MATRIX"].flatMap { Int($0) }

    /// The ways for a case: all, or some that take turns. The last is always one that has the fast paths: batches of a few rows.
    ///
    /// - Parameter leastChunk: in a debug build a file of many bytes takes its time byte by byte.
    static func ways(_ turn: Int, leastChunk: Int = 1) -> [Way] {
        let fast = Way(kernel: .best, threadCount: 1, chunkByteCount: 300 * leastChunk)
        if fileCountInAllWays != nil { return ways + [fast] }
        let ways = ways.filter { $0.chunkByteCount >= leastChunk }
        // Neither has a factor in common with the number of ways. A debug build reads once more: fast every other time.
        if isDebugBuild { return turn % 2 == 0 ? [fast] : [ways[turn * 7 % ways.count]] }
        return (0..<3).map { ways[(turn * 7 + $0 * 31) % ways.count] } + [fast]
    }

    /// Reads a file in one way, all of it in memory; also tells how it was judged.
    static func report(on bytes: [UInt8], _ options: CheckOptions, _ way: Way) throws -> (report: Report, paths: JudgingPaths) {
        var options = options
        // Threads start at once then.
        options.headByteCount = 4
        (options.kernel, options.threadCount, options.chunkByteCount) = (way.kernel, way.threadCount, way.chunkByteCount)
        if way.threadCount == 1 {
            var run = CheckRun(options: options)
            let builder = run.builder
            run.feed(bytes.span)
            return (run.finish(path: "input.csv"), builder.state.paths)
        }
        let scratch = try ScratchFolder()
        let path = try scratch.write(bytes, to: "input.csv")
        var report = try CheckRun.check(try InputFile.open(path: path, spoolsStream: false), options: options)
        report.input.path = "input.csv"
        return (report, [])
    }

    /// The one report on a file, and the paths by which it was judged in all the ways together.
    static func oneReport(
        on bytes: [UInt8], _ options: CheckOptions, _ ways: [Way], comment: String
    ) throws -> (report: Report, paths: JudgingPaths) {
        let usual = try report(on: bytes, options, Way(kernel: .scalar, threadCount: 1, chunkByteCount: 512 << 10))
        var paths = usual.paths
        let json = usual.report.json
        for way in ways {
            let other = try report(on: bytes, options, way)
            paths.formUnion(other.paths)
            if other.report == usual.report, other.report.json == json { continue }
            let difference = firstDifference(other.report.json, json) ?? "only the excerpts differ"
            Issue.record("\(comment), \(way): \(difference)")
            break
        }
        // A debug build merges in some files only.
        if isDebugBuild, bytes.count % 5 > 0 { return (usual.report, paths) }
        var ranged = options
        ranged.headByteCount = 4
        expectMergedIsWhole(bytes, options: ranged, seed: bytes.count, comment: comment)
        return (usual.report, paths)
    }

    // MARK: Facts

    /// Rows of fields, as they are written.
    struct Table {
        var header: [String]
        var rows: [[String]]
        var lineEnd = "\n"
        /// By row: another line end than the usual one.
        var lineEnds: [Int: String] = [:]
        var endsWithLineEnd = true

        var bytes: [UInt8] {
            // Marks replace bytes that are not text.
            var bytes = Array((header.joined(separator: ";") + lineEnd).utf8)
            for (index, row) in rows.enumerated() {
                let isLast = index == rows.count - 1
                let end = isLast && !endsWithLineEnd ? "" : lineEnds[index] ?? lineEnd
                bytes += Array((row.joined(separator: ";") + end).utf8)
            }
            return bytes.map { $0 == 0x1A ? 0xFF : $0 }
        }
    }

    /// A fact: how a row of a table comes to have it, and what is then reported.
    struct Fact: Sendable, CustomStringConvertible {
        let name: String
        let codes: [FindingKind]
        /// - Parameter row: one that is changed; no row is added before it.
        let plant: @Sendable (inout Table, _ row: Int) -> Void

        init(_ name: String, _ codes: [FindingKind], _ plant: @escaping @Sendable (inout Table, _ row: Int) -> Void) {
            (self.name, self.codes, self.plant) = (name, codes, plant)
        }

        var description: String { name }
    }

    static let facts: [Fact] = [
        Fact("nothing", []) { _, _ in },
        Fact("too few fields", [.tooFewFields]) { $0.rows[$1].removeLast() },
        Fact("too many fields", [.tooManyFields]) { $0.rows[$1].append("1") },
        Fact("blank line", [.blankLine]) { $0.rows[$1] = [] },
        Fact("header again", [.repeatedHeader]) { $0.rows[$1] = $0.header },
        Fact("header again at the end", [.repeatedHeader]) { table, _ in
            table.rows[table.rows.count - 1] = table.header
            table.endsWithLineEnd = false
        },
        Fact("mark", [.innerByteOrderMark]) { $0.rows[$1][1] = "\u{FEFF}" + $0.rows[$1][1] },
        Fact("mark in quotes", [.innerByteOrderMark]) { $0.rows[$1][1] = "\"\u{FEFF}\($0.rows[$1][1].filter { $0 != "\"" })\"" },
        Fact("NUL", [.nulByte]) { $0.rows[$1][1] += "\0" },
        Fact("ill-formed", [.invalidUTF8]) { $0.rows[$1][1] += "\u{1A}" },
        Fact("stray quote", [.strayQuote]) { $0.rows[$1][1] = "1\"2" },
        Fact("text after quote", [.textAfterClosingQuote]) { $0.rows[$1][1] = "\"1\"2" },
        Fact("lone carriage return", [.loneCarriageReturn]) { $0.rows[$1][1] = "1\r2" },
        Fact("another line end", [.mixedLineEnds]) { $0.lineEnds[$1] = $0.lineEnd == "\n" ? "\r\n" : "\n" },
        Fact("no line end", []) { table, _ in table.endsWithLineEnd = false },
        Fact("total", [.totalsRow]) { table, _ in
            // A total has no dates and no texts beside its label.
            let last = table.rows.count - 1
            table.rows[last] = ["Total"] + table.rows[last].dropFirst().map { Double($0.filter { $0 != "\"" }) == nil ? "" : $0 }
        },
        Fact("line end in quotes", []) { $0.rows[$1][1] = "\"1\n2\"" },
        Fact("empty", []) { $0.rows[$1][1] = "" },
        Fact("empty in quotes", []) { $0.rows[$1][1] = "\"\"" },
        Fact("two ways", []) { $0.rows[$1][1] = "1.234" },
        Fact("doubtful", []) { $0.rows[$1][1] = "(12)" },
        Fact("wrong", []) { $0.rows[$1][1] = "abc" },
        Fact("every row wrong", []) { table, _ in for row in table.rows.indices { table.rows[row][1] = "n.v. \(row % 5)" } },
    ]

    /// They take turns; the files are written with the first.
    private static let delimiters = Array(";|\t~".utf8)

    @Test(arguments: files)
    func everyFact(_ file: File) throws {
        let isWide = file.header.count > 100
        let rowCount = isWide ? 8 : 40
        let options = try Self.delimiters.map { try file.options(delimiter: $0) }
        var paths: JudgingPaths = []
        let facts = isDebugBuild && isWide ? stride(from: 0, to: Self.facts.count, by: 3).map { Self.facts[$0] } : Self.facts
        for (index, fact) in facts.enumerated() {
            // In the first batches, within, and in the last.
            let rows = [0, rowCount / 2 + 1, rowCount - 1]
            for row in Self.fileCountInAllWays != nil ? rows : [rows[index % 3]] {
                var table = file.table(rowCount: rowCount)
                fact.plant(&table, row)
                let comment = "\(file.name), \(fact.name) in row \(row + 1)"
                let ways = Self.ways(index + row, leastChunk: isWide ? 63 : 1)
                var (bytes, turn) = (table.bytes, (index + row) % Self.delimiters.count)
                if bytes.contains(Self.delimiters[turn]) { turn = 0 }
                for index in bytes.indices where bytes[index] == Self.delimiters[0] { bytes[index] = Self.delimiters[turn] }
                let found = try Self.oneReport(on: bytes, options[turn], ways, comment: comment)
                paths.formUnion(found.paths)
                let codes = Set(found.report.findings.map(\.kind))
                #expect(codes.isSuperset(of: fact.codes), "\(comment): \(found.report.lines)")
            }
        }
        #expect(paths.isSuperset(of: file.path), "no way led through what the file is made for")
    }

    /// The paths that exist are each taken by some file.
    @Test func everyPathHasAFile() throws {
        var paths: JudgingPaths = []
        for file in Self.files {
            var table = file.table(rowCount: file.header.count > 100 ? 20 : 400)
            table.rows[7].append("x")
            table.rows[table.rows.count - 3][0] += "\0"
            let ways = [64, 4096, 1 << 20].map { Way(kernel: .best, threadCount: 1, chunkByteCount: $0) }
            paths.formUnion(try Self.oneReport(on: table.bytes, try file.options(), ways, comment: file.name).paths)
        }
        let all: JudgingPaths = [
            .plainNumbers, .evenRows, .unevenRows, .columns, .tiles, .singleRows, .evidence, .keys, .thinned, .doubted, .numberBits,
            .formBits,
        ]
        #expect(paths == all)
    }

    // MARK: Generated files

    private static let seedsPerGenerator = fileCountInAllWays ?? (isDebugBuild ? 3 : 200)

    @Test(arguments: ["numbers", "typed", "nasty", "long", "ties"])
    func generatedFiles(name: String) throws {
        let profiles = [nil, try Profile(yaml: SeededGenerator.numberProfile), try Profile(yaml: SeededGenerator.tiedProfile)]
        for seed in 0..<Self.seedsPerGenerator {
            var generator = SeededGenerator(seed: seed)
            let bytes =
                switch name {
                case "numbers": generator.numberTable()
                case "typed": generator.typedTable()
                case "nasty": generator.nastyBytes(atMost: 200)
                case "ties": generator.tiedTable()
                default: generator.longRows(byteCount: 2_000)
                }
            var options = CheckOptions(delimiter: UInt8(ascii: ";"))
            options.profile = profiles[name == "numbers" ? 1 : name == "ties" ? seed % 4 == 0 ? 0 : 2 : seed % 2]
            options.samples = [0, 1, 3, 1000][seed % 4]
            if name == "long" { options.rowLimits = RowBatch.Limits(rowBytes: 700, fieldBytes: 400, fields: 420, headBytes: 1500) }
            _ = try Self.oneReport(on: bytes, options, Self.ways(seed), comment: "\(name), seed \(seed)")
        }
    }
}

extension SeededGenerator {
    static let numberProfile = """
        version: 1
        dialect: {delimiter: ";"}
        defaults: {number: {decimal: "."}}
        columns: [{name: "2024", type: number}, {name: "2025", type: number}, {name: "2026", type: number}, {name: "-1.5", type: number}]
        extra-columns: ignore
        """

    static let tiedProfile = """
        version: 1
        dialect: {delimiter: ";"}
        columns:
          - {name: p, type: number, number: {percent: true}}
          - {name: n, type: number, number: {decimal: ",", group: "."}, null: ["0"]}
          - {name: i, type: integer}
          - {name: d, type: date, date: {format: dd/MM/yyyy}}
          - {name: b, type: boolean, boolean: {true: [ja], false: [nein]}}
          - {name: m, type: dimension, items: [FR01, DE01], on-missing: skip}
          - {name: t, type: text, required: true}
        keys: [[t], [m, t]]
        """

    /// Each column has a few different values, often as many of one as of another: where counts are equal, the place in the file decides.
    mutating func tiedTable() -> [UInt8] {
        let values = [
            ["c9", "x9", "5%", "0.1589", " 0.5", "\"0.25\"", "-0.75", "n/a", "12", "00.5", "0.5%", ".5", "9x"],
            ["1,5", "1.234", "1.5", "0", "\"0\"", "5", "12,50-", "x", "y", "EUR 5", "(5)", "1.234,5"],
            ["1", "1.0", "1,000", "x1", "y1", "1e3", "+1", " 1"],
            ["01/02/2026", "02/01/2026", "13/01/2026", "01/13/2026", "2026-01-31", "31.01.2026", "x", "45000", "20260131", "Jan 2026"],
            ["TRUE", "FALSE", "ja", "nein", "yes", "no", "x", "1", " TRUE", "wahr", "perhaps so"],
            ["FR01", "DE01", "fr01", " DE01", "FR02", "DE02", "\"FR01\"", "FR 01"],
            ["k1", "k1", "k2", "\"k1\"", "k\u{A0}1", "", "Ã©", "Ã¨"],
        ]
        // Few of them, so that counts are equal.
        let chosen = values.map { values in (0..<(2 + below(4))).map { _ in element(of: values) } }
        let rows = (0..<below(60)).map { _ in chosen.indices.map { element(of: chosen[$0]) }.joined(separator: ";") }
        return Array((["p;n;i;d;b;m;t"] + rows).joined(separator: once(in: 3) ? "\r\n" : "\n").utf8)
    }

    /// Plain numbers under names that are numbers, some of them the header again, or nearly.
    mutating func numberTable() -> [UInt8] {
        let names = once(in: 4) ? ["2024", "x", "2026", "-1.5"] : ["2024", "2025", "2026", "-1.5"]
        let header = names.joined(separator: ";")
        let lineEnd = once(in: 3) ? "\r\n" : "\n"
        var text = header + lineEnd
        for _ in 0..<below(80) {
            switch below(40) {
            case 0: text += header
            case 1: text += header + "0"
            case 2: text += "1" + header
            case 3: text += header + ";1"
            case 4: break
            default:
                text += (0..<4).map { _ in
                    once(in: 8) ? "" : once(in: 60) ? "x" : once(in: 6) ? "\(below(9)).\(100 + below(900))" : "\(below(5000) - 900)"
                }.joined(separator: ";")
            }
            text += once(in: 50) ? "\r\n" : lineEnd
        }
        if once(in: 2) { text += header }
        return Array(text.utf8)
    }
}
