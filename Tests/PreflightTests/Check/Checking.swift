import CSVTokenizer
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText
@testable import ValueFormats

/// Sizes of pieces in which nothing may differ; `nil` is the default.
let chunkSizes: [Int?] = [1, 2, 3, 7, 64, 4096, nil]

extension CheckOptions {
    /// Options with a delimiter or a quote that the test chooses.
    init(
        profile: Profile? = nil, delimiter: UInt8?, quote: UInt8? = nil, hasHeader: Bool? = nil, samples: Int = 3,
        chunkByteCount: Int = usualChunkByteCount
    ) {
        guard let dialect = DialectOverrides(delimiter: delimiter, quote: quote) else { preconditionFailure("not a dialect") }
        self.init(profile: profile, dialect: dialect, hasHeader: hasHeader, samples: samples, chunkByteCount: chunkByteCount)
    }
}

/// The report on bytes in memory, fed and judged in pieces of one size.
func report(
    on bytes: [UInt8], options: CheckOptions = CheckOptions(), chunkByteCount: Int? = nil, limits: RowBatch.Limits = RowBatch.Limits(),
    damage: GzipDamage? = nil
) -> Report {
    var options = options
    if let chunkByteCount { options.chunkByteCount = chunkByteCount }
    options.rowLimits = limits
    var run = CheckRun(options: options)
    var rest = bytes.span
    while !rest.isEmpty {
        run.feed(rest.extracting(first: options.chunkByteCount))
        rest = rest.extracting(droppingFirst: options.chunkByteCount)
    }
    return run.finish(path: "input.csv", damage: damage)
}

func report(on text: String, options: CheckOptions = CheckOptions(), chunkByteCount: Int? = nil) -> Report {
    report(on: Array(text.utf8), options: options, chunkByteCount: chunkByteCount)
}

/// The report, after it was made for every chunk size, and from the merged states of ranges, and found the same, and its JSON to the byte.
///
/// A debug build takes every other one of many sizes; the length of the input decides which, so that each size meets many inputs.
func steadyReport(
    on bytes: [UInt8], options: CheckOptions = CheckOptions(), limits: RowBatch.Limits = RowBatch.Limits(), sizes: [Int?] = chunkSizes,
    comment: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) -> Report {
    let usual = report(on: bytes, options: options, limits: limits)
    let json = usual.json
    let sizes = isDebugBuild && sizes.count > 3 ? stride(from: bytes.count % 2, to: sizes.count, by: 2).map { sizes[$0] } : sizes
    for size in sizes {
        let other = report(on: bytes, options: options, chunkByteCount: size, limits: limits)
        // The report knows more than its JSON, for instance the excerpts; equal reports have equal JSON, and one of them is written out.
        if other == usual, size != sizes[bytes.count % sizes.count] || other.json == json { continue }
        let difference = firstDifference(other.json, json) ?? "only the excerpts differ"
        Issue.record("chunks of \(size.map(String.init) ?? "usual size"): \(difference) \(comment())", sourceLocation: sourceLocation)
    }
    expectMergedIsWhole(bytes, options: options, limits: limits, seed: bytes.count, comment: comment(), sourceLocation: sourceLocation)
    return usual
}

/// Where two texts begin to differ, with some text around it.
func firstDifference(_ text: String, _ expected: String) -> String? {
    let (bytes, others) = (Array(text.utf8), Array(expected.utf8))
    guard bytes != others else { return nil }
    let place = zip(bytes, others).prefix { $0 == $1 }.count
    func around(_ bytes: [UInt8]) -> String {
        String(decoding: bytes[max(0, place - 150)..<min(bytes.count, place + 50)], as: UTF8.self)
    }
    return "at byte \(place): …\(around(bytes))…\nexpected …\(around(others))…"
}

extension Report {
    var json: String {
        JSONReport.document(self, exit: ExitSummary(status: 0, reason: "done")).text(isPretty: false)
    }

    /// One line for each finding: `CODE severity count @row:column:byteOffset …`.
    var lines: [String] {
        findings.map { finding in
            let places = finding.examples.map { " " + $0.place.text }.joined()
            return "\(finding.code) \(finding.severity.rawValue) \(finding.count)\(places)"
        }
    }

    /// Each example of each finding: `CODE@row:column`.
    var places: [String] {
        findings.flatMap { finding in
            finding.examples.map { finding.code + $0.place.text.split(separator: ":").prefix(2).joined(separator: ":") }
        }
    }
}

extension Place {
    /// `@row:column:byteOffset`, with `-` for what there is not.
    var text: String {
        "@\(row.map(String.init) ?? "-"):\(column.map(String.init) ?? "-"):\(byteOffset)"
    }
}
