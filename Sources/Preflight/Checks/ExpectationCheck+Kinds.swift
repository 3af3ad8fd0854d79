import ImportProfiles

extension GateRefusal {
    /// Whether the file does not hold what it is said to hold, see ``Expectation``, or what such files usually hold.
    package var isOfExpectation: Bool {
        if case .finding(let kind, _) = self { return ExpectationCheck.kinds.contains(kind) || DriftCheck.kinds.contains(kind) }
        return false
    }
}

extension FindingKind {
    private static let compare =
        "Compare the file with the system that wrote it: rows may be lost, doubled or altered on the way, or it may be another file. If the "
        + "expectation is out of date, correct it where it is written."

    static let otherRowCount = FindingKind(
        code: "PF701", slug: "other-row-count", severity: .error, about: .bytes, title: "Another number of rows than expected",
        why: "A file that was cut, or of another period, loads without any error.",
        help: compare, showsPlaces: false, message: { $0.allRemarks ?? $0.title })

    static let otherSum = FindingKind(
        code: "PF702", slug: "other-sum", severity: .error, about: .bytes, title: "Another sum than expected",
        why: "Rows that are lost, doubled or altered load without any error; the sum tells.",
        help: compare, showsPlaces: false, message: { $0.allRemarks ?? $0.title })

    static let otherDistinctCount = FindingKind(
        code: "PF703", slug: "other-distinct-count", severity: .error, about: .bytes,
        title: "Another number of different values than expected",
        why: "An entity or a period may be missing altogether, which no value shows.",
        help: compare, showsPlaces: false, message: { $0.allRemarks ?? $0.title })

    static let otherExtreme = FindingKind(
        code: "PF704", slug: "other-extreme", severity: .error, about: .bytes, title: "Another smallest or largest value than expected",
        why: "The file may be of another period, or hold a value that is out of range.",
        help: compare, showsPlaces: false, message: { $0.allRemarks ?? $0.title })

    static let otherFile = FindingKind(
        code: "PF705", slug: "other-file", severity: .error, about: .bytes, title: "Not the file that is expected",
        why: "Its size or its digest is not what was stated for it: it was altered, or is another file.",
        help: compare, showsPlaces: false, message: { $0.allRemarks ?? $0.title })

    static let uncheckedTotal = FindingKind(
        code: "PF706", slug: "unchecked-total", severity: .error, about: .bytes, title: "A control total cannot be compared",
        why: "What was to be proved is not: the file may be complete, or not.",
        help: "Correct the name of the column, or the expectation; for dates and numbers in other formats, give a profile.",
        showsPlaces: false, message: { $0.allRemarks ?? $0.title })
}
