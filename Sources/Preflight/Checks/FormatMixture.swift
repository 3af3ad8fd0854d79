import SafeText
import ValueFormats

/// A column of numbers or dates in several formats. No single format reads nearly all of its values.
struct FormatMixture {
    /// The values that only one of the formats reads.
    fileprivate struct Part {
        let type: InferredType
        var count = 0
        var examples: [Finding.Example] = []
    }

    private var parts: [Part]
    /// Values that more than one of the formats reads.
    private var commonCount = 0
    /// Values that none of the formats reads, such as a text or a word for no value.
    private var otherCount = 0
    let types: [InferredType]

    /// - Returns: `nil` if one format reads nearly all values, or if most are texts.
    init?(_ evidence: [ColumnEvidence.Part]) {
        types = InferredType.mixture(of: Dictionary(uniqueKeysWithValues: evidence.map { ($0.formats, $0.count) }))
        parts = types.map { Part(type: $0) }
        for part in evidence where part.formats != .empty {
            let fitting = types.indices.filter { types[$0].mayFit(part.formats) }
            if fitting.count > 1 { commonCount += part.count }
            if fitting.isEmpty { otherCount += part.count }
            guard fitting.count == 1 else { continue }
            parts[fitting[0]].count += part.count
            parts[fitting[0]].examples += part.examples
        }
        parts = parts.filter { $0.count > 0 }
        guard parts.count > 1 else { return nil }
        for index in parts.indices { parts[index].examples.sort { $0.place.byteOffset < $1.place.byteOffset } }
        // The most frequent first; equal ones in file order.
        parts.sort { (-$0.count, $0.firstOffset) < (-$1.count, $1.firstOffset) }
    }

    /// Values that exactly one of the formats reads.
    var count: Int { parts.reduce(0) { $0 + $1.count } }

    /// The most values that one of the formats cannot read.
    var mostLeft: Int { count - (parts.last?.count ?? 0) + otherCount }

    /// The fewest values that one of the formats cannot read.
    var leastLeft: Int { count - (parts.first?.count ?? 0) + otherCount }

    /// In file order.
    var examples: [Finding.Example] {
        parts.flatMap(\.examples).sorted { $0.place.byteOffset < $1.place.byteOffset }
    }

    /// `1,506 decimal comma (first "2,5" in line 3), 1,494 decimal point (first "1.5" in line 2); 12 fit both; 6 fit none`.
    var words: String {
        let texts = parts.map { part in
            let first = part.examples.first.map { example in
                " (first " + (example.value.map { "\"\($0.text)\" in " } ?? "in ") + "line \(example.place.line))"
            }
            return "\(part.count.grouped) \(part.type.formatWords)\(first ?? "")"
        }
        let common = commonCount == 0 ? "" : "; \(commonCount.grouped) fit \(parts.count == 2 ? "both" : "several")"
        let others = otherCount == 0 ? "" : "; \(otherCount.grouped) fit none"
        return texts.joined(separator: ", ") + common + others
    }

    var formatCount: Int { parts.count }
}

extension FormatMixture.Part {
    fileprivate var firstOffset: Int { examples.first?.place.byteOffset ?? .max }
}
