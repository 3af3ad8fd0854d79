import ImportProfiles
import Preflight
import SafeText
import ValueFormats

extension Diagnosis {
    /// What can be forwarded: what was skipped and why, in a few sentences on one line. Safe to print.
    package var headline: String {
        let skipped = entries.filter { $0.reported.count != 0 }
        guard !skipped.isEmpty else {
            if case .other = identity { return "This is not the file that was pushed, and the report has no skipped cells." }
            let silent = entries.filter { !$0.isExplained }
            guard let first = silent.first else { return "The report has no skipped cells, as predicted." }
            return
                "The report has no skipped cells, but \(first.predictedWords) were predicted in \(first.place): the profile does not match "
                + "the import configuration."
        }
        if let obstacle {
            return "The file cannot be held against the report as it was read: \(obstacle.code) \(obstacle.words)."
        }
        if rows == 0 {
            let names = skipped.map(\.place).listed
            return "The file has no rows, and the report has skipped cells of \(names): this is not what was imported."
        }
        var sentences = sentences(of: skipped)
        let signs = otherFileSigns
        if case .other = identity {
            sentences.insert("This is not the file that was pushed\(pushedAs.map { "; that was \($0)" } ?? "").", at: 0)
        } else if !signs.isEmpty, !skipped.contains(where: { $0.settled != nil }) {
            // The names that the file does not have are told already.
            let others = otherFileSigns(besidesNames: true)
            let words = others.isEmpty ? "" : ": \(others.joined(separator: "; "))"
            sentences.append("This may be another file or another configuration\(words).")
        }
        return sentences.joined(separator: " ")
    }

    /// Columns with one cause in one sentence, the most cells first; at last what came as predicted.
    private func sentences(of skipped: [Entry]) -> [String] {
        let predicted = skipped.filter(\.isSimplyPredicted)
        let others = skipped.filter { !$0.isSimplyPredicted }.enumerated()
            .sorted { ($1.element.reported.count ?? 0, $0.offset) < ($0.element.reported.count ?? 0, $1.offset) }.map(\.element)
        guard !others.isEmpty, skipped.count > 1 else {
            return Self.shown(skipped.map(\.headline), of: skipped.count)
        }
        var causes: [[Entry]] = []
        for entry in others {
            let place = causes.firstIndex { $0[0].commonSettings != nil && $0[0].commonSettings == entry.commonSettings }
            if let place { causes[place].append(entry) } else { causes.append([entry]) }
        }
        let sentences = Self.shown(causes.map { $0.count == 1 ? $0[0].headline : Entry.headline($0) }, of: causes.count)
        guard !predicted.isEmpty else { return sentences }
        let cells = predicted.prefix(3).map { "\($0.reported.count?.counted("cell") ?? "cells") of \($0.place)" }
        let more = predicted.count > 3 ? ", and cells of \((predicted.count - 3).counted("more column"))" : ""
        let verb = predicted.count == 1 && predicted[0].reported.count == 1 ? "was" : "were"
        return sentences + ["As predicted, \(Array(cells).listed)\(more) \(verb) skipped, too."]
    }

    private static func shown(_ sentences: [String], of count: Int) -> [String] {
        guard count > 3 else { return sentences }
        return sentences.prefix(3) + ["And \((count - 3).counted("more column or reason", "more columns or reasons"))."]
    }
}

extension [String] {
    /// In a sentence: `a`, `a and b`, or `a, b and c`.
    package var listed: String {
        count < 2 ? joined() : dropLast().joined(separator: ", ") + " and \(self[count - 1])"
    }
}

extension Int {
    /// The number with its noun, for plurals that do not end in an `s` of their own.
    func counted(_ singular: String, _ plural: String) -> String { "\(grouped) \(self == 1 ? singular : plural)" }
}

extension Diagnosis.Entry {
    /// What is counted: cells, or for a reason that drops the row rows.
    var noun: String { "cell" }

    var predictedWords: String {
        predicted.min == predicted.max ? predicted.min.counted(noun) : "\(predicted.min.grouped) to \(predicted.max.counted(noun))"
    }

    /// Whether nothing is to be said of it but that it came as predicted.
    fileprivate var isSimplyPredicted: Bool {
        guard let settled, settled.kind == .asPredicted, !keepsRow, isAboutValues else { return false }
        return !settled.countsRows && settled.cells == reported.count && settled.makesRows != false
    }

    /// The settings that explain it, where nothing else is to be said of it.
    fileprivate var commonSettings: [String]? {
        guard let first = explanations.first, first.kind == .configuration, first.isExact, !first.countsRows, ties.isEmpty else {
            return nil
        }
        return first.shared
    }

    /// Several columns with one setting.
    fileprivate static func headline(_ entries: [Diagnosis.Entry]) -> String {
        let shown = entries.prefix(4).map { "\($0.reported.count?.grouped ?? "") of \($0.place)" }
        let rest = entries.dropFirst(shown.count)
        let more =
            rest.isEmpty ? "" : ", and \(rest.reduce(0) { $0 + ($1.reported.count ?? 0) }.grouped) of \(rest.count.counted("other column"))"
        let firsts = entries.compactMap(\.explanations.first)
        let setting = (entries[0].commonSettings ?? []).settingWords
        let located = firsts.reduce(0) { $0 + $1.samples }
        let samples = located == 0 ? "" : located == 1 ? ", the sample among them" : ", all \(located.grouped) samples among them"
        let isCertain = firsts.allSatisfy { $0.certainty == .certain }
        let number = entries.count == 2 ? "both columns" : "all \(entries.count.grouped) columns"
        return
            "Pigment skipped cells in \(entries.count.counted("column")): \(Array(shown).listed)\(more). Under \(setting) exactly these numbers of "
            + "cells fail\(samples): the import configuration \(isCertain ? "has" : "seems to have") \(setting)\((entries[0].commonSettings ?? []).gloss) "
            + "for \(number)."
    }

    /// What was skipped and why, in sentences.
    var headline: String {
        let count = reported.count.map { $0.counted(noun) } ?? "an unknown number of cells"
        let of = column == nil && reported.columnName == nil ? "" : " of \(place)"
        let lacking = reported.reason == .missingItemSkipsRow ? " for a missing item" : ""
        let verb = keepsRow ? "Pigment loaded \(count)\(of) without their item" : "Pigment skipped \(count)\(of)\(lacking)"
        if reported.reason == .missingWriteAccess || reported.reason == .missingItemInSnapshot || !isAboutValues {
            return "\(verb) (\(reported.reason.shown)). \(reasonAlone)"
        }
        guard let first = explanations.first else { return "\(verb). \(nothingFits)" }
        guard ties.isEmpty else {
            return "\(verb). \(ties.count.grouped) explanations fit equally well, and the report does not decide between them: "
                + "\(Self.list(ties)). \(deciding?.words ?? "More sample values would (--sample).")"
        }
        let lost = first.isExact ? lostWords.map { " But \($0)." } ?? "" : ""
        let equal = first.equalWords.map { " \($0)" } ?? ""
        let rows = first.rowWords.map { " \($0)" } ?? ""
        return "\(verb). \(first.sentence(of: self))\(rows)\(equal)\(rivalWords)\(lost)"
    }

    /// Of samples that no cell is, in any spelling; `nil` where there are none. Without a full stop, safe to print.
    package var lostWords: String? {
        let lost = samples.filter(\.isLost)
        guard let first = lost.first else { return nil }
        if lost.count > 1 { return "\(lost.count.grouped) of \(samples.count.grouped) samples occur nowhere in the column" }
        return "the sample \"\(VisibleText(first.sample.bytes, limit: 40).text)\" occurs nowhere in the column"
    }

    /// Explanations in a few words each, the first ones.
    fileprivate static func list(_ explanations: [Explanation]) -> String {
        let shown = explanations.prefix(3).map { explanation in
            let more = explanation.nearEquals.count
            return explanation.brief + (more > 0 ? " (\(more) more with the same cells)" : "")
        }
        return shown.joined(separator: "; or ")
            + (explanations.count > shown.count ? "; and \((explanations.count - shown.count).grouped) more" : "")
    }

    /// Others that select other cells are not kept silent.
    private var rivalWords: String {
        guard settled == nil, !disputing.isEmpty else { return "" }
        let count = disputing.count
        let words = " \(count.counted("less simple explanation fits", "less simple explanations fit")) too, with other cells."
        return words + (deciding.map { " \($0.words)" } ?? "")
    }

    /// What a reason says that no file explains.
    package var reasonAlone: String {
        switch reported.reason {
        case .missingWriteAccess:
            return "No file explains this: the owner of the API key may not write there (assumed). Look at the access rights of the key's "
                + "owner on the target block and its dimension items."
        case .missingItemInSnapshot:
            return
                "No file explains this: items are missing from the snapshot that the import writes to (assumed). Look at the scenario and "
                + "its snapshot."
        default:
            return
                "This version does not know the reason; it knows \(SkipReason.known.map(\.rawValue).listed). Look it up in Pigment's import "
                + "report."
        }
    }

    /// What would decide it, where nothing fits.
    package var nothingFits: String {
        if column == nil {
            switch match {
            case .unknown(let nearest): return "The file has no such column\(nearest.map { "; the nearest name is \"\($0)\"" } ?? "")."
            case .exact(let columns):
                return
                    "The file has \(columns.count) columns of this name, and the report does not tell them apart: a check blocks such a file."
            case .unnamed: return "The report names no column, so the cells are not known."
            case .loose, .bySamples: break
            }
        }
        guard isAboutValues else { return reasonAlone }
        let found = samples.filter { $0.count > 0 }
        if reported.reason == .parsingError {
            let tried =
                filled > 0
                ? "No explanation was found: no setting, pair of settings or set of rejected doubts gives this number"
                : "The column has no values"
            let decide =
                !isInProfile && !isInferred && filled > 0
                ? "The profile does not have the column: add it with its type and format in the import configuration."
                : reported.samples.isEmpty
                    ? "Add the sample values that Pigment shows (--sample)."
                    : found.isEmpty
                        ? "None of the samples is in the column: check that this is the file."
                        : "Compare the column's settings in the import configuration with the profile, and its type first."
            return "\(tried). \(decide)"
        }
        return reported.samples.isEmpty
            ? "Name the items file of the column in the profile (items:), or add the sample values that Pigment shows (--sample)."
            : "Name the items file of the column in the profile (items:), or compare the samples with the list in Pigment."
    }
}

extension Explanation {
    /// What it says, with the numbers that speak for it. Safe to print.
    ///
    /// - Parameter entry: The one that it explains.
    package func sentence(of entry: Diagnosis.Entry) -> String {
        let reported = entry.reported.count ?? 0
        let slice = entry.slice.flatMap { $0.failures == cells ? $0 : nil }
        let common =
            slice.map { slice in
                let all = slice.covered == slice.failures ? "all" : "\(slice.covered.grouped)"
                let name = slice.column.name.isEmpty ? "column \(slice.column.index)" : slice.column.name.shown
                return ", \(all) with \(name) \(slice.value)"
            } ?? ""
        let evidence = sampleWords(entry) + common
        let basis = entry.isInferred ? "in the format inferred from the values" : "under the profile"
        switch kind {
        case .asPredicted:
            guard cells > 0 else { return "No cell fails \(basis): as predicted." + (isExact ? doubtWords : "") }
            let fail = "\(cells.counted("cell")) fail\(cells == 1 ? "s" : "") \(basis)\(reasonWords)\(evidence)"
            let words = cells == reported ? "\(fail): as predicted." : "\(fail).\(remainder(reported))"
            return words + (rejected.isEmpty && accepted.isEmpty || !isExact ? "" : doubtWords)
        case .doubts:
            return
                "Exactly \(cells.counted("cell")) fail\(cells == 1 ? "s" : "")\(evidence)\(evidence.isEmpty ? "" : ",") if Pigment \(decision)."
        case .configuration:
            let setting = settings.first?.settingWords ?? ""
            let number = cells == 0 ? "no cell" : cells == reported ? "exactly \(cells.counted("cell"))" : cells.counted("cell")
            let verb = certainty == .certain ? "has" : "seems to have"
            var words =
                "Under \(setting) \(number) fail\(cells < 2 ? "s" : "")\(evidence): the import configuration \(verb) "
                + "\(setting)\(settings.first?.gloss ?? "")."
            if !rejected.isEmpty || !accepted.isEmpty, isExact { words += doubtWords }
            if settings.count > 1 {
                let others = settings.dropFirst().prefix(3).map(\.settingWords)
                let more = settings.count - 1 - others.count
                words += " The values allow as well: \(others.joined(separator: "; "))\(more > 0 ? "; and \(more) more" : "")."
            }
            return words + remainder(reported)
        case .items: return itemWords(entry, evidence: evidence) + remainder(reported)
        case .everyValue:
            let cause =
                entry.reported.reason == .parsingError
                ? "reads it as another type or in another format" : "matches it with another property or another list (assumed)"
            return "That is every value of the column\(evidence): the import configuration \(cause)."
        case .emptyCells:
            let rest = cells - emptyCells
            let others =
                rest > 0 ? "\(rest.counted("cell")) fail\(rest == 1 ? "s" : "") \(basis)\(evidence)\(evidence.isEmpty ? "" : ",") and " : ""
            return
                "\(others)\(emptyCells.counted("cell")) \(emptyCells == 1 ? "is" : "are") empty, which makes exactly \(cells.grouped): the import "
                + "configuration needs a value there (assumed)."
        case .samples:
            return
                "The \(samples.counted("sample text", "sample texts")) occur\(samples == 1 ? "s" : "") in exactly as many cells, so these are "
                + "the skipped ones. Why they were skipped is not known."
        }
    }

    /// Those of its equals that suppose hardly more, and what would tell them apart; `nil` where there are none. Safe to print.
    package var equalWords: String? {
        let near = nearEquals
        guard !near.isEmpty else { return nil }
        let telling = tellingValue.map { ", a value such as \"\(VisibleText($0, limit: 40).text)\" would" } ?? ""
        return
            "The same cells fail if \(Diagnosis.Entry.list(near)): this file cannot tell \(near.count == 1 ? "the two" : "these") apart\(telling)."
    }

    /// What the number of skipped rows says of it; `nil` where it says nothing.
    package var rowWords: String? {
        makesRows.map {
            $0 ? "The total of skipped rows matches the report, too." : "But the total of skipped rows does not match the report."
        }
    }

    /// Its equals that suppose hardly more.
    fileprivate var nearEquals: [Explanation] {
        // That the prediction came true is so whatever else would select the same cells.
        kind == .asPredicted ? [] : equals.filter { $0.cost < cost + Self.clearMargin }
    }

    /// What is so if it is right, in a few words after "if".
    package var brief: String {
        if kind == .items {
            let added = addedItems.isEmpty ? nil : "Pigment has \(Self.names(addedItems)) by now"
            let deleted = deletedItems.isEmpty ? nil : "Pigment lacks \(Self.names(deletedItems))"
            return [added, deleted].compactMap { $0 }.listed
        }
        let setting = settings.first.map { "the import configuration has \($0.settingWords)" }
        let doubts = rejected.isEmpty ? nil : "Pigment rejects \(Self.names(rejected))"
        let parts = [setting, doubts].compactMap { $0 }
        if parts.isEmpty { return kind == .asPredicted ? "Pigment accepts every doubtful value" : kind.rawValue }
        return parts.joined(separator: " and ")
    }

    private func sampleWords(_ entry: Diagnosis.Entry) -> String {
        let located = entry.samples.filter { !$0.values.isEmpty }.count
        guard located > 0 else { return "" }
        let number = samples == 1 ? "the sample" : samples == 2 ? "both samples" : "all \(samples) samples"
        return samples < located ? ", \(samples) of \(located) samples among them" : ", \(number) among them"
    }

    /// What is left where the numbers differ.
    private func remainder(_ reported: Int) -> String {
        if countsRows {
            return
                " In \(reported.counted("row")) no earlier column was skipped: the report seems to count rows (assumed), which is the reported "
                + "number."
        }
        if cells > reported { return " But that is \((cells - reported).counted("cell")) more than reported." }
        if cells < reported { return " \((reported - cells).grouped) remain unexplained." }
        return ""
    }

    private var doubtWords: String { decision.isEmpty ? "" : " So Pigment \(decision)." }

    /// What becomes of the doubts.
    private var decision: String {
        var parts: [String] = []
        if !rejected.isEmpty { parts.append("rejects \(rejectionWords)") }
        if !accepted.isEmpty { parts.append("accepts \(Self.names(accepted))") }
        return parts.joined(separator: " and ")
    }

    /// The doubts that are rejected, with the cells of each where there are several.
    private var rejectionWords: String {
        guard rejections.count > 1 else { return Self.names(rejected) }
        return rejections.map { "\($0.doubt.name) (\($0.cells.counted("cell")))" }.listed
    }

    private static func names(_ doubts: DoubtSet) -> String { doubts.doubts.map(\.name).listed }

    /// Why the cells fail: ` (not a number)`, or the two most frequent reasons with their numbers.
    private var reasonWords: String {
        guard let first = reasons.first, reasons.reduce(0, { $0 + $1.cells }) == cells else { return "" }
        if reasons.count == 1 { return " (\(first.reason.text))" }
        let shown = reasons.prefix(2).map { "\($0.cells.grouped) × \($0.reason.text)" }
        return " (\(shown.joined(separator: ", "))\(reasons.count > 2 ? ", …" : ""))"
    }

    private func itemWords(_ entry: Diagnosis.Entry, evidence: String) -> String {
        let (added, deleted) = (addedItems.reduce(0) { $0 + $1.cells }, deletedItems.reduce(0) { $0 + $1.cells })
        let lacked = cells - deleted + added
        var words: [String] = []
        if lacked > 0 {
            let own = "\(lacked.counted("cell")) \(lacked == 1 ? "has" : "have") an item that the list of the profile lacks"
            words.append(
                addedItems.isEmpty
                    ? "\(own)."
                    : "\(own), and \(added.grouped) of them with \(Self.names(addedItems, "or")) \(added == 1 ? "was" : "were") loaded: Pigment "
                        + "seems to have \(addedItems.count == 1 ? "it" : "them") by now.")
        }
        if !deletedItems.isEmpty {
            words.append(
                "\(deleted.counted("cell")) with \(Self.names(deletedItems, "or")) \(deleted == 1 ? "was" : "were") skipped although the list has "
                    + "\(deletedItems.count == 1 ? "it" : "them"): Pigment seems to lack \(deletedItems.count == 1 ? "it" : "them").")
        }
        if isExact { words.append("That makes exactly \(cells.grouped)\(evidence): the items file of the profile is out of date.") }
        return words.joined(separator: " ")
    }

    private static func names(_ items: [CountedItem], _ joint: String = "and") -> String {
        let names = items.prefix(5).map { "\"\(VisibleText($0.name, limit: 40).text)\"" }
        if items.count > 5 { return names.joined(separator: ", ") + ", …" }
        return names.count < 2 ? names.joined() : names.dropLast().joined(separator: ", ") + " \(joint) \(names[names.count - 1])"
    }
}

extension [String] {
    /// Settings in a sentence.
    var settingWords: String { joined(separator: " and ") }

    /// What a single setting means, in parentheses, where the word for it does not say.
    var gloss: String {
        guard count == 1 else { return "" }
        return switch self[0] {
        case "decimal \".\"": " (a decimal point)"
        case "decimal \",\"": " (a decimal comma)"
        case "group none": " (no thousands separator)"
        default: ""
        }
    }
}
