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
        // Rows and lines whose numbers add up to more than any file has.
        for distances in [(Int.max, 1), (1, Int.max), (1 << 60, 1 << 60)] {
            var coder = StateCoder()
            for var distance in [distances, distances] {
                var (parts, code) = (UInt8(1), 402)
                coder(&parts)
                coder(&code)
                coder(&distance.0)
                coder(&distance.1)
            }
            #expect(try check.damage { [coder.bytes] + $0 } == "cells", "\(distances)")
        }
    }

    /// Rows whose numbers add up to more than any file has are damage.
    @Test(arguments: [[Int.max], [1 << 60, 1], [1 << 60, Int.max], [0], [-1]])
    func rowsOfNoFile(distances: [Int]) throws {
        var coder = StateCoder()
        for var distance in distances { coder(&distance) }
        var (rows, places) = (RepeatedRows(), [KeyPlace]())
        let blocks = KeptBlocks { take in
            take(coder.bytes)
            take([])
        }
        let isRead = try rows.merge(blocks, at: Joint(rows: 0, lines: 0), &places)
        #expect(!isRead)
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
