import Foundation
import TestSupport
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// A draft equals what a feed was made from, or asks: it writes nothing that is false.
@Suite(.computing) struct FeedDraftTests {
    /// How a draft did on a column.
    private enum Outcome: Equatable {
        case hit
        case question
        case miss(String)
    }

    private static func draft(_ feed: FeedTruth, in folder: ScratchFolder, options: CheckOptions = CheckOptions()) throws -> FeedDraft {
        let paths = try feed.files.map { FilePath(try folder.write($0.bytes, to: $0.name)) }
        return try FeedDraft(paths: paths, options: options, today: Expectation.Day(year: 2026, month: 7, day: 1))
    }

    private static func outcome(_ column: FeedTruth.Column, _ decision: ColumnDecision?) -> Outcome {
        guard let decision else { return .miss("\(column.name): not in the draft") }
        func isTrue(_ found: ColumnProfile) -> Bool {
            found.type == column.truth.type && found.number == column.truth.number && found.date == column.truth.date
                && Set(found.boolean.trueSpellings) == Set(column.truth.boolean.trueSpellings)
                && Set(found.boolean.falseSpellings) == Set(column.truth.boolean.falseSpellings)
                && Set(found.nullWords) == Set(column.truth.nullWords) && found.isOptional == column.truth.isOptional
        }
        if decision.isOpen {
            return decision.choices.contains { isTrue($0.column) }
                ? .question : .miss("\(column.name): the truth is no choice of \(decision)")
        }
        return isTrue(decision.column) ? .hit : .miss("\(column.name): \(ProfileWriter.columnLine(for: decision.column))")
    }

    @Test(arguments: FeedTruth.all) func equalsTheTruthOrAsks(_ feed: FeedTruth) throws {
        let folder = try ScratchFolder()
        let draft = try Self.draft(feed, in: folder)
        for column in feed.columns {
            let outcome = Self.outcome(column, draft.columns.first { $0.name == column.name })
            // What the values tell is written, and what they leave open is asked.
            #expect(outcome == (column.isOpen ? .question : .hit), "\(feed.name), \(column.name)")
        }
        #expect(draft.columns.map(\.name) == feed.columns.map(\.name))
        #expect(draft.keyIsRight == true ? draft.key?.columns == feed.key : true, "\(feed.name): \(draft.key.debugDescription)")
        #expect(feed.key == nil || draft.key?.columns == feed.key, "\(feed.name): \(draft.key.debugDescription)")
        #expect(draft.periods?.column.number == feed.periods?.number)
        let text = draft.text
        #expect(text.contains("header: \(feed.hasHeader ? 1 : 0)"))
        #expect(text.contains("encoding: ") == (feed.encoding != "utf-8"))
        if feed.encoding != "utf-8" { #expect(text.contains("encoding: \(feed.encoding)")) }
        #expect(text.contains("delimiter: \(YAMLText.scalar(String(feed.delimiter)))"), "\(text)")
    }

    /// With the answers that are true, the draft is a profile under which its own files pass.
    @Test(arguments: FeedTruth.all) func ownFilesPass(_ feed: FeedTruth) throws {
        let folder = try ScratchFolder()
        var draft = try Self.draft(feed, in: folder)
        for index in draft.columns.indices where draft.columns[index].isOpen {
            let truth = feed.columns.first { $0.name == draft.columns[index].name }?.truth
            let choice = draft.columns[index].choices.firstIndex { choice in
                choice.column.type == truth?.type && choice.column.number == truth?.number && choice.column.date == truth?.date
            }
            draft.columns[index].choose(choice ?? 0)
        }
        for (doubt, _) in draft.doubts { draft.assumed[doubt] = true }
        let profile = try Profile(yaml: draft.text)
        #expect(draft.openCount == (draft.key != nil && draft.keyIsRight == nil ? 1 : 0))
        for file in feed.files {
            var options = CheckOptions(profile: profile)
            options.transcodes = true
            let report = try CheckRun.check(try InputFile.open(path: folder.path + "/" + file.name, spoolsStream: false), options: options)
            // Names, values and keys: a title or a line for Excel is no fault of the profile.
            let own = report.findings.filter { $0.severity == .error && "345".contains($0.code.dropFirst(2).prefix(1)) }
            // Two decimal separators are read by no profile, and units are no values.
            #expect(["mixed-decimals", "units"].contains(feed.name) || own.isEmpty, "\(feed.name): \(own.map(\.message))")
        }
    }

    /// The same draft, whatever the threads and chunks.
    @Test(arguments: [FeedTruth.timestamps, .keyed, .german, .wide]) func dependsOnNothingElse(_ feed: FeedTruth) throws {
        let folder = try ScratchFolder()
        let text = try Self.draft(feed, in: folder).text
        for threads in [2, 3] {
            for bytes in [700, 4_096] {
                let options = CheckOptions(chunkByteCount: bytes, threadCount: threads)
                #expect(try Self.draft(feed, in: folder, options: options).text == text, "\(threads) threads, \(bytes) bytes")
            }
        }
    }
}
