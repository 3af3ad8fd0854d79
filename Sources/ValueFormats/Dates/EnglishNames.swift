import ByteSpans
import SafeText

/// Names of months and days, in lower case. That the import expects English names is assumed.
package enum EnglishNames {
    package static let months: [StaticString] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]
    package static let weekdays: [StaticString] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    /// Which names are looked for.
    package enum List {
        case months, weekdays
    }

    /// A full name, or else its first three letters, in any letter case.
    ///
    /// - Returns: its number from 1, and the length found; `nil` if no name begins at `index`.
    package static func find(_ list: List, _ text: Span<UInt8>, at index: Int) -> (number: Int, length: Int, isFull: Bool)? {
        guard index + 3 <= text.count, text[index] >= UInt8(ascii: "A"), text[index + 1] >= UInt8(ascii: "A"),
            let number = number(list, text, index)
        else { return nil }
        let name = list == .months ? months[number - 1] : weekdays[number - 1]
        let isFull = ASCII.begins(text, at: index, with: name)
        return (number, isFull ? name.utf8CodeUnitCount : 3, isFull)
    }

    /// A word that is the beginning of a month's name, of three letters or more: `Sept`.
    package static func abbreviatedMonth(
        _ text: Span<UInt8>, at index: Int
    ) -> (number: Int, length: Int, hasPoint: Bool)? {
        guard let (number, _, _) = find(.months, text, at: index) else { return nil }
        let (rest, letters) = (text.count - index, months[number - 1].bytes)
        var length = 0
        while length < min(rest, letters.count), ASCII.lowercased(text[index + length]) == letters[length] { length += 1 }
        let next = index + length < text.count ? text[index + length] : 0
        // It goes on as another word.
        if next >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(next | 0x20) { return nil }
        return (number, length, next == UInt8(ascii: "."))
    }

    /// The number of the name that begins with the next three letters: no two begin alike.
    private static func number(_ list: List, _ text: Span<UInt8>, _ index: Int) -> Int? {
        let letters = (
            ASCII.lowercased(text[index]), ASCII.lowercased(text[index + 1]), ASCII.lowercased(text[index + 2])
        )
        let key = UInt32(letters.0) << 16 | UInt32(letters.1) << 8 | UInt32(letters.2)
        switch list {
        case .months:
            switch key {
            case 0x6A_616E: return 1
            case 0x66_6562: return 2
            case 0x6D_6172: return 3
            case 0x61_7072: return 4
            case 0x6D_6179: return 5
            case 0x6A_756E: return 6
            case 0x6A_756C: return 7
            case 0x61_7567: return 8
            case 0x73_6570: return 9
            case 0x6F_6374: return 10
            case 0x6E_6F76: return 11
            case 0x64_6563: return 12
            default: return nil
            }
        case .weekdays:
            switch key {
            case 0x6D_6F6E: return 1
            case 0x74_7565: return 2
            case 0x77_6564: return 3
            case 0x74_6875: return 4
            case 0x66_7269: return 5
            case 0x73_6174: return 6
            case 0x73_756E: return 7
            default: return nil
            }
        }
    }
}
