package import Preflight
package import SafeText

/// What a run wrote of the rows of a file.
package struct SplitSummary: Sendable, Equatable {
    /// Paths, safe to print; `nil` where the rows were only counted.
    package var clean: String?
    package var quarantine: String?
    package var split: RowSplit

    package init(clean: String?, quarantine: String?, split: RowSplit) {
        self.clean = clean
        self.quarantine = quarantine
        self.split = split
    }

    /// All bytes of the file.
    private var byteCount: Int {
        split.clean.byteCount + split.quarantine.byteCount + split.sharedByteCount + split.dropped.byteCount
    }

    /// One paragraph.
    package var words: String {
        var parts = [
            Self.words(split.clean, "clean", to: clean),
            Self.words(split.quarantine, "quarantined", to: quarantine),
            "header \(split.sharedByteCount.counted("byte"))",
        ]
        if split.dropped.lines > 0 {
            parts.append(
                "dropped \(split.dropped.lines.counted("line")) that \(split.dropped.lines == 1 ? "is" : "are") no data, "
                    + split.dropped.byteCount.counted("byte"))
        }
        var text = parts.joined(separator: "; ") + ". Together all \(byteCount.counted("byte")) of the file."
        if !split.undivided.isEmpty {
            text += " Not set apart, as it is about columns as a whole: \(split.undivided.joined(separator: ", "))."
        }
        if !split.remaining.isEmpty {
            text += " The clean rows keep what is about the header or the file: \(split.remaining.joined(separator: ", "))."
        }
        return text
    }

    private static func words(_ part: RowSplit.Part, _ kind: String, to path: String?) -> String {
        "\(part.rows.counted("row")) \(kind)" + (path.map { " in \($0)" } ?? "") + ", \(part.byteCount.counted("byte"))"
    }

    /// For machines.
    package var json: JSONValue {
        func part(_ part: RowSplit.Part, _ path: String?) -> JSONValue {
            .members(["path": path.map(JSONValue.string) ?? .null, "rows": .int(part.rows), "bytes": .int(part.byteCount)])
        }
        return .members([
            "clean": part(split.clean, clean), "quarantine": part(split.quarantine, quarantine),
            "headerBytes": .int(split.sharedByteCount),
            "dropped": .members(["lines": .int(split.dropped.lines), "bytes": .int(split.dropped.byteCount)]),
            "undivided": .array(split.undivided.map(JSONValue.string)), "remaining": .array(split.remaining.map(JSONValue.string)),
        ])
    }
}
