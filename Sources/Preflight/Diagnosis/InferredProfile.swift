package import ImportProfiles

extension Profile {
    /// What the values of a file say about its columns, where no profile does: each as the first type that most of its values have, else text.
    ///
    /// - Parameter report: of a check without a profile.
    package init(inferredFrom report: Report) {
        let names = report.input.columnNames
        var known: Set<[UInt8]> = []
        var columns: [ColumnProfile] = []
        for (index, evidence) in report.prediction.evidence.enumerated() {
            let bytes = index < names.count ? names[index].bytes : Array("column-\(index + 1)".utf8)
            guard let name = String(validating: bytes, as: UTF8.self), !name.isEmpty, known.insert(bytes).inserted else { continue }
            columns.append(ColumnDraft(evidence, name: name).choices.first ?? ColumnProfile(name: name, type: .text))
        }
        let dialect = report.input.dialect
        self.init(
            dialect: Dialect(delimiter: dialect.delimiter, quote: dialect.quote, hasHeader: dialect.hasHeader), columns: columns,
            extraColumns: .ignore)
    }
}
