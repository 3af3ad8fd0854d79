import ImportProfiles
import SafeText
import ValueFormats

/// Decides what a column of a feed is, from what was counted on all rows; what the values leave open becomes a question.
struct ColumnJudge {
    let column: FeedColumn
    let search: ReadingSearch
    let hint: NameHint
    /// By format and reading of the search.
    let formats: [[ColumnReading]]
    /// What the values look like, the most frequent first; of texts.
    let masks: [ColumnStatistics.Mask]
    let nullWords: [String]

    private static let fewestOfAKind = 2

    /// - Parameter answer: to the questions about a column with many different values; `nil` where its values are known.
    init(_ search: ReadingSearch, answer: FeedPass.Answer?, today: Expectation.Day?) {
        self.search = search
        column = search.column
        hint = NameHint(column.name)
        let values = column.dataValues ?? []
        if let answer {
            var counts = answer.counts[...]
            formats = search.formats.map { readings in
                readings.map { reading in
                    var counted = reading
                    counted.count = counts.popFirst() ?? ReadingCount()
                    return counted
                }
            }
            masks = answer.masks
            nullWords = answer.nullWords
        } else {
            formats = search.formats.map { readings in
                readings.map { reading in
                    var (counted, tally) = (reading, ReadingCounter(reading.column, today: today))
                    for value in values { tally.add(value.text, count: value.count) }
                    counted.count = tally.count
                    return counted
                }
            }
            var looks: [String: Int] = [:]
            for value in values where search.type == nil {
                looks[TextMask.mask(String(decoding: value.text, as: UTF8.self), limit: 16), default: 0] += value.count
            }
            masks = looks.map { ColumnStatistics.Mask(text: $0.key, count: $0.value, example: nil) }
                .sorted { ($1.count, $0.text) < ($0.count, $1.text) }
            nullWords = (column.ownValues ?? []).map(\.text).filter { ASCII.isNullWord(text: $0) }.map {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }

    var decision: ColumnDecision {
        var decision = decided
        decision.nullWords = nullWords
        if search.type?.kind == .integer, let numbers = best?.count.numbers {
            decision.wholeRange = numbers.largest.double - numbers.smallest.double
        }
        decision.nullWordsMayBeValues = search.type == nil && !search.isMixed
        if decision.nullWordsMayBeValues, let first = masks.first, 10 * first.count >= 9 * column.valueCount {
            decision.codeMask = first.text
        }
        // In a mixture they depend on the answer.
        if !search.isMixed { decision.doubts = best?.count.doubts ?? [:] }
        return decision
    }

    private var decided: ColumnDecision {
        if column.valueCount == 0 { return empty }
        if search.isMixed { return mixed }
        guard let best else { return text }
        if best.column.type == .integer, best.column.number == NumberFormat() { return WholeNumbers(self, best).decision }
        if best.column.type == .boolean { return booleans }
        if best.column.type == .dimension {
            var decision = decide(best.column)
            decision.items = column.dataValues?.map(\.text) ?? []
            return decision
        }
        return typed(best)
    }

    /// How a key prefers the column, by its name and by what is known before the values are counted: a lower rank is better. `nil` where it is none.
    static func keyRank(_ search: ReadingSearch) -> Int? {
        let (column, hint) = (search.column, NameHint(search.column.name))
        guard column.valueCount > 0, !search.isMixed else { return nil }
        let comesAgain = column.dataValues.map { 2 * $0.count <= column.valueCount } ?? false
        guard let type = search.type else {
            if hint.saysText || hint.saysMeasure { return nil }
            if comesAgain { return 1 }
            let texts = column.knownTexts
            if hint.saysIdentity { return 0 }
            // Names and sentences may differ by chance.
            return texts.contains { $0.contains(UInt8(ascii: " ")) } ? nil : 2
        }
        if type.kind == .dimension { return 1 }
        if type.kind == .date { return 3 }
        guard type.kind == .integer, type.traits.isEmpty else { return nil }
        if hint.saysMeasure, !hint.saysCode { return nil }
        return hint.saysIdentity ? 0 : hint.saysCode ? (comesAgain ? 1 : 2) : 4
    }

    // MARK: Readings

    /// Of each format the reading that reads most; of equal ones the strictest.
    private var bestOfFormats: [ColumnReading] {
        formats.compactMap { readings in
            readings.enumerated().min { left, right in
                (right.element.count.parses, right.element.count.readable, left.offset)
                    < (left.element.count.parses, left.element.count.readable, right.offset)
            }?.element
        }
    }

    /// The reading of all formats that reads most.
    var best: ColumnReading? {
        bestOfFormats.enumerated().min {
            ($1.element.count.readable, $0.offset) < ($0.element.count.readable, $1.offset)
        }?.element
    }

    private func typed(_ best: ColumnReading) -> ColumnDecision {
        let rivals = bestOfFormats.filter { $0.column != best.column && $0.count.readable >= best.count.readable }
        let isDate = best.column.type == .date
        var notes = [evidence(best)]
        notes += unread(best)
        if isDate, let named = best.count.doubts[.foreignName] {
            notes.append(
                "\(named.counted("date")) with a month or day whose name is not English: whether an import reads it is not published. "
                    + "Export months as numbers, best as yyyy-MM-dd")
            let text = ColumnReading(ColumnProfile(name: column.name, type: .text), "text")
            return ask("are dates with names of another language read as dates, or is it text?", [best] + rivals + [text], notes)
        }
        if rivals.isEmpty, isRounded {
            return ask(
                "IDs that Excel has rounded, or numbers?", [ColumnReading(ColumnProfile(name: column.name, type: .text), "IDs"), best],
                notes)
        }
        if rivals.isEmpty, best.column.type == .number, let asked = askAboutCodes(best, notes) { return asked }
        if rivals.isEmpty, best.count.fails > 0 { return askAboutOthers(best, notes) }
        guard !rivals.isEmpty else {
            if isDate, best.column.date.patterns.first?.text == "yyyyMMdd", (column.dataValues?.count ?? .max) < 3, !hint.saysDate {
                let whole = ColumnReading(ColumnProfile(name: column.name, type: .integer), "whole numbers")
                return ask("days or numbers?", [best, whole], notes)
            }
            return decide(best.column, notes: notes)
        }
        // The range depends on the answer.
        notes[0] = evidence(nil)
        return ask(isDate ? "day or month first?" : "decimals or thousands?", [best] + rivals, notes)
    }

    /// Asks about numbers that may be codes: accounts such as 60.01, and numbers with a letter right after them.
    private func askAboutCodes(_ reading: ColumnReading, _ notes: [String]) -> ColumnDecision? {
        let number = reading.column.number
        if let suffix = number.suffix, ReadingSearch.isScale(suffix) {
            let text = ColumnReading(ColumnProfile(name: column.name, type: .text), "text")
            return ask("amounts in thousands or millions, or codes?", [reading, text], notes)
        }
        guard hint.saysCode, !hint.saysMeasure, number.prefix == nil, number.suffix == nil else { return nil }
        guard let values = column.dataValues, 2 * values.count <= column.valueCount else {
            return ask("codes or amounts?", [ColumnReading(ColumnProfile(name: column.name, type: .text), "codes"), reading], notes)
        }
        var asked = ask("codes or amounts?", [ColumnReading(ColumnProfile(name: column.name, type: .dimension), "codes"), reading], notes)
        asked.items = values.map(\.text)
        return asked
    }

    /// Asks about a column of which some values cannot be read: they are faults of the file, or it is a column of texts.
    func askAboutOthers(_ reading: ColumnReading, _ notes: [String]) -> ColumnDecision {
        let text = ColumnReading(ColumnProfile(name: column.name, type: .text), "text")
        return ask("are the values that cannot be read faults of the file, or is it text?", [reading, text], notes)
    }

    /// Whether most values are as Excel shows long IDs, or some in a column whose name says that it has IDs.
    private var isRounded: Bool {
        let count = column.count { $0.contains(.mangledID) }
        return count > 0 && (hint.saysCode || 2 * count > column.valueCount)
    }

    /// Numbers or dates in several formats.
    private var mixed: ColumnDecision {
        let found = bestOfFormats.filter { $0.count.parses > 0 }.sorted { $1.count.parses < $0.count.parses }
        guard let first = found.first else { return text }
        var note = "\(first.column.type.rawValue)s in \(found.count) formats: "
        note += found.map { "\($0.count.parses.grouped) of \(column.valueCount.grouped) as \($0.words)" }.joined(separator: ", ")
        var choices = found
        let isDate = found.allSatisfy { $0.column.type == .date }
        let together = found.flatMap(\.column.date.patterns)
        if isDate, Self.areUnambiguous(together) {
            // Each value is read by the pattern that fits it.
            var all = first.column
            all.date = DateFormat(together)
            let read = found.reduce(0) { $0 + $1.count.parses }
            if read >= column.valueCount { return decide(all, notes: [note + "; all of them are dates", evidence(nil)]) }
            choices = [ColumnReading(all, together.map(\.text).joined(separator: " or "))]
            return ask(
                "some values are not dates: still dates, or text?",
                choices + [ColumnReading(ColumnProfile(name: column.name, type: .text), "text")], [note])
        }
        choices.append(ColumnReading(ColumnProfile(name: column.name, type: .text), "text"))
        return ask("which format is right? No single one reads all.", choices, [note, evidence(nil)])
    }

    /// Whether no value can be two different dates under some patterns.
    private static func areUnambiguous(_ patterns: [DatePattern]) -> Bool {
        let orders = Set(patterns.filter { !$0.hasNames }.compactMap(\.isDayFirst))
        return orders.count < 2 && patterns.allSatisfy { !$0.hasTwoDigitYear }
    }

    // MARK: Other kinds

    private var empty: ColumnDecision {
        let words = column.rowCount == 0 ? "no row" : "\(column.rowCount.counted("row")), all empty"
        let text = ColumnProfile(name: column.name, type: .text)
        let choices = [text, ColumnProfile(name: column.name, type: .number), ColumnProfile(name: column.name, type: .date)]
        return ColumnDecision(
            name: column.name, notes: ["no value: \(words)"], choices.map { ColumnDecision.Choice($0, "no value tells") },
            question: "what does it hold when it has values?")
    }

    /// Words that surely mean true and false; the letters and digits among them may mean something else.
    private var booleans: ColumnDecision {
        var format = BooleanFormat()
        for value in column.dataValues ?? [] {
            guard let meaning = BooleanWords.meaning(text: value.text) else { continue }
            let word = String(decoding: value.text, as: UTF8.self)
            if meaning, word != "TRUE" { format.trueSpellings.append(word) }
            if !meaning, word != "FALSE" { format.falseSpellings.append(word) }
        }
        let profile = ColumnProfile(name: column.name, type: .boolean, boolean: format)
        var counted = ReadingCounter(profile, today: nil)
        for value in column.dataValues ?? [] { counted.add(value.text, count: value.count) }
        var reading = ColumnReading(profile, "boolean")
        reading.count = counted.count
        let notes = [valueCounts("boolean")] + unread(reading)
        return reading.count.fails > 0 ? askAboutOthers(reading, notes) : decide(profile, notes: notes)
    }

    private var text: ColumnDecision { TextColumn(self).decision }

    // MARK: Decisions

    func decide(_ profile: ColumnProfile, notes: [String]? = nil) -> ColumnDecision {
        ColumnDecision(name: column.name, notes: notes ?? [evidence(best)], [ColumnDecision.Choice(profile, "")])
    }

    func ask(_ question: String, _ readings: [ColumnReading], _ notes: [String]) -> ColumnDecision {
        ColumnDecision(
            name: column.name, notes: notes, readings.map { ColumnDecision.Choice($0.column, consequence(of: $0)) }, question: question)
    }

    // MARK: Words

    /// `as dd/MM/yyyy: 300 dates, 2026-01-02 to 2026-12-11, 12 of them in the future`
    private func consequence(of reading: ColumnReading) -> String {
        let count = reading.count
        guard count != ReadingCount() else { return "as \(reading.words)" }
        let noun = reading.column.type == .date ? "date" : reading.column.type.kind.holdsNumbers ? "number" : "value"
        var words = ["\(count.readable.counted(noun))"]
        if !count.range.isEmpty { words.append(count.range) }
        if count.future > 0 { words.append("\(count.future.grouped) of them in the future") }
        if count.doubtful > 0 { words.append("\(count.doubtful.grouped) doubtful") }
        if count.fails > 0 { words.append("\(count.fails.grouped) cannot be read") }
        return "as \(reading.words): " + words.joined(separator: ", ")
    }

    /// `number (decimal ,): 296 like "13,5", 204 like "7", 5 empty; 0.01 to 9987.2; 312 different`
    func evidence(_ reading: ColumnReading?, label: String? = nil) -> String {
        let parts = column.parts.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
        var words = parts.prefix(4).map { part in
            part.formats == .empty ? "\(part.count.grouped) empty" : "\(part.count.grouped) like \(part.first?.shown ?? "?")"
        }
        if parts.count > 4 { words.append(parts.dropFirst(4).reduce(0) { $0 + $1.count }.counted("other")) }
        var line = "\(label ?? search.type?.label ?? reading?.column.type.rawValue ?? "text"): " + words.joined(separator: ", ")
        if let range = reading?.count.range, !range.isEmpty { line += "; \(range)" }
        return line + "; " + different
    }

    /// `12 different`, `more than 1,024 different`
    var different: String {
        let own = search.type == nil ? column.ownValues?.count { !adopted.contains($0.text) } : column.dataValues?.count
        guard let count = own else { return "more than \(column.valueLimit.grouped) different" }
        return "\(count.grouped) different"
    }

    /// `boolean: 300 "ja", 200 "nein", 3 empty`
    func valueCounts(_ label: String) -> String {
        let values = (column.ownValues ?? []).filter { !adopted.contains($0.text) }.sorted { $1.count < $0.count }
        var words = values.prefix(4).map { "\($0.count.grouped) \(YAMLText.shown(String(decoding: $0.text, as: UTF8.self)))" }
        if values.count > 4 { words.append(values.dropFirst(4).reduce(0) { $0 + $1.count }.counted("other")) }
        for value in (column.ownValues ?? []).filter({ adopted.contains($0.text) }) {
            words.append("\(value.count.grouped) like \(YAMLText.shown(String(decoding: value.text, as: UTF8.self)))")
        }
        if column.emptyCount > 0 { words.append("\(column.emptyCount.grouped) empty") }
        return "\(label): \(words.joined(separator: ", "))"
    }

    /// Words that mean no value wherever they are.
    private var adopted: Set<[UInt8]> {
        Set(nullWords.filter { search.type != nil || FeedDraft.unmistakable.contains($0) }.map { Array($0.utf8) })
    }

    /// `12 values will not be read this way, first "x" in line 21`
    func unread(_ reading: ColumnReading) -> [String] {
        var notes: [String] = []
        if reading.count.fails > 0 {
            let first = search.type.flatMap { type in
                column.parts.first { !type.mayFit($0.formats) && $0.formats.isDisjoint(with: [.empty, .nullWord]) }?.first
            }
            let place = first.map { ", first \($0.shown) in line \($0.line)" } ?? ""
            notes.append("\(reading.count.fails.counted("value")) will not be read this way\(place)")
        }
        if let mangled = column.parts.first(where: { $0.formats.contains(.mangledID) })?.first {
            notes.append("\(mangled.shown) in line \(mangled.line) is how Excel shows a long ID: its last digits are lost")
        }
        return notes
    }
}
