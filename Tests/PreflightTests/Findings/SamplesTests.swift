import Foundation
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText

/// `Samples/` is documentation and test at once: each input has the expected findings, in pieces of any size.
@Suite(.computing) struct SamplesTests {
    @Test(arguments: SampleFolder.all)
    func findings(folder: SampleFolder) throws {
        let input = try folder.input()
        let options = try folder.options()
        let usual = try Self.report(on: input, folder, options, chunkByteCount: nil)
        if ProcessInfo.processInfo.environment["RECORD_SAMPLES"] == "1" {
            let expected = Self.text(of: usual, hasProfile: options.profile != nil)
            if (try? folder.text("expected.txt")) != expected {
                try expected.write(to: folder.url("expected.txt"), atomically: true, encoding: .utf8)
                Issue.record("recorded \(folder.name)/expected.txt")
            }
        }
        #expect(try Self.text(of: usual, hasProfile: options.profile != nil) == folder.text("expected.txt"))
        if let code = folder.codeText {
            #expect(usual.findings.contains { $0.code == code }, "the sample shows another fault")
        }
        // In a debug build every other size; the next folder may have the others.
        let parity = folder.name.utf8.count % 2
        for (index, size) in chunkSizes.enumerated() where !isDebugBuild || index % 2 == parity {
            let report = try Self.report(on: input, folder, options, chunkByteCount: size)
            if report != usual || report.json != usual.json {
                Issue.record("chunks of \(size ?? 0): \(firstDifference(report.json, usual.json) ?? "only the excerpts differ")")
            }
        }
    }

    /// `RECORD_PAGES=1` writes the pages anew and fails, so that a recording run is never taken for a test.
    @Test(arguments: FindingKind.all)
    func page(kind: FindingKind) throws {
        let folder = SampleFolder(name: "\(kind.code)-\(kind.slug)")
        let page = ExplainPage.text(for: kind)
        if ProcessInfo.processInfo.environment["RECORD_PAGES"] == "1" {
            try page.write(to: folder.url("page.md"), atomically: true, encoding: .utf8)
            Issue.record("recorded \(folder.name)/page.md")
        }
        #expect(try folder.text("page.md") == page)
    }

    @Test func everyCodeHasItsFolderAndEveryFolderItsCode() {
        let expected = FindingKind.all.map { "\($0.code)-\($0.slug)" }
        #expect(SampleFolder.all.map(\.name).sorted() == (expected + SampleFolder.exports).sorted())
    }

    /// Reads the input as a file would be: decompressed if it is gzip, in pieces of one size.
    private static func report(
        on input: [UInt8], _ folder: SampleFolder, _ options: CheckOptions, chunkByteCount: Int?
    ) throws -> Report {
        var options = options
        if let chunkByteCount { options.chunkByteCount = chunkByteCount }
        var source = try ContentSource(BytesSource(input))
        var run = CheckRun(options: options)
        var damage: GzipDamage?
        var byteCount = 0
        var buffer = [UInt8](repeating: 0, count: options.chunkByteCount)
        do throws(SourceError) {
            while damage == nil, case let count = try source.read(into: &buffer, from: 0), count > 0 {
                let allowed = source.compression == .gzip ? min(count, (options.maxContentBytes ?? .max) - byteCount) : count
                byteCount += allowed
                if allowed < count { damage = .tooLong(after: byteCount) }
                run.feed(buffer.span.extracting(first: allowed))
            }
        } catch {
            guard case .gzip(let found) = error else { throw error }
            damage = found
        }
        return run.finish(
            path: try folder.inputName(), compression: source.compression, storedByteCount: source.compressedByteCount, damage: damage)
    }

    private static func text(of report: Report, hasProfile: Bool) -> String {
        let completeness = report.isComplete ? "complete" : "incomplete"
        var lines = ["rows \(report.totals.rows), columns \(report.totals.columns), \(completeness)"] + report.lines
        if hasProfile {
            let (cells, rows) = (report.prediction.parsingErrorCells, report.prediction.skippedRows)
            lines.append("skips: parsing errors \(cells.min)-\(cells.max), rows \(rows.min)-\(rows.max)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
