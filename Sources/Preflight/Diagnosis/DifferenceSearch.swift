package import ByteSources
import ImportProfiles
import ValueFormats

/// Looks for the rows that make a sum differ from what is expected: where one row is too many, its amount is the difference.
///
/// It reads the file a second time, and only if a sum differs.
package final class DifferenceSearch: CellScan.RowReceiver {
    /// Rows that are named.
    private static let mostNamed = 3

    /// By question.
    private var rows: [(first: [Int], count: Int)]

    private init(questionCount: Int) { rows = Array(repeating: ([], 0), count: questionCount) }

    package func begin(_ beginning: Range<Int>) -> Bool { true }

    package func take(_ row: CellScan.Row) -> Bool {
        for (question, _) in row.cells {
            rows[question].count += 1
            if rows[question].first.count < Self.mostNamed { rows[question].first.append(row.number) }
        }
        return true
    }

    /// Whether rows are looked for.
    package static func isWanted(for report: Report) -> Bool { !differingSums(of: report).isEmpty }

    /// Indices of the sums that differ, in the order of the columns.
    private static func differingSums(of report: Report) -> [Int] {
        guard report.isComplete else { return [] }
        return report.expectations.indices.filter { index in
            guard case .column(.sum, _, only: nil) = report.expectations[index].expectation.quantity else { return false }
            return report.expectations[index].difference != nil && report.expectations[index].reader != nil
        }.sorted { (report.expectations[$0].column ?? 0) < (report.expectations[$1].column ?? 0) }
    }

    /// Names such rows in the report.
    ///
    /// - Parameters:
    ///   - file: was read to its end. A stream cannot be read again: its report stays what it is.
    ///   - options: as it was read.
    package static func explain(_ report: inout Report, of file: InputFile, options: CheckOptions) throws(SourceError) {
        guard file.isSeekable else { return }
        let differing = differingSums(of: report)
        if differing.isEmpty { return }
        let questions = differing.map { index in
            let result = report.expectations[index]
            let test: CellTest? = result.reader.flatMap { reader in result.difference.map { .amount(reader, $0) } }
            return CellQuestion(column: result.column ?? 0, test: test)
        }
        let search = DifferenceSearch(questionCount: questions.count)
        _ = try CellScan.ask(questions, of: file, options: options, receiver: search)
        for (question, index) in differing.enumerated() where search.rows[question].count > 0 {
            let earlier = report.expectations[index].text
            report.expectations[index].suspects = search.rows[question]
            for finding in report.findings.indices where report.findings[finding].message == earlier {
                report.findings[finding].message = report.expectations[index].text
                report.findings[finding].briefMessage = report.expectations[index].text
            }
        }
    }
}
