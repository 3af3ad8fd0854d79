import ByteSources
import CSVTokenizer
import SafeText
import ValueFormats

/// Writes a profile as YAML text that reads back as the same profile: one line for each column.
package struct ProfileWriter {
    /// How much is written.
    package enum Detail: Sendable {
        /// What differs from the defaults.
        case short
        /// Every setting that has a meaning, the defaults filled in.
        case full
    }

    private let detail: Detail
    private let defaults: ColumnDefaults
    /// What is settled for all columns.
    private let assumed: Assumptions

    private init(_ detail: Detail, defaults: ColumnDefaults, assumed: Assumptions) {
        self.detail = detail
        self.defaults = defaults
        self.assumed = assumed
    }

    /// The text of a whole profile, with a final line end.
    ///
    /// Items that did not come from a source (``ColumnProfile/itemsSource``) are not written.
    package static func text(of profile: Profile, detail: Detail = .short) -> String {
        let defaults = detail == .short ? profile.defaults : ColumnDefaults()
        return ProfileWriter(detail, defaults: defaults, assumed: profile.defaults.assume).lines(of: profile).joined(separator: "\n") + "\n"
    }

    /// The line that describes a column, ready to be pasted under `columns:`: `- {name: Amount, type: number, number: {decimal: ","}}`. For a
    /// column without a name, the values of a pivoted file, the line is one to be pasted under `pivot:`: `values: {type: number}`.
    ///
    /// - Parameters:
    ///   - column: The column to describe.
    ///   - defaults: Defaults of the profile that the line is meant for; what equals them is left out.
    package static func columnLine(for column: ColumnProfile, defaults: ColumnDefaults = ColumnDefaults()) -> String {
        let map = ProfileWriter(.short, defaults: defaults, assumed: defaults.assume).columnMap(column)
        return column.name.isEmpty ? "values: \(map)" : "- \(map)"
    }

    // MARK: The whole

    private func lines(of profile: Profile) -> [String] {
        var lines = ["version: \(profile.version)"]
        if let configuration = profile.configuration { lines.append("configuration: \(configuration)") }
        let dialect = dialectEntries(of: profile)
        if !dialect.isEmpty { lines.append("dialect: " + YAMLText.map(dialect)) }
        if detail == .short {
            let entries = settingEntries(of: defaults, over: ColumnDefaults())
            if !entries.isEmpty { lines += ["defaults:"] + entries.map { "  \($0.key): \($0.value)" } }
        }
        let assumed = (profile.skipCount.map { [("count", $0.rawValue)] } ?? []) + profile.defaults.assume.entries
        if !assumed.isEmpty { lines.append("assume: " + YAMLText.map(assumed)) }
        lines += ["columns:"] + profile.columns.map { "  - " + columnMap($0) }
        if profile.hasFlatKey, detail == .short {
            lines += profile.keys.map { "keys: " + YAMLText.list($0) }
        } else if !profile.keys.isEmpty {
            lines.append("keys: [" + profile.keys.map(YAMLText.list).joined(separator: ", ") + "]")
        }
        if let pivot = profile.pivot {
            lines += ["pivot:", "  values: " + columnMap(pivot.values)]
            if let periods = pivot.periods { lines.append("  periods: " + periods.yaml) }
        }
        if detail == .full || profile.extraColumns != .warn { lines.append("extra-columns: \(profile.extraColumns.rawValue)") }
        let gate = gateEntries(of: profile.gate)
        if !gate.isEmpty { lines.append("gate: " + YAMLText.map(gate)) }
        let rules = profile.rules.entries.map { (key: $0.code, value: $0.action.rawValue) }
        if !rules.isEmpty { lines.append("rules: " + YAMLText.map(rules)) }
        let expected = profile.expectations.map { (key: YAMLText.scalar($0.quantity.key), value: YAMLText.scalar($0.wanted.setting)) }
        if !expected.isEmpty { lines.append("expect: " + YAMLText.map(expected)) }
        return lines
    }

    private func dialectEntries(of profile: Profile) -> [(key: String, value: String)] {
        let isFull = detail == .full
        var entries: [(key: String, value: String)] = []
        if let encoding = profile.dialect.encoding ?? (isFull ? .utf8 : nil) { entries.append(("encoding", encoding.rawValue)) }
        for (key, byte) in [("delimiter", profile.dialect.delimiter), ("quote", profile.dialect.quote)] {
            if let byte { entries.append((key, YAMLText.scalar(String(Unicode.Scalar(byte))))) }
        }
        if isFull || !profile.dialect.hasHeader { entries.append(("header", profile.dialect.hasHeader ? "1" : "0")) }
        if isFull || profile.pivot != nil { entries.append(("layout", profile.pivot == nil ? "flat" : "pivoted")) }
        return entries
    }

    private func gateEntries(of gate: GatePolicy) -> [(key: String, value: String)] {
        let (isFull, usual) = (detail == .full, GatePolicy())
        var entries: [(key: String, value: String)] = []
        if isFull || gate.maxSkipped != usual.maxSkipped { entries.append(("max-skipped", gate.maxSkipped.description)) }
        if isFull || gate.failOn != usual.failOn { entries.append(("fail-on", gate.failOn.rawValue)) }
        if isFull || gate.countsUncertain != usual.countsUncertain {
            entries.append(("uncertain", gate.countsUncertain ? "count" : "allow"))
        }
        return entries
    }

    // MARK: Columns

    private func columnMap(_ column: ColumnProfile) -> String {
        var entries: [(key: String, value: String)] = []
        if !column.name.isEmpty { entries.append(("name", YAMLText.scalar(column.name))) }
        entries.append(("type", column.type.rawValue))
        let settings = column.type.settings
        entries += settings.entries(of: column, isFull: detail == .full)
        let meaningful = [settings.format?.key.name, "null"]
        entries += settingEntries(of: column.settings, over: defaults).filter { meaningful.contains($0.key) }
        if column.isRequired { entries.append(("required", "true")) }
        if column.isOptional { entries.append(("optional", "true")) }
        let own = Assumptions(
            accepted: column.assume.accepted.subtracting(assumed.accepted), rejected: column.assume.rejected.subtracting(assumed.rejected))
        if !own.isEmpty { entries.append(("assume", YAMLText.map(own.entries))) }
        return YAMLText.map(entries)
    }

    private func settingEntries(of own: ColumnDefaults, over base: ColumnDefaults) -> [(key: String, value: String)] {
        let isFull = detail == .full
        var entries: [(key: String, value: String)] = []
        for format in ColumnType.formats {
            guard let text = format.yaml(of: own.formats, over: base.formats, isFull: isFull) else { continue }
            entries.append((format.key.name, text))
        }
        if isFull || YAMLText.differ(own.nullWords, base.nullWords) { entries.append(("null", YAMLText.list(own.nullWords))) }
        return entries
    }
}
