import CSVTokenizer
package import SafeText
import ValueFormats

/// Looks at a profile for mistakes, and for what is legal and odd.
package enum ProfileLint {
    /// Reads a profile and gives what is worth a second look: it can be used as it is.
    ///
    /// - Throws: every mistake that was found, in the order of the file; an unreadable file is a mistake as well.
    package static func remarks(path: FilePath) throws(ProfileError) -> [ProfileMistake] {
        remarks(on: try ProfileReading(path: path), fileName: path.description)
    }

    /// Reads a profile and gives what is worth a second look: see ``remarks(path:)-(FilePath)``.
    package static func remarks(path: String) throws(ProfileError) -> [ProfileMistake] {
        try remarks(path: FilePath(path))
    }

    /// - Parameter fileName: for the remarks, already escaped.
    package static func remarks(on reading: ProfileReading, fileName: String) -> [ProfileMistake] {
        func remark(_ place: ProfileLocation, _ message: String) -> ProfileMistake {
            ProfileMistake(file: fileName, line: place.line, column: place.column, message: message)
        }
        let profile = reading.profile
        var remarks = reading.remarks
        remarks += wholeProfile(profile).map { remark(.start, $0) }
        var lineByFolded: [String: Int] = [:]
        for (column, place) in zip(profile.columns, reading.columnPlaces) {
            let name = NodeReader.quoted(column.name)
            var messages = names(column)
            let folded = column.name.lowercased()
            if let line = lineByFolded[folded] {
                messages.append("differs from the column in line \(line) only by letter case: names are matched exactly")
            }
            lineByFolded[folded] = lineByFolded[folded] ?? place.line
            messages += settings(column)
            remarks += messages.map { remark(place, "\(name): \($0)") }
        }
        if let pivot = profile.pivot { remarks += settings(pivot.values).map { remark(.start, "the values of the periods: \($0)") } }
        return remarks.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    private static func wholeProfile(_ profile: Profile) -> [String] {
        var messages: [String] = []
        if let delimiter = profile.dialect.delimiter, delimiter != UInt8(ascii: ","), delimiter != UInt8(ascii: ";") {
            let shown = VisibleText([delimiter]).text
            messages.append(
                "the delimiter \"\(shown)\" is not offered by Pigment, which has comma and semicolon: every file will have PF209")
        }
        messages += unusedSettings(profile)
        if profile.gate.maxSkipped == .percent(100) { messages.append("the gate passes a file even if every row would be skipped") }
        if profile.pivot != nil, profile.extraColumns == .ignore {
            messages.append("with extra-columns: ignore, a mistyped period is ignored silently")
        }
        return messages
    }

    /// Defaults and settled doubts that no column has.
    private static func unusedSettings(_ profile: Profile) -> [String] {
        let types = profile.columns.map(\.type) + (profile.pivot.map { [$0.values.type] } ?? [])
        var messages: [String] = []
        for format in ColumnType.formats where format.yaml(of: profile.defaults.formats, over: FormatTable(), isFull: false) != nil {
            let owners = types.filter { $0.settings.format?.key.name == format.key.name }
            if owners.isEmpty { messages.append("defaults: no column has a use for \"\(format.key.name)\"") }
        }
        messages += overridden(profile).map { "defaults: every column has another \"\($0)\"" }
        let doubts = types.reduce(DoubtSet()) { $0.union($1.kind.doubts) }
        for doubt in profile.defaults.assume.settled.doubts where !doubts.contains(doubt) {
            messages.append("assume: no column can have \"\(doubt.name)\"")
        }
        return messages
    }

    /// Defaults that every column replaces by its own.
    private static func overridden(_ profile: Profile) -> [String] {
        let columns = profile.columns + (profile.pivot.map { [$0.values] } ?? [])
        var names: [String] = []
        let (dates, date) = (columns.filter { $0.type == .date }, profile.defaults.formats[DateFormat.self])
        if !dates.isEmpty, date.patterns != DateFormat.usual.patterns, !dates.contains(where: { $0.date.patterns == date.patterns }) {
            names.append("date")
        }
        let (numbers, number) = (columns.filter { $0.type == .number }, profile.defaults.formats[NumberFormat.self])
        func look(_ name: String, _ key: KeyPath<NumberFormat, some Equatable>) {
            if numbers.isEmpty || number[keyPath: key] == NumberFormat.usual[keyPath: key] { return }
            if !numbers.contains(where: { $0.number[keyPath: key] == number[keyPath: key] }) { names.append(name) }
        }
        look("decimal", \.decimal)
        look("group", \.group)
        look("prefix", \.prefix)
        look("suffix", \.suffix)
        return names
    }

    private static func names(_ column: ColumnProfile) -> [String] {
        guard let first = column.name.unicodeScalars.first, let last = column.name.unicodeScalars.last else { return [] }
        return first.properties.isWhitespace || last.properties.isWhitespace
            ? ["the name begins or ends with a space: names are matched exactly"] : []
    }

    private static func settings(_ column: ColumnProfile) -> [String] {
        var messages: [String] = []
        if column.isRequired, !column.nullWords.isEmpty {
            messages.append("required, so its null words (\(list(column.nullWords))) count as missing")
        }
        messages += nullWords(column)
        messages += column.type.settings.remarks(on: column)
        return messages
    }

    /// Null words that are values as well.
    private static func nullWords(_ column: ColumnProfile) -> [String] {
        if column.type.kind.parser(for: column) == nil { return [] }
        var bare = column
        bare.nullWords = []
        let rule = ValueRule(column: bare)
        let values = column.nullWords.filter { word in
            rule.judge(Array(word.utf8).span).verdict == .parses
        }
        return values.isEmpty ? [] : ["its null words hold values of its type (\(list(values))), which are loaded as blank (assumed)"]
    }

    private static func list(_ words: [String]) -> String {
        words.prefix(3).map(NodeReader.quoted).joined(separator: ", ") + (words.count > 3 ? ", …" : "")
    }
}
