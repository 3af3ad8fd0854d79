import SafeText
import ValueFormats
import Yams

/// How a profile and a Table Schema describe a kind of value: its keys, how they are read, written and linted. Everything has a default.
protocol KindSettings {
    /// The format of its values, whose key `defaults` of a profile has as well.
    static var format: (any ValueFormat.Type)? { get }
    /// Other keys of a column that have a meaning for this kind only.
    static var keys: [ProfileKey] { get }
    /// Reads ``keys``. Called for columns of every kind, so that mistakes under a misplaced key are found as well.
    static func read(
        _ entries: NodeReader.Entries, into column: inout ColumnProfile, nodes: inout NodeReader, items: inout ItemsLoader)
    /// Writes ``keys``: values are YAML text.
    static func entries(of column: ColumnProfile, isFull: Bool) -> [(key: String, value: String)]
    /// What is legal in a column's settings and worth a second look.
    static func remarks(on column: ColumnProfile) -> [String]

    /// The words of a Table Schema that mean this kind.
    static var schemaTypes: [String] { get }
    /// Reads a field of a Table Schema whose type is one of ``schemaTypes``.
    static func read(schemaField field: [String: Node], type: String, into column: inout ColumnProfile, nodes: inout NodeReader)
    /// The members of a Table Schema's field, the type among them.
    ///
    /// - Parameter lose: notes what the schema cannot say.
    static func schemaMembers(of column: ColumnProfile, lose: (String) -> Void) -> [JSONValue.Member]
    /// Constraints of a Table Schema's field.
    static func schemaConstraints(of column: ColumnProfile, lose: (String) -> Void) -> [JSONValue.Member]
}

extension KindSettings {
    static var format: (any ValueFormat.Type)? { nil }
    static var keys: [ProfileKey] { [] }
    static func read(
        _ entries: NodeReader.Entries, into column: inout ColumnProfile, nodes: inout NodeReader, items: inout ItemsLoader
    ) {}
    static func entries(of column: ColumnProfile, isFull: Bool) -> [(key: String, value: String)] { [] }
    static func remarks(on column: ColumnProfile) -> [String] { [] }
    static var schemaTypes: [String] { [] }
    static func read(schemaField field: [String: Node], type: String, into column: inout ColumnProfile, nodes: inout NodeReader) {}
    static func schemaMembers(of column: ColumnProfile, lose: (String) -> Void) -> [JSONValue.Member] {
        [JSONValue.Member("type", .string("string"))]
    }
    static func schemaConstraints(of column: ColumnProfile, lose: (String) -> Void) -> [JSONValue.Member] { [] }

    /// All keys of a column that belong to this kind.
    static var ownKeys: [ProfileKey] { (format.map { [$0.key] } ?? []) + keys }
}

/// A key of a profile, with its row of the documentation.
package struct ProfileKey: Sendable {
    package let name: String
    /// In Markdown: what the key holds.
    package let meaning: String
}

extension ColumnType {
    /// The keys of a column that belong to types, each once with its types, in the order of the list.
    static let keyOwners: [(key: ProfileKey, types: [ColumnType])] = {
        var owners: [(key: ProfileKey, types: [ColumnType])] = []
        for type in allCases {
            for key in type.settings.ownKeys {
                if let place = owners.firstIndex(where: { $0.key.name == key.name }) {
                    owners[place].types.append(type)
                } else {
                    owners.append((key, [type]))
                }
            }
        }
        return owners
    }()

    /// The keys of a column that belong to types, in the order of the list.
    package static var keys: [ProfileKey] { keyOwners.map(\.key) }
}
