import Foundation
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// Pairs of a profile and a hidden importer. What the importer reports is explained, and the explanation compared with the truth.
@Suite(.computing) struct DiagnosisPropertyTests {
    /// 200 with `DIAGNOSIS_PAIRS=200`.
    private static let pairCount = ProcessInfo.processInfo.environment["DIAGNOSIS_PAIRS"].flatMap(Int.init) ?? 4

    /// The first of them; another one with `DIAGNOSIS_SEED`.
    private static let firstSeed = ProcessInfo.processInfo.environment["DIAGNOSIS_SEED"].flatMap(Int.init) ?? 0

    /// `DIAGNOSIS_SHOW=1` prints those that are not first.
    private static let showsLate = ProcessInfo.processInfo.environment["DIAGNOSIS_SHOW"] != nil

    /// As many as a report has of each column and reason; without `DIAGNOSIS_SAMPLES` each importer has a number of its own.
    private static let sampleCount = ProcessInfo.processInfo.environment["DIAGNOSIS_SAMPLES"].flatMap(Int.init)

    /// Per cent that are first. A few samples often leave several sets of doubts of one size that make the number, between which nothing in the
    /// report decides.
    private static let fewestFirst =
        switch sampleCount {
        case 1: 70
        case 2: 85
        case 3: 93
        default: 95
        }

    private struct Figures {
        var pairs = 0
        var first = 0
        var tied = 0
        /// What ``first`` would be on average if those that cost the same came in any order.
        var fair = 0.0
        var excluded: [Int] = []
        var falselyCertain: [Int] = []
        var certain = 0
        var retried = 0
        var wrongRows: [Int] = []
        var late: [Int] = []
        /// Late ones where the explanation that came first contradicts something in the report.
        var avoidable: [Int] = []
    }

    @Test func theTrueDifferenceIsFoundAndTheRowsAreTheSkippedOnes() throws {
        var figures = Figures()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("diagnosis-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        for seed in Self.firstSeed..<(Self.firstSeed + Self.pairCount) {
            let pair = HiddenPair(seed: seed)
            let report = pair.report(sampleCount: Self.sampleCount ?? pair.sampleCount)
            let path = folder.appendingPathComponent("\(seed).csv").path
            try Data(pair.bytes).write(to: URL(fileURLWithPath: path))
            let file = try InputFile.open(path: path, spoolsStream: false)
            var options = CheckOptions(
                profile: pair.profile, dialect: DialectOverrides(delimiter: UInt8(ascii: ";"), quote: nil) ?? .none)
            pair.form.apply(to: &options)
            let result = try DiagnosisRun(report: report, file: file, options: options, pushed: nil).result()
            count(result.diagnosis, pair, &figures)
            if result.diagnosis.rowQuestions(isSuperset: false) != nil {
                try compareRows(result, file, pair, folder.appendingPathComponent("retry.csv").path, &figures)
            }
        }
        print("diagnosis: \(figures)")
        // A few pairs say little of a share.
        if figures.pairs >= 200 { #expect(figures.first * 100 >= figures.pairs * Self.fewestFirst, "\(figures)") }
        #expect(figures.avoidable.isEmpty, "seeds \(figures.avoidable)")
        #expect(figures.excluded.isEmpty, "seeds \(figures.excluded)")
        #expect(figures.falselyCertain.isEmpty, "seeds \(figures.falselyCertain)")
        #expect(figures.wrongRows.isEmpty, "seeds \(figures.wrongRows)")
        #expect(figures.retried > 0)
    }

    private func count(_ diagnosis: Diagnosis, _ pair: HiddenPair, _ figures: inout Figures) {
        guard let entry = diagnosis.entries.first(where: { $0.column?.index == pair.column + 1 && $0.reported.reason == .parsingError })
        else { return }
        figures.pairs += 1
        // Explanations that select the same cells are one, which names them: nothing in the file tells them apart.
        let place = entry.explanations.firstIndex { pair.isTrue($0) || $0.equals.contains(where: pair.isTrue) }
        let first = entry.explanations.first
        let isFirst = place == 0
        let isTied = place.map { entry.explanations[$0].cost <= (first?.cost ?? 0) + 0.01 } ?? false
        if isFirst || isTied {
            figures.fair += 1 / Double(max(1, entry.explanations.count { $0.cost <= (first?.cost ?? 0) + 0.01 }))
        }
        if isFirst { figures.first += 1 } else if isTied { figures.tied += 1 } else { figures.late.append(pair.seed) }
        if place == nil { figures.excluded.append(pair.seed) }
        let sampleCount = Self.sampleCount ?? pair.sampleCount
        if !isFirst, let first, !pair.allows(first.test, sampleCount: sampleCount) { figures.avoidable.append(pair.seed) }
        if Self.showsLate, !isFirst { show(entry, pair, place) }
        if first?.certainty == .certain { figures.certain += 1 }
        let certain = entry.explanations.filter { $0.certainty == .certain }
        if !certain.allSatisfy({ pair.isTrue($0) || $0.equals.contains(where: pair.isTrue) }) { figures.falselyCertain.append(pair.seed) }
    }

    private func show(_ entry: Diagnosis.Entry, _ pair: HiddenPair, _ place: Int?) {
        let samples = entry.samples.map { String(decoding: $0.sample.bytes, as: UTF8.self) }
        print("seed \(pair.seed): \(place ?? -1) of \(entry.explanations.count), reported \(entry.reported.count ?? -1), \(samples)")
        for found in entry.explanations.prefix(3).flatMap({ [$0] + $0.equals }) + (place.map { [entry.explanations[$0]] } ?? []) {
            let rows = found.makesRows.map { ", rows \($0 ? "match" : "differ")" } ?? ""
            print("   \(found.kind) \(found.cost) \(found.settings.first ?? []) rejects \(found.rejected.doubts.map(\.name))\(rows)")
        }
    }

    private func compareRows(
        _ result: DiagnosisRun.Result, _ file: InputFile, _ pair: HiddenPair, _ path: String, _ figures: inout Figures
    ) throws {
        var outputs = RowOutputs()
        outputs.retry = try OutputFile(path: FilePath(path), collision: .replace, inputs: [])
        let written = try result.writeRows(of: file, to: outputs)
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        figures.retried += 1
        if bytes != pair.retryFile {
            figures.wrongRows.append(pair.seed)
            if Self.showsLate { for entry in result.diagnosis.entries { show(entry, pair, nil) } }
        }
        #expect(written.byteCount == bytes.count)
    }
}
