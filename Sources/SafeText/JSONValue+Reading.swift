/// Reads documents that a program wrote: what is of another kind than it should be reads as nothing.
extension JSONValue {
    package var string: String? { if case .string(let text) = self { text } else { nil } }

    /// A number of things, or a number that counts from 1.
    package var count: Int? { if case .int(let number) = self, number >= 0 { number } else { nil } }

    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    package var list: [JSONValue]? { if case .array(let values) = self { values } else { nil } }

    /// Bytes as two hexadecimal digits each.
    package var bytes: [UInt8]? {
        guard let digits = string?.utf8.map({ Character(Unicode.Scalar($0)).hexDigitValue }) else { return nil }
        guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0]! << 4 | digits[$0 + 1]!) }
    }
}
