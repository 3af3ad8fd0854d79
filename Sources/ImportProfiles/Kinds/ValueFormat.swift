import Yams

/// How the values of a kind are written: what a column of a profile, or its defaults, say under one key such as `number`.
protocol ValueFormat: Sendable, Equatable {
    static var key: ProfileKey { get }
    /// What holds where a profile says nothing.
    static var usual: Self { get }
    /// Reads what a profile says; what it leaves open is that of `base`.
    static func read(_ node: Node, over base: Self, nodes: inout NodeReader) -> Self
    /// As YAML text, what differs from `base`; `nil` for nothing.
    ///
    /// - Parameter isFull: whether what is the same is written, too.
    func yaml(over base: Self, isFull: Bool) -> String?
}

extension ValueFormat {
    /// Reads what a profile says over the format that is there.
    static func read(_ node: Node, into formats: inout FormatTable, nodes: inout NodeReader) {
        formats[Self.self] = read(node, over: formats[Self.self], nodes: &nodes)
    }

    /// As YAML text, what differs between two columns.
    static func yaml(of formats: FormatTable, over base: FormatTable, isFull: Bool) -> String? {
        formats[Self.self].yaml(over: base[Self.self], isFull: isFull)
    }
}

/// The formats of a column, by kind. Those that are usual take no room.
struct FormatTable: Sendable {
    /// By key.
    private var formats: [any ValueFormat] = []

    init() {}

    subscript<Format: ValueFormat>(_ type: Format.Type) -> Format {
        get {
            for case let format as Format in formats { return format }
            return .usual
        }
        set {
            formats.removeAll { $0 is Format }
            if newValue == .usual { return }
            let place = formats.firstIndex { Swift.type(of: $0).key.name > Format.key.name } ?? formats.count
            formats.insert(newValue, at: place)
        }
    }
}

extension FormatTable: Equatable {
    static func == (left: Self, right: Self) -> Bool {
        guard left.formats.count == right.formats.count else { return false }
        for (own, other) in zip(left.formats, right.formats) where !isEqual(own, other) { return false }
        return true
    }

    private static func isEqual<Format: ValueFormat>(_ left: Format, _ right: any ValueFormat) -> Bool {
        (right as? Format) == left
    }
}
