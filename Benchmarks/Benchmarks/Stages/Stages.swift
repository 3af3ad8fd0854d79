import Benchmark
import CSVTokenizer
import Generators
import ImportProfiles
import Preflight

/// Each stage of a check on data in memory: the structure alone, then everything with a profile and without.
let benchmarks: @Sendable () -> Void = {
    let rate = BenchmarkMetric.custom("MB/s", polarity: .prefersLarger, useScalingFactor: false)
    let configuration = Benchmark.Configuration(
        metrics: [rate, .wallClock, .peakMemoryResident], warmupIterations: 1, maxDuration: .seconds(3), maxIterations: 50)

    for sample in [Sample(.narrow), Sample(.wide), Sample(.quoted)] {
        for stage in Stage.allCases {
            Benchmark("\(sample.shape.rawValue): \(stage.rawValue)", configuration: configuration) { benchmark in
                let took = ContinuousClock().measure { blackHole(stage.rowCount(of: sample)) }
                benchmark.measurement(rate, Int(Double(sample.bytes.count) / (took / .microseconds(1))))
            }
        }
    }
}

/// What is measured. Each counts rows, so that nothing can be left out.
enum Stage: String, CaseIterable {
    case structure
    case checkWithProfile = "check with profile"
    case checkWithoutProfile = "check without profile"

    func rowCount(of sample: Sample) -> Int {
        switch self {
        case .structure: Self.structure(of: sample.bytes)
        case .checkWithProfile: Self.check(sample.bytes, profile: sample.profile)
        case .checkWithoutProfile: Self.check(sample.bytes, profile: nil)
        }
    }

    private static let chunkByteCount = 512 << 10

    private static func structure(of bytes: [UInt8]) -> Int {
        bytes.withUnsafeBytes { bytes in
            var tokenizer = Tokenizer(dialect: Dialect())
            var batch = RowBatch()
            var rowCount = 0
            var rest = bytes[...]
            while !rest.isEmpty {
                let chunk = UnsafeRawBufferPointer(rebasing: rest.prefix(chunkByteCount))
                rest = rest.dropFirst(chunk.count)
                tokenizer.tokenize(into: &batch, byteCount: chunk.count) {
                    $0.copyMemory(from: chunk)
                    return chunk.count
                }
                rowCount += batch.rowCount
            }
            tokenizer.finish(&batch)
            return rowCount + batch.rowCount
        }
    }

    private static func check(_ bytes: [UInt8], profile: Profile?) -> Int {
        var run = CheckRun(options: CheckOptions(profile: profile))
        bytes.withUnsafeBytes { run.feed($0) }
        return run.finish(path: "sample.csv").totals.rows
    }
}

/// A generated file in memory with its profile.
struct Sample: Sendable {
    /// More than the processor's caches hold.
    private static let byteCount = 64 << 20

    let shape: Shape
    let bytes: [UInt8]
    let profile: Profile

    init(_ shape: Shape) {
        let (bytes, truth) = Generation(shape: shape, limit: .bytes(Self.byteCount)).bytes()
        guard let profile = try? Profile(yaml: truth.profile) else { preconditionFailure("a generated profile is a profile") }
        self.shape = shape
        self.bytes = bytes
        self.profile = profile
    }
}
