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
