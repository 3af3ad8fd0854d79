/// The types a column can be mapped to. Each is defined in a folder of its own beside this file, and listed in ``allCases``.
package struct ColumnType: Sendable, CaseIterable {
    /// Every type: the one list. Readers, writers, inference, advice and documentation follow it.
    package static let allCases: [ColumnType] = [.text, .number, .integer, .date, .boolean, .dimension]

    /// All that is known of the type.
    package var kind: any ValueKind.Type { definition }
    /// How a profile and a Table Schema describe it.
    var settings: any KindSettings.Type { definition }

    private let definition: any (ValueKind & KindSettings).Type

    init(_ definition: any (ValueKind & KindSettings).Type) {
        self.definition = definition
    }

    /// The formats of all types in the order of the list, each once: what `defaults` of a profile can say.
    static let formats: [any ValueFormat.Type] = {
        var formats: [any ValueFormat.Type] = []
        for type in allCases {
            guard let format = type.settings.format, !formats.contains(where: { $0.key.name == format.key.name }) else { continue }
            formats.append(format)
        }
        return formats
    }()

    /// The words of a profile for a message: `text, number, …`.
    package static var names: String {
        var text = ""
        for type in allCases { text += (text.isEmpty ? "" : ", ") + type.rawValue }
        return text
    }
}

extension ColumnType: RawRepresentable, Hashable, CustomStringConvertible {
    /// The word of a profile.
    package var rawValue: String { definition.name }

    /// The type with this word, if there is one.
    package init?(rawValue: String) {
        guard let type = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = type
    }

    package static func == (left: Self, right: Self) -> Bool {
        ObjectIdentifier(left.definition) == ObjectIdentifier(right.definition)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(definition))
    }

    package var description: String { rawValue }
}
