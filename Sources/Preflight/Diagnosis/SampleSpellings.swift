/// What a sample may stand for that was copied from somewhere: a report quotes and escapes values, and a screen cuts them.
///
/// ```
///   a""b        a"b       as in a CSV file
///   5\n6        5↵6       as in JSON
///   R&amp;D     R&D       as in a page
///   12 345 an…  12 345 an and more
/// ```
enum SampleSpellings {
    struct Variant: Equatable {
        var text: [UInt8]
        /// Whether it is only the beginning of a value.
        var isCut: Bool
    }

    /// Other texts than the sample itself.
    static func variants(of sample: [UInt8]) -> [Variant] {
        var found: [Variant] = []
        func add(_ text: [UInt8]?, isCut: Bool = false) {
            guard let text, !text.isEmpty, text != sample, !found.contains(where: { $0.text == text }) else { return }
            found.append(Variant(text: text, isCut: isCut))
        }
        if let beginning = beginning(of: sample) { add(beginning, isCut: true) }
        add(unquoted(sample))
        add(unescaped(sample))
        add(withoutEntities(sample))
        return found
    }

    /// Without the dots that stand for a longer end; `nil` where there are none.
    private static func beginning(of sample: [UInt8]) -> [UInt8]? {
        let dots = ["…", "..."].map { Array($0.utf8) }
        guard let end = dots.first(where: { sample.count > $0.count && sample.suffix($0.count).elementsEqual($0) }) else { return nil }
        return Array(sample.dropLast(end.count))
    }

    /// With one quote for each doubled one, and without quotes around all.
    private static func unquoted(_ sample: [UInt8]) -> [UInt8]? {
        let quote = UInt8(ascii: "\"")
        guard sample.contains(quote) else { return nil }
        var text = sample[...]
        if text.count >= 2, text.first == quote, text.last == quote { text = text.dropFirst().dropLast() }
        var result: [UInt8] = []
        for byte in text {
            if byte == quote, result.last == quote {
                // The second of a pair; a third one begins the next pair.
                result[result.count - 1] = 0
            } else {
                result.append(byte)
            }
        }
        return result.map { $0 == 0 ? quote : $0 }
    }

    /// Without the backslashes of JSON; `nil` where there are none, or one of something else.
    private static func unescaped(_ sample: [UInt8]) -> [UInt8]? {
        guard sample.contains(UInt8(ascii: "\\")), let text = String(validating: sample, as: UTF8.self) else { return nil }
        var result = ""
        var rest = Substring(text)
        while let character = rest.popFirst() {
            guard character == "\\" else {
                result.append(character)
                continue
            }
            switch rest.popFirst() {
            case "n": result += "\n"
            case "r": result += "\r"
            case "t": result += "\t"
            case "\"": result += "\""
            case "\\": result += "\\"
            case "/": result += "/"
            case "u":
                guard rest.count >= 4, let number = UInt32(rest.prefix(4), radix: 16), let scalar = Unicode.Scalar(number) else {
                    return nil
                }
                result.unicodeScalars.append(scalar)
                rest = rest.dropFirst(4)
            default: return nil
            }
        }
        return Array(result.utf8)
    }

    private static let entities = [
        ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "\u{A0}"), ("&amp;", "&"),
    ]

    private static func withoutEntities(_ sample: [UInt8]) -> [UInt8]? {
        guard sample.contains(UInt8(ascii: "&")), var text = String(validating: sample, as: UTF8.self) else { return nil }
        // The ampersand last: what it makes is no entity.
        for (entity, character) in entities { text = text.replacing(entity, with: character) }
        return Array(text.utf8)
    }
}
