import ByteSpans
import SafeText

/// Words and signs that label a row of totals. They must be the whole cell: a name that begins like one (`Total Energies SE`, `Grand Rapids`)
/// does not count.
enum TotalWords {
    /// No label for a total is longer, in bytes.
    private static let mostBytes = 64

    /// Whether a cell labels its row as a total: a word or phrase, perhaps with a colon, a year, a currency or a word in parentheses.
    static func contain(_ cell: Span<UInt8>) -> Bool {
        guard cell.count <= mostBytes else { return false }
        let text = Whitespace.trim(cell)
        guard !text.isEmpty else { return false }
        if text.allSatisfy({ $0 == UInt8(ascii: "*") }) { return true }
        var words = String(decoding: text, as: UTF8.self).split(separator: " ").map(String.init)
        if let last = words.last, words.count > 1, isAddition(last) { words.removeLast() }
        var phrase = words.joined(separator: " ").lowercased()
        if phrase.hasSuffix(":") { phrase.removeLast() }
        while phrase.hasSuffix(" ") { phrase.removeLast() }
        return phrases.contains(phrase)
    }

    /// Whether the word around a place may be one of a label of a total.
    static func hasWord(at place: Int, in bytes: Span<UInt8>) -> Bool {
        var (start, end) = (place, place)
        while start > 0, place - start < longestWord, isWordPart(bytes[start - 1]) { start -= 1 }
        while end < bytes.count, end - place < longestWord, isWordPart(bytes[end]) { end += 1 }
        let word = Array(bytes[start..<end])
        if word.allSatisfy({ $0 < 0x80 }) { return words.contains(word.map { ASCII.lowercased($0) }) }
        let text = String(decoding: word, as: UTF8.self)
        // From Thai on no word ends at a space.
        if text.unicodeScalars.contains(where: { $0.value >= 0x0E00 }) { return true }
        return words.contains(Array(text.lowercased().utf8))
    }

    private static func isWordPart(_ byte: UInt8) -> Bool { byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

    private static let longestWord = 24
    private static let words = Set(phrases.flatMap { $0.split { $0 == " " || $0 == "-" }.map { Array($0.utf8) } })

    /// Whether a cell may label a subtotal: a label of a total, also with the name of what is summed before or after it, as in `Total France`,
    /// `France Total`, `Summe Nord`. A name may begin or end so, too.
    static func mayLabelSubtotal(_ cell: Span<UInt8>) -> Bool {
        if contain(cell) { return true }
        guard cell.count <= mostBytes else { return false }
        let words = String(decoding: Whitespace.trim(cell), as: UTF8.self).lowercased().split { $0 == " " || $0 == ":" }
        guard words.count > 1 else { return false }
        if words[0].allSatisfy({ $0 == "*" }) { return true }
        for count in 1...min(2, words.count - 1) {
            if phrases.contains(words.prefix(count).joined(separator: " ")) || phrases.contains(words.suffix(count).joined(separator: " "))
            {
                return true
            }
        }
        return false
    }

    /// `2026`, `EUR`, `(EUR)`
    private static func isAddition(_ word: String) -> Bool {
        if word.hasPrefix("("), word.hasSuffix(")") { return true }
        let bytes = Array(word.utf8)
        let isYear = bytes.count == 4 && bytes.allSatisfy(ASCII.isDigit)
        return isYear || (bytes.count == 3 && bytes.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
    }

    /// In lower case, in the most common languages.
    private static let phrases: Set<String> = [
        // Signs.
        "Σ", "σ", "∑", "=",
        // English
        "total", "totals", "grand total", "grand totals", "sum", "sum total", "total sum", "overall total", "total amount",
        "overall result",
        "result", "subtotal", "sub-total", "sub total", "report total", "report totals", "all total", "total general", "sums",
        // German
        "summe", "summen", "gesamt", "gesamtsumme", "gesamtergebnis", "ergebnis", "gesamtbetrag", "gesamtwert", "insgesamt", "endsumme",
        "zwischensumme", "total gesamt", "summe gesamt", "gesamt summe", "gesamttotal", "endergebnis", "summe insgesamt",
        // French
        "somme", "total général", "total generale", "total des lignes", "sous-total", "sous total", "somme totale", "résultat global",
        "ensemble", "montant total",
        // Italian
        "totale", "totali", "totale generale", "totale complessivo", "somma", "subtotale",
        // Spanish, Catalan and Portuguese
        "suma", "suma total", "total geral", "soma", "soma total", "totales", "totais", "subtotal general", "importe total", "valor total",
        // Dutch
        "totaal", "eindtotaal", "algemeen totaal", "som", "subtotaal",
        // Northern languages
        "summa", "totalt", "totalsumma", "total sum", "i alt", "ialt", "sum i alt", "hovedtotal", "sammanlagt", "yhteensä", "loppusumma",
        "samtals", "kokku", "kopā", "iš viso", "viso",
        // Eastern and southern languages
        "razem", "suma końcowa", "ogółem", "łącznie", "celkem", "celkový součet", "součet", "spolu", "súčet", "celkový súčet", "összesen",
        "végösszeg", "mindösszesen", "total general:", "ukupno", "sveukupno", "skupaj", "skupna vsota", "общо", "всего", "итого",
        "общий итог", "сумма", "разом", "усього", "σύνολο", "γενικό σύνολο", "toplam", "genel toplam",
        // Others
        "合計", "総計", "小計", "总计", "合计", "總計", "合計:", "합계", "총합계", "총계", "المجموع", "الإجمالي", "סה\"כ", "סך הכל", "tổng", "tổng cộng",
        "jumlah", "รวม", "कुल",
    ]
}
