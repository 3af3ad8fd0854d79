import Preflight
import SafeText

extension ServerReport {
    /// Why a text is no report.
    package struct Refusal: Error, Equatable {
        /// Safe to print.
        package var message: String

        package init(message: String) {
            self.message = message
        }
    }

    /// Bytes of the largest report that is read.
    package static let mostBytes = 16 << 20

    /// Reads a saved status document, its `detailedReport` alone, or the JSON report of a push.
    package init(json: [UInt8]) throws(Refusal) {
        guard let value = try? JSONReader.value(of: json), case .object = value else {
            throw Refusal(message: "it is not a JSON object. Save the answer of the status endpoint, or a push with --format json")
        }
        if let outcome = value["outcome"] {
            try self.init(outcome: outcome, of: value)
            return
        }
        let document = value["detailedReport"] == nil && value["impactedBlocks"] != nil ? Self.status(around: value) : value
        guard document["importStatus"] != nil || document["detailedReport"] != nil else {
            throw Refusal(message: "it has neither \"detailedReport\", as a status document, nor \"outcome\", as the report of a push")
        }
        guard let status = StatusDocument(Array(document.text(isPretty: false).utf8), redactor: Redactor(nil)),
            let report = ServerReport(status)
        else {
            throw Refusal(message: "it has no detailed report. Ask the status with includedDetailedReport=true")
        }
        self = report
    }

    private static func status(around detail: JSONValue) -> JSONValue {
        .members(["importStatus": .string("Completed"), "detailedReport": detail])
    }

    private init(outcome: JSONValue, of report: JSONValue) throws(Refusal) {
        guard case .object = outcome, case .array(let skipped)? = outcome["skipped"] else {
            throw Refusal(message: "its push was not followed to the end: there is no report of skipped rows in it")
        }
        func count(_ value: JSONValue?) -> Int? {
            guard case .int(let number)? = value, number >= 0 else { return nil }
            return number
        }
        func text(_ value: JSONValue?) -> String? {
            guard case .string(let text)? = value else { return nil }
            return text
        }
        let entries = skipped.prefix(Self.mostEntries).map { entry in
            var samples: [SampleText] = []
            if case .array(let values)? = entry["samples"] {
                samples = values.prefix(StatusDocument.mostTexts).compactMap { text($0).map(Self.sample(shown:)) }
            }
            return Entry(
                columnName: text(entry["column"]).flatMap { $0.isEmpty ? nil : ColumnName($0) },
                reason: SkipReason(rawValue: text(entry["reason"]) ?? "none"), count: count(entry["count"]), samples: samples)
        }
        let counts = outcome["counts"].flatMap { value -> StatusDocument.Counts? in
            guard case .object = value else { return nil }
            return StatusDocument.Counts(
                inserted: count(value["inserted"]), updated: count(value["updated"]), deleted: count(value["deleted"]),
                skipped: count(value["skipped"]))
        }
        self.init(
            origin: .push, importID: text(outcome["importId"]).flatMap { try? ImportID($0) }, status: text(outcome["status"]),
            entries: entries, counts: counts, sha256: text(report["push"]?["sha256"]))
    }

    static let mostEntries = 10_000

    /// A report shows samples escaped and cut: what it escapes is taken back as far as that is possible.
    static func sample(shown text: String) -> SampleText {
        let isCut = text.hasSuffix("…")
        var bytes: [UInt8] = []
        var rest = Substring(isCut ? String(text.dropLast()) : text)
        while let character = rest.first {
            if let (escaped, length) = unescaped(rest) {
                bytes += escaped
                rest = rest.dropFirst(length)
            } else {
                bytes += String(character).utf8
                rest = rest.dropFirst()
            }
        }
        return SampleText(Array(bytes.prefix(SampleText.mostBytes)), isCut: isCut || bytes.count > SampleText.mostBytes)
    }

    /// `\x{ff}` or `\u{1b}` at the beginning, and how many characters it has.
    private static func unescaped(_ text: Substring) -> (bytes: [UInt8], length: Int)? {
        guard text.hasPrefix("\\x{") || text.hasPrefix("\\u{"), let end = text.firstIndex(of: "}") else { return nil }
        let digits = text[text.index(text.startIndex, offsetBy: 3)..<end]
        guard digits.count <= 6, let number = UInt32(digits, radix: 16) else { return nil }
        let length = digits.count + 4
        if text.hasPrefix("\\x{") { return number < 256 ? ([UInt8(number)], length) : nil }
        return Unicode.Scalar(number).map { (Array(String(Character($0)).utf8), length) }
    }
}

extension ServerReport {
    /// A shorter word may be part of a column's name.
    private static let fewestLetters = 5

    /// What a person reads on the screen.
    ///
    /// - Parameters:
    ///   - reported: `COLUMN:REASON:COUNT`, or `COLUMN:COUNT` for a `ParsingError`. Only the last parts are looked for: a name may hold colons.
    ///     What is given twice counts once; other counts of the same column and reason are added up, as those of several blocks are.
    ///   - samples: `TEXT`, or `COLUMN=TEXT` where the column is one of those reported.
    package init(reported: [[UInt8]], samples: [[UInt8]]) throws(Refusal) {
        var entries: [Entry] = []
        var known: [Entry] = []
        for text in reported {
            let entry = try Self.entry(text)
            if known.contains(where: { $0.isAbout(entry) && $0.count == entry.count }) { continue }
            known.append(entry)
            guard let place = entries.firstIndex(where: { $0.isAbout(entry) }) else {
                entries.append(entry)
                continue
            }
            let (sum, isOverflow) = (entries[place].count ?? 0).addingReportingOverflow(entry.count ?? 0)
            guard !isOverflow else { throw Refusal(message: "the counts of \"\(VisibleText(text))\" are too large to add up") }
            entries[place].count = sum
        }
        for sample in samples {
            let (place, value) = Self.place(of: sample, in: entries)
            guard !value.isEmpty else {
                throw Refusal(message: "\"\(VisibleText(sample))\" is a sample without a text: leave it out, empty cells are not looked up")
            }
            let text = Self.sample(typed: value)
            for index in place.map({ [$0] }) ?? Array(entries.indices) where !entries[index].samples.contains(text) {
                entries[index].samples.append(text)
            }
        }
        self.init(origin: .screen, entries: entries)
    }

    /// A long value is shown with dots in the place of its end. A value that really ends in them begins so, too.
    static func sample(typed value: ArraySlice<UInt8>) -> SampleText {
        let dots = ["…", "..."].lazy.map { Array($0.utf8) }.first { value.count > $0.count && value.suffix($0.count).elementsEqual($0) }
        let text = value.dropLast(dots?.count ?? 0)
        return SampleText(Array(text.prefix(SampleText.mostBytes)), isCut: dots != nil || text.count > SampleText.mostBytes)
    }

    private static func entry(_ text: [UInt8]) throws(Refusal) -> Entry {
        let colon = UInt8(ascii: ":")
        let parts = text.split(separator: colon, omittingEmptySubsequences: false)
        let last = String(decoding: parts.last ?? [], as: UTF8.self)
        guard parts.count >= 2, let count = TypedCount.read(last) else {
            let advice =
                last.hasSuffix("%")
                ? "Write the number of cells, not their share: Amount:ParsingError:48"
                : "Write COLUMN:REASON:COUNT, for example Amount:ParsingError:48"
            throw Refusal(message: "\"\(VisibleText(text))\" does not end in a count. \(advice)")
        }
        let word = parts.count >= 3 ? String(decoding: parts[parts.count - 2], as: UTF8.self) : nil
        let reason = try word.map { word throws(Refusal) in try self.reason(word) } ?? nil
        let name = Array(parts.dropLast(reason == nil ? 1 : 2).joined(separator: [colon]))
        // Of the reason alone the report names no column.
        if parts.count == 2, let only = exactReason(String(decoding: name, as: UTF8.self)) {
            return Entry(columnName: nil, reason: only, count: count)
        }
        return Entry(columnName: name.isEmpty ? nil : ColumnName(name), reason: reason ?? .parsingError, count: count)
    }

    private static func exactReason(_ text: String) -> SkipReason? {
        SkipReason.known.first { letters(of: $0.rawValue) == letters(of: text) }
    }

    private static func letters(of text: String) -> String { text.lowercased().filter(\.isLetter) }

    /// The known reason that a person means; `nil` for none.
    private static func reason(_ text: String) throws(Refusal) -> SkipReason? {
        if let same = exactReason(text) { return same }
        let known = SkipReason.known.map(\.rawValue)
        let longer = letters(of: text).count < Self.fewestLetters ? [] : known.filter { letters(of: $0).hasPrefix(letters(of: text)) }
        guard longer.count < 2 else {
            throw Refusal(message: "\"\(VisibleText(text))\" is the beginning of \(longer.joined(separator: ", ")). Write the whole name")
        }
        if let only = longer.first { return SkipReason(rawValue: only) }
        return EditDistance.nearest(to: text, among: known).map { SkipReason(rawValue: $0) }
    }

    /// The entry that a sample names before an equals sign or a colon, and what follows; all of it where it names none.
    private static func place(of sample: [UInt8], in entries: [Entry]) -> (Int?, ArraySlice<UInt8>) {
        for index in sample.indices.prefix(longestName) where [UInt8(ascii: "="), UInt8(ascii: ":")].contains(sample[index]) {
            let name = NameMatch.folded(Array(sample[..<index]))
            guard !name.isEmpty, let place = entries.firstIndex(where: { $0.columnName.map { NameMatch.folded($0.bytes) } == name })
            else { continue }
            return (place, sample[(index + 1)...])
        }
        return (nil, sample[...])
    }

    /// Bytes of a sample that may name its column.
    private static let longestName = 200
}

extension ServerReport.Entry {
    /// Whether both speak of the same cells.
    fileprivate func isAbout(_ other: Self) -> Bool {
        reason == other.reason && columnName.map { NameMatch.folded($0.bytes) } == other.columnName.map { NameMatch.folded($0.bytes) }
    }
}
