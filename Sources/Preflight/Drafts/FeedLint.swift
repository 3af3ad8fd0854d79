package import ByteSources
package import ImportProfiles
import SafeText
import ValueFormats

/// What a profile says and the files of its feed do not bear out: keys that are not unique, formats and words that no value has.
package enum FeedLint {
    /// A setting, and the values that it is for.
    private struct Probe {
        var column: ColumnProfile
        /// What to say where no value is read.
        var message: String
        /// The word for no value that it is about.
        var nullWord: String?
        /// The readings whose counts are compared with the first: as many values are read without the setting.
        var isWithout = false
    }

    /// Remarks on the columns of a profile, by their names; those on the whole profile have none.
    ///
    /// - Parameters:
    ///   - profile: The profile.
    ///   - files: Each is read twice.
    package static func remarks(on profile: Profile, files: [InputFile]) throws(SourceError) -> [(column: String, message: String)] {
        var options = CheckOptions(profile: profile)
        options.samples = 1
        let probes = profile.columns.map(Self.probes)
        var counts = probes.map { $0.map { _ in ReadingCount() } }
        var remarks: [(column: String, message: String)] = []
        for file in files {
            let report = try CheckRun.read(file, options: options, digest: nil, progress: { _ in }).report
            for finding in report.findings where finding.kind == .duplicateKey {
                remarks.append(("", "keys: \(finding.message) in \(file.displayPath)"))
            }
            let names = report.input.columnNames.map(\.bytes)
            var questions: [FeedPass.Question] = []
            var owners: [Int] = []
            for (index, column) in profile.columns.enumerated() where !probes[index].isEmpty {
                guard let place = names.isEmpty ? index : names.firstIndex(of: Array(column.name.utf8)) else { continue }
                questions.append(
                    FeedPass.Question(
                        column: place, readings: probes[index].map(\.column), wantsMasks: false, lookLimit: 0, wantsNullWords: false))
                owners.append(index)
            }
            if questions.isEmpty { continue }
            let found = try FeedPass.ask(questions, keys: KeySearch([]), of: file, options: options, today: nil)
            for (owner, answer) in zip(owners, found.answers) {
                for (index, count) in answer.counts.enumerated() { counts[owner][index].merge(count) }
            }
        }
        let common = profile.defaults.nullWords
        var unusedCommon: [String: Int] = [:]
        for (index, column) in profile.columns.enumerated() {
            guard let all = counts[index].first, all.readable > 0 else { continue }
            for (probe, count) in zip(probes[index], counts[index]).dropFirst() {
                let isUnused = probe.isWithout ? count.readable == all.readable && count.doubtful == all.doubtful : count.parses == 0
                guard isUnused else { continue }
                if let word = probe.nullWord, common.contains(word) {
                    unusedCommon[word, default: 0] += 1
                } else {
                    remarks.append((column.name, probe.message))
                }
            }
        }
        // A word of all columns is of use if one of them has it.
        for word in common where unusedCommon[word] == probes.count(where: { $0.contains { $0.nullWord == word } }) {
            remarks.append(("", "defaults: no value is the null word \(YAMLText.shown(word))"))
        }
        return remarks
    }

    /// The first is the column as it is.
    private static func probes(_ column: ColumnProfile) -> [Probe] {
        var probes: [Probe] = []
        func without(_ message: String, _ change: (inout ColumnProfile) -> Void) {
            var changed = column
            change(&changed)
            probes.append(Probe(column: changed, message: message, isWithout: true))
        }
        if column.type == .date, column.date.patterns.count > 1 {
            for pattern in column.date.patterns {
                var changed = column
                changed.date = DateFormat([pattern], years: column.date.years)
                probes.append(Probe(column: changed, message: "no value has the pattern \(VisibleText(pattern.text))"))
            }
        }
        if column.type.kind.holdsNumbers {
            if let group = column.number.group { without("no value has the group separator \(group.words)") { $0.number.group = nil } }
            if let prefix = column.number.prefix { without("no value has the prefix \(YAMLText.shown(prefix))") { $0.number.prefix = nil } }
            if let suffix = column.number.suffix { without("no value has the suffix \(YAMLText.shown(suffix))") { $0.number.suffix = nil } }
        }
        if column.type == .boolean {
            for word in column.boolean.trueSpellings + column.boolean.falseSpellings {
                probes.append(Probe(column: item(word), message: "no value is \(YAMLText.shown(word))"))
            }
        }
        for word in column.nullWords {
            probes.append(Probe(column: item(word), message: "no value is the null word \(YAMLText.shown(word))", nullWord: word))
        }
        if probes.isEmpty { return [] }
        // Words are counted as values, not left out.
        return [Probe(column: column, message: "")] + probes
    }

    /// A column that takes one word.
    private static func item(_ word: String) -> ColumnProfile {
        ColumnProfile(name: "", type: .dimension, items: ItemSet([Array(word.utf8)]), onMissing: .skip)
    }
}
