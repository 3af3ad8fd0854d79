import ByteSpans
import SafeText
import ValueFormats

/// Tells whether a value looks like an item of a list and is none, without going through the list.
struct LookalikeItems {
    private let items: ItemSet
    /// What a person sees of the items that may be mistaken themselves.
    private let appearances: Set<String>

    /// The most items that are looked at: what few of them look like is kept.
    private static let most = 200_000

    init(_ items: ItemSet) {
        self.items = items
        appearances = items.appearances(ofFirst: Self.most)
    }

    /// - Parameter value: not an item, or one only but for case and surrounding spaces.
    func contain(_ value: [UInt8]) -> Bool {
        let mayDeceive = Lookalike.mayDeceive(value)
        guard mayDeceive || !appearances.isEmpty, value.count <= Self.longestValue else { return false }
        let seen = Lookalike.appearance(of: String(decoding: value, as: UTF8.self))
        if appearances.contains(seen) { return true }
        return mayDeceive && seen.withBytes { items.contains($0) }
    }

    private static let longestValue = 200
}
