import ImportProfiles
package import SafeText
import ValueFormats

extension ColumnStatistics {
    /// For machines; `columns-v1.schema.json` describes it key by key. Numbers of the file are strings: they are exact.
    package var document: JSONValue {
        var members: [JSONValue.Member] = [.init("index", .int(column.index)), .init("name", .string(column.name.text))]
        if !column.name.isUTF8 { members.append(.init("nameHex", .string(ASCII.hexadecimal(column.name.bytes)))) }
        if let type { members.append(.init("type", .string(type))) }
        members += [
            .init("rows", .int(rowCount)), .init("empty", .int(emptyCount)),
            .init("distinct", .members(["count": .int(distinct.count), "exact": .bool(distinct.isExact)])), .init("longest", .int(longest)),
        ]
        if let numbers {
            members.append(
                .init(
                    "numbers",
                    .members([
                        "count": .int(numbers.count), "min": .string(numbers.smallest.text), "max": .string(numbers.largest.text),
                        "sum": numbers.sum.map { .string($0.text) } ?? .null,
                        "magnitude": numbers.magnitude.map { .string($0.text) } ?? .null,
                    ])))
        }
        if let dates {
            members.append(.init("dates", .members(["first": .string(dates.first.text), "last": .string(dates.last.text)])))
        }
        members += [.init("masks", .array(masks.map(\.document))), .init("otherMasks", .int(otherMasks))]
        return .object(members)
    }
}

extension ColumnStatistics.Mask {
    fileprivate var document: JSONValue {
        var members: [JSONValue.Member] = [.init("text", .string(text)), .init("count", .int(count))]
        if let example { members.append(.init("example", .string(example.text))) }
        return .object(members)
    }
}
