/// Names of months that are not English: whether the import knows them is not public.
package enum MonthNames {
    /// A word that may name a month in another language than English: three letters or more of a Latin name, or a word of another script.
    ///
    /// - Returns: its length, with the point of an abbreviation; `nil` where none begins at `index`.
    package static func foreignLength(in text: UnsafeRawBufferPointer, at index: Int) -> Int? {
        var end = index
        while end < text.count, isLetter(text[end]) { end += 1 }
        guard end - index >= 3, end - index <= 24 else { return nil }
        let word = UnsafeRawBufferPointer(rebasing: text[index..<end])
        guard isOfOtherScript(word) || names.contains(where: { begins($0, with: word) }) else { return nil }
        return end < text.count && text[end] == UInt8(ascii: ".") ? end + 1 - index : end - index
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// Greek, Cyrillic and all that follow in Unicode.
    private static func isOfOtherScript(_ word: UnsafeRawBufferPointer) -> Bool {
        word.allSatisfy { $0 >= 0x80 } && word[0] >= 0xCD
    }

    private static func begins(_ name: StaticString, with word: UnsafeRawBufferPointer) -> Bool {
        var name = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount).makeIterator()
        var folded = FoldedBytes(word)
        while let byte = folded.next() {
            if name.next() != byte { return false }
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
        // Hungarian, Romanian, Finnish, Turkish
        "március", "április", "május", "június", "július", "augusztus", "szeptember", "október", "ianuarie", "februarie", "martie", "iunie",
        "iulie", "septembrie", "octombrie", "noiembrie", "decembrie", "tammikuu", "helmikuu", "maaliskuu", "huhtikuu", "toukokuu",
        "kesäkuu", "heinäkuu", "elokuu", "syyskuu", "lokakuu", "marraskuu", "joulukuu", "ocak", "şubat", "mart", "nisan", "mayıs",
        "haziran",
        "temmuz", "ağustos", "eylül", "ekim", "kasım", "aralık",
    ]
}
