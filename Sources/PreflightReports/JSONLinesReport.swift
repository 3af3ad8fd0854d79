import SafeText

extension ReportFormat {
    /// The documents of ``json``, one line for each file.
    public static let jsonl = ReportFormat(
        name: "jsonl", summary: "One line of JSON for each file.", outcome: .document(isPretty: false),
        importText: { $0.document.text(isPretty: false) + "\n" }
    ) { $0.document.text(isPretty: false) + "\n" }
}
