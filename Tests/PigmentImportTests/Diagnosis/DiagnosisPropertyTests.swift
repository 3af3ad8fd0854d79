import Foundation
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight
@testable import SafeText

/// Pairs of a profile and a hidden importer. What the importer reports is explained, and the explanation compared with the truth.
@Suite(.computing) struct DiagnosisPropertyTests {
    /// 200 with `DIAGNOSIS_PAIRS=200`. Of the first 20 two are not found as they should be: seed 8, whose difference is excluded, and seed 10,
    /// where it is not the first explanation.
    private static let pairCount = ProcessInfo.processInfo.environment["DIAGNOSIS_PAIRS"].flatMap(Int.init) ?? 4

    private struct Figures {
        var pairs = 0
        var first = 0
        var excluded: [Int] = []
        var falselyCertain: [Int] = []
        var certain = 0
        var retried = 0
        var wrongRows: [Int] = []
        var late: [Int] = []
    }

    @Test func theTrueDifferenceIsFoundAndTheRowsAreTheSkippedOnes() throws {
        var figures = Figures()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("diagnosis-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        for seed in 0..<Self.pairCount {
            var random = SeededGenerator(seed: 7_000 + seed)
            let pair = HiddenPair(seed: seed)
            let report = pair.report(sampleCount: 1 + random.below(10))
            let path = folder.appendingPathComponent("\(seed).csv").path
            try Data(pair.bytes).write(to: URL(fileURLWithPath: path))
            let file = try InputFile.open(path: path, spoolsStream: false)
            var options = CheckOptions(
                profile: pair.profile, dialect: DialectOverrides(delimiter: UInt8(ascii: ";"), quote: nil) ?? .none)
            if pair.form == .transcoded { (options.encoding, options.transcodes) = (.utf16, true) }
            let result = try DiagnosisRun(report: report, file: file, options: options, pushed: nil).result()
            count(result.diagnosis, pair, &figures)
            if result.diagnosis.rowQuestions(isSuperset: false) != nil {
                try compareRows(result, file, pair, folder.appendingPathComponent("retry.csv").path, &figures)
            }
        }
        print("diagnosis: \(figures)")
        #expect(figures.first * 100 >= figures.pairs * 95, "\(figures)")
        #expect(figures.excluded.isEmpty, "seeds \(figures.excluded)")
        #expect(figures.falselyCertain.isEmpty, "seeds \(figures.falselyCertain)")
        #expect(figures.wrongRows.isEmpty, "seeds \(figures.wrongRows)")
        #expect(figures.retried > 0)
    }

    private func count(_ diagnosis: Diagnosis, _ pair: HiddenPair, _ figures: inout Figures) {
        guard let entry = diagnosis.entries.first(where: { $0.column?.index == pair.column + 1 && $0.reported.reason == .parsingError })
        else { return }
        figures.pairs += 1
        let place = entry.explanations.firstIndex(where: pair.isTrue)
        if place == 0 { figures.first += 1 } else { figures.late.append(pair.seed) }
        if place == nil { figures.excluded.append(pair.seed) }
        guard let first = entry.explanations.first, first.certainty == .certain else { return }
        figures.certain += 1
        if place != 0 { figures.falselyCertain.append(pair.seed) }
    }

    private func compareRows(
        _ result: DiagnosisRun.Result, _ file: InputFile, _ pair: HiddenPair, _ path: String, _ figures: inout Figures
    ) throws {
        var outputs = RowOutputs()
        outputs.retry = try OutputFile(path: FilePath(path), collision: .replace, inputs: [])
        let written = try result.writeRows(of: file, to: outputs)
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        figures.retried += 1
        if bytes != pair.retryFile { figures.wrongRows.append(pair.seed) }
        #expect(written.byteCount == bytes.count)
    }
}
