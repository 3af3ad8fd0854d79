import TestSupport
import Testing

@testable import ByteSources
@testable import Preflight

/// Which encoding a text without a declared one is in. The texts are headers and values as tables have them, short ones among them; the bytes are made by
/// the system's converter.
@Suite(.computing) struct EncodingGuessTests {
    struct Group: Sendable, CustomStringConvertible {
        let language: String
        let names: [String]
        /// Fields of a file, separated by `|`.
        let texts: [String]

        var description: String { language }
    }

    static let groups = [
        Group(
            language: "German", names: ["CP1252", "ISO-8859-15", "MACINTOSH"],
            texts: [
                "Köln", "Zürich", "Straße", "Größe", "Währung", "Büro|Ort", "Fälligkeit|Überweisung|Prüfung",
                "Menge|Empfänger|Straße Nr.", "KÖLN", "Österreich", "Müller & Söhne GmbH",
            ]),
        Group(
            language: "French", names: ["CP1252", "MACINTOSH", "ISO-8859-15"],
            texts: [
                "Société|Période|Montant", "Libellé", "Genève", "Crédit|Débit", "Numéro de pièce", "Date de création|État",
                "Prénom|Nom|Téléphone", "ENTITÉ", "Réf. à contrôler", "Août|Février|Décembre", "Hôtel|Café|Forêt",
            ]),
        Group(
            language: "Spanish", names: ["CP1252", "MACINTOSH"],
            texts: [
                "Año|Código|Descripción", "Región", "Málaga|Córdoba", "Número de teléfono", "España",
                "Dirección|Teléfono|Población", "AÑO|DESCRIPCIÓN", "Núñez|Muñoz",
            ]),
        Group(
            language: "Portuguese", names: ["CP1252", "MACINTOSH"],
            texts: [
                "Região|Centro|Valor", "São Luís|Produção", "Descrição|Preço|Código", "Maceió|Serviços", "Não|Sim",
                "Órgão|Município|Situação",
            ]),
        Group(
            language: "Polish", names: ["CP1250", "ISO-8859-2"],
            texts: [
                "Imię|Nazwisko|Województwo", "Łódź|Kraków|Poznań", "Ilość|Wartość|Usługa", "Miejscowość",
                "Należność|Zobowiązanie", "Środki trwałe|Księgowość", "Wrocław", "Przychód|Zysk|Różnica",
            ]),
        Group(
            language: "Czech", names: ["CP1250", "ISO-8859-2"],
            texts: [
                "Příjmení|Jméno|Částka", "Středisko|Účet|Období", "Náklady|Výnosy", "Plzeň|Ústí nad Labem|České Budějovice",
                "Množství", "Společnost s ručením omezeným", "Datum splatnosti|Dodavatel|Měna|Řádek",
            ]),
        Group(
            language: "Hungarian", names: ["CP1250", "ISO-8859-2"],
            texts: [
                "Név|Összeg|Időszak", "Költséghely|Főkönyv", "Győr|Székesfehérvár", "Üzletág|Bevétel|Költség",
                "Fizetési határidő", "Megjegyzés|Felhasználó",
            ]),
        Group(
            language: "Turkish", names: ["CP1254", "ISO-8859-9"],
            texts: [
                "Şirket|Bölge|Değer", "İstanbul|Ankara|Çankırı", "Müşteri adı|Açıklama", "Yılmaz|Öztürk", "Ürün|Satış|Ücret",
                "Muğla|Şanlıurfa|Kırşehir", "Dönem|Tutar|Gider türü",
            ]),
        Group(
            language: "Greek", names: ["CP1253", "ISO-8859-7"],
            texts: [
                "Ημερομηνία|Ποσό", "Αθήνα|Θεσσαλονίκη", "Εταιρεία|Περίοδος|Κωδικός", "Πελάτης", "ΠΟΣΟ|ΗΜΕΡΟΜΗΝΙΑ",
                "Προϊόν|Περιγραφή",
            ]),
        Group(
            language: "Russian", names: ["CP1251", "KOI8-R"],
            texts: [
                "Имя|Сумма|Киев|Тверь", "Город", "Дата|Счёт|Контрагент", "Москва", "Наименование|Количество|Цена", "ИТОГО|СУММА",
                "Санкт-Петербург|Казань", "Организация|Подразделение", "Код", "Год|Месяц",
            ]),
        Group(
            language: "Ukrainian", names: ["CP1251", "KOI8-U"],
            texts: [
                "Назва|Кількість|Ціна", "Київ|Львів|Запоріжжя", "Підприємство|Рахунок", "Місяць|Рік|Сума", "Область",
            ]),
        Group(
            language: "Lithuanian", names: ["CP1257"],
            texts: [
                "Pavadinimas|Šalis|Būsena", "Įmonė|Suma|Mėnuo", "Pažymėjimas|Išlaidos|Pajamų rūšis",
                "Klaipėda|Šiauliai|Panevėžys", "Mokėtojas|Gavėjas|Paskirtis|Sąskaita",
            ]),
        Group(
            language: "Japanese", names: ["CP932"],
            texts: [
                "点検日|型式", "日付|金額|商品名", "東京都|大阪府", "顧客コード|顧客名|備考", "株式会社山田製作所", "売上高", "ﾔﾏﾀﾞ ﾀﾛｳ", "部門|担当者|合計", "しんじゅく|カタカナ",
                "名前",
            ]),
        Group(
            language: "ChineseS", names: ["GB18030"],
            texts: [
                "日期|金额|客户名称", "北京市|上海市", "部门|产品|数量", "公司名称", "编号", "成本中心|预算|实际", "深圳市腾讯计算机系统有限公司", "张伟|王芳", "备注",
            ]),
        Group(
            language: "ChineseT", names: ["CP950"],
            texts: [
                "日期|金額|客戶名稱", "台北市|高雄市", "部門|產品|數量", "公司名稱", "編號", "成本中心|預算|實際", "臺灣積體電路製造股份有限公司", "備註",
            ]),
        Group(
            language: "Korean", names: ["CP949"],
            texts: [
                "날짜|금액|고객명", "서울특별시|부산광역시", "부서|제품|수량", "회사명", "번호", "매출|비용|예산", "홍길동|김철수", "비고", "거래처 코드|단가|합계",
            ]),
        Group(
            language: "German values", names: ["CP1252", "MACINTOSH"],
            texts: [
                "Gebäude", "Verkäufe", "Bemerkung für Prüfer", "Länge", "Gewährleistung", "früher|später", "Übersicht",
                "Löhne|Gehälter", "Tür", "Maßeinheit", "Außendienst",
            ]),
        Group(
            language: "French values", names: ["CP1252", "MACINTOSH"],
            texts: [
                "Trésorerie", "Catégorie", "Clé|Unité", "Bénéfice", "Réalisé|Prévu", "Coût", "Qté", "Désignation",
                "Société Générale", "Marché", "DÉBIT|CRÉDIT",
            ]),
        Group(
            language: "Spanish values", names: ["CP1252", "MACINTOSH"],
            texts: [
                "Categoría", "Período", "Línea", "Nómina", "Almacén", "Situación", "Cómputo", "Compañía", "Señor",
            ]),
        Group(
            language: "Portuguese values", names: ["CP1252", "MACINTOSH"],
            texts: [
                "Preço", "Mês", "Período", "Armazém", "Conta contábil", "Razão social", "Endereço", "Saída", "Grão",
            ]),
        Group(
            language: "Polish values", names: ["CP1250", "ISO-8859-2"],
            texts: [
                "Zamówienie", "Płatność", "Cena sprzedaży", "Nazwa środka", "Łączna kwota", "Koszty własne", "Miesiąc",
                "Rok obrotowy: październik", "Dział",
            ]),
        Group(
            language: "Czech values", names: ["CP1250", "ISO-8859-2"],
            texts: [
                "Účet", "Částka", "Měsíc", "Zaměstnanec|Oddělení", "Zákazník", "Pobočka", "Tržby", "Skladové zásoby",
                "Září|Říjen", "Poznámka",
            ]),
        Group(
            language: "Hungarian values", names: ["CP1250", "ISO-8859-2"],
            texts: [
                "Ügyfél", "Hónap", "Ár", "Termék", "Raktár", "Szállító", "Árbevétel", "Könyvelés", "Év|Hó",
            ]),
        Group(
            language: "Romanian values", names: ["CP1250", "ISO-8859-2"],
            texts: [
                "Sucursală", "Bucureşti|Iaşi", "Preţ|Valoare ţintă", "Lună", "Cheltuială",
            ]),
        Group(
            language: "Turkish values", names: ["CP1254", "ISO-8859-9"],
            texts: [
                "Müşteri", "Tarih aralığı", "Açıklama", "Şube", "Bütçe|Gerçekleşen", "Sipariş", "Maliyet yeri adı", "Çalışan",
                "Ağustos",
            ]),
        Group(
            language: "Greek values", names: ["CP1253", "ISO-8859-7"],
            texts: [
                "Κωδικός", "Κατάστημα", "Έσοδα|Έξοδα", "Πωλήσεις", "Σύνολο", "Μήνας", "Ποσότητα", "Όνομα",
            ]),
        Group(
            language: "Russian values", names: ["CP1251", "KOI8-R"],
            texts: [
                "Наименование", "Счёт", "Выручка|Расходы", "Магазин", "Регион", "Итого", "Клиент", "Артикул", "Заказ №", "Склад",
                "ООО Ромашка", "Факт", "Лист1",
            ]),
        Group(
            language: "Ukrainian values", names: ["CP1251", "KOI8-U"],
            texts: [
                "Дохід", "Витрати", "Місто", "Рахунок", "Постачальник", "Товар", "Період",
            ]),
        Group(
            language: "Lithuanian values", names: ["CP1257"],
            texts: [
                "Kiekis vnt.|Vertė", "Mėnesis", "Biudžetas|Faktinės išlaidos", "Skyrius|Įrašas", "Žemės ūkis",
            ]),
        Group(
            language: "Japanese values", names: ["CP932"],
            texts: [
                "取引先", "勘定科目", "プロジェクト", "予算", "支払日", "メモ", "社員番号", "部署", "請求金額", "鈴木一郎|佐藤花子", "ﾃｽﾄ", "第1四半期",
            ]),
        Group(
            language: "ChineseS values", names: ["GB18030"],
            texts: [
                "仓库", "销售额", "供应商", "税率", "月份", "项目", "合同编号", "张三|李四", "广东省广州市天河区", "物料", "毛利润", "摘要",
            ]),
        Group(
            language: "ChineseT values", names: ["CP950"],
            texts: [
                "倉庫", "銷售額", "供應商", "稅率", "月份", "專案", "合約編號", "王小明|陳大文", "新竹市|桃園市", "物料", "毛利", "摘要",
            ]),
        Group(
            language: "Korean values", names: ["CP949"],
            texts: [
                "창고", "매출액", "공급업체", "세율", "월", "프로젝트", "계약번호", "삼성전자 주식회사", "품목", "이익", "대구|인천", "사번", "적요",
            ]),
    ]

    private static func guess(_ text: String, in name: String) -> EncodingGuess? {
        let fields = text.split(separator: "|").filter { !$0.utf8.allSatisfy { $0 < 0x80 } }
        let samples = fields.compactMap { SystemConverter.bytes(String($0), in: name) }
        guard !samples.isEmpty, samples.count == fields.count else { return nil }
        return EncodingGuess(samples: samples.map { EncodingGuess.Sample(bytes: $0) }, hasOldLineEnds: name == "MACINTOSH")
    }

    private static func fields(_ text: String) -> [[UInt8]] {
        text.split(separator: "|").map { Array($0.utf8) }.filter { $0.contains { $0 >= 0x80 } }
    }

    /// What is guessed of one text.
    private struct Outcome {
        var group: String
        var name: String
        var text: String
        var isSure: Bool
        /// Of the right text among the candidates.
        var place: Int?
        var first: String
    }

    private static let outcomes: [Outcome] = groups.flatMap { group in
        group.names.flatMap { name in group.texts.map { (name, $0) } }.compactMap { name, text in
            guard let guess = guess(text, in: name) else { return nil }
            return Outcome(
                group: group.language, name: name, text: text, isSure: guess.isSure,
                place: guess.candidates.firstIndex { $0.texts == fields(text) },
                first: guess.candidates.first.map { "\($0.encoding) \($0.words)" } ?? "")
        }
    }

    /// The right text is the first in nine of ten cases, and among those that are shown in nearly all: some words are words in two encodings. What is said
    /// for certain is right.
    @Test func theRightTextIsShown() {
        let outcomes = Self.outcomes
        let missed = outcomes.filter { $0.place == nil }
        let wrong = outcomes.filter { $0.isSure && $0.place != 0 }
        #expect(outcomes.count > 450)
        #expect(outcomes.count { $0.place == 0 } * 100 >= outcomes.count * 92)
        #expect(missed.count <= 6, "\(missed)")
        #expect(wrong.isEmpty, "\(wrong)")
    }

    /// Whole headers of tables are told without a doubt, in every encoding.
    @Test(arguments: [
        ("CP1251", TextEncoding.windows1251, "Имя|Сумма|Дата|Контрагент|Подразделение"),
        ("KOI8-R", .koi8r, "Имя|Сумма|Дата|Контрагент|Подразделение"),
        ("CP1250", .windows1250, "Příjmení|Částka|Měsíc|Středisko|Množství"),
        ("ISO-8859-2", .iso8859Part2, "Ilość|Wartość|Województwo|Środki|Miesiąc"),
        ("CP1253", .windows1253, "Ημερομηνία|Ποσό|Πελάτης|Κωδικός"), ("CP1254", .windows1254, "Müşteri|Açıklama|Şube|Bölge|Yılı"),
        ("CP1257", .windows1257, "Mėnuo|Įmonė|Sąskaita|Mokėtojas|Rūšis|Gavėjų"),
        ("MACINTOSH", .macRoman, "Região|Descrição|Preço|Código|Mês"),
        ("CP932", .shiftJIS, "日付|金額|商品名|顧客コード"), ("GB18030", .gb18030, "日期|金额|客户名称|产品"), ("CP950", .big5, "日期|金額|客戶名稱|產品"),
        ("EUC-JP", .eucJP, "日付|金額|商品名|顧客コード"), ("CP1255", .windows1255, "שם|כתובת|סכום|תאריך"),
        ("CP1256", .windows1256, "الاسم|المدينة|المبلغ|التاريخ"), ("CP874", .windows874, "ชื่อ|เมือง|จำนวนเงิน|วันที่"),
        ("CP949", .eucKR, "날짜|금액|고객명|제품"), ("CP1252", .windows1252, "Größe|Währung|Fälligkeit|Büro"),
    ])
    func wholeHeaders(name: String, encoding: TextEncoding, text: String) throws {
        let guess = try #require(Self.guess(text, in: name))
        #expect(guess.candidates.first?.encoding == encoding)
        #expect(guess.candidates.first?.texts == Self.fields(text))
        #expect(guess.isSure)
    }

    /// A text that comes again does not outweigh another one: `aoűt` would be odd in Hungarian, too.
    @Test func repeatedTexts() throws {
        let texts = ["Libellé", "févr. 2026", "août 2026", "déc. 2026"] + (0..<150).map { "Libellé \($0)" }
        let guess = try #require(Self.guess(texts.joined(separator: "|"), in: "CP1252"))
        #expect(guess.candidates.first?.encoding == .windows1252, "\(guess.candidates.map { "\($0.encoding) \($0.words)" })")
    }

    /// Nor is it less than one that comes once: damage is different each time.
    @Test func repeatedTextIsNoDamage() throws {
        let guess = try #require(Self.guess(Array(repeating: "Łódź", count: 40).joined(separator: "|"), in: "CP1250"))
        #expect(guess.candidates.first?.encoding == .windows1250)
        #expect(guess.isSure)
    }

    /// A sign after a number is no letter.
    @Test(arguments: [("5 €|12 €", "ISO-8859-15"), ("5 €", "CP1252"), ("£5|£6", "CP1252"), ("20 °C", "CP1252")])
    func signsAfterNumbers(text: String, name: String) throws {
        let guess = try #require(Self.guess(text, in: name))
        #expect(guess.candidates.first?.texts == Self.fields(text), "\(guess.candidates.map { "\($0.encoding) \($0.words)" })")
    }

    /// No language is found in bytes that are none.
    @Test func noiseIsNoText() {
        var state: UInt64 = 7
        var count = 0
        for _ in 0..<40 {
            let noise = (0..<40).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 56) | 0x80
            }
            let guess = EncodingGuess(samples: [EncodingGuess.Sample(bytes: noise)], hasOldLineEnds: false)
            if !guess.candidates.isEmpty { count += 1 }
        }
        // Nearly any bytes are characters in the encodings of East Asia.
        #expect(count <= 4)
    }

    /// One stray byte is not enough for an encoding that hardly anybody has.
    @Test(arguments: [[0x78, 0x81, 0x79], [0x78, 0xE2, 0x82], [0x78, 0xFF]] as [[UInt8]])
    func damageIsNoText(bytes: [UInt8]) {
        #expect(!EncodingGuess(samples: [EncodingGuess.Sample(bytes: bytes)], hasOldLineEnds: false).isSure)
    }
}
