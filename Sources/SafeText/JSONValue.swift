/// A JSON document whose object keys keep their order: reports are compared byte by byte.
package enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// One key with its value.
    package struct Member: Sendable, Equatable {
        package var key: String
        package var value: JSONValue

        package init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// An object from literal pairs, in the order written.
    package static func members(_ pairs: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object(pairs.map { Member($0.key, $0.value) })
    }

    /// The members of an object; none of any other kind of value.
    package var members: [Member] {
        guard case .object(let members) = self else { return [] }
        return members
    }

    /// The object with further members after its own; any other value as it is.
    package func adding(_ more: [Member]) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members + more)
    }

    /// The value of the first member named `key`; `nil` for other kinds of value.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The document as UTF-8 text without a final line end.
    ///
    /// - Parameters:
    ///   - isPretty: two-space indentation, else one line. Numbers that JSON cannot hold (infinities, NaN) become `null`.
    ///   - indentation: of all lines but the first, where they are pretty.
    package func text(isPretty: Bool, indentation: Int = 0) -> String {
        var output = ""
        write(to: &output, indentation: isPretty ? indentation : nil)
        return output
    }

    private func write(to output: inout String, indentation: Int?) {
        switch self {
        case .null: output += "null"
        case .bool(let value): output += value ? "true" : "false"
        case .int(let value): output += String(value)
        case .double(let value): output += value.isFinite ? String(value) : "null"
        case .string(let value): Self.writeString(value, to: &output)
        case .array(let values):
            Self.writeList(values, brackets: ("[", "]"), to: &output, indentation: indentation) { value, output, inner in
                value.write(to: &output, indentation: inner)
            }
        case .object(let members):
            Self.writeList(members, brackets: ("{", "}"), to: &output, indentation: indentation) { member, output, inner in
                Self.writeString(member.key, to: &output)
                output += inner == nil ? ":" : ": "
                member.value.write(to: &output, indentation: inner)
            }
        }
    }

    private static func writeList<Element>(
        _ elements: [Element], brackets: (String, String), to output: inout String, indentation: Int?,
        writeElement: (Element, inout String, Int?) -> Void
    ) {
        output += brackets.0
        let inner = indentation.map { $0 + 2 }
        for (index, element) in elements.enumerated() {
            if index > 0 { output += "," }
            if let inner { output += "\n" + String(repeating: " ", count: inner) }
            writeElement(element, &output, inner)
        }
        if let indentation, !elements.isEmpty { output += "\n" + String(repeating: " ", count: indentation) }
        output += brackets.1
    }

    /// Escapes what JSON demands and, beyond it, every scalar that could disturb a terminal (``VisibleText/isHidden(_:)``).
    private static func writeString(_ string: String, to output: inout String) {
        output += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            default:
                if VisibleText.isHidden(scalar) {
                    for unit in UTF16.encode(scalar)! {
                        let digits = String(unit, radix: 16)
                        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                    }
                } else {
                    output.unicodeScalars.append(scalar)
                }
            }
        }
        output += "\""
    }
}
