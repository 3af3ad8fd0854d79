import ValueFormats

/// What is looked for in a file: places by their numbers, texts of fields, or both.
package struct LocateQuery: Sendable, Equatable {
    /// Record numbers: data rows from 1, the header is 0.
    package var rows: [ClosedRange<Int>] = []
    /// Physical lines, from 1: the row that a line belongs to.
    package var lines: [ClosedRange<Int>] = []
    /// Offsets in the decompressed file, from 0.
    package var bytes: [ClosedRange<Int>] = []
    /// Texts of fields, decoded. With a ``column`` only those of its fields.
    package var texts: [Text] = []
    /// Whether letter case does not matter for texts: both are compared in lower case, as Unicode maps it.
    package var ignoresCase = false
    /// Name of a column in the header, byte by byte, or where there is none of that name its number, from 1.
    package var column: [UInt8]?

    /// A text that a field has, or is.
    package struct Text: Sendable, Equatable {
        package var bytes: [UInt8]
        /// Whether it is the whole text of a field.
        package var isWhole: Bool

        package init(_ bytes: [UInt8], isWhole: Bool) {
            self.bytes = bytes
            self.isWhole = isWhole
        }
    }

    /// Whether places are looked for, and not only texts.
    var hasPlaces: Bool { !rows.isEmpty || !lines.isEmpty || !bytes.isEmpty }

    package init() {}

    package init(_ target: Locator.Target) {
        switch target {
        case .row(let number): rows = [number...number]
        case .line(let number): lines = [number...number]
        case .byte(let offset): bytes = [offset...offset]
        case .value(let text): texts = [Text(text, isWhole: true)]
        }
    }

    /// Reads `5`, `10-20`, `5,7,10-20`; `nil` for anything else.
    package static func ranges(_ text: String) -> [ClosedRange<Int>]? {
        var ranges: [ClosedRange<Int>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { digits in
                digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(digits) : nil
            }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last else { return nil }
            ranges.append(first...last)
        }
        return ranges
    }
}
