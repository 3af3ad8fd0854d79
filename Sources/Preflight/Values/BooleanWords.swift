/// Words for true and false: English ones, those of the languages that exports are mostly written in, and marks.
enum BooleanWords {
    /// Whether `text` is one of the words, in any letter case; `nil` where it is neither.
    static func meaning(of text: UnsafeRawBufferPointer) -> Bool? {
        guard (1...12).contains(text.count) else { return nil }
        if trueWords.contains(where: { matches(text, $0) }) { return true }
        return falseWords.contains { matches(text, $0) } ? false : nil
    }

    private static func matches(_ text: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
        var word = UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount).makeIterator()
        var folded = FoldedBytes(text)
        while let byte = folded.next() {
            if word.next() != byte { return false }
        }
        return word.next() == nil
    }

    // In lower case. A word that is true in one language and false in another is in neither list.
    private static let trueWords: [StaticString] = [
        "true", "yes", "y", "t", "1", "on", "wahr", "ja", "j", "vrai", "oui", "o", "verdadero", "sí", "si", "s", "vero", "verdadeiro",
        "sim",
        "waar", "sant", "sand", "prawda", "tak", "ano", "pravda", "evet", "doğru", "tosi", "kyllä", "da", "igaz", "igen", "да", "истина",
        "是", "真", "はい", "예", "x", "✓", "✔", "☑", "1.0", "-1",
    ]
    private static let falseWords: [StaticString] = [
        "false", "no", "n", "f", "0", "off", "falsch", "nein", "faux", "non", "falso", "não", "nao", "onwaar", "nee", "falskt", "falsk",
        "nej",
        "nei", "fałsz", "nie", "ne", "nepravda", "hayır", "hayir", "yanlış", "epätosi", "ei", "nu", "hamis", "nem", "нет", "ложь", "否", "假",
        "いいえ", "아니요", "✗", "✘", "☐", "0.0",
    ]
}
