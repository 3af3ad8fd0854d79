import SafeText

/// Names of months and days, in lower case. That the import expects English names is assumed.
package enum EnglishNames {
    package static let months: [StaticString] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]
    package static let weekdays: [StaticString] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    /// A full name, or else its first three letters, in any letter case.
    ///
    /// - Returns: its number from 1, and the length found; `nil` if no name begins at `index`.
    package static func find(in names: [StaticString], _ text: UnsafeRawBufferPointer, at index: Int) -> (
        number: Int, length: Int, isFull: Bool
    )? {
        guard index + 3 <= text.count, text[index] >= UInt8(ascii: "A") else { return nil }
        let (first, second, third) = (
            ASCII.lowercased(text[index]), ASCII.lowercased(text[index + 1]), ASCII.lowercased(text[index + 2])
        )
        for (offset, name) in names.enumerated() {
            let letters = name.utf8Start
            guard letters[0] == first, letters[1] == second, letters[2] == third else { continue }
            let isFull = ASCII.begins(text, at: index, with: name)
            return (offset + 1, isFull ? name.utf8CodeUnitCount : 3, isFull)
        }
        return nil
    }
}
