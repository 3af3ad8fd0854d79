import ByteSpans
import SafeText

/// Keys that have a more usual spelling, each with its first place: a no-break space in place of a space, an invisible character, decomposed letters.
///
/// All keys that look the same have the same usual spelling. So of those that look like one of these, each is one of these too or is that spelling,
/// which the index of all keys has (see ``KeyIndex/finish(_:)``).
///
/// Bounded, whatever the order of ranges: the rows are counted in which a key needs a closer look, and only the first so many get it.
struct UnusualKeys {
    /// Rows that are looked at more closely.
    static let mostRows = 1 << 13
    /// Bytes of a value.
    static let longestValue = 200

    struct Entry {
        let key: [UInt8]
        /// The usual spelling, as a key.
        let usual: [UInt8]
        var place: KeyPlace
        /// Which of the rows it is, from 0.
        fileprivate var number: Int
    }

    /// In the order of the file.
    private(set) var entries: [Entry] = []
    private var keys: Set<[UInt8]> = []
    private var rowCount = 0

    /// Whether a value can have a part in it: all of it is known, however the input is cut.
    static func admits(_ value: Span<UInt8>, _ text: KeyText) -> Bool {
        value.count <= longestValue && value.count < text.longByteCount
    }

    /// Looks at the key of the next row that needs it.
    mutating func add(_ key: Span<UInt8>, _ text: KeyText, at place: () -> KeyPlace) {
        guard rowCount < Self.mostRows else { return }
        rowCount += 1
        let key = Array(key)
        guard !keys.contains(key), let usual = Self.usualSpelling(of: key, text), usual != key else { return }
        keys.insert(key)
        entries.append(Entry(key: key, usual: usual, place: place(), number: rowCount - 1))
    }

    /// Adds those of the range after this one.
    mutating func merge(_ later: UnusualKeys, at joint: Joint) {
        for var entry in later.entries {
            entry.number += rowCount
            guard entry.number < Self.mostRows, keys.insert(entry.key).inserted else { continue }
            entry.place = entry.place.shifted(by: joint)
            entries.append(entry)
        }
        rowCount = min(rowCount + later.rowCount, Self.mostRows)
    }

    /// - Returns: `nil` for a key that is not compared: too long, or ill-formed.
    private static func usualSpelling(of key: [UInt8], _ text: KeyText) -> [UInt8]? {
        var usual: [UInt8] = []
        for part in text.parts(of: key) {
            guard part.bytes.count == part.byteCount, part.byteCount <= longestValue,
                let value = String(validating: part.bytes, as: UTF8.self)
            else { return nil }
            text.append(Array(Lookalike.usualSpelling(of: value).utf8).span, to: &usual)
        }
        return usual
    }
}

/// A key that looks like an earlier one.
struct SimilarKey {
    let key: [UInt8]
    let place: KeyPlace
    let first: (key: [UInt8], place: KeyPlace)

    /// Those among unusual keys and the keys that are their usual spelling, in the order of the file.
    ///
    /// - Parameter usual: The usual spellings that are keys of the file, with their first places.
    static func all(_ unusual: [UnusualKeys.Entry], usual: [[UInt8]: KeyPlace]) -> [SimilarKey] {
        var firstByUsual: [[UInt8]: (key: [UInt8], place: KeyPlace)] = [:]
        for (key, place) in usual { firstByUsual[key] = (key, place) }
        for entry in unusual where entry.place.row < firstByUsual[entry.usual]?.place.row ?? .max {
            firstByUsual[entry.usual] = (entry.key, entry.place)
        }
        func similar(_ key: [UInt8], at place: KeyPlace, to usual: [UInt8]) -> SimilarKey? {
            guard let first = firstByUsual[usual], first.place.row < place.row else { return nil }
            return SimilarKey(key: key, place: place, first: first)
        }
        let found = unusual.compactMap { similar($0.key, at: $0.place, to: $0.usual) } + usual.compactMap { similar($0, at: $1, to: $0) }
        return found.sorted { $0.place.row < $1.place.row }
    }
}

extension UnusualKeys: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&rowCount)
        let blank = Entry(key: [], usual: [], place: KeyPlace(row: 0, line: 0, byteOffset: 0), number: 0)
        coder.list(&entries, blank: blank) { coder, entry in
            var (key, usual, place, number) = (entry.key, entry.usual, entry.place, entry.number)
            coder(&key)
            coder(&usual)
            coder(&place)
            coder(&number)
            entry = Entry(key: key, usual: usual, place: place, number: number)
        }
        if coder.isReading { keys = Set(entries.map(\.key)) }
    }
}
