/// The unicode shape: four columns of mostly non-ASCII text with characters of two, three and four bytes, a date and a number.
struct UnicodeRows: RowWriter {
    let dialect = GeneratedDialect()
    let columns = [
        GeneratedColumn("Город", .text, isRequired: true),
        GeneratedColumn("製品", .text, isRequired: true),
        GeneratedColumn("Date", .date, isRequired: true),
        GeneratedColumn("Σχόλιο", .text),
        GeneratedColumn("Amount", .number, isRequired: true),
        GeneratedColumn("Étiquette 🏷", .text),
    ]

    private let towns = PhraseTable([
        "Москва", "Санкт-Петербург", "Київ", "Αθήνα", "Θεσσαλονίκη", "İstanbul", "تونس", "القاهرة", "ירושלים", "Łódź", "Երևան", "თბილისი",
        "София", "Белград", "Üsküdar", "Žilina",
    ])
    private let products = PhraseTable([
        "電子部品", "自動車タイヤ", "緑茶（五百グラム）", "한국어 교재", "사무용 의자", "办公桌", "打印纸张", "ขนมไทย", "चाय और कॉफ़ी", "வெள்ளி நகை",
        "本棚セット", "보조 배터리", "机械键盘", "ノートパソコン", "雨傘", "手袋",
    ])
    private let comments = PhraseTable([
        "проверить до марта", "ενημέρωση τιμών", "要確認", "다음 분기에 조정", "需要审批 ✅", "отложено 😀", "πληρωμή σε εκκρεμότητα", "追加注文 📦📦",
        "\"Москва, центр\"", "\"部品 \"\"甲\"\", 乙\"", "\"первая строка\nвторая строка\"", "готово 🚀", "ακυρώθηκε", "반품 처리", "退货 🔁",
        "без примечаний",
    ])
    private let labels = PhraseTable([
        "𝔄𝔩𝔭𝔥𝔞", "🏷️ été", "𐌰𐌱𐌲", "🧾 reçu", "naïve", "Ærø", "𝟙𝟚 série", "🍵🍵", "œuvre", "Größe", "😀😀😀", "ĳsland", "Œdipe", "smörgås",
        "façade", "日本",
    ])
    private let days = PhraseTable.isoDays

    mutating func appendRow(to output: inout ByteOutput, random: inout SeededRandom) {
        var bits = RandomBits(random.next())
        output.append(towns[bits.take(4)])
        output.append(dialect.delimiter)
        output.append(products[bits.take(4)])
        output.append(dialect.delimiter)
        output.append(days.drawn(by: bits.take(12), ofBits: 12))
        output.append(dialect.delimiter)
        output.append(comments[bits.take(4)])
        output.append(dialect.delimiter)
        output.append(digitsOf: bits.take(16))
        output.append(UInt8(ascii: "."))
        output.append(twoDigitsOf: bits.take(6))
        output.append(dialect.delimiter)
        output.append(labels[bits.take(4)])
        output.append(dialect.lineEnd)
    }
}
