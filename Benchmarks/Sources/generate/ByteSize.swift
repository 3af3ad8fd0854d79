import ArgumentParser

/// A size as people write it: `500MB`, `64KB`, `1GB`, `4711`. Powers of ten.
struct ByteSize: ExpressibleByArgument {
    let count: Int

    init?(argument: String) {
        let text = argument.uppercased()
        let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000), ("B", 1), ("", 1)]
        guard let (unit, factor) = units.first(where: { text.hasSuffix($0.0) }),
            let number = Int(text.dropLast(unit.count)), number >= 0
        else { return nil }
        let (count, overflow) = number.multipliedReportingOverflow(by: factor)
        guard !overflow else { return nil }
        self.count = count
    }
}
