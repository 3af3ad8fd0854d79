/// How often each letter beyond ASCII is among all letters of a language: what tells encodings apart.
///
/// Rounded from what is generally known about these languages (letter counts of newspaper text), in hundredths of a percent; a letter that is not listed
/// is rare. A scalar of the two scripts that count their characters in thousands is as frequent as its class.
struct LanguageModel: Sendable {
    enum Script: Sendable, Equatable { case latin, greek, cyrillic, han, kana, hangul }

    /// Where the encodings of Latin letters are at home.
    enum Area: Sendable { case west, center, baltic, turkey }

    let name: String
    let script: Script
    private let area: Area
    /// How likely a file is in this language, as a logarithm: small for languages that would otherwise win by a single letter.
    let prior: Double
    /// Logarithms by small letter.
    private(set) var letters: [UInt32: Double] = [:]

    private init(_ name: String, script: Script = .latin, area: Area = .west, prior: Double = 0, _ table: String) {
        (self.name, self.script, self.area, self.prior) = (name, script, area, prior)
        for entry in table.split(separator: " ") {
            guard let letter = entry.unicodeScalars.first, let count = Double(entry.dropFirst()) else { continue }
            letters[letter.value] = Self.logarithm(count / 10_000)
        }
    }

    static let all: [LanguageModel] = [
        LanguageModel("German", "ä54 ö30 ü65 ß31"),
        LanguageModel("French", "é190 è27 ê22 à49 â5 ç8 ù6 û6 î5 ô6 ë1 ï1 œ2"),
        LanguageModel("Spanish", "á50 é43 í73 ó83 ú17 ñ31 ü2"),
        LanguageModel("Portuguese", "ã73 ç53 é34 á40 í25 ó30 ê36 õ40 ú12 â25 ô12 à7"),
        LanguageModel("Italian", prior: -0.5, "à63 è26 é10 ì5 ò20 ù17"),
        LanguageModel("a Scandinavian language", prior: -0.7, "å130 ä120 ö90 æ60 ø60 é10"),
        LanguageModel("Icelandic", prior: -4, "á180 ð440 é64 í157 ó99 ú61 ý23 þ145 æ87 ö78"),
        LanguageModel("Catalan", prior: -2, "à60 é40 è40 í40 ó50 ò30 ú15 ç10 ï3 ü2"),
        LanguageModel("Estonian", prior: -2.5, "ä100 õ100 ö25 ü65 š2 ž1"),
        LanguageModel("Polish", area: .center, "ą99 ć40 ę111 ł182 ń20 ó85 ś66 ź6 ż83"),
        LanguageModel("Czech", area: .center, prior: -1, "á224 č95 ď2 é133 ě165 í327 ň1 ó3 ř121 š82 ť4 ú10 ů69 ý107 ž100"),
        LanguageModel("Slovak", area: .center, prior: -1.5, "á200 ä5 č100 ď10 é90 í110 ľ40 ĺ1 ň15 ó40 ô15 ŕ1 š100 ť50 ú100 ý90 ž90"),
        LanguageModel("Hungarian", area: .center, prior: -1.5, "á353 é389 í55 ó98 ö82 ő88 ú31 ü60 ű14"),
        LanguageModel("Romanian", area: .center, prior: -1, "ă400 â90 î140 ş155 ţ100 ș155 ț100"),
        LanguageModel("Croatian or Slovenian", area: .center, prior: -1.5, "č110 ć40 đ20 š90 ž60"),
        LanguageModel("Turkish", area: .turkey, prior: -0.5, "ç120 ğ110 ı510 ö80 ş180 ü185 â5"),
        LanguageModel("Lithuanian", area: .baltic, prior: -1, "ą80 č45 ę25 ė160 į60 š110 ų140 ū45 ž80"),
        LanguageModel("Latvian", area: .baltic, prior: -1.5, "ā400 č15 ē180 ģ10 ī180 ķ12 ļ40 ņ40 š100 ū60 ž20"),
        LanguageModel(
            "Greek", script: .greek, prior: -0.3,
            "α870 ά220 β70 γ160 δ170 ε550 έ260 ζ40 η320 ή180 θ110 ι490 ί280 κ400 λ320 μ340 ν610 ξ40 ο600 ό290 π410 ρ420 σ420 ς420 τ800 "
                + "υ300 ύ120 φ80 χ120 ψ15 ω120 ώ110 ϊ5 ϋ2"),
        LanguageModel(
            "Russian", script: .cyrillic,
            "а801 б159 в454 г170 д298 е845 ё4 ж94 з165 и735 й121 к349 л440 м321 н670 о1097 п281 р473 с547 т626 у262 ф26 х97 ц48 ч144 ш73 щ36 "
                + "ъ4 ы190 ь174 э32 ю64 я201"),
        LanguageModel(
            "Ukrainian", script: .cyrillic, prior: -0.7,
            "а807 б177 в535 г155 ґ1 д338 е495 є61 ж93 з232 и626 і575 ї65 й138 к354 л369 м303 н681 о942 п290 р448 с424 т535 у336 ф28 х119 ц83 "
                + "ч141 ш76 щ56 ь177 ю93 я248"),
        LanguageModel(
            "Bulgarian", script: .cyrillic, prior: -1.5,
            "а1150 б160 в440 г170 д320 е860 ж70 з210 и930 й70 к350 л330 м270 н710 о900 п290 р510 с490 т780 у160 ф30 х70 ц90 ч140 ш50 щ70 ъ180 "
                + "ь5 ю15 я210"),
        LanguageModel(
            "Serbian or Macedonian", script: .cyrillic, prior: -3,
            "а1150 б150 в370 г160 д370 ђ20 е880 ж60 з180 и980 ј510 к360 л320 љ50 м380 н550 њ80 о900 п290 р460 с500 т430 ћ60 у430 ф20 х60 ц80 "
                + "ч110 џ3 ш100"),
        LanguageModel("Chinese", script: .han, "").classed(CommonCharacters.chinese, share: 0.55, rest: 3500),
        LanguageModel("Japanese", script: .kana, "").classed(CommonCharacters.japanese, share: 0.45, rest: 2900),
        LanguageModel("Korean", script: .hangul, "").classed(CommonCharacters.korean, share: 0.65, rest: 2100),
    ]

    /// Of a script with thousands of characters: the frequent ones share a part of the text, the others of a first class the rest.
    private func classed(_ frequent: String, share: Double, rest: Double) -> LanguageModel {
        var model = self
        let scalars = Set(frequent.unicodeScalars.map(\.value))
        for scalar in scalars { model.letters[scalar] = Self.logarithm(share / Double(scalars.count)) }
        model.other = Self.logarithm((1 - share) / rest)
        return model
    }

    /// The logarithm of how likely a text in this language is in an encoding, apart from how likely each is; `nil` if the encoding is made for others.
    func prior(in encoding: TextEncoding) -> Double? {
        switch script {
        case .han: return encoding == .gb18030 || encoding == .big5 ? prior : nil
        case .kana: return encoding == .shiftJIS ? prior : nil
        case .hangul: return encoding == .eucKR ? prior : nil
        case .greek, .cyrillic: return prior
        case .latin: break
        }
        let home: Area =
            switch encoding {
            case .windows1250, .iso8859Part2, .ibm852: .center
            case .windows1257: .baltic
            case .windows1254, .iso8859Part9: .turkey
            default: .west
            }
        // The letters of the west are in the other encodings, too.
        return area == home ? prior : area == .west ? prior - 2 : nil
    }

    /// A character that is not frequent, where there are thousands.
    private var other: Double?

    /// The logarithm of how often a small letter is among all letters, for languages of its script.
    func logarithm(of scalar: UInt32, isFirstClass: Bool) -> Double {
        if let known = letters[scalar] { return known }
        guard let other else { return script == .latin ? Self.foreign[scalar] ?? Self.rare : Self.rare }
        switch script {
        case .hangul: return (0xAC00...0xD7A3).contains(scalar) ? (isFirstClass ? other : Self.unheard) : Self.unheard
        case .kana:
            if (0x3041...0x3096).contains(scalar) { return -5.4 }
            if (0x30A1...0x30FC).contains(scalar) { return -5.8 }
            if (0xFF61...0xFF9F).contains(scalar) { return -4.8 }
            return isFirstClass ? other : Self.unheard
        default: return isFirstClass ? other : Self.unheard
        }
    }

    /// Of the letters of other languages in names and foreign words: an address has some of them.
    private static let foreign: [UInt32: Double] = all.filter { $0.script == .latin }.reduce(into: [:]) { table, model in
        for (letter, logarithm) in model.letters { table[letter] = max(table[letter] ?? rare, logarithm - (model.area == .west ? 4 : 5.5)) }
    }

    /// Of a letter that a language has in foreign words only.
    static let rare = -11.5
    /// Of a character of East Asia beyond those of everyday use.
    private static let unheard = -14.5

    /// The natural logarithm of a share, without a library of mathematics: halved or doubled into the range of a short series.
    static func logarithm(_ value: Double) -> Double {
        guard value > 0 else { return rare }
        let fraction = (value.significand - 1) / (value.significand + 1)
        var (power, sum) = (fraction, 0.0)
        for odd in stride(from: 1.0, through: 21, by: 2) {
            sum += power / odd
            power *= fraction * fraction
        }
        return 2 * sum + Double(value.exponent) * 0.693_147_180_559_945_3
    }
}
