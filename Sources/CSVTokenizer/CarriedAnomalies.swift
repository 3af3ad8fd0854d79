/// The anomalies of a row that is longer than its chunk, by field: 16 bytes each, for there may be one in each of a million fields.
///
/// Offsets and lines are kept as the distance from those of the first. The few anomalies that do not fit, and those that know more than where they
/// are, are kept as they are.
struct CarriedAnomalies {
    private struct Packed {
        let field: UInt32
        let offset: Int32
        let line: Int32
        /// The count, above the three bits of the kind.
        let countAndKind: UInt32
    }

    private var packed: [Packed] = []
    /// By index.
    private var whole: [Int: Anomaly] = [:]
    private var base = (offset: 0, line: 0)

    var count: Int { packed.count }
    var isEmpty: Bool { packed.isEmpty }

    mutating func removeAll() {
        packed = []
        whole = [:]
    }

    subscript(index: Int) -> Anomaly {
        let found = packed[index]
        let kind = Anomaly.Kind(rawValue: UInt8(found.countAndKind & 7))
        guard let kind else {
            guard let anomaly = whole[index] else { preconditionFailure("it was kept as it is") }
            return anomaly
        }
        return Anomaly(
            kind: kind, byteOffset: base.offset + Int(found.offset), line: base.line + Int(found.line), field: Int(found.field),
            count: Int(found.countAndKind >> 3), wholeLine: nil)
    }

    private static let isWhole: UInt32 = 7

    /// Adds an anomaly of the row. Beyond the fields that are kept there is one of each kind: the first, with the count of all.
    ///
    /// - Parameter limit: the first field that is not kept.
    mutating func add(_ anomaly: Anomaly, limit: Int) {
        if anomaly.field >= limit {
            for index in firstIndex(atOrAfterField: limit)..<count where self[index].kind == anomaly.kind {
                var sum = self[index]
                sum.count += anomaly.count
                set(sum, at: index)
                return
            }
        }
        append(anomaly)
    }

    /// Those from an index on are replaced.
    mutating func replace(from index: Int, with others: CarriedAnomalies) {
        if index == 0 {
            self = others
            return
        }
        packed.removeSubrange(index...)
        if !whole.isEmpty { whole = whole.filter { $0.key < index } }
        for place in 0..<others.count { append(others[place]) }
    }

    func firstIndex(atOrAfterField field: Int) -> Int {
        packed.partitionPoint { Int($0.field) < field }
    }

    private mutating func append(_ anomaly: Anomaly) {
        if packed.isEmpty { base = (anomaly.byteOffset, anomaly.line) }
        packed.append(Packed(field: 0, offset: 0, line: 0, countAndKind: 0))
        set(anomaly, at: packed.count - 1)
    }

    private mutating func set(_ anomaly: Anomaly, at index: Int) {
        let field = UInt32(clamping: anomaly.field)
        if let offset = Int32(exactly: anomaly.byteOffset - base.offset), let line = Int32(exactly: anomaly.line - base.line),
            anomaly.count < 1 << 29, anomaly.wholeLine == nil
        {
            let countAndKind = UInt32(anomaly.count) << 3 | UInt32(anomaly.kind.rawValue)
            packed[index] = Packed(field: field, offset: offset, line: line, countAndKind: countAndKind)
            // What was too much before still is: counts only grow.
        } else {
            whole[index] = anomaly
            packed[index] = Packed(field: field, offset: 0, line: 0, countAndKind: Self.isWhole)
        }
    }
}
