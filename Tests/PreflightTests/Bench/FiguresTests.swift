import TestSupport
import Testing

@testable import ByteSources
@testable import Preflight
@testable import PreflightReports
@testable import SafeText

@Suite(.computing) struct FiguresTests {
    @Test(arguments: [
        (0, "0.000"), (0.0004, "0.000"), (0.0126, "0.013"), (0.99949, "0.999"), (0.9996, "1.00"), (1.2345, "1.23"), (9.996, "10.0"),
        (31.44, "31.4"), (99.96, "100"), (100.4, "100"), (12345.6, "12,346"), (.infinity, "-"), (.nan, "-"),
    ])
    func number(value: Double, text: String) {
        #expect(Figures.text(value) == text)
    }

    @Test(arguments: [
        (Duration.microseconds(12), "0.012 ms"), (.milliseconds(310), "310 ms"), (.milliseconds(1_000), "1.00 s"),
        (.milliseconds(12_500), "12.5 s"), (.milliseconds(59_960), "1 min 0 s"), (.seconds(125), "2 min 5 s"),
        (.seconds(12_480), "3 h 28 min"), (.seconds(3_600_000), "1,000 h 0 min"),
    ])
    func duration(value: Duration, text: String) {
        #expect(Figures.text(value) == text)
    }

    @Test(arguments: [
        ([5], [5, 5, 5]), ([3, 1, 2], [1, 2, 3]), ([4, 1, 2, 9], [1, 3, 9]), ([2, 2, 2, 100], [2, 2, 100]),
    ])
    func spread(seconds: [Int], expected: [Int]) {
        let spread = Spread(seconds.map { .seconds($0) })
        #expect([spread.min, spread.median, spread.max] == expected.map { .seconds($0) })
    }

    @Test func tableAligns() {
        var table = BenchTable(heading: ["stage", "ms", "x"])
        table.append(["read", "12,345", "1"])
        table.append(["judge, 2 threads", "7", "-"])
        #expect(
            table.lines == [
                "stage                 ms  x",
                "read              12,345  1",
                "judge, 2 threads       7  -",
            ])
    }

    static let stageCases: [(Compression, Int, Int?, [String])] = [
        (.none, 1, nil, ["judge"]),
        (.gzip, 2, nil, ["inflate", "judge", "judge, 2 threads"]),
        (.none, 6, 6, ["judge", "judge, 2 threads", "judge, 4 threads", "judge, 6 threads", "judge + digest, 6 threads"]),
        (.none, 8, 1, ["judge", "judge, 2 threads", "judge, 4 threads", "judge, 8 threads", "judge + digest"]),
    ]

    @Test(arguments: stageCases)
    func stages(compression: Compression, threadLimit: Int, pushThreadCount: Int?, titles: [String]) {
        let stages = BenchStage.all(compression: compression, threadLimit: threadLimit, pushThreadCount: pushThreadCount)
        #expect(stages.map(\.title).filter { $0 != "read" && $0 != "scan + UTF-8" } == titles)
        #expect(stages.first == .read)
    }
}
