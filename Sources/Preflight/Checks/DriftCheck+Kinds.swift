import ImportProfiles

extension FindingKind {
    private static func drift(_ code: String, _ slug: String, about subject: Subject = .bytes, title: String, why: String) -> FindingKind {
        FindingKind(
            code: code, slug: slug, severity: .warning, about: subject, title: title, why: why,
            help: "Look whether the source changed. If the file is right, accept it: preflight baseline accept FILE.", showsPlaces: false,
            message: { $0.allRemarks ?? $0.title })
    }

    static let unusualRowCount = drift(
        "PF711", "unusual-row-count", title: "An unusual number of rows",
        why: "A file that was cut, or holds another period, loads without any error.")

    static let otherColumns = drift(
        "PF712", "other-columns", about: .names, title: "Other columns than usual",
        why: "A column that the import configuration maps may be gone, or have another name.")

    static let unusualEmptyCount = drift(
        "PF713", "unusual-empty-count", title: "An unusual share of empty fields",
        why: "Values that are lost on the way load as nothing, without any error.")

    static let newMasks = drift(
        "PF714", "new-looks", title: "Values that look like none before",
        why: "Codes or dates of another form may belong to another system, and match no item of a dimension.")

    static let newValues = drift(
        "PF715", "new-values", title: "Values that no file had before",
        why: "A column with few values has new ones: an item may be new, or spelled in another way.")

    static let unusualSum = drift(
        "PF716", "unusual-sum", title: "An unusual sum",
        why: "Numbers in another unit, or with another sign, load without any error.")

    static let oldDates = drift(
        "PF717", "old-dates", title: "Dates that do not go further than before",
        why: "The export may be an old one, or the source was not updated.")

    static let sameFile = drift(
        "PF718", "same-file", title: "The same file as the last one",
        why: "The source may not have written a new export; loading it again doubles what is added up.")
}
