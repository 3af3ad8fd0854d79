import SafeText
import ValueFormats
import Yams

/// True or false.
enum BooleanKind: ValueKind, KindSettings {
    static let name = "boolean"
    static let codes: KindCodes? = KindCodes(fails: "PF404", doubtful: "PF414")
    static let doubts = DoubtSet.booleans

    static func parser(for column: ColumnProfile) -> (any ValueParser)? { BooleanParser(column.boolean) }

    static func quickTest(for column: ColumnProfile) -> QuickTest? { .boolean }

    static func maskForm(for column: ColumnProfile) -> ValueMask.Form? { .boolean }

    /// All spellings that the column has, in one setting.
    static func suggestedEdits(of column: ColumnProfile, by values: [ArraySlice<UInt8>]) -> [ProfileEdit] {
        var format = column.boolean
        for value in values {
            guard let meaning = BooleanWords.meaning(of: value.span),
                let text = String(validating: value, as: UTF8.self)
            else { continue }
            // By bytes: equal strings may be composed in other ways.
            func isKnown(_ spellings: [String]) -> Bool { spellings.contains { $0.utf8.elementsEqual(value) } }
            if isKnown(format.trueSpellings) || isKnown(format.falseSpellings) { continue }
            if meaning { format.trueSpellings.append(text) } else { format.falseSpellings.append(text) }
        }
        guard format != column.boolean, format.trueSpellings.count + format.falseSpellings.count <= 24 else { return [] }
        func words(_ name: String, _ spellings: [String]) -> String? {
            spellings.isEmpty ? nil : "\(name) " + spellings.map { "\"\(VisibleText($0).text)\"" }.joined(separator: ", ")
        }
        let shown = [words("true", format.trueSpellings), words("false", format.falseSpellings)].compactMap { $0 }
        return [ProfileEdit("boolean " + shown.joined(separator: " and "), column) { $0.boolean = format }]
    }

    // MARK: Inference

    static let inferredFormats = [InferredFormat(.boolean, "boolean (true or false)")]

    /// Spellings other than TRUE and FALSE.
    static func draft(_ format: InferredFormat, from evidence: DraftEvidence, into column: inout ColumnProfile) -> Bool {
        let words = evidence.words { $0 == .boolean }
        column.boolean = BooleanFormat(
            trueSpellings: words.filter { $0 != "TRUE" && $0.lowercased() == "true" },
            falseSpellings: words.filter { $0 != "FALSE" && $0.lowercased() == "false" })
        return true
    }

    // MARK: Settings

    static var format: (any ValueFormat.Type)? { BooleanFormat.self }

    static let schemaTypes = ["boolean"]

    static func read(schemaField field: [String: Node], type: String, into column: inout ColumnProfile, nodes: inout NodeReader) {
        column.type = .boolean
        let (trueNode, falseNode) = (field["trueValues"], field["falseValues"])
        if let trueNode {
            column.boolean.trueSpellings = nodes.spellings(trueNode, "\"trueValues\"", other: "FALSE").filter { $0 != "TRUE" }
        }
        if let falseNode {
            column.boolean.falseSpellings = nodes.spellings(falseNode, "\"falseValues\"", other: "TRUE").filter { $0 != "FALSE" }
            nodes.noteContradictions(in: column.boolean, "in \"trueValues\" and in \"falseValues\"", at: falseNode)
        }
    }

    static func schemaMembers(of column: ColumnProfile, lose: (String) -> Void) -> [JSONValue.Member] {
        func spellings(_ word: String, _ others: [String]) -> JSONValue {
            .array(([word] + others.filter { $0 != word }).map { .string($0) })
        }
        return [
            JSONValue.Member("type", .string("boolean")),
            JSONValue.Member("trueValues", spellings("TRUE", column.boolean.trueSpellings)),
            JSONValue.Member("falseValues", spellings("FALSE", column.boolean.falseSpellings)),
        ]
    }
}

extension ColumnType {
    package static let boolean = ColumnType(BooleanKind.self)
}
