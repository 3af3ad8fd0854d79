import CSVTokenizer
import Foundation
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// What is counted of the values of columns is what a simple reading of all of them says, whatever looks at them and in what order.
@Suite(.computing) struct ColumnCounterTests {
    /// A column: what it is, and how a value of it is made.
    private static let columns: [(name: String, value: @Sendable (inout SeededGenerator) -> String)] = [
        ("few", { $0.element(of: ["a", "b", "", "7", "7.5"]) }),
        ("points", { number(&$0, ".") }),
        ("commas", { $0.once(in: 40) ? "" : number(&$0, ",") }),
        (
            "both",
            { random in
                let isPoint = random.once(in: 2)
                return number(&random, isPoint ? "." : ",")
            }
        ),
        ("whole", { ($0.once(in: 9) ? "-" : "") + String($0.below(1 << 20)) }),
        ("eight", { String(10_000_000 + $0.below(90_000_000)) }),
        (
            "days",
            { random in
                let day = random.below(9_000)
                return "\(1990 + day / 365)-\(two(1 + day / 31 % 12))-\(two(1 + day % 28))"
            }
        ),
        ("compact", { random in "\(1990 + random.below(30))\(two(1 + random.below(12)))\(two(1 + random.below(28)))" }),
        ("aroundDays", { "\(18_000 + $0.below(4_000)).\(10 + $0.below(90))" }),
        ("numbersAndWords", { $0.once(in: 30) ? $0.element(of: ["n/a", "1.2.3", "+5", "12e3", " 4"]) : number(&$0, ".") }),
        ("codes", { "X\($0.below(100_000))" }),
        ("long", { String($0.below(1 << 28)) + String(1_000_000 + $0.below(8_000_000)) }),
    ]

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func number(_ random: inout SeededGenerator, _ separator: String) -> String {
        let whole = random.below([10, 1_000, 100_000, 1 << 30][random.below(4)])
        let fraction = random.once(in: 4) ? "" : separator + String(random.below([10, 1_000, 1_000_000][random.below(3)]))
        return (random.once(in: 4) ? "-" : random.once(in: 30) ? "00" : "") + String(whole) + fraction
    }

    private struct Way: CustomStringConvertible {
        var kernel: Kernel
        var threads: Int
        var bytes: Int
        var description: String { "\(kernel), \(threads) threads, \(bytes) bytes" }
    }

    private static func values(of path: String, _ way: Way) throws -> [ColumnValues] {
        var options = CheckOptions(delimiter: UInt8(ascii: ";"), chunkByteCount: way.bytes)
        (options.kernel, options.threadCount, options.countsValues, options.headByteCount) = (way.kernel, way.threads, true, 4)
        return try CheckRun.check(try InputFile.open(path: path, spoolsStream: false), options: options).values
    }

    @Test(arguments: 0..<6) func equalsASimpleReading(_ seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let rowCount = isDebugBuild ? 6_000 : 20_000
        var cells: [[String]] = Self.columns.map { _ in [] }
        var text = Self.columns.map(\.name).joined(separator: ";") + "\n"
        for row in 0..<rowCount {
            let values = Self.columns.map { $0.value(&random) }
            let isQuoted = seed == 1 || random.once(in: 50)
            text += values.map { isQuoted ? "\"\($0)\"" : $0 }.joined(separator: ";") + (seed == 2 ? "\r\n" : "\n")
            for index in cells.indices { cells[index].append(values[index]) }
            if seed == 3, row % 700 == 0 { text += "too;few\n" }
        }
        let folder = try ScratchFolder()
        let path = try folder.write(Array(text.utf8), to: "values.csv")
        let usual = try Self.values(of: path, Way(kernel: .best, threads: 1, bytes: 512 << 10))
        for (column, found) in zip(Self.columns.indices, usual) {
            let name = Self.columns[column].name
            #expect(found == Self.reference(cells[column], columnCount: cells.count), "\(name), seed \(seed)")
            #expect((found.summary == nil && found.values == nil) == (name == "codes"), "\(name), seed \(seed)")
        }
        for way in Kernel.allCases.filter(\.isAvailable).flatMap({ kernel in
            [(1, 700), (2, 4_096), (3, 60_000)].map { Way(kernel: kernel, threads: $0.0, bytes: $0.1) }
        }) {
            let other = try Self.values(of: path, way)
            for (column, pair) in zip(usual, other).enumerated() where pair.0 != pair.1 {
                Issue.record("\(Self.columns[column].name): \(way), seed \(seed)")
            }
        }
    }

    private static func reference(_ cells: [String], columnCount: Int) -> ColumnValues {
        let limits = ColumnCounter.Limits(columnCount: columnCount)
        var counts: [String: Int] = [:]
        for cell in cells where !cell.isEmpty { counts[cell, default: 0] += 1 }
        func listed(_ counts: [String: Int]) -> [ColumnValues.Value] {
            counts.map { ColumnValues.Value(text: Array($0.key.utf8), count: $0.value) }.sorted {
                $0.text.lexicographicallyPrecedes($1.text)
            }
        }
        let bytes = counts.keys.reduce(0) { $0 + $1.utf8.count }
        if counts.count <= limits.values, bytes <= limits.bytes { return ColumnValues(values: listed(counts), limit: limits.values) }
        var kinds = [ValueSummary.Numbers(), ValueSummary.Numbers(), ValueSummary.Numbers()]
        var bounds: [[Int: (least: Int, most: Int)]] = [[:], [:], [:]]
        var others: [String: Int] = [:]
        for (text, count) in counts {
            let parts = text.split(separator: /[.,]/, omittingEmptySubsequences: false)
            let digits = parts.joined(separator: "").drop { $0 == "-" }
            let isPlain =
                text.wholeMatch(of: /-?[0-9]+([.,][0-9]+)?/) != nil && digits.count + parts.count - 1 <= 16
                && text.wholeMatch(of: /(19|20)[0-9]{6}/) == nil
            guard isPlain, let units = Int(digits) else {
                others[text] = count
                continue
            }
            let kind = text.contains(".") ? 1 : text.contains(",") ? 2 : 0
            let scale = parts.count == 2 ? parts[1].count : 0
            let signed = text.hasPrefix("-") ? -units : units
            kinds[kind].count += count
            let known = bounds[kind][scale]
            bounds[kind][scale] = (min(known?.least ?? signed, signed), max(known?.most ?? signed, signed))
        }
        for kind in kinds.indices {
            kinds[kind].bounds = bounds[kind].sorted { $0.key < $1.key }.flatMap { scale, range in
                [range.least, range.most].map { ExactDecimal(units: Int128($0), scale: scale) }
            }
        }
        let days = others.filter { !FormatSet.formats(text: Array($0.key.utf8)).isDisjoint(with: .dates) }.count
        if days > limits.days || others.count - days > limits.values { return ColumnValues(values: nil, limit: limits.values) }
        return ColumnValues(
            values: nil, limit: limits.values,
            summary: ValueSummary(whole: kinds[0], points: kinds[1], commas: kinds[2], others: listed(others)))
    }
}
