import ByteSpans
import SafeText

/// Names of months that are not English: whether the import knows them is not public.
package enum MonthNames {
    /// A word that may name a month in another language than English: three letters or more of a Latin name, a word of another script, or
    /// a number with the character for "month".
    ///
    /// - Returns: its length, with the point of an abbreviation; `nil` where none begins at `index`.
    package static func foreignLength(in text: Span<UInt8>, at index: Int) -> Int? {
        if let length = numberedLength(in: text, at: index) { return length }
        var end = index
        while end < text.count, isLetter(text[end]) { end += 1 }
        guard end - index >= 3, end - index <= 24 else { return nil }
        let word = text[index..<end]
        guard isOfOtherScript(word) || isBeginning(word) else { return nil }
        return end < text.count && text[end] == UInt8(ascii: ".") ? end + 1 - index : end - index
    }

    /// `4月`, `4월`
    private static func numberedLength(in text: Span<UInt8>, at index: Int) -> Int? {
        var (end, number) = (index, 0)
        while end < text.count, end < index + 2, ASCII.isDigit(text[end]) {
            number = 10 * number + Int(text[end] - UInt8(ascii: "0"))
            end += 1
        }
        guard (1...12).contains(number), end + 3 <= text.count else { return nil }
        let isMonth =
            switch (text[end], text[end + 1], text[end + 2]) {
            case (0xE6, 0x9C, 0x88), (0xEC, 0x9B, 0x94): true
            default: false
            }
        return isMonth ? end + 3 - index : nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// Greek, Cyrillic and all that follow in Unicode.
    private static func isOfOtherScript(_ word: Span<UInt8>) -> Bool {
        word.allSatisfy { $0 >= 0x80 } && word[0] >= 0xCD
    }

    /// Whether some name begins as a word does: of a column of words, each is asked for under each pattern.
    ///
    /// - Parameter word: of three bytes at least.
    private static func isBeginning(_ word: Span<UInt8>) -> Bool {
        var folded = FoldedBytes(word)
        guard let first = folded.next(), let second = folded.next(), let third = folded.next() else { return false }
        let place = place(first, second, third)
        for index in Int(ends[place])..<Int(ends[place + 1]) where begins(sortedNames[index], with: word) { return true }
        return false
    }

    /// The names by the place of their first three bytes.
    private static let sortedNames = names.sorted { place(of: $0) < place(of: $1) }

    /// By place: how many names come before those that have it. Of other words, one in twenty or so has the place of some name.
    private static let ends: [UInt8] = {
        var ends = [UInt8](repeating: 0, count: placeCount + 1)
        for name in names { ends[place(of: name) + 1] += 1 }
        for place in 0..<placeCount { ends[place + 1] += ends[place] }
        return ends
    }()

    private static func place(of name: StaticString) -> Int {
        let bytes = name.bytes
        return place(bytes[0], bytes[1], bytes[2])
    }

    private static func place(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
        (Int(first) &+ Int(second) &* 67 &+ Int(third) &* 1_433) & (placeCount - 1)
    }

    private static let placeCount = 1 << 12

    private static func begins(_ name: StaticString, with word: Span<UInt8>) -> Bool {
        let name = name.bytes
        var (folded, index) = (FoldedBytes(word), 0)
        while let byte = folded.next() {
            if index == name.count || name[index] != byte { return false }
            index += 1
        }
        return true
    }

    /// In lower case, as in dates; English ones are among them where their abbreviations have more than three letters.
    private static let names: [StaticString] = [
        "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
        // German
        "januar", "jänner", "februar", "feber", "märz", "maerz", "mrz", "mai", "juni", "juli", "oktober", "dezember",
        // French
        "janvier", "février", "fevrier", "mars", "avril", "juin", "juillet", "août", "aout", "septembre", "octobre", "novembre", "décembre",
        "decembre",
        // Spanish
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "setiembre", "octubre", "noviembre",
        "diciembre",
        // Italian
        "gennaio", "febbraio", "aprile", "maggio", "giugno", "luglio", "settembre", "ottobre", "dicembre",
        // Portuguese
        "janeiro", "fevereiro", "março", "marco", "maio", "junho", "julho", "setembro", "outubro", "novembro", "dezembro",
        // Dutch
        "januari", "februari", "maart", "mrt", "mei", "augustus",
        // Danish, Norwegian, Swedish
        "marts", "maj", "augusti", "desember",
        // Polish
        "styczeń", "stycznia", "luty", "lutego", "marzec", "marca", "kwiecień", "kwietnia", "maja", "czerwiec", "czerwca", "lipiec",
        "lipca",
        "sierpień", "sierpnia", "wrzesień", "września", "październik", "października", "listopad", "listopada", "grudzień", "grudnia",
        // Czech and Slovak
        "leden", "ledna", "únor", "února", "březen", "března", "duben", "dubna", "květen", "května", "červen", "června", "červenec",
        "července", "srpen", "srpna", "září", "říjen", "října", "prosinec", "prosince", "január", "február", "marec", "apríl", "máj", "jún",
        "júl",
        // Indonesian
        "agustus", "agu", "desember", "pebruari", "nopember",
        // Hungarian, Romanian, Finnish, Turkish
        "március", "április", "május", "június", "július", "augusztus", "szeptember", "október", "ianuarie", "februarie", "martie", "iunie",
        "iulie", "septembrie", "octombrie", "noiembrie", "decembrie", "tammikuu", "helmikuu", "maaliskuu", "huhtikuu", "toukokuu",
        "kesäkuu", "heinäkuu", "elokuu", "syyskuu", "lokakuu", "marraskuu", "joulukuu", "ocak", "şubat", "mart", "nisan", "mayıs",
        "haziran",
        "temmuz", "ağustos", "eylül", "ekim", "kasım", "aralık",
        // With decomposed letters, as some programs write them
        "ja\u{308}nner", "ma\u{308}rz", "fe\u{301}vrier", "aou\u{302}t", "de\u{301}cembre", "marc\u{327}o",
    ]
}
