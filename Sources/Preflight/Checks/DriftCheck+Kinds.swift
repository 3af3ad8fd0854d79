import ImportProfiles

extension FindingKind {
    private static let look =
        "Look whether the source changed. If the file is right, accept it: preflight baseline accept FILE."

    static let unusualRowCount = FindingKind(
        code: "PF711", slug: "unusual-row-count", severity: .warning, about: .bytes, title: "An unusual number of rows",
        why: "A file that was cut, or holds another period, loads without any error.", help: look, showsPlaces: false,
        message: { $0.allRemarks ?? $0.title })

    static let otherColumns = FindingKind(
        code: "PF712", slug: "other-columns", severity: .warning, about: .names, title: "Other columns than usual",
        why: "A column that the import configuration maps may be gone, or have another name.", help: look, showsPlaces: false,
        message: { $0.allRemarks ?? $0.title })

    static let unusualEmptyCount = FindingKind(
        code: "PF713", slug: "unusual-empty-count", severity: .warning, about: .bytes, title: "An unusual share of empty fields",
        why: "Values that are lost on the way load as nothing, without any error.", help: look, showsPlaces: false,
        message: { $0.allRemarks ?? $0.title })

    static let newMasks = FindingKind(
        code: "PF714", slug: "new-looks", severity: .warning, about: .bytes, title: "Values that look like none before",
        why: "Codes or dates of another form may belong to another system, and match no item of a dimension.", help: look,
        showsPlaces: false, message: { $0.allRemarks ?? $0.title })

    static let newValues = FindingKind(
        code: "PF715", slug: "new-values", severity: .warning, about: .bytes, title: "Values that no file had before",
        why: "A column with few values has new ones: an item may be new, or spelled in another way.", help: look, showsPlaces: false,
        message: { $0.allRemarks ?? $0.title })

    static let unusualSum = FindingKind(
        code: "PF716", slug: "unusual-sum", severity: .warning, about: .bytes, title: "An unusual sum",
        why: "Numbers in another unit, or with another sign, load without any error.", help: look, showsPlaces: false,
        message: { $0.allRemarks ?? $0.title })

    static let oldDates = FindingKind(
        code: "PF717", slug: "old-dates", severity: .warning, about: .bytes, title: "Dates that do not go further than before",
        why: "The export may be an old one, or the source was not updated.", help: look, showsPlaces: false,
        message: { $0.allRemarks ?? $0.title })

    static let sameFile = FindingKind(
        code: "PF718", slug: "same-file", severity: .warning, about: .bytes, title: "The same file as the last one",
        why: "The source may not have written a new export; loading it again doubles what is added up.", help: look, showsPlaces: false,
        message: { $0.allRemarks ?? $0.title })
}
