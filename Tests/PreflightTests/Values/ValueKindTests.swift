import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// What holds for every kind of value in the list, whatever it is: a new one is tested by being listed.
@Suite(.computing) struct ValueKindTests {
    @Test func wordsAndKeysAreDistinct() {
        let names = ColumnType.allCases.map(\.rawValue)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { ColumnType(rawValue: $0)?.rawValue == $0 })
        #expect(ColumnType(rawValue: "undecided") == nil)
        let keys = ColumnType.keys.map(\.name)
        #expect(Set(keys).count == keys.count)
        #expect(Set(keys).isDisjoint(with: ["name", "type", "required", "null"]))
        #expect(ColumnType.keys.allSatisfy { $0.meaning.hasSuffix(".") && !$0.meaning.contains("\n") })
        let schemaTypes = ColumnType.allCases.flatMap { $0.settings.schemaTypes }
        #expect(Set(schemaTypes).count == schemaTypes.count)
    }

    /// Each format of inference belongs to one kind, and its draft is a column of that kind that can be read back.
    @Test func inferredFormatsAreDistinctAndCanBeDrafted() throws {
        var known = FormatSet()
        for type in ColumnType.allCases {
            for format in type.kind.inferredFormats {
                #expect(known.isDisjoint(with: format.format), "\(format.label)")
                known.formUnion(format.format)
                let evidence = DraftEvidence(name: "A", parts: [], fitting: [], traits: [])
                var column = ColumnProfile(name: "A", type: type)
                #expect(type.kind.draft(format, from: evidence, into: &column), "\(format.label)")
                #expect(try readBack(column) == column, "\(format.label)")
            }
        }
    }

    @Test(arguments: ColumnType.allCases)
    func columnWithoutSettings(type: ColumnType) throws {
        let column = ColumnProfile(name: "A", type: type)
        #expect(ProfileWriter.columnLine(for: column) == "- {name: A, type: \(type.rawValue)}")
        #expect(try readBack(column) == column)
        #expect(try Profile(yaml: ProfileWriter.text(of: Profile(columns: [column]), detail: .full)).columns == [column])
    }

    /// A kind that has findings judges values, counts them and gives their rows a fate; one that has none takes every value.
    @Test(arguments: ColumnType.allCases)
    func judging(type: ColumnType) {
        let column = ColumnProfile(name: "A", type: type, items: ItemSet([Array("x".utf8)]), onMissing: .skip)
        let rule = ValueRule(column: column)
        #expect(rule.takesAnyText == (type.kind.codes == nil))
        #expect((rule.consequence == .nothing) == (type.kind.codes == nil))
        if let codes = type.kind.codes {
            for code in [codes.fails, codes.doubtful] + (codes.readsTwoWays.map { [$0] } ?? []) { #expect(FindingKind(code: code) != nil) }
        }
        #expect((type.kind.maskForm(for: column) == nil) == (type.kind.codes == nil))
        let long = String(repeating: "\u{1}", count: 10_000)
        #expect(rule.judge(long).verdict == (type.kind.codes == nil ? .parses : .fails))
        #expect(rule.judge("").verdict == .empty)
    }

    /// What is tried in the place of a setting is another setting of the same column, which the profile can say.
    @Test(arguments: ColumnType.allCases)
    func editsAreOtherSettings(type: ColumnType) throws {
        let source = ItemsSource(.list(["x"]))
        let column = ColumnProfile(
            name: "A", type: type, items: type == .dimension ? ItemSet([Array("x".utf8)]) : nil,
            itemsSource: type == .dimension ? source : nil)
        for edit in ProfileEdits.usual(for: column) {
            #expect(edit.column != column, "\(edit.words)")
            #expect(edit.column.name == column.name)
            #expect(try readBack(edit.column) == edit.column, "\(edit.words)")
        }
        if let other = AlternativeFormat(column) {
            #expect(other.otherColumn != column)
            #expect(type.kind.codes?.readsTwoWays != nil)
        }
    }

    /// A format that is the usual one is none.
    @Test func usualFormatsTakeNoRoom() {
        var column = ColumnProfile(name: "A", type: .number)
        let bare = column
        column.number.group = .comma
        #expect(column != bare)
        column.date = DateFormat([DatePattern("yyyy")!])
        column.number.group = nil
        column.date = .iso
        #expect(column == bare)
        #expect(ColumnDefaults(number: NumberFormat(), date: .iso) == ColumnDefaults())
    }

    private func readBack(_ column: ColumnProfile) throws -> ColumnProfile? {
        try Profile(yaml: "version: 1\ncolumns:\n  \(ProfileWriter.columnLine(for: column))\n").columns.first
    }
}
