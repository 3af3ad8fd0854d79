import ByteSpans
import SafeText

/// Words for true and false: English ones, those of the languages that exports are mostly written in, and marks.
package enum BooleanWords {
    /// Whether `text` is one of the words, in any letter case; `nil` where it is neither.
    package static func meaning(of text: Span<UInt8>) -> Bool? {
        guard (1...12).contains(text.count) else { return nil }
        // Nearly all values begin like none of them, or are longer or shorter.
        if !mayBeWord(text), text.allSatisfy({ $0 < 0x80 }) { return nil }
        return FoldedBytes.withAll(text) { folded in
            words[Int(folded[0])].first { $0.text.span.hasSameBytes(as: folded) }?.meaning
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

    /// Whether a word begins with the first two bytes of an ASCII text, in any letter case, and whether one is as long.
    private static func mayBeWord(_ text: Span<UInt8>) -> Bool {
        guard text[0] < 0x80 else { return true }
        let (lengths, seconds) = beginnings[Int(ASCII.lowercased(text[0]))]
        return lengths &>> UInt16(text.count) & 1 != 0 && seconds &>> secondBit(text) & 1 != 0
    }

    /// By first byte, a bit for each length that a word has, and one for each second byte.
    private static let beginnings: [(lengths: UInt16, seconds: UInt32)] = words.map { words in
        words.reduce((0, 0)) { bits, word in
            (bits.0 | 1 << UInt16(word.text.count), bits.1 | 1 << secondBit(word.text.span))
        }
    }

    /// The lowest bits of the second byte, which do not tell the letter case.
    private static func secondBit(_ text: Span<UInt8>) -> UInt32 { text.count > 1 ? UInt32(text[1] & 0x1F) : 0 }

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
