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

/// What drafts say of columns that only few feeds have.
extension FeedDraftTests {
    private static func text(_ content: String, options: CheckOptions = CheckOptions()) throws -> String {
        let folder = try ScratchFolder()
        let path = try folder.write(Array(content.utf8), to: "feed.csv")
        return try FeedDraft(paths: [FilePath(path)], options: options, today: Expectation.Day(year: 2026, month: 7, day: 1)).text
    }

    /// Names of months in another language are dates that an import may not read: asked, and said.
    @Test(arguments: [
        (["15-Mai-2026", "02-Mär-2026", "03-Dez-2026", "04-Okt-2026", "05-Jan-2026"], "dd-MMM-yyyy"),
        (["3 août 2026", "1 février 2026", "12 janvier 2026"], "d MMMM yyyy"),
        (["02. Mär 2026", "15. Mai 2026", "28. Okt 2026"], "dd. MMM yyyy"),
        (["1 de enero de 2026", "12 de septiembre de 2026"], "d 'de' MMMM 'de' yyyy"),
    ])
    func foreignMonthsAreAsked(_ dates: [String], _ pattern: String) throws {
        let rows = (0..<40).map { "\($0);\(dates[$0 % dates.count])\n" }.joined()
        let text = try Self.text("Nr;Tag\n" + rows)
        #expect(text.contains("is not English"), "\(text)")
        #expect(text.contains("type: undecided"), "\(text)")
        #expect(text.contains("as \(pattern): 40 dates"), "\(text)")
    }

    /// Codes and sentences with a word that is like a month are none.
    @Test(arguments: ["12 mars bars", "mai 2026", "3 maj", "15-Mai-AB", "1 Mart 12345", "Mai Thai 12"])
    func wordsLikeMonthsAreNoDates(_ word: String) throws {
        let rows = (0..<40).map { "\($0);\(word)\n" }.joined()
        #expect(!(try Self.text("Nr;Tag\n" + rows)).contains("is not English"))
    }

    /// A row of units is no value, also of columns with too many values to be held.
    @Test(arguments: [1 << 18, 300]) func unitsAreNoValues(_ chunkByteCount: Int) throws {
        let rows = (1...3_000).map { "\($0),\($0 * 7).\(10 + $0 % 90),\($0 * 13),\($0 % 9)\n" }.joined()
        let options = CheckOptions(chunkByteCount: chunkByteCount, threadCount: 2)
        let text = try Self.text("Id,Weight,Price,Qty\n,kg,EUR,pcs\n" + rows, options: options)
        #expect(!text.contains("undecided"), "\(text)")
        #expect(text.contains("{name: Weight, type: number, required: true}"), "\(text)")
        #expect(text.contains("{name: Id, type: text, required: true}"), "\(text)")
        #expect(text.contains("looks like units"))
    }

    /// Where the only column that is unique in the first rows repeats later, a set that holds it is looked for in all rows.
    @Test func keyBeyondTheFirstRows() throws {
        let rows = (0..<60_000).map { "D\($0 < 50_000 ? $0 : $0 - 50_000);\($0 / 50_000);\($0 % 50_000 % 7)\n" }.joined()
        let text = try Self.text("Document;Line No;Level\n" + rows)
        #expect(text.contains("keys: [[Document, \"Line No\"]]") || text.contains("keys: [[Document, Line No]]"), "\(text)")
    }
}

extension FeedDraftTests {
    /// A set of three columns is looked for again where the pair that was a key in the first rows is none after all.
    @Test func keyOfMoreColumnsBeyondTheFirstRows() throws {
        let rows = (0..<60_000).map { "K\($0 % 50);B\($0 < 50_000 ? $0 / 50 : 0);P\($0 / 50 % 40);L\($0 / 2_000)\n" }.joined()
        let text = try Self.text("Kind;Batch;Part;Level\n" + rows)
        #expect(text.contains("keys: [[Kind, Part, Level]]"), "\(text)")
    }
}

/// Feeds of other countries.
extension FeedDraftTests {
    private static func line(_ values: [String], name: String = "X") throws -> String {
        let rows = (0..<60).map { "\($0);\"\(values[$0 % values.count])\"\n" }.joined()
        let text = try Self.text("Nr;\(name)\n" + rows)
        return text.split(separator: "\n").last { $0.contains("name: \(name)") }.map(String.init) ?? text
    }

    /// A point after the last number is part of the date, and no separator of thousands.
    @Test(arguments: [
        (["2026.04.07.", "2026.11.30.", "2025.01.31."], "yyyy.MM.dd."), (["07.04.2026.", "30.11.2026.", "31.01.2025."], "dd.MM.yyyy."),
        (["2026年3月8日", "2026年11月30日"], "yyyy'年'M'月'd'日'"), (["2026년 3월 8일", "2026년 11월 30일"], "yyyy'년' M'월' d'일'"),
    ])
    func datesOfOtherCountries(_ values: [String], _ pattern: String) throws {
        let line = try Self.line(values)
        #expect(line.contains("type: date") && line.contains(pattern), "\(line)")
    }

    /// Timestamps as databases, browsers and logs write them: the day is 13 and later, so that nothing is to be asked.
    @Test(arguments: [
        ("2026-05-13 02:15:30.350+02:00", "yyyy-MM-dd HH:mm:ss.fffK"), ("2026-05-13 02:15:30.123456", "yyyy-MM-dd HH:mm:ss.ffffff"),
        ("2026-05-13T02:15:30.1234567", "yyyy-MM-dd'T'HH:mm:ss.fffffff"), ("2026-05-13T02:15Z", "yyyy-MM-dd'T'HH:mmK"),
        ("2026-05-13 02:15:30 UTC", "yyyy-MM-dd HH:mm:ss 'UTC'"), ("13/05/2026 02:15:30.35", "dd/MM/yyyy HH:mm:ss.ff"),
        ("13.05.2026, 02:15", "dd.MM.yyyy, HH:mm"), ("13/05/2026, 02:15:30", "dd/MM/yyyy, HH:mm:ss"),
        ("5/13/2026, 2:15:30 PM", "M/d/yyyy, h:mm:ss tt"), ("20260513T021530Z", "yyyyMMdd'T'HHmmssK"),
        ("20260513 021530", "yyyyMMdd HHmmss"), ("Wed May 13 02:15:30 2026", "ddd MMM d HH:mm:ss yyyy"),
    ])
    func timestamps(_ value: String, _ pattern: String) throws {
        let line = try Self.line([value, value.replacing("15", with: "45"), value])
        #expect(line.contains("type: date") && line.contains(pattern), "\(line)")
    }

    /// Nothing tells the day from the month.
    @Test func localTimesAreAsked() throws {
        let rows = (0..<30).map { "\($0);\"0\($0 % 9 + 1)/0\($0 % 8 + 1)/2026, 02:15:30\"\n" }.joined()
        let text = try Self.text("Nr;X\n" + rows)
        #expect(text.contains("dd/MM/yyyy, HH:mm:ss") && text.contains("MM/dd/yyyy, HH:mm:ss") && text.contains("undecided"), "\(text)")
    }

    /// A range says of how many values it is, where others have no amount that is sure.
    @Test func rangeOfSome() throws {
        let rows = (0..<30).map { "\($0);\"\($0 % 3 == 0 ? "90,7\(10 + $0)" : "34,16,6\(10 + $0)")\"\n" }.joined()
        let text = try Self.text("Nr;Amount\n" + rows)
        #expect(text.contains("; 90710 to 90737 in 10 of them"), "\(text)")
    }

    /// Amounts with the unit of a currency that is a word or a character of another script.
    @Test(arguments: [("1,234円", "円"), ("26,335원", "원"), ("12.50 kr", " kr"), ("12.50 zł", " zł")])
    func unitsOfCurrencies(_ value: String, _ suffix: String) throws {
        let values = (0..<30).map { value.replacing("2", with: "\($0 % 7 + 2)") }
        let rows = values.enumerated().map { "\($0);\"\($1)\"\n" }.joined()
        // Whether a comma is between thousands is asked.
        #expect(try Self.text("Nr;X\n" + rows).contains("suffix: \(YAMLText.scalar(suffix))"))
    }

    /// Numbers with decimals that come again and again under the name of an account may be codes.
    @Test func accountsWithAPoint() throws {
        let line = try Self.line(["60.01", "62.02", "51.00", "90.01"], name: "Счёт")
        #expect(line.contains("undecided"), "\(line)")
        #expect(try Self.line(["60.01", "62.02", "51.00", "90.01"], name: "Price").contains("type: number"))
    }

    /// The same of accounts that do not come again.
    @Test func manyAccountsWithAPoint() throws {
        let rows = (0..<60).map { "\($0);\(10 + $0).\(99 - $0)\n" }.joined()
        #expect(try Self.text("Nr;Счёт\n" + rows).contains("- {name: Счёт, type: undecided}"))
        #expect(try Self.text("Nr;Price\n" + rows).contains("- {name: Price, type: number"))
    }

    /// A letter after the digits may stand for thousands, or belong to a code.
    @Test(arguments: [
        ("15.8M", "Revenue", true), ("168K", "Cost", true), ("12.5k", "X", true), ("168K", "Model", false), ("15m", "Size", false),
    ])
    func scales(_ value: String, _ name: String, _ isAsked: Bool) throws {
        let rows = (1...60).map { "\($0);\($0)\(value)\n" }.joined()
        let text = try Self.text("Nr;\(name)\n" + rows)
        #expect(text.contains("- {name: \(name), type: undecided}") == isAsked, "\(text)")
        #expect(text.contains("suffix:") == isAsked, "\(text)")
    }

    /// A currency before the numbers that is a word.
    @Test(arguments: [("kr. 1.234,50", "kr. "), ("Fr. 12.50", "Fr. "), ("zł 7,25", "zł ")])
    func currenciesBeforeNumbers(_ value: String, _ prefix: String) throws {
        let rows = (0..<30).map { "\($0);\"\(value.replacing("2", with: "\($0 % 7 + 2)"))\"\n" }.joined()
        let text = try Self.text("Nr;X\n" + rows)
        #expect(text.contains("type: number") && text.contains("prefix: \(YAMLText.scalar(prefix))"), "\(text)")
    }

    /// Rooms are no prices, and neither are codes.
    @Test(arguments: ["RM 101", "RS 12", "FR 3"]) func roomsAreNoPrices(_ room: String) throws {
        let rows = (0..<30).map { "\($0);\(room)\($0 % 9)\n" }.joined()
        #expect(!(try Self.text("Nr;Room\n" + rows)).contains("prefix"))
    }

    /// Amounts, some with a sign that no format knows, are not written as text without a question.
    @Test func mostlyNumbers() throws {
        let rows = (0..<90).map { "\($0);\"\($0 % 9 == 0 ? "△" : "")\($0 + 1),\(100 + $0 * 7)\"\n" }.joined()
        let text = try Self.text("伝票番号;金額\n" + rows)
        #expect(text.contains("{name: 金額, type: undecided}"), "\(text)")
        #expect(!text.contains("keys: [[金額]]"), "\(text)")
        // Without a telling name they may be anything.
        #expect(!(try Self.text("Nr;X\n" + rows)).contains("{name: X, type: undecided}"))
    }

    /// Dates in the digits of another script are dates; whether an import reads them is asked.
    @Test func datesInOtherDigits() throws {
        let digits = Array("٠١٢٣٤٥٦٧٨٩")
        let rows = (0..<60).map { row in
            let date = FeedTruth.day(row * 5, "dd/MM/yyyy").map { $0.wholeNumberValue.map { String(digits[$0]) } ?? String($0) }.joined()
            return "\(row);\(date)\n"
        }.joined()
        let text = try Self.text("Nr;Tag\n" + rows)
        #expect(text.contains("{name: Tag, type: date, date: {format: dd/MM/yyyy}"), "\(text)")
        #expect(text.contains("# assume: {foreign-digits: accepted}"), "\(text)")
    }

    /// Months of another language in the header may be periods, which no check would know: asked.
    @Test(arguments: [
        ["sty 26", "lut 26", "mar 26", "kwi 26"], ["styczeń 2026", "luty 2026", "marzec 2026"], ["janv. 2026", "févr. 2026", "mars 2026"],
        ["Mai 26", "Juni 26", "Juli 26"],
    ])
    func foreignPeriodsAreAsked(_ names: [String]) throws {
        let rows = (0..<30).map { row in "K\(row % 5);" + names.map { _ in "\(row * 3),5" }.joined(separator: ";") + "\n" }.joined()
        let content = "Konto;" + names.joined(separator: ";") + "\n" + rows
        let folder = try ScratchFolder()
        let path = try folder.write(Array(content.utf8), to: "feed.csv")
        var draft = try FeedDraft(paths: [FilePath(path)], options: CheckOptions(), today: nil)
        #expect(draft.foreignMonths != nil && draft.openCount == 1, "\(draft.text)")
        #expect(draft.text.contains("# ? Are "), "\(draft.text)")
        draft.foreignMonthsArePeriods = false
        #expect(draft.openCount == 0 && !draft.text.contains("?"), "\(draft.text)")
        draft.foreignMonthsArePeriods = true
        #expect(draft.text.contains("draft the profile again"), "\(draft.text)")
    }

    /// Words in a header that are like months are none, if one stands between them or above texts.
    @Test(arguments: ["Konto;mar 26;Total 26;maj 26\n", "Konto;Marta 26;Maja 27\n"]) func otherHeadersAreNotAsked(_ header: String) throws {
        let width = header.split(separator: ";").count
        let rows = (0..<30).map { row in (["K\(row % 5)"] + (1..<width).map { _ in "\(row),5" }).joined(separator: ";") + "\n" }.joined()
        #expect(!(try Self.text(header + rows)).contains("# ? Are "))
    }

    /// Of all feeds with a known truth: what is written and true, what is asked with the truth among the choices, and what is false.
    @Test func totals() throws {
        var (all, table) = ((hits: 0, questions: 0), "")
        var misses: [String] = []
        for feed in FeedTruth.all {
            let draft = try Self.draft(feed, in: try ScratchFolder())
            var own = (hits: 0, questions: 0)
            let before = misses.count
            for column in feed.columns {
                switch Self.outcome(column, draft.columns.first { $0.name == column.name }) {
                case .hit: own.hits += 1
                case .question: own.questions += 1
                case .miss(let words): misses.append("\(feed.name): \(words)")
                }
            }
            all = (all.hits + own.hits, all.questions + own.questions)
            table += "\(feed.name): \(own.hits) hits, \(own.questions) questions, \(misses.count - before) misses\n"
        }
        print(table + "\(FeedTruth.all.count) feeds: \(all.hits) hits, \(all.questions) questions, \(misses.count) misses")
        #expect(misses.isEmpty)
    }
}
