package import ByteSources
import ImportProfiles
package import SafeText

/// What a repair changes: which fixes are wanted.
package struct RepairChoice {
    /// Codes, or what codes begin with; `nil` for all.
    package var selected: [String]?
    /// Whether fixes are made that may change what a value means.
    package var allowsUnsafe = false
    /// Rows whose text is kept before and after.
    package var shownRows = 0

    package init() {}

    func allows(_ code: String, isSafe: Bool = true) -> Bool {
        (isSafe || allowsUnsafe) && selected.map { $0.contains { code.hasPrefix($0) } } ?? true
    }
}

/// What was changed in a file.
package struct RepairResult: Sendable, Equatable {
    /// What one kind of fix changed.
    package struct Fix: Sendable, Equatable {
        /// The finding that it removes.
        package var code: String
        package var isSafe: Bool
        /// What is counted: `value`, `row`, `line end`, …
        package var noun: String
        package var count = 0
        package var rows = 0
        fileprivate var lastRow = -1
    }

    /// A row before and after; `nil` for a row that is left out.
    package struct Change: Sendable, Equatable {
        package var row: Int
        package var line: Int
        package var before: VisibleText
        package var after: VisibleText?
    }

    /// By code; what is safe first.
    package private(set) var fixes: [Fix] = []
    /// Fixes that were not made, because they are unsafe.
    package private(set) var held: [Fix] = []
    /// Errors of other kinds than values that no fix is about: their code, and how many there were.
    package private(set) var untouched: [(code: String, count: Int)] = []
    /// Values that fail or may fail and that no fix changes.
    package var leftValues = 0
    /// Data rows that differ in the result, those that are left out included.
    package var changedRows = 0
    /// Data rows of the file and of the result.
    package var rows = (before: 0, after: 0)
    package var changes: [Change] = []

    package var isUnchanged: Bool { fixes.isEmpty }

    mutating func note(_ code: String, _ noun: String, isSafe: Bool = true, count: Int = 1, row: Int) {
        Self.note(code, noun, isSafe: isSafe, count: count, row: row, in: &fixes)
    }

    /// Adds what the next round changed.
    mutating func add(_ later: RepairResult) {
        for fix in later.fixes {
            if let index = fixes.firstIndex(where: { $0.code == fix.code && $0.isSafe == fix.isSafe }) {
                fixes[index].count += fix.count
                fixes[index].rows = min(rows.before, fixes[index].rows + fix.rows)
            } else {
                fixes.insert(fix, at: Self.place(of: fix.code, fix.isSafe, in: fixes))
            }
        }
        (held, untouched, leftValues) = (later.held, later.untouched, later.leftValues)
        changedRows += later.changedRows
        rows.after = later.rows.after
        changes += later.changes.prefix(max(0, changes.isEmpty ? later.changes.count : 0))
    }

    /// Notes the errors of the file that no fix was made for.
    mutating func noteUntouched(_ findings: [Finding]) {
        let handled = Set((fixes + held).map(\.code))
        for finding in findings where finding.severity == .error && finding.kind.subject != .values && !handled.contains(finding.code) {
            if let index = untouched.firstIndex(where: { $0.code == finding.code }) {
                untouched[index].count += finding.count
            } else {
                untouched.append((finding.code, finding.count))
            }
        }
    }

    mutating func hold(_ code: String, _ noun: String, row: Int) {
        Self.note(code, noun, isSafe: false, count: 1, row: row, in: &held)
    }

    private static func note(_ code: String, _ noun: String, isSafe: Bool, count: Int, row: Int, in fixes: inout [Fix]) {
        var index = fixes.firstIndex { $0.code == code && $0.isSafe == isSafe } ?? fixes.count
        if index == fixes.count {
            index = place(of: code, isSafe, in: fixes)
            fixes.insert(Fix(code: code, isSafe: isSafe, noun: noun), at: index)
        }
        fixes[index].count += count
        if row > 0, fixes[index].lastRow != row {
            fixes[index].rows += 1
            fixes[index].lastRow = row
        }
    }

    private static func place(of code: String, _ isSafe: Bool, in fixes: [Fix]) -> Int {
        fixes.firstIndex { ($0.code, $0.isSafe ? 0 : 1) > (code, isSafe ? 0 : 1) } ?? fixes.count
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.fixes == right.fixes && left.held == right.held && left.leftValues == right.leftValues && left.changedRows == right.changedRows
            && left.rows == right.rows && left.changes == right.changes && left.untouched.map(\.code) == right.untouched.map(\.code)
    }
}

/// Why a file is not repaired.
package enum RepairFailure: Error {
    case source(SourceError)
    case output(OutputFile.Refusal)
    /// The copy that is not finished cannot be kept.
    case temporary(Descriptor.Failure)
    /// The reason, as a sentence.
    case refused(String)
}
