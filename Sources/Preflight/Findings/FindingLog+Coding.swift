import ImportProfiles
import SafeText

extension FindingLog: CodedState {
    /// What is known before the end of the file: checks finish a merged log.
    mutating func code(_ coder: inout StateCoder) {
        let blank = Group(Key(kind: .blankLine, column: nil, part: 0, severity: nil, predicts: nil), severity: .note, predicts: nil)
        coder.list(&groups, blank: blank) { coder, group in
            var (code, column, part) = (group.kind.code, group.ownColumn, group.part)
            var (keySeverity, keyPredicts) = (group.key.severity, group.key.predicts)
            coder(&code)
            coder(&column)
            coder(&part)
            Self.code(&keySeverity, &coder)
            Self.code(&keyPredicts, &coder)
            guard !coder.isReading || FindingKind(code: code) != nil else { return coder.fail() }
            if coder.isReading, let kind = FindingKind(code: code) {
                let key = Key(kind: kind, column: column, part: part, severity: keySeverity, predicts: keyPredicts)
                group = Group(key, severity: kind.severity, predicts: nil)
            }
            var severity: Severity? = group.severity
            Self.code(&severity, &coder)
            group.severity = severity ?? group.severity
            Self.code(&group.predicts, &coder)
            group.code(&coder)
        }
        var left = consequences.map(\.code).sorted()
        coder(&left)
        guard coder.isReading else { return }
        consequences = Set(left.compactMap(FindingKind.init(code:)))
        if consequences.count < left.count { coder.fail() }
        indexByKey = [:]
        for (index, group) in groups.enumerated() { indexByKey[group.key] = index }
    }

    private static func code<Value: RawRepresentable>(_ value: inout Value?, _ coder: inout StateCoder) where Value.RawValue == String {
        var text = value?.rawValue
        coder(&text)
        guard coder.isReading else { return }
        value = text.flatMap { Value(rawValue: $0) }
        if value == nil, text != nil { coder.fail() }
    }
}

extension FindingLog.Group {
    fileprivate mutating func code(_ coder: inout StateCoder) {
        coder(&count)
        coder(&countedRows)
        coder(&lastRow)
        coder(&examples)
        coder(&hasUnnamed)
        coder(&furtherColumns)
        coder.list(&kept, blank: FindingLog.Remark(column: nil, text: "")) { coder, remark in
            coder(&remark.column)
            coder(&remark.text)
            coder(&remark.line)
            coder(&remark.isReserved)
            coder(&remark.comesFirst)
        }
        coder(&reservedCount)
        coder(&help)
    }
}
