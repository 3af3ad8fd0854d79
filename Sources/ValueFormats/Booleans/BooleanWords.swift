import SafeText

/// Words for true and false: English ones, those of the languages that exports are mostly written in, and marks.
package enum BooleanWords {
    /// Whether `text` is one of the words, in any letter case; `nil` where it is neither.
    package static func meaning(of text: UnsafeRawBufferPointer) -> Bool? {
        guard (1...12).contains(text.count) else { return nil }
        // Nearly all values begin like none of them, or are longer or shorter.
        if text[0] < 0x80, lengths[Int(ASCII.lowercased(text[0]))] &>> UInt16(text.count) & 1 == 0, text.allSatisfy({ $0 < 0x80 }) {
            return nil
        }
        return FoldedBytes.withAll(text) { folded in
            words[Int(folded[0])].first { $0.text.elementsEqual(folded) }?.meaning
        }
    }

    /// The words by their first byte.
    private static let words: [[(text: [UInt8], meaning: Bool)]] = {
        var words: [[(text: [UInt8], meaning: Bool)]] = Array(repeating: [], count: 256)
        for (list, meaning) in [(trueWords, true), (falseWords, false)] {
            for word in list { words[Int(word.utf8[word.utf8.startIndex])].append((Array(word.utf8), meaning)) }
        }
        return words
    }()

    /// By first byte, a bit for each length that a word has.
    private static let lengths: [UInt16] = words.map { words in words.reduce(0) { $0 | 1 << UInt16($1.text.count) } }

    // In lower case. A word that is true in one language and false in another is in neither list.
    private static let trueWords: [String] = [
        "true", "yes", "y", "t", "1", "on", "wahr", "ja", "j", "vrai", "oui", "o", "verdadero", "sí", "sì", "si", "s", "vero", "verdadeiro",
        "sim",
        "waar", "sant", "sand", "prawda", "tak", "ano", "pravda", "evet", "doğru", "tosi", "kyllä", "da", "igaz", "igen", "да", "истина",
        "adevărat", "αληθής", "αληθήσ", "αληθησ", "是", "真", "はい", "예", "x", "✓", "✔", "☑", "✅", "√", "1.0", "-1",
    ]
    private static let falseWords: [String] = [
        "false", "fals", "ψευδής", "ψευδήσ", "ψευδησ", "no", "n", "f", "0", "off", "falsch", "nein", "faux", "non", "falso", "não", "nao",
        "onwaar", "nee", "falskt", "falsk",
        "nej",
        "nei", "fałsz", "nie", "ne", "nepravda", "hayır", "hayir", "yanlış", "yanliş", "epätosi", "ei", "nu", "hamis", "nem", "нет", "ложь",
        "否", "假",
        "いいえ", "아니요", "✗", "✘", "☐", "☒", "❌", "0.0",
    ]
}
