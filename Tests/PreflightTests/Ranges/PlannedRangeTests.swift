import CSVTokenizer
import Foundation
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText

/// A file that is planned, cut anywhere, judged range by range and merged has the report of one check.
@Suite(.computing) struct PlannedRangeTests {
    private static let seedCount = isDebugBuild ? 12 : 600

    private static let profile = """
        version: 1
        dialect: {delimiter: ";"}
        columns:
          - {name: a, type: number}
          - {name: b, type: integer}
          - {name: c, type: number, number: {decimal: ","}}
          - {name: d, type: date}
          - {name: g, type: dimension, items: [Zurich, FR01, x], on-missing: skip, required: true}
          - {name: h, type: number, required: true, null: ["NA"]}
        keys: [[g], [a, h]]
        """

    @Test(arguments: ["typed", "numbers", "nasty", "long"])
    func generatedFiles(name: String) throws {
        let profile = try Profile(yaml: Self.profile)
        var tally = PlannedCheck.Tally()
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
            options.countsColumns = seed % 3 == 0
            // Of keys that are put aside positions cannot be merged.
            options.mapsPositions = seed % 4 == 1 && options.keyMemory > 1
            if seed % 2 == 0 {
                options.expectations = try ["rows=10", "sum.a=1", "distinct.g=3", "min.d=2026-01-01", "max.c=1..2"].map {
                    try Expectation($0, origin: "test")
                }
            }
            if name == "long" { options.rowLimits = RowBatch.Limits(rowBytes: 700, fieldBytes: 400, fields: 420, headBytes: 1500) }
            if seed % 6 == 0, name != "long" { options.rowLimits.rowBytes = 40 }
            try PlannedCheck(bytes, options: options).expectWhole(seed: seed, &tally, comment: name)
        }
        #expect(tally.rangeCount > Self.seedCount)
    }

    /// Every sample, with its profile and flags.
    @Test(arguments: SampleFolder.all)
    func samples(_ folder: SampleFolder) throws {
        var tally = PlannedCheck.Tally()
        let bytes = try folder.input()
        for seed in 0..<(isDebugBuild ? 2 : 20) {
            var options = try folder.options()
            options.drift = nil
            options.storedDigest = nil
            options.countsColumns = true
            options.mapsPositions = true
            options.rowLimits.rowBytes = seed % 2 == 0 ? 1 << 20 : 200
            try PlannedCheck(bytes, options: options).expectWhole(seed: seed, &tally, comment: folder.name)
        }
    }

    /// Cuts inside code units, characters, quotes and line ends of other encodings.
    @Test(arguments: [TextEncoding.windows1252, .utf16LittleEndian, .utf16BigEndian, .latin1, .utf8])
    func encodings(_ encoding: TextEncoding) throws {
        var tally = PlannedCheck.Tally()
        for seed in 0..<(isDebugBuild ? 3 : 100) {
            var generator = SeededGenerator(seed: seed)
            let text = String(decoding: generator.typedTable(), as: UTF8.self) + (seed % 2 == 0 ? "é;1;2\n" : "")
            var bytes = Array(text.utf8)
            if encoding == .utf16LittleEndian { bytes = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] } }
            if encoding == .utf16BigEndian { bytes = text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] } }
            var options = CheckOptions(delimiter: UInt8(ascii: ";"))
            (options.encoding, options.transcodes) = (encoding, seed % 3 == 0)
            try PlannedCheck(bytes, options: options).expectWhole(seed: seed, &tally, comment: encoding.rawValue)
        }
    }

    /// Every cut of small files.
    @Test(arguments: [
        "a,b\n1,2\n\n1,2,3\n4,5,6\n7,8,9\n", "a,b\r\n1,2\r\n3,4\r\n5,6\r\n7,8\r\n9", "\u{FEFF}Title\n\nsep=;\na;b\n1;2\n3;\u{FEFF}4\n",
        "a,b\n1,\"x\"y\n2,\"z\n3\",4\n5,6\r7\n8,9\"\n", "a,b\n\"1\n\n\n\",2\n\"3\n4\",\"5\n6\"\n", "a\r1\r2\r3\r",
        "a,b\n\"1,2\n3,4\n5,6\n7,8\n",
        "\n\n\n", "a,b\n", "", "a", "name,n\nx,12.50\ny,1.25\nz,3.00\nTotal,16.75\n", "k,v\né,1\nü,2\né,3\n",
    ])
    func everyCut(text: String) throws {
        let bytes = Array(text.utf8)
        var tally = PlannedCheck.Tally()
        for limit in [1 << 20, 6] {
            var options = CheckOptions()
            options.rowLimits.rowBytes = limit
            let check = try PlannedCheck(bytes, options: options)
            for first in stride(from: 0, through: bytes.count, by: isDebugBuild ? 3 : 1) {
                for second in stride(from: first, through: bytes.count, by: isDebugBuild ? 5 : 1) {
                    try check.expectWhole(cuts: [first, second].filter { $0 > 0 }, &tally, comment: "cut at \(first), \(second)")
                }
            }
        }
    }

    /// Members of BGZF of any length, also of none.
    @Test func packedFiles() throws {
        var tally = PlannedCheck.Tally()
        for seed in 0..<(isDebugBuild ? 20 : 400) {
            var generator = SeededGenerator(seed: seed)
            let text = seed % 2 == 0 ? generator.typedTable() : generator.nastyBytes(atMost: 400)
            let bytes = Array("id;name\n1;a\n".utf8) + text
            var (packed, rest, contents) = ([UInt8](), bytes[...], [Int]())
            while !rest.isEmpty {
                let content = rest.prefix(generator.below(seed % 3 == 0 ? 300 : 30))
                packed += BGZFMember(Array(content)).bytes
                rest = rest.dropFirst(content.count)
                contents.append(content.count)
            }
            if seed % 4 == 0 { packed += BGZFMember([]).bytes }
            var options = CheckOptions(delimiter: UInt8(ascii: ";"))
            if seed % 5 == 0 { options.rowLimits.rowBytes = 40 }
            if seed % 7 == 0 { options.headByteCount = 4 }
            let check = try PlannedCheck(
                bytes, options: options, packed: packed, rangeByteCount: [1, 50, 200, 10_000][seed % 4])
            try check.expectWhole(cuts: [], &tally, comment: "seed \(seed), members \(contents)")
        }
        #expect(tally.rangeCount > 60)
    }

    /// A file that differs in any byte from what was checked, or in its length, is not the one that was checked.
    @Test func everyOtherByteIsNoticed() throws {
        let bytes = Array("id,name\n1,\"a\nb\"\n2,c\n3,d\n".utf8)
        let checked = [0..<8, 8..<8, 8..<16, 16..<bytes.count].enumerated().map {
            CheckedBytes(range: $0.offset, bytes: $0.element, digest: Array(bytes[$0.element]))
        }
        func isChecked(_ bytes: [UInt8], encoding: TextEncoding = .utf8) throws -> Bool {
            let scratch = try ScratchFolder()
            let file = try InputFile.open(path: try scratch.write(bytes, to: "input.csv"), spoolsStream: false)
            return (try? ComparedFile(file, checked: checked, encoding: encoding, digest: WholeDigest())) != nil
        }
        #expect(try isChecked(bytes))
        #expect(try isChecked(bytes, encoding: .latin1))
        #expect(try !isChecked(bytes + [10]))
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 1
            #expect(try !isChecked(other), "byte \(index)")
            #expect(try !isChecked(other, encoding: .latin1), "byte \(index)")
            #expect(try !isChecked(Array(bytes[..<index])), "\(index) bytes")
        }
    }

    /// The lines of an export: how often ranges have to be judged again.
    @Test func hardlyAnyRangeIsJudgedAgain() throws {
        var tally = PlannedCheck.Tally()
        for seed in 0..<(isDebugBuild ? 4 : 60) {
            var generator = SeededGenerator(seed: seed)
            var text = "id,name,amount\n"
            for row in 0..<400 {
                let name = generator.once(in: 5) ? "\"Okoro, \(row)\nLtd\"" : generator.once(in: 9) ? "\"a \"\"b\"\" c\"" : "Weil"
                text += "\(row),\(name),\(generator.below(1_000)).50\n"
            }
            var options = CheckOptions()
            options.rowLimits.rowBytes = 4_000
            try PlannedCheck(Array(text.utf8), options: options).expectWhole(seed: seed, &tally, comment: "export")
        }
        #expect(tally.againCount * 20 <= tally.rangeCount, "\(tally.againCount) of \(tally.rangeCount)")
    }
}

extension PlannedRangeTests {
    /// However many keys there are, they are written a block at a time, and nothing else of a partial result grows with them.
    @Test(arguments: [1, CheckOptions.usualKeyMemory])
    func keysAreWrittenInBlocks(memory: Int) throws {
        var options = CheckOptions(profile: try Profile(yaml: "version: 1\ncolumns:\n  - {name: k, type: text}\nkeys: [[k]]\n"))
        options.keyMemory = memory
        let sizes = try [3_000, 30_000].map { count in
            let text = "k\n" + (0..<count).map { "key of the row with number \($0)\n" }.joined()
            return try PlannedCheck(Array(text.utf8), options: options).partialSizes()
        }
        // The rest has a sample of rows.
        #expect(sizes.allSatisfy { $0.state < 200_000 })
        #expect(sizes[1].blocks.reduce(0, +) > 1_000_000 && sizes[1].blocks.allSatisfy { $0 < 70_000 })
    }

    /// However many cells there are, they are written a block at a time, and wait in a file for it.
    @Test func cellsAreWrittenInBlocks() throws {
        let options = CheckOptions(profile: try Profile(yaml: "version: 1\ncolumns:\n  - {name: k, type: number}\n"))
        let text = "k\n" + (0..<100_000).map { "this is not the number \($0)\n" }.joined()
        let sizes = try PlannedCheck(Array(text.utf8), options: options).partialSizes()
        #expect(sizes.state < 200_000)
        #expect(sizes.blocks.reduce(0, +) > 2_000_000 && sizes.blocks.allSatisfy { $0 < 70_000 })
        var tally = PlannedCheck.Tally()
        try PlannedCheck(Array(text.utf8), options: options).expectWhole(cuts: [1_000_000], &tally, comment: "many cells")
    }

    /// A row that repeats a key of an earlier range is listed with the other cells of its row, and in their order.
    @Test func rowsThatRepeatKeysOfEarlierRanges() throws {
        let profile = try Profile(
            yaml: "version: 1\ncolumns:\n  - {name: a, type: text}\n  - {name: b, type: number}\nkeys: [[a], [b], [a, b]]\n")
        let lines = ["a,b", "x,1", "y,2", "x,q", "\"y\n\",2", "", "x,1", "\"y\n\",2", "z,1,9"]
        let check = try PlannedCheck(Array(lines.joined(separator: "\n").utf8), options: CheckOptions(profile: profile))
        let wanted = """
            line,row,column,value,code,reason,suggested
            4,3,"a","x",PF502,"Duplicate key",
            4,3,"b","q",PF401,"not a number",
            6,4,"b","2",PF502,"Duplicate key",
            7,,"","",PF206,"Blank line",
            8,5,"a","x",PF502,"Duplicate key",
            8,5,"a","x",PF502,"Duplicate key",
            8,5,"b","1",PF502,"Duplicate key",
            9,6,"a","y\\u{a}",PF502,"Duplicate key",
            9,6,"a","y\\u{a}",PF502,"Duplicate key",
            10,6,"b","2",PF502,"Duplicate key",
            11,7,"","",PF205,"Row has more fields than the header",

            """
        #expect(check.listedText.hasPrefix(wanted), "\(check.listedText)")
        var tally = PlannedCheck.Tally()
        let step = isDebugBuild ? 5 : 1
        for first in stride(from: 1, to: 45, by: step) {
            for second in stride(from: first, to: 45, by: step) {
                try check.expectWhole(cuts: [first, second], &tally, comment: "cut at \(first), \(second)")
            }
        }
    }

    /// Damaged cells are noticed, whatever they are.
    @Test func damagedCells() throws {
        let options = CheckOptions(profile: try Profile(yaml: "version: 1\ncolumns:\n  - {name: k, type: number}\n"))
        let check = try PlannedCheck(Array("k\na\nb\n1\n".utf8), options: options)
        #expect(try check.damage { $0 } == nil)
        #expect(try check.damage { $0.dropLast() } == "cells")
        #expect(try check.damage { _ in [] } == "cells")
        #expect(try check.damage { [[7]] + $0 } == "cells")
        #expect(try check.damage { [$0[0].dropLast()] + $0.dropFirst() } == "cells")
        // A row of the first range whose key is new.
        #expect(try check.damage { [[16, 4, 2, 2, 0]] + $0 } == "cells")
    }

    /// Damaged keys are noticed, whatever they are.
    @Test func damagedKeys() throws {
        var options = CheckOptions(profile: try Profile(yaml: "version: 1\ncolumns:\n  - {name: k, type: text}\nkeys: [[k]]\n"))
        options.keyMemory = 1
        let check = try PlannedCheck(Array("k\na\nb\na\n".utf8), options: options)
        #expect(try check.damage { $0 } == nil)
        // The last block ends the cells.
        #expect(try check.damage { $0.dropLast(2) } == "keys")
        #expect(try check.damage { _ in [] } == "keys")
        #expect(try check.damage { [[7]] + $0 } == "keys")
        #expect(try check.damage { [$0[0].dropLast()] + $0.dropFirst() } == "keys")
    }
}

/// A file, the report of one check of it, and its plan.
struct PlannedCheck {
    private let scratch: ScratchFolder
    private let file: InputFile
    private let plan: RangePlan
    private let options: CheckOptions
    private let report: Report
    /// The list of cells with findings, of one check.
    private let listed: [UInt8]
    private let bytes: [UInt8]

    var listedText: String { String(decoding: listed, as: UTF8.self) }

    private var byteCount: Int { bytes.count }

    /// How many ranges were judged, and how many again.
    struct Tally {
        var rangeCount = 0
        var againCount = 0
    }

    /// Whether it is made of members that are decompressed side by side, and cut there.
    private let isPacked: Bool
    private let stored: [UInt8]

    init(_ bytes: [UInt8], options: CheckOptions, packed: [UInt8]? = nil, rangeByteCount: Int? = nil) throws {
        scratch = try ScratchFolder()
        isPacked = packed != nil
        stored = packed ?? bytes
        let path = try scratch.write(packed ?? bytes, to: "input.csv")
        file = try InputFile.open(path: path, spoolsStream: false)
        self.bytes = bytes
        var (found, file) = (Report?.none, file)
        listed = try Self.list(in: scratch) { cells in
            let report = try CheckRun.check(file, options: options, splitter: nil, cells: cells)
            found = report
            return report
        }
        report = try #require(found)
        var options = options
        options.listsCells = true
        self.options = options
        plan = try RangePlan(file, rangeByteCount: rangeByteCount ?? max(1, bytes.count), options: options)
    }

    /// The list of the cells with findings of a file.
    private static func list(in scratch: ScratchFolder, _ work: (CellList) throws -> Report) throws -> [UInt8] {
        let path = scratch.path + "/cells.csv"
        let cells = try CellList(try OutputFile(path: FilePath(path), collision: .replace, inputs: []), namesFiles: false)
        cells.begin(path: "input.csv")
        cells.add(try work(cells))
        try cells.finish()
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Cuts at random places, into 1 to 40 ranges.
    func expectWhole(seed: Int, _ tally: inout Tally, comment: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        guard byteCount > 0 else { return try expectWhole(cuts: [], &tally, comment: comment, sourceLocation: sourceLocation) }
        var generator = SeededGenerator(seed: seed)
        let count = generator.below([2, 6, 40][seed % 3])
        let cuts = Set((0..<count).map { _ in generator.below(byteCount) }).subtracting([0]).sorted()
        try expectWhole(cuts: cuts, &tally, comment: "\(comment), seed \(seed), cuts \(cuts)", sourceLocation: sourceLocation)
    }

    func expectWhole(
        cuts: [Int], _ tally: inout Tally, comment: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let plan = plan.isOneRange || isPacked ? plan : plan.cut(at: cuts)
        // As another process reads it.
        var (writer, written) = (StateCoder(), plan)
        writer(&written)
        var (reader, read) = (StateCoder(reading: writer.bytes), RangePlan.blank)
        reader(&read)
        #expect(reader.isAtEnd, "damage: \(reader.damage ?? "none"), \(comment)", sourceLocation: sourceLocation)
        let planned = PlannedFile(read, options: options)
        var hasAllRows = true
        var found: Report?
        let text = try Self.list(in: scratch) { cells in
            let merged = try merged(planned, cells, &tally, &hasAllRows, comment: comment, sourceLocation: sourceLocation)
            found = merged
            return merged ?? report
        }
        guard let merged = found else { return }
        if let difference = firstDifference(merged.json, report.json) {
            Issue.record("\(difference) \(comment)", sourceLocation: sourceLocation)
        } else if merged != report {
            Issue.record("only the excerpts differ, \(comment)", sourceLocation: sourceLocation)
        }
        guard hasAllRows, text != listed else { return }
        Issue.record("\(String(decoding: text, as: UTF8.self)) instead of \(listedText), \(comment)", sourceLocation: sourceLocation)
    }

    /// - Parameter hasAllRows: afterwards whether it is known of all rows whether they repeat a key.
    private func merged(
        _ planned: PlannedFile, _ cells: CellList, _ tally: inout Tally, _ hasAllRows: inout Bool, comment: String,
        sourceLocation: SourceLocation
    ) throws -> Report? {
        let read = planned.plan
        var partials = try (0..<read.count).map { try partial($0, from: nil, planned) }
        var merge = PartialMerge(PlannedFile(read, options: options), cells: cells)
        tally.rangeCount += read.count
        while !merge.isComplete {
            let next = merge.next
            if next.range + 1 < partials.count, !merge.takes(partials[next.range].0), merge.skip(before: partials[next.range + 1].0) {
                continue
            }
            if !merge.takes(partials[next.range].0) {
                partials[next.range] = try partial(next.range, from: next.start, planned)
                tally.againCount += 1
            }
            guard merge.takes(partials[next.range].0) else {
                Issue.record("range \(next) does not fit, \(comment)", sourceLocation: sourceLocation)
                return nil
            }
            var coder = StateCoder(reading: partials[next.range].1)
            var head = RangePartial.blank
            head.codeHead(&coder)
            let damage = merge.add(head, &coder, KeptBlocks(partials[next.range].0.writeBlocks))
            #expect(damage == nil, "\(comment)", sourceLocation: sourceLocation)
            if damage != nil { return nil }
        }
        #expect(merge.checked.flatMap(\.digest) == (read.hasStoredDigest ? stored : bytes), "\(comment)", sourceLocation: sourceLocation)
        if report.isComplete {
            _ = try ComparedFile(file, checked: merge.checked, isStored: read.hasStoredDigest, encoding: .utf8, digest: WholeDigest())
        }
        hasAllRows = !merge.lacksPlaces
        var merged = merge.report(path: report.input.path)
        try DifferenceSearch.explain(&merged, of: file, options: options)
        return merged
    }

    /// The bytes of the state of the file as one range, and those of the blocks of its keys.
    func partialSizes() throws -> (state: Int, blocks: [Int]) {
        let planned = PlannedFile(plan, options: options)
        var (found, coder) = (try RangeRun.partial(of: file, planned, range: 0), StateCoder())
        found.write(&coder, planned)
        return (coder.bytes.count, KeptBlocks(found.writeBlocks).blocks.map(\.count))
    }

    /// What a merge says of the file as one range, with other blocks of keys.
    func damage(_ change: ([[UInt8]]) -> [[UInt8]]) throws -> String? {
        let planned = PlannedFile(plan, options: options)
        let (found, bytes) = try partial(0, from: nil, planned)
        var (coder, head) = (StateCoder(reading: bytes), RangePartial.blank)
        head.codeHead(&coder)
        var damage: String?
        _ = try Self.list(in: scratch) { cells in
            var merge = PartialMerge(planned, cells: cells)
            damage = merge.add(head, &coder, KeptBlocks { take in change(KeptBlocks(found.writeBlocks).blocks).forEach(take) })
            return report
        }
        return damage
    }

    /// A partial result: its head, and all of it as another process reads it.
    private func partial(_ range: Int, from start: Int?, _ planned: PlannedFile) throws -> (RangePartial, [UInt8]) {
        var found = try RangeRun.partial(of: file, planned, range: range, from: start, digest: WholeDigest())
        var coder = StateCoder()
        found.codeHead(&coder)
        found.write(&coder, planned)
        return (found, coder.bytes)
    }
}

/// The bytes themselves: shows which ones a digest is of.
struct WholeDigest: StreamDigest {
    private var bytes: [UInt8] = []

    mutating func update(_ bytes: Span<UInt8>) {
        for index in bytes.indices { self.bytes.append(bytes[index]) }
    }

    mutating func finalize() -> [UInt8] { bytes }
}
