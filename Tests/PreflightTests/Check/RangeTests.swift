import CSVTokenizer
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight

/// A file that is cut into ranges gives the report of the whole, whatever it holds and wherever it is cut.
///
/// This happens to every input of ``steadyReport(on:options:limits:sizes:comment:sourceLocation:)`` and of the fact matrix, to samples and to
/// generated tables too; here are those that meet the limits of what is kept, and every border of small files.
@Suite(.computing) struct RangeTests {
    private static let seedCount = isDebugBuild ? 12 : 2_000

    private static let profile = """
        version: 1
        dialect: {delimiter: ";"}
        columns:
          - {name: a, type: number}
          - {name: b, type: integer}
          - {name: c, type: number, number: {decimal: ","}}
          - {name: d, type: date}
          - {name: e, type: date, date: {format: "dd/MM/yyyy HH:mm"}}
          - {name: f, type: boolean}
          - {name: g, type: dimension, items: [Zurich, FR01, x], on-missing: skip, required: true}
          - {name: h, type: number, required: true, null: ["NA"]}
        keys: [[g], [a, h]]
        """

    private static let totals = [
        "rows=10", "bytes=100", "sum.a=1", "sum.b=2", "sum.c[g=x]=3.5", "sum.h=4", "distinct.g=3", "distinct.e=9", "min.d=2026-01-01",
        "max.e=2026-12-31", "min.a=0", "max.c=1..2", "sum.nothing=1",
    ]

    /// The generators of all other tests, under a profile and without.
    @Test(arguments: ["typed", "numbers", "nasty", "long"])
    func generatedFiles(name: String) throws {
        let profile = try Profile(yaml: Self.profile)
        var cutCount = 0
        for seed in 0..<Self.seedCount {
            var generator = SeededGenerator(seed: seed)
            let bytes =
                switch name {
                case "typed": generator.typedTable()
                case "numbers": generator.numberTable()
                case "nasty": generator.nastyBytes(atMost: 300)
                default: generator.longRows(byteCount: 3_000)
                }
            var options = CheckOptions(
                delimiter: name == "nasty" && seed % 4 == 0 ? nil : UInt8(ascii: ";"), samples: [3, 0, 1, 1000][seed % 4])
            if seed % 3 > 0, name != "nasty" { options.profile = profile }
            if seed % 5 == 0 { options.keyMemory = 1 }
            if seed % 7 == 0 { options.headByteCount = 4 }
            options.countsValues = seed % 2 == 0
            options.countsColumns = seed % 3 == 0
            if seed % 2 == 0 { options.expectations = try Self.totals.map { try Expectation($0, origin: "test") } }
            let limits = name == "long" ? RowBatch.Limits(rowBytes: 700, fieldBytes: 400, fields: 420, headBytes: 1500) : nil
            if expectMergedIsWhole(bytes, options: options, limits: limits, seed: seed, comment: name) { cutCount += 1 }
        }
        // Hardly any is a single row, or swallowed by a quote.
        #expect(cutCount > Self.seedCount / 3, "\(cutCount) files were cut")
    }

    /// Each border, and two of them, merged in every order.
    @Test(arguments: [
        "a,b\n1,2\n\n1,2,3\n4,5,6\n7,8,9\n", "a,b\n1\n2,3\n4\n5\n6,7\n", "a,b\n\n1,2\n\n\n3,4\n\n", "a,b\r\n1,2\r\n3,4\n5,6\r\n7,8\n9",
        "a,b\n1,2,\n3,4,\n5,6,\n", "a,b\n1,2\na,b\n3,4\na,b\n", "a,a\n1,1\n2,2\nx,x\n3,4\n", "k,v\na,1\nb,2\na,3\nb,4\na,5\nc,6\n",
        "name,n\nx,12.50\ny,1.25\nz,3.00\nTotal,16.75\n", "n,m\nx,12.50\ny,1.25\nz,3.00\n,16.75\n", "a\r1\r2\r3\r",
        "\u{FEFF}Title\n\nsep=;\na;b\n1;2\n3;\u{FEFF}4\n", "a,b\n1,\"x\"y\n2,\"z\n3\",4\n5,6\r7\n8,9\"\n",
    ])
    func everyBorder(text: String) throws {
        var options = CheckOptions()
        let keys = try Profile(
            yaml: "version: 1\ncolumns: [{name: k, type: text}, {name: v, type: number}]\nkeys: [[k]]\nextra-columns: ignore")
        for samples in isDebugBuild ? [1] : [0, 1, 3] {
            for profile in [nil, keys] {
                (options.samples, options.profile) = (samples, profile)
                let ranges = Ranges(Array(text.utf8), options: options)
                var generator = SeededGenerator(seed: samples)
                let borders = ranges.borders
                for first in borders {
                    for second in borders where second >= first {
                        for order in isDebugBuild ? [[MergeOrder.left, .right][(first + second) % 2]] : [.left, .right] {
                            guard let merged = ranges.merged(at: [first, second], order, &generator) else { continue }
                            let difference = firstDifference(merged.json, ranges.report.json)
                            #expect(difference == nil, "from \(first) and \(second), merged \(order), \(samples) examples")
                        }
                    }
                }
            }
        }
    }

    /// Cuts a text at one border near each of some shares of it, and merges.
    private static func expectWhole(_ text: String, _ options: CheckOptions, sourceLocation: SourceLocation = #_sourceLocation) {
        let ranges = Ranges(Array(text.utf8), options: options)
        let borders = ranges.borders
        var generator = SeededGenerator(seed: borders.count)
        for order in isDebugBuild ? [generator.element(of: MergeOrder.allCases)] : MergeOrder.allCases {
            let cuts = (0..<4).map { _ in generator.element(of: borders) }.sorted()
            let merged = ranges.merged(at: cuts, order, &generator)
            #expect(merged != nil, sourceLocation: sourceLocation)
            let difference = merged.flatMap { firstDifference($0.json, ranges.report.json) }
            #expect(difference == nil, "from \(cuts), merged \(order)", sourceLocation: sourceLocation)
        }
    }

    private static func options(_ columns: String, rest: String = "") throws -> CheckOptions {
        CheckOptions(profile: try Profile(yaml: "version: 1\ncolumns: [\(columns)]\n\(rest)"), delimiter: UInt8(ascii: ","))
    }

    // MARK: Over every limit

    /// Causes are looked for in the first 1 000 ragged rows.
    @Test(arguments: isDebugBuild ? [998] : [10, 990, 998, 1_000])
    func raggedRows(place: Int) {
        var rows = Array(repeating: "1,2,", count: 1_400)
        rows[place] = "1,2,x"
        rows[place + 20] = "1"
        rows[place + 21] = "2"
        Self.expectWhole("a,b\n" + rows.map { $0 + "\n" }.joined(), CheckOptions())
    }

    /// Samples are looked for in the first 3 000 wrong values, and so are unknown items.
    @Test(arguments: isDebugBuild ? [2_990] : [2_990, 3_000])
    func samplesAndUnknownItems(place: Int) throws {
        let options = try Self.options(
            "{name: n, type: number}, {name: i, type: dimension, items: [Paris, Rome], on-missing: skip}, {name: t, type: text}")
        var rows = Array(repeating: "x,Pariss,t", count: 3_200)
        for (offset, row) in ["y,Romee,t", "z,Romme,t", "x,Rme,t", "w,Roma,t", "y,Oslo,t"].enumerated() { rows[place + 2 * offset] = row }
        Self.expectWhole("n,i,t\n" + rows.map { $0 + "\n" }.joined(), options)
    }

    /// Failures have something in common, or too many values; more rows than are in the sample.
    @Test(arguments: isDebugBuild ? [70] : [20, 64, 70])
    func slices(valueCount: Int) throws {
        let options = try Self.options("{name: e, type: text}, {name: t, type: text}, {name: n, type: number}")
        var text = "e,t,n\n"
        for row in 0..<(isDebugBuild ? 6_000 : 20_000) {
            let isWrong = row % 20 == 7
            let other = row % 400 == 7 ? "o\(row / 400 % valueCount)" : "FR"
            text += "\(isWrong ? other : "E\(row % 7)"),\(String(repeating: "y", count: row % 13)),\(isWrong ? "x" : "1")\n"
        }
        Self.expectWhole(text, options)
    }

    /// The first of many columns that fail come last.
    @Test func slicesOfManyColumns() throws {
        let names = (0..<300).map { "c\($0)" }
        let options = try Self.options("{name: t, type: text}, " + names.map { "{name: \($0), type: number}" }.joined(separator: ", "))
        var text = "t," + names.joined(separator: ",") + "\n"
        for row in 0..<60 {
            let (start, count) = row < 30 ? (100, 200) : (0, row < 45 ? 50 : 300)
            text += "E\(row / 59)," + names.indices.map { $0 >= start && $0 < start + count ? "x" : "1" }.joined(separator: ",") + "\n"
        }
        Self.expectWhole(text, options)
    }

    /// More masks and looks than are kept, exactly as many, and fewer.
    @Test(arguments: isDebugBuild ? [513] : [300, 511, 512, 513, 700])
    func masks(count: Int) throws {
        let letters = Array("bcdfghjklm")
        func word(_ number: Int) -> String { String((0..<4).map { letters[number / [1, 10, 100, 1000][$0] % 10] }) }
        var generator = SeededGenerator(seed: count)
        var values = (0..<count).map { "q" + word($0) } + Array(repeating: "1.234", count: 30) + ["2,5", "q" + word(1)]
        for index in values.indices { values.swapAt(index, generator.below(values.count)) }
        Self.expectWhole(
            "t,n\n" + values.map { "x,\"\($0)\"\n" }.joined(), try Self.options("{name: t, type: text}, {name: n, type: number}"))
        Self.expectWhole(
            "t,d\n" + values.map { "x,\"\($0)\"\n" }.joined(), try Self.options("{name: t, type: text}, {name: d, type: date}"))
    }

    /// Keys that are repeated within ranges and across, in memory and in files, with few examples and all.
    @Test(arguments: isDebugBuild ? [1, 6] : Array(0..<8))
    func keys(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        var options = try Self.options("{name: k, type: text}, {name: v, type: text}", rest: "keys: [[k], [k, v]]")
        options.samples = [0, 1, 3, 1000][seed % 4]
        options.keyMemory = seed < 4 ? 1 : [4_500, 60_000][seed % 2]
        let count = seed < 4 ? 300 : 2_000
        let text = "k,v\n" + (0..<count).map { _ in "\(generator.below(count)),\(generator.below(3))\n" }.joined()
        Self.expectWhole(text, options)
    }

    /// Runs of odd rows: without a profile, as many as are kept of one column and more.
    @Test(arguments: isDebugBuild ? [60] : [60, 16_384, 16_385])
    func oddRows(count: Int) {
        var text = "a,b\n"
        for row in 0..<count { text += "1,2026-01-01\n2,\(row % 3 == 0 ? "n/a" : "2026-01-02")\nn/a,2026-01-03\n" }
        Self.expectWhole(text + String(repeating: "5,2026-02-02\n", count: 9 * count), CheckOptions())
    }

    /// Distinct values are counted as long as they are few.
    @Test(arguments: isDebugBuild ? [1_024, 1_025] : [1_023, 1_024, 1_025])
    func distinctValues(count: Int) {
        var options = CheckOptions()
        options.countsValues = true
        var generator = SeededGenerator(seed: count)
        var values = Array(0..<count) + (0..<300).map { _ in generator.below(count) }
        for index in values.indices { values.swapAt(index, generator.below(values.count)) }
        let text = "a,b\n" + values.map { "w\($0),\($0 % 5)\n" }.joined()
        Self.expectWhole(text, options)
        let ranges = Ranges(Array(text.utf8), options: options)
        let merged = ranges.merged(at: ranges.borders.prefix(400).suffix(2), .left, &generator)
        #expect(merged?.values.map { $0.values?.count } == [count > 1_024 ? nil : count, 5])
        #expect(merged == ranges.report)
    }

    /// Words of another encoding are looked for in the first 100 ill-formed sequences.
    @Test(arguments: isDebugBuild ? [98] : [3, 98, 100, 120])
    func words(place: Int) {
        var rows = Array(repeating: "M\u{1A}ller,1", count: 150)
        rows[place] = "Z\u{1A}rich,1"
        rows[place + 4] = "K\u{1A}ln,1"
        rows[place + 6] = "M\u{1A}ller,1"
        let bytes = Array(("a,b\n" + rows.map { $0 + "\n" }.joined()).utf8).map { $0 == 0x1A ? 0xFC : $0 }
        for seed in 0..<(isDebugBuild ? 1 : 4) { expectMergedIsWhole(bytes, options: CheckOptions(), seed: seed) }
    }

    /// More columns than have findings of their own: what is wrong in further ones is counted together.
    @Test func manyColumns() throws {
        let names = (0..<520).map { "c\($0)" }
        func bytes() -> [UInt8] {
            var generator = SeededGenerator(seed: 9)
            var text = names.joined(separator: ",") + "\n"
            for row in 0..<(isDebugBuild ? 20 : 40) {
                text +=
                    names.indices.map { ($0 > 480 && generator.once(in: 9)) || row == 17 ? "a\u{1A}\u{0}\($0)" : "\(row)" }
                    .joined(separator: ",") + "\n"
            }
            return Array(text.utf8).map { $0 == 0x1A ? UInt8(0xFF) : $0 }
        }
        for profile in [nil, Profile(columns: names.map { ColumnProfile(name: $0, type: .number) })] {
            for seed in 0..<(isDebugBuild ? 1 : 3) {
                expectMergedIsWhole(
                    bytes(), options: CheckOptions(profile: profile, delimiter: UInt8(ascii: ",")), seed: seed)
            }
        }
    }

    /// Files in other encodings, read as what they are and as what they are not.
    @Test(arguments: [TextEncoding.windows1252, .utf16LittleEndian, .latin1])
    func encodings(_ encoding: TextEncoding) {
        var generator = SeededGenerator(seed: 4)
        for seed in 0..<(isDebugBuild ? 2 : 60) {
            let text = String(decoding: generator.typedTable(), as: UTF8.self) + (seed % 2 == 0 ? "é;1;2\n" : "")
            var bytes = Array(text.utf8)
            if encoding == .utf16LittleEndian { bytes = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] } }
            var options = CheckOptions(delimiter: UInt8(ascii: ";"))
            (options.encoding, options.transcodes) = (encoding, seed % 3 == 0)
            expectMergedIsWhole(bytes, options: options, seed: seed)
        }
    }
}
