import ImportProfiles
import SafeText
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import Preflight

/// Where findings are is counted exactly, in whatever order and in whatever parts a file is read.
@Suite(.computing) struct PositionMapTests {
    private struct Entry {
        var kind: FindingKind
        var severity: Severity
        var offset: Int
        var row: Int
        var line: Int
    }

    private static let kinds: [(FindingKind, Severity)] = [
        (.tooFewFields, .error), (.notANumber, .error), (.blankLine, .warning), (.notANumber, .note),
    ]

    /// What the map should be, counted one by one.
    private static func expected(_ entries: [Entry], byteCount: Int) -> [String] {
        var width = 1
        while width * 1_024 < byteCount { width *= 2 }
        return kinds.flatMap { kind, severity -> [String] in
            let own = Dictionary(grouping: entries.filter { $0.kind == kind && $0.severity == severity }) { $0.offset / width }
            return own.sorted { $0.key < $1.key }.map { cell, entries in
                let (rows, lines) = (entries.map(\.row), entries.map(\.line))
                return "\(kind.code) \(severity) \(cell): \(entries.count) \(rows.min()!)-\(rows.max()!) \(lines.min()!)-\(lines.max()!)"
            }
        }.sorted()
    }

    private static func shown(_ map: PositionMap) -> [String] {
        map.lanes.flatMap { lane in
            lane.cells.enumerated().filter { $0.element.count > 0 }.map { index, cell in
                "\(lane.kind.code) \(lane.severity) \(index): \(cell.count) \(cell.rows!.lowerBound)-\(cell.rows!.upperBound) "
                    + "\(cell.lines.lowerBound)-\(cell.lines.upperBound)"
            }
        }.sorted()
    }

    @Test(arguments: 0..<8) func partsMakeTheWhole(shard: Int) {
        for seed in 0..<(isDebugBuild ? 20 : 300) {
            var random = SeededGenerator(seed: seed * 8 + shard)
            let length = [1, 900, 1_024, 1_025, 5_000, 3_000_000, 1 << 41][random.below(7)]
            var entries: [Entry] = []
            for number in 0..<random.below(200) {
                let (kind, severity) = random.element(of: Self.kinds)
                entries.append(Entry(kind: kind, severity: severity, offset: random.below(length), row: number + 1, line: number + 2))
            }
            let byteCount = length + random.below(length)
            let wanted = Self.expected(entries, byteCount: byteCount)
            // In any order.
            var map = PositionMap()
            for entry in entries.shuffled(using: &random) {
                map.record(entry.kind, entry.severity, at: entry.offset, row: entry.row, line: entry.line)
            }
            #expect(Self.shown(map.fitted(to: byteCount)) == wanted, "seed \(seed)")
            #expect(map.lanes.allSatisfy { $0.cells.count <= PositionMap.mostCells })
            // In parts, each of which counts its rows and lines from its own beginning; merged from the left or from the right.
            let cuts = [0] + (0..<random.below(5)).map { _ in random.below(entries.count + 1) }.sorted() + [entries.count]
            var parts = zip(cuts, cuts.dropFirst()).map { from, to in
                var part = (map: PositionMap(), rows: to - from)
                for entry in entries[from..<to] {
                    part.map.record(entry.kind, entry.severity, at: entry.offset, row: entry.row - from, line: entry.line - from)
                }
                return part
            }
            while parts.count > 1 {
                let place = random.below(parts.count - 1)
                let later = parts.remove(at: place + 1)
                parts[place].map.merge(later.map, at: Joint(rows: parts[place].rows, lines: parts[place].rows))
                parts[place].rows += later.rows
            }
            #expect(Self.shown(parts[0].map.fitted(to: byteCount)) == wanted, "seed \(seed)")
            #expect(parts[0].map == map, "seed \(seed)")
        }
    }

    /// Every row with a finding is counted at the byte where it begins, however few examples are kept.
    @Test(arguments: 0..<10) func generatedFiles(shard: Int) throws {
        let folder = try ScratchFolder()
        let profile = try Profile(yaml: SplitCase.profile)
        for seed in (shard * 10)..<(shard * 10 + (isDebugBuild ? 3 : 10)) {
            var random = SeededGenerator(seed: seed + 3_000_000)
            let made = SplitCase(seed: seed)
            let path = try folder.write(made.bytes, to: "in.csv")
            var options = CheckOptions(profile: profile, samples: random.below(3))
            (options.chunkByteCount, options.threadCount) = ([7, 100, 512 << 10][random.below(3)], random.below(3) + 1)
            options.headByteCount = [16, 1 << 20][random.below(2)]
            options.mapsPositions = true
            let report = try CheckRun.check(try InputFile.open(path: path, spoolsStream: false), options: options)
            var all = options
            (all.samples, all.mapsPositions) = (100_000, false)
            let full = try CheckRun.check(try InputFile.open(path: path, spoolsStream: false), options: all)
            // Where the rows begin is known from how they were made.
            var (offset, line) = (made.mark.count + made.header.count, 2)
            var places: [Int: (offset: Int, line: Int)] = [0: (made.mark.count, 1)]
            var blank: [(offset: Int, line: Int)] = []
            for row in made.rows {
                if row.kind == .blank { blank.append((offset, line)) } else { places[places.count] = (offset, line) }
                offset += row.text.count
                line += row.text.count { $0 == UInt8(ascii: "\n") }
            }
            var width = 1
            while width * 1_024 < made.bytes.count { width *= 2 }
            var wanted = Set(blank.map { "PF206 \($0.offset / width) lines \($0.line)" })
            for finding in full.findings where finding.kind != .blankLine {
                for row in Set(finding.examples.compactMap(\.place.row)) {
                    let place = try #require(places[row])
                    wanted.insert("\(finding.code) \(place.offset / width) lines \(place.line)")
                }
            }
            var map = try #require(report.positions)
            // About the end of the file, and about no row.
            map = map.reported { $0.kind == .noLastLineEnd ? nil : $0.severity }
            let found = map.lanes.flatMap { lane in
                lane.cells.enumerated().filter { $0.element.count > 0 }.flatMap { index, cell in
                    Set([cell.lines.lowerBound, cell.lines.upperBound]).map { "\(lane.kind.code) \(index) lines \($0)" }
                }
            }
            #expect(Set(found).isSubset(of: wanted), "seed \(seed)")
            for lane in map.lanes where lane.kind != .blankLine {
                let rows = Set(full.findings.filter { $0.kind == lane.kind }.flatMap { $0.examples.compactMap(\.place.row) })
                #expect(lane.count == rows.count, "seed \(seed), \(lane.kind.code)")
            }
            #expect(map.lanes.first { $0.kind == .blankLine }?.count ?? 0 == blank.count)
            #expect(
                Set(map.lanes.map(\.kind.code))
                    == Set(full.findings.filter { !$0.examples.isEmpty && $0.kind.showsPlaces && $0.kind != .noLastLineEnd }.map(\.code)),
                "seed \(seed)")
        }
    }

    /// Without a profile it is known only at the end which values are unlike their column: their rows are found by number.
    @Test(arguments: [1, 3, 50, 2_000], [false, true]) func rowsKnownAtTheEnd(step: Int, hasLongRows: Bool) throws {
        let count = isDebugBuild ? 2_000 : 20_000
        var (text, wanted): (String, [Int: (count: Int, first: Int, last: Int)]) = ("id,amount\n", [:])
        var offsets: [Int] = []
        for row in 1...count {
            offsets.append(text.utf8.count)
            let isOdd = step == 1 ? row > count - 100 : row % step == 0
            text += "\(hasLongRows && row % 7 == 0 ? "\"a\nb\"" : "a"),\(isOdd ? "n/k" : "12.50")\n"
        }
        var width = 1
        while width * 1_024 < text.utf8.count { width *= 2 }
        for (index, offset) in offsets.enumerated() {
            let row = index + 1
            guard step == 1 ? row > count - 100 : row % step == 0 else { continue }
            let known = wanted[offset / width] ?? (0, row, row)
            wanted[offset / width] = (known.count + 1, known.first, row)
        }
        var options = CheckOptions(samples: 1)
        options.mapsPositions = true
        for size in [100, 5_000, 512 << 10] {
            let map = try #require(report(on: Array(text.utf8), options: options, chunkByteCount: size).positions)
            // A third of the column is odd: it has no type then.
            guard let lane = map.lanes.first(where: { $0.kind.code == "PF420" }) else {
                #expect(step == 3)
                continue
            }
            #expect(lane.unplaced == 0 && lane.count == wanted.values.reduce(0) { $0 + $1.count })
            for (cell, found) in lane.cells.enumerated() {
                #expect(found.count == wanted[cell]?.count ?? 0, "cell \(cell)")
                guard let own = wanted[cell] else { continue }
                #expect(found.rows == own.first...own.last)
                // Each row before it has a line, and every seventh two.
                func line(_ row: Int) -> Int { row + 1 + (hasLongRows ? (row - 1) / 7 : 0) }
                #expect(found.lines.lowerBound <= line(own.first) && found.lines.upperBound >= line(own.last))
                if !hasLongRows { #expect(found.lines == line(own.first)...line(own.last)) }
            }
        }
    }

    /// The same map for every size of chunks, and from ranges.
    @Test(arguments: [false, true]) func everyWay(hasProfile: Bool) throws {
        let row = "k,12.50,2026-01-02\n"
        var text = "id,amount,day\n" + String(repeating: row, count: 90)
        text += "k,x,2026-01-02\n\nk\n" + String(repeating: row, count: 40) + "k,\"a\nb\",2026-13-02\nk,1,2,3\n,,\nid,amount,day\n" + row
        var options = CheckOptions(samples: 1)
        options.mapsPositions = true
        if hasProfile {
            options.profile = try Profile(
                yaml: "version: 1\ncolumns: [{name: id, type: text}, {name: amount, type: number}, {name: day, type: date}]")
        }
        let report = steadyReport(on: Array(text.utf8), options: options)
        let map = try #require(report.positions)
        let lanes = Dictionary(uniqueKeysWithValues: map.lanes.map { ($0.kind.code, $0.whole) })
        #expect(lanes["PF204"]?.count == 1 && lanes["PF204"]?.lines == 94...94 && lanes["PF204"]?.rows == 92...92)
        #expect(lanes["PF206"]?.count == 1 && lanes["PF206"]?.lines == 93...93 && lanes["PF206"]?.rows == nil)
        #expect(lanes["PF205"]?.lines == 137...137)
        if hasProfile { #expect(lanes["PF401"]?.rows == 91...136 && lanes["PF401"]?.count == 3) }
    }

    /// Nothing is recorded unless it is asked for, and the report is the same otherwise.
    @Test func onlyWhereItIsAskedFor() {
        var options = CheckOptions(samples: 2)
        let text = "a,b\n1\n\n2,x\n"
        let usual = report(on: text, options: options)
        options.mapsPositions = true
        var mapped = report(on: text, options: options)
        #expect(usual.positions == nil && mapped.positions != nil)
        mapped.positions = nil
        #expect(mapped == usual)
    }

    @Test(arguments: [
        ("a,b\n1,2\n", LineAccount(total: 2, header: 1)), ("a,\"b\nc\"\n1,2\n\n\n3,\"4\n5\"", LineAccount(total: 7, header: 2, blank: 2)),
        ("sep=;\na;b\n1;2\n", LineAccount(total: 3, header: 1, passedOver: 1)), ("a,b", LineAccount(total: 1, header: 1)),
    ])
    func everyLineIsAccountedFor(text: String, lines: LineAccount) {
        let report: Report = steadyReport(on: Array(text.utf8))
        #expect(report.lineAccount == lines)
    }
}
