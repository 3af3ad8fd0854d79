package import SafeText

/// A count known to lie between two bounds, both included.
public struct Bounds: Sendable, Equatable {
    /// What surely happens.
    public var min: Int
    /// What happens if every doubt goes against the file.
    public var max: Int

    package init(min: Int, max: Int) {
        self.min = min
        self.max = max
    }

    package static let zero = Bounds(min: 0, max: 0)

    package func contains(_ count: Int) -> Bool {
        min <= count && count <= max
    }
}

extension Bounds: CodedValue {
    package static var blank: Bounds { .zero }

    package mutating func code(_ coder: inout StateCoder) {
        coder(&min)
        coder(&max)
    }
}
