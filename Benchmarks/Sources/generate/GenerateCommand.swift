public import ArgumentParser
public import Generators

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `generate SHAPE…`
@main
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Write generated CSV files, each with its profile and what is known of it.",
        discussion: """
            For each shape: SHAPE.csv, SHAPE.yaml (the profile) and SHAPE.json (rows, columns, bytes, schema, faults). \
            The same seed gives the same bytes; a smaller file is the beginning of a larger one.
            """)

    @Argument(help: "narrow, wide, quoted, unicode, european, dirty.")
    var shapes: [Shape]

    @Option(help: "Size of each file: 1GB, 500MB, 64KB or bytes (powers of ten).")
    var size: ByteSize?

    @Option(help: "Data rows of each file, instead of a size.")
    var rows: Int?

    @Option(help: "Where the sequence of random numbers begins.")
    var seed: UInt64 = 1

    @Option(help: "Folder to write into; it must exist.")
    var out = "."

    @Option(help: "Name of the files, where there is one shape.")
    var name: String?

    @Option(help: "dirty: share of the rows that are faulty, from 0 to 1.")
    var faultRate = 0.01

    @Flag(help: "dirty: each row has one bad value in Amount, and nothing else is wrong.")
    var everyRowWrong = false

    func validate() throws {
        guard (size == nil) != (rows == nil) else { throw ValidationError("Give either --size or --rows.") }
        guard rows ?? 0 >= 0 else { throw ValidationError("--rows must not be negative.") }
        guard (0...1).contains(faultRate) else { throw ValidationError("--fault-rate lies between 0 and 1.") }
        guard name == nil || shapes.count == 1 else { throw ValidationError("--name is for one shape.") }
        guard !everyRowWrong || shapes == [.dirty] else { throw ValidationError("--every-row-wrong is for the dirty shape.") }
    }

    func run() throws {
        for shape in shapes {
            var generation = Generation(shape: shape, limit: size.map { .bytes($0.count) } ?? .rows(rows ?? 0), seed: seed)
            generation.faultShare = faultRate
            generation.isEveryRowWrong = everyRowWrong
            let base = "\(out)/\(name ?? shape.rawValue)"
            let truth = try write(base + ".csv") { descriptor throws(OutputError) in
                var output = ByteOutput(descriptor: descriptor)
                return try generation.write(to: &output)
            }
            try write(truth.profile, to: base + ".yaml")
            try write(truth.json, to: base + ".json")
            print("\(base).csv: \(truth.byteCount) bytes, \(truth.rowCount) rows")
        }
    }

    /// Creates a file, or replaces it.
    private func write<Result>(_ path: String, _ body: (Int32) throws(OutputError) -> Result) throws -> Result {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { throw ValidationError("\(path): \(String(cString: strerror(errno)))") }
        do throws(OutputError) {
            let result = try body(descriptor)
            guard close(descriptor) == 0 else { throw OutputError(number: errno) }
            return result
        } catch {
            throw ValidationError("\(path): \(String(cString: strerror(error.number)))")
        }
    }

    private func write(_ text: String, to path: String) throws {
        try write(path) { descriptor throws(OutputError) in
            var output = ByteOutput(descriptor: descriptor)
            try output.write(text)
            try output.flush()
        }
    }
}

extension Shape: ExpressibleByArgument {}
