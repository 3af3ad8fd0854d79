package import ImportProfiles
import SafeText
import ValueFormats

extension FeedDraft {
    /// The columns that a profile lacks, as lines of it.
    ///
    /// - Parameter names: of the columns that it has.
    package func additions(to names: [String]) -> [ProfileExtension.Column] {
        let known = Set(names.map { Array($0.utf8) })
        return columns.filter { !known.contains(Array($0.name.utf8)) }.map { column in
            ProfileExtension.Column(name: column.name, lines: column.lines(defaults: ColumnDefaults()))
        }
    }

    /// What a profile says of its columns, and the files do not: sentences, safe to print. Its edits win, so these are no faults.
    ///
    /// - Parameter profile: `nil` where it cannot be loaded, as long as a type is undecided.
    package func differences(from profile: Profile?, names: [String]) -> [String] {
        let own = Dictionary(columns.map { (Array($0.name.utf8), $0) }) { first, _ in first }
        var found = names.filter { own[Array($0.utf8)] == nil }.map { "\(YAMLText.shown($0)) is in the profile and in none of the files" }
        for column in profile?.columns ?? [] {
            guard let decision = own[Array(column.name.utf8)], !decision.isOpen, Self.differ(column, decision.column) else { continue }
            found.append(
                "\(YAMLText.shown(column.name)): the profile says \(column.type), \(ReadingSearch.words(of: column)); the files have "
                    + "\(decision.column.type), \(ReadingSearch.words(of: decision.column))")
        }
        return found
    }

    /// Whether two columns read numbers or dates in different ways.
    private static func differ(_ profile: ColumnProfile, _ file: ColumnProfile) -> Bool {
        if file.type == .date {
            return profile.type != .date && profile.type != .text || profile.type == .date && profile.date != file.date
        }
        guard profile.type.kind.holdsNumbers, file.type.kind.holdsNumbers else {
            return profile.type.kind.holdsNumbers || profile.type == .date
        }
        var (own, other) = (profile.number, file.number)
        // Neither says that the column has no such numbers.
        (own.multiplier, other.multiplier) = (nil, nil)
        return file.type == .number && own != other
    }
}
