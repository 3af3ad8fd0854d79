package import ByteSources
import ImportProfiles

extension Locator {
    /// Looks for places, texts, and rows with a finding of some kinds: see ``find(_:in:options:context:most:isSecondPass:)``.
    ///
    /// With kinds the file is checked first, and then read once more: a stream must have been opened with a copy.
    package static func find(
        _ query: LocateQuery, kinds: [FindingKind], in file: InputFile, options: CheckOptions, context: Int, most: Int
    ) throws(SourceError) -> Answer {
        guard !kinds.isEmpty else { return try find(query, in: file, options: options, context: context, most: most) }
        var checking = options
        checking.samples = most
        checking.samplesDifferInRow = true
        // Who asks for a code wants its rows, whatever the rules make of it.
        checking.findingRules = FindingRules()
        let report = try CheckRun.check(file, options: checking)
        let findings = report.findings.filter { kinds.contains($0.kind) }
        // The first rows of each finding are known, so the first of all are among them.
        let offsets = Set(findings.flatMap(\.examples).map(\.place.byteOffset))
        var whole = query
        whole.bytes += offsets.sorted().map { $0...$0 }
        var answer = Answer()
        answer.rowCount = report.totals.rows
        if whole.hasPlaces || !whole.texts.isEmpty {
            answer = try find(whole, in: file, options: options, context: context, most: most, isSecondPass: true)
        }
        // A finding about the end, as of a file that is cut, has its place after the last byte.
        answer.missing.removeAll { missing in
            guard case .bytes(let range) = missing else { return false }
            return range.count == 1 && offsets.contains(range.lowerBound) && !query.bytes.contains(range)
        }
        let shown = answer.hits.count
        if findings.count == 1, !query.hasPlaces, query.texts.isEmpty {
            answer.moreCount = max(0, max(findings[0].rows, findings[0].rows == 0 ? findings[0].count : 0) - shown)
        } else if answer.isLimited || findings.contains(where: { $0.examples.count == most && $0.count > most }) {
            answer.occurrenceCount = findings.reduce(0) { $0 + $1.count }
        }
        return answer
    }
}
