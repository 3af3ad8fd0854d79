package import ByteSources
import ImportProfiles
package import Preflight
import SafeText
import ValueFormats

/// Explains a report from a file: checks the file, tries other settings on the masks of its values, and counts those that fit on the file itself.
package struct DiagnosisRun {
    package let report: ServerReport
    package let file: InputFile
    package let options: CheckOptions
    /// SHA-256 of what was pushed, in hexadecimal, if it is known.
    private let pushed: String?
    /// The file as it was pushed, if it has not changed since: then it is not hashed.
    private let unchanged: FileIdentity?

    package init(report: ServerReport, file: InputFile, options: CheckOptions, pushed: String?, unchanged: FileIdentity? = nil) {
        self.report = report
        self.file = file
        self.options = options
        self.pushed = pushed ?? report.sha256
        self.unchanged = unchanged
    }

    /// A diagnosis with what is needed to find its rows.
    package struct Result {
        package var diagnosis: Diagnosis
        /// How the file was read.
        package var options: CheckOptions
        /// What is sent is converted from it.
        package var sentEncoding: TextEncoding
        /// The file as it was read.
        package var identity: FileIdentity
        /// Whether what is sent is UTF-8.
        package var isUTF8: Bool
        package var delimiter: UInt8
    }

    /// - Parameter progress: told the stored bytes read so far by the first pass.
    package func result(progress: @escaping (Int) -> Void = { _ in }) throws(SourceError) -> Result {
        var reading = try check(progress: progress)
        if let unchanged, reading.checked.identity != unchanged { throw .changed(path: file.displayPath) }
        let names = reading.columnNames
        var entries = matched(names, try columnsBySamples(names, reading), reading.checked.report)
        try typeUntyped(entries, &reading)
        let searches = entries.map { search(for: $0, reading) }
        let questions = questions(entries, searches)
        let scan = try CellScan.ask(questions.asked, of: file, options: reading.options)
        let answers = report.origin == .screen ? Self.assigned(Self.fromScreen(scan.answers)) : scan.answers
        for index in entries.indices {
            entries[index].isInferred = reading.isInferred
            guard let place = questions.places[index] else { continue }
            let answer = answers[place]
            entries[index].samples = answer.samples
            entries[index].filled = answer.filled
            (entries[index].explanations, entries[index].space) =
                searches[index]?.explanations(answer, isInferred: reading.isInferred)
                ?? (samplesOnly(entries[index], answer), SearchSpace())
            entries[index].deciding = DecidingCell(entries[index].undecided)
            // It is that of the explanation that the masks put first.
            if answer.selectedCount > 0, answer.selectedCount == entries[index].explanations.first?.cells {
                entries[index].slice = answer.slice
            }
        }
        SharedCause.weigh(&entries)
        try weighRows(&entries, reading)
        if file.isSeekable, try file.identity() != reading.checked.identity { throw .changed(path: file.displayPath) }
        let report = reading.checked.report
        return Result(
            diagnosis: diagnosis(entries, reading, selectedRows: scan.selectedRows, isWhole: scan.damage == nil), options: reading.options,
            sentEncoding: reading.checked.sentEncoding, identity: reading.checked.identity,
            isUTF8: reading.options.transcodes || report.encoding == .utf8, delimiter: report.input.dialect.delimiter)
    }

    // MARK: Reading

    private struct Reading {
        var checked: SurveyedFile
        /// SHA-256 of what a push sends, where there is one to compare it with.
        var digest: [UInt8]?
        var options: CheckOptions
        var isInferred: Bool

        var masks: [ColumnMasks] { checked.report.prediction.masks }

        /// Without a header the columns are those of the profile, in their order.
        var columnNames: [ColumnName] {
            let input = checked.report.input
            guard !input.dialect.hasHeader else { return input.columnNames }
            return options.profile?.columns.map { ColumnName(Array($0.name.utf8)) } ?? []
        }
    }

    private var digest: (any StreamDigest)? { pushed == nil || unchanged != nil ? nil : SHA256Digest() }

    private func check(progress: @escaping (Int) -> Void) throws(SourceError) -> Reading {
        var options = options
        options.keepsMasks = true
        if options.profile != nil {
            let checked = try CheckRun.survey(file, options: options, digest: digest, progress: progress)
            return Reading(checked: checked, digest: checked.digest, options: options, isInferred: false)
        }
        let first = try CheckRun.survey(file, options: inferring(options), digest: digest, progress: progress)
        guard first.report.isComplete else { return Reading(checked: first, digest: first.digest, options: options, isInferred: true) }
        options.profile = Profile(inferredFrom: first.report)
        let checked = try CheckRun.survey(file, options: options, isSecondPass: true)
        return Reading(checked: checked, digest: first.digest, options: options, isInferred: true)
    }

    private func inferring(_ options: CheckOptions) -> CheckOptions {
        var options = options
        options.profile = nil
        // Words and patterns are looked for among so many values of each kind.
        options.samples = 50
        return options
    }

    /// Columns that the profile takes for text or does not name, and of which the report says that values could not be read: the configuration
    /// reads them as something. What the values look like stands in for a type.
    private func typeUntyped(_ entries: [Diagnosis.Entry], _ reading: inout Reading) throws(SourceError) {
        let known = Set(reading.masks.map(\.column))
        let untyped = entries.filter {
            $0.reported.reason == .parsingError && $0.reported.count != 0 && $0.column.map { !known.contains($0.index) } ?? false
        }
        guard !untyped.isEmpty, var profile = reading.options.profile, !reading.isInferred else { return }
        let inferred = try CheckRun.survey(file, options: inferring(options), isSecondPass: true)
        let columns = Profile(inferredFrom: inferred.report).columns
        for entry in untyped {
            guard let name = entry.column.flatMap({ String(validating: $0.name.bytes, as: UTF8.self) }),
                let column = columns.first(where: { $0.name == name }), column.type != .text, column.type != .dimension
            else { continue }
            profile.columns.removeAll { $0.name == name }
            profile.columns.append(column)
        }
        var options = reading.options
        options.profile = profile
        let checked = try CheckRun.survey(file, options: options, isSecondPass: true)
        // What was predicted stays what the profile predicts.
        reading.checked.report.prediction.masks = checked.report.prediction.masks
    }

    // MARK: Columns

    /// The entries of the report, and of a complete one the columns that it should name.
    private func matched(_ names: [ColumnName], _ bySamples: [Int?], _ report: Report) -> [Diagnosis.Entry] {
        var entries = self.report.entries.enumerated().map { index, reported in
            let known = unknownReason(reported, names) ?? reported
            let match = bySamples[index].map { NameMatch.bySamples($0) } ?? NameMatch(known.columnName, among: names)
            return entry(for: known, match, names, report)
        }
        guard self.report.isComplete else { return entries }
        for prediction in report.prediction.columns {
            let isReported = entries.contains { entry in
                entry.reported.reason == prediction.reason && (entry.column?.index == prediction.column.index || entry.match == .unnamed)
            }
            if isReported { continue }
            let silent = ServerReport.Entry(columnName: prediction.column.name, reason: prediction.reason, count: 0)
            entries.append(
                Diagnosis.Entry(
                    reported: silent, match: .exact([prediction.column.index]), column: prediction.column, isInProfile: true,
                    predicted: prediction.cells, verdict: Reconciliation.Matching.verdict(predicted: prediction.cells, reported: 0)))
        }
        return entries
    }

    /// By entry of the report whose column the file does not have, the only column with all of its samples: a person may have translated the
    /// name, and a report may lack it.
    private func columnsBySamples(_ names: [ColumnName], _ reading: Reading) throws(SourceError) -> [Int?] {
        let report = reading.checked.report
        let open = self.report.entries.indices.filter { index in
            let reported = self.report.entries[index]
            guard reported.samples.contains(where: { !$0.isRedacted }), unknownReason(reported, names) == nil else { return false }
            let match = NameMatch(reported.columnName, among: names)
            if case .exact = match { return false }
            return match.column == nil && onlyColumn(reported, match, report) == nil
        }
        guard !open.isEmpty, !names.isEmpty else { return Array(repeating: nil, count: self.report.entries.count) }
        let samples = open.map { index in self.report.entries[index].samples.filter { !$0.isRedacted } }
        let all = samples.flatMap(\.self)
        let questions = names.indices.map { CellQuestion(column: $0 + 1, samples: all, comparesDigits: false) }
        let answers = try CellScan.ask(questions, of: file, options: reading.options).answers
        var columns: [Int?] = Array(repeating: nil, count: self.report.entries.count)
        var first = 0
        for (place, index) in open.enumerated() {
            let own = first..<(first + samples[place].count)
            first = own.upperBound
            let having = names.indices.filter { column in own.allSatisfy { answers[column].samples[$0].count > 0 } }
            if having.count == 1 { columns[index] = having[0] + 1 }
        }
        return columns
    }

    /// What was typed as `COLUMN:REASON` with a reason that is not known, where the file has the column, and none of the whole name.
    private func unknownReason(_ reported: ServerReport.Entry, _ names: [ColumnName]) -> ServerReport.Entry? {
        guard self.report.origin == .screen, reported.reason == .parsingError, let name = reported.columnName,
            NameMatch(name, among: names).column == nil, let colon = name.bytes.lastIndex(of: UInt8(ascii: ":"))
        else { return nil }
        var entry = reported
        entry.columnName = ColumnName(Array(name.bytes[..<colon]))
        guard NameMatch(entry.columnName, among: names).column != nil else { return nil }
        entry.reason = SkipReason(rawValue: String(decoding: name.bytes[(colon + 1)...], as: UTF8.self))
        return entry
    }

    private func entry(
        for reported: ServerReport.Entry, _ match: NameMatch, _ names: [ColumnName], _ report: Report
    ) -> Diagnosis.Entry {
        let column = match.column.map { ColumnReference(index: $0, name: names[$0 - 1]) } ?? onlyColumn(reported, match, report)
        let predictions = report.prediction.columns.filter {
            $0.reason == reported.reason && (column.map { $0.index } == $0.column.index || match == .unnamed)
        }
        let predicted = predictions.reduce(Bounds.zero) { Bounds(min: $0.min + $1.cells.min, max: $0.max + $1.cells.max) }
        let verdict: Reconciliation.Verdict =
            predictions.isEmpty && reported.count != 0
            ? (reported.count == nil ? .unreadable : .unpredicted)
            : Reconciliation.Matching.verdict(predicted: predicted, reported: reported.count)
        let name = column.flatMap { String(validating: $0.name.bytes, as: UTF8.self) }
        return Diagnosis.Entry(
            reported: reported, match: match, column: column,
            isInProfile: isInProfile(name, column?.index, report), predicted: predicted, verdict: verdict)
    }

    /// Whether the profile names a column, or, if it is pivoted, describes it as one of the periods.
    private func isInProfile(_ name: String?, _ column: Int?, _ report: Report) -> Bool {
        guard let profile = options.profile else { return false }
        return profile.columns.contains { $0.name == name }
            || profile.pivot != nil && report.prediction.masks.contains { $0.column == column }
    }

    /// A report without a column's name speaks of the only column for which the reason is predicted.
    private func onlyColumn(_ reported: ServerReport.Entry, _ match: NameMatch, _ report: Report) -> ColumnReference? {
        guard match == .unnamed else { return nil }
        let predicted = report.prediction.columns.filter { $0.reason == reported.reason }
        return predicted.count == 1 ? predicted[0].column : nil
    }

    // MARK: Hypotheses

    /// What is looked for in one column.
    private enum Search {
        case values(ColumnSearch)
        case items(ItemSearch)

        var rules: [ValueRule] {
            switch self {
            case .values(let search): search.rules
            case .items(let search): search.rules
            }
        }

        func explanations(_ answer: CellAnswer, isInferred: Bool) -> (explanations: [Explanation], space: SearchSpace) {
            switch self {
            case .values(let search): search.explanations(answer, isInferred: isInferred)
            case .items(let search): search.explanations(answer)
            }
        }
    }

    private func search(for entry: Diagnosis.Entry, _ reading: Reading) -> Search? {
        guard let column = entry.column?.index, let count = entry.reported.count else { return nil }
        // What the profile matches with a list fails for its items, which are no values that cannot be read.
        if entry.reported.reason == .parsingError, let masks = reading.masks.first(where: { $0.column == column }),
            masks.profile.type != .dimension
        {
            return .values(ColumnSearch(masks, reported: count, samples: entry.reported.samples))
        }
        let isMissingItem = [SkipReason.missingItemSkipsRow, .missingItemUsesDefault].contains(entry.reported.reason)
        let name = entry.column.flatMap { String(validating: $0.name.bytes, as: UTF8.self) }
        guard isMissingItem, let profile = reading.options.profile?.columns.first(where: { $0.name == name }), profile.items != nil
        else { return nil }
        return .items(ItemSearch(profile, reported: count))
    }

    /// One question for each entry that has a column, in the order of the columns.
    private func questions(_ entries: [Diagnosis.Entry], _ searches: [Search?]) -> (asked: [CellQuestion], places: [Int?]) {
        let order = entries.indices.filter { entries[$0].column != nil }.sorted {
            (entries[$0].column!.index, $0) < (entries[$1].column!.index, $1)
        }
        var places: [Int?] = Array(repeating: nil, count: entries.count)
        let asked = order.enumerated().map { place, index in
            places[index] = place
            var question = CellQuestion(
                column: entries[index].column!.index, rules: searches[index]?.rules ?? [], samples: entries[index].reported.samples,
                comparesDigits: entries[index].reported.reason == .parsingError)
            switch searches[index] {
            case .values(let search): question.test = search.leadingTest
            case .items(let search):
                question.countsTexts = true
                question.test = search.leadingTest
            case nil:
                if !question.samples.isEmpty { question.test = .texts(Set(question.samples.map(\.bytes))) }
            }
            if entries[index].reported.count == 0 { question.test = nil }
            return question
        }
        return (asked, places)
    }

    private static func fromScreen(_ answers: [CellAnswer]) -> [CellAnswer] {
        var answers = answers
        for index in answers.indices {
            for place in answers[index].samples.indices { answers[index].samples[place].isFromScreen = true }
        }
        return answers
    }

    /// A sample that was typed without a column belongs to the column that has it. Where several have it, it says nothing.
    private static func assigned(_ answers: [CellAnswer]) -> [CellAnswer] {
        var answers = answers
        for sample in Set(answers.flatMap { $0.samples.map(\.sample) }) {
            let places = answers.indices.compactMap { index in
                answers[index].samples.firstIndex { $0.sample == sample }.map { (answer: index, place: $0) }
            }
            if places.count < 2 { continue }
            let exact = places.filter { answers[$0.answer].samples[$0.place].count > 0 }
            let like = places.filter { !answers[$0.answer].samples[$0.place].isLost }
            let own = exact.isEmpty ? like : exact
            if own.isEmpty { continue }
            for (answer, place) in places where own.count > 1 || own[0].answer != answer { answers[answer].samples.remove(at: place) }
        }
        return answers
    }

    private func samplesOnly(_ entry: Diagnosis.Entry, _ answer: CellAnswer) -> [Explanation] {
        guard entry.isAboutValues, let count = entry.reported.count, let found = ColumnSearch.samplesAlone(answer, reported: count)
        else { return [] }
        return ColumnSearch.ranked([found], of: answer, in: SearchSpace())
    }

    /// Orders the explanations that fit by the number of skipped rows, where the report has it.
    private func weighRows(_ entries: inout [Diagnosis.Entry], _ reading: Reading) throws(SourceError) {
        guard let skipped = report.counts?.skipped, let evidence = RowEvidence(entries) else { return }
        let counts = try evidence.rowCounts(of: file, options: reading.options)
        let fitting = counts.map { $0 == skipped }
        guard fitting.contains(true), fitting.contains(false) else { return }
        entries[evidence.entry].weigh(fitting)
    }

    // MARK: The whole

    private func diagnosis(_ entries: [Diagnosis.Entry], _ reading: Reading, selectedRows: Int, isWhole: Bool) -> Diagnosis {
        let report = reading.checked.report
        let sha256 = unchanged != nil ? pushed : reading.digest.map { SHA256Digest.hexadecimal($0) }
        let identity: Diagnosis.Identity = pushed.map { $0 == sha256 ? .same : .other(sha256: $0) } ?? .unknown
        return Diagnosis(
            report: self.report, path: report.input.path, sha256: sha256, identity: identity, rows: report.totals.rows,
            byteCount: report.input.decompressedBytes, isInferred: reading.isInferred, predictedRows: report.prediction.skippedRows,
            entries: entries, selectedRows: selectedRows, isComplete: isWhole && report.isComplete,
            obstacle: Diagnosis.Obstacle(report, isColumnMissing: entries.contains { $0.column == nil && $0.match != .unnamed }))
    }
}
