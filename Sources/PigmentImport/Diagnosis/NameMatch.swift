package import Preflight
import SafeText

/// The column of a file that a report speaks of.
package enum NameMatch: Sendable, Equatable {
    /// It has exactly the name. Numbers of the columns, from 1.
    case exact([Int])
    /// Its name differs in letter case or spaces only, or it is the only one that begins with what a cut name shows.
    case loose(Int)
    /// It has another name, and of all columns it alone has the samples.
    case bySamples(Int)
    /// There is none; the name that is most like it, if there is one.
    case unknown(nearest: ColumnName?)
    /// The report names no column.
    case unnamed

    init(_ name: ColumnName?, among names: [ColumnName]) {
        guard let name else {
            self = .unnamed
            return
        }
        let exact = names.indices.filter { names[$0] == name }.map { $0 + 1 }
        if !exact.isEmpty {
            self = .exact(exact)
            return
        }
        let folded = Self.folded(name.bytes)
        let loose = names.indices.filter { Self.folded(names[$0].bytes) == folded }
        if loose.count == 1 {
            self = .loose(loose[0] + 1)
            return
        }
        if let beginning = Self.beginning(of: name.bytes) {
            let longer = names.indices.filter { Self.folded(names[$0].bytes).hasPrefix(beginning) }
            if longer.count == 1 {
                self = .loose(longer[0] + 1)
                return
            }
        }
        self = .unknown(nearest: Self.nearest(to: folded, among: names))
    }

    /// The one column that it is.
    package var column: Int? {
        switch self {
        case .exact(let columns): columns.count == 1 ? columns[0] : nil
        case .loose(let column), .bySamples(let column): column
        case .unknown, .unnamed: nil
        }
    }

    /// In lower case, without spaces and signs between words.
    static func folded(_ name: [UInt8]) -> String {
        String(decoding: name, as: UTF8.self).lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// What a name shows that ends in dots, as screens cut long ones; `nil` for others.
    private static func beginning(of name: [UInt8]) -> String? {
        let text = String(decoding: name, as: UTF8.self)
        guard text.hasSuffix("…") || text.hasSuffix("...") else { return nil }
        let folded = folded(name)
        return folded.isEmpty ? nil : folded
    }

    /// The name that contains it, is contained in it, or is a few letters away.
    private static func nearest(to folded: String, among names: [ColumnName]) -> ColumnName? {
        guard !folded.isEmpty else { return nil }
        let texts = names.map { Self.folded($0.bytes) }
        if let near = EditDistance.nearest(to: folded, among: texts), let place = texts.firstIndex(of: near) { return names[place] }
        let place = texts.firstIndex { $0.count >= 3 && folded.count >= 3 && ($0.contains(folded) || folded.contains($0)) }
        return place.map { names[$0] }
    }
}
