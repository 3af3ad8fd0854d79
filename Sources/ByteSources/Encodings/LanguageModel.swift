/// How likely a text is in a language, by its letters: what tells encodings apart.
///
/// Languages with an alphabet go by pairs of letters (``LetterPairs``); of those with thousands of characters, one is as frequent as its class.
struct LanguageModel: Sendable {
    enum Script: Sendable, Equatable { case latin, greek, cyrillic, hebrew, arabic, thai, han, kana, hangul }

    /// Where the encodings of Latin letters are at home.
    enum Area: Sendable { case west, center, baltic, turkey }

    let name: String
    let script: Script
    private let area: Area
    /// How likely a file is in this language, as a logarithm: small for languages that would otherwise win by a single letter.
    let prior: Double
    /// Of an alphabet.
    let pairs: LetterPairs?
    /// Logarithms by character, where there are thousands: of the frequent ones, and of each other one of everyday use.
    private let frequent: [UInt32: Double]
    private let other: Double

    /// A language with an alphabet, by the name that its table has.
    private init(_ name: String, script: Script = .latin, area: Area = .west, prior: Double = 0) {
        (self.name, self.script, self.area, self.prior) = (name, script, area, prior)
        pairs = LetterPairs.tables[name].map { LetterPairs(letters: $0.letters, levels: $0.levels) }
        (frequent, other) = ([:], Self.unheard)
    }

    /// A language with thousands of characters: the frequent ones share a part of the text, the `rest` of a first class the other part.
    private init(_ name: String, script: Script, _ characters: String, share: Double, rest: Double) {
        (self.name, self.script, area, prior, pairs) = (name, script, .west, 0, nil)
        let scalars = Set(characters.unicodeScalars.map(\.value))
        frequent = Dictionary(uniqueKeysWithValues: scalars.map { ($0, Self.logarithm(share / Double(scalars.count))) })
        other = Self.logarithm((1 - share) / rest)
    }

    /// A language with an alphabet of its own, of which only the common letters are known: three of four are one of these.
    private init(_ name: String, script: Script, letters: [ClosedRange<UInt32>], common: Set<UInt32>) {
        (self.name, self.script, area, prior, pairs) = (name, script, .west, 0, nil)
        let scalars = Set(letters.joined())
        let each = (common: Self.logarithm(0.75 / Double(common.count)), rare: Self.logarithm(0.25 / Double(scalars.count - common.count)))
        frequent = Dictionary(uniqueKeysWithValues: scalars.map { ($0, common.contains($0) ? each.common : each.rare) })
        other = Self.unheard
    }

    static let all: [LanguageModel] = [
        LanguageModel("German"),
        LanguageModel("French"),
        LanguageModel("Spanish"),
        LanguageModel("Portuguese"),
        LanguageModel("Italian", prior: -0.5),
        LanguageModel("Swedish", prior: -1),
        LanguageModel("Danish", prior: -1),
        LanguageModel("Norwegian", prior: -1),
        LanguageModel("Dutch", prior: -1),
        LanguageModel("Finnish", prior: -1.5),
        LanguageModel("Icelandic", prior: -4),
        LanguageModel("Catalan", prior: -2),
        LanguageModel("Estonian", prior: -2.5),
        LanguageModel("Polish", area: .center),
        LanguageModel("Czech", area: .center, prior: -1),
        LanguageModel("Slovak", area: .center, prior: -1.5),
        LanguageModel("Hungarian", area: .center, prior: -1.5),
        LanguageModel("Romanian", area: .center, prior: -1),
        LanguageModel("Croatian", area: .center, prior: -1.5),
        LanguageModel("Slovenian", area: .center, prior: -1.5),
        LanguageModel("Turkish", area: .turkey, prior: -0.5),
        LanguageModel("Lithuanian", area: .baltic, prior: -1),
        LanguageModel("Latvian", area: .baltic, prior: -1.5),
        LanguageModel("Estonian", area: .baltic, prior: -2),
        LanguageModel("Greek", script: .greek, prior: -0.3),
        LanguageModel("Russian", script: .cyrillic),
        LanguageModel("Ukrainian", script: .cyrillic, prior: -0.7),
        LanguageModel("Bulgarian", script: .cyrillic, prior: -1.5),
        LanguageModel("Serbian", script: .cyrillic, prior: -3),
        LanguageModel(
            "Hebrew", script: .hebrew, letters: [0x5D0...0x5EA],
            common: [0x5D9, 0x5D5, 0x5D4, 0x5DC, 0x5D0, 0x5E8, 0x5EA, 0x5D1, 0x5E9, 0x5DE]),
        LanguageModel(
            "Arabic", script: .arabic, letters: [0x621...0x63A, 0x641...0x64A],
            common: [0x627, 0x644, 0x64A, 0x645, 0x646, 0x648, 0x631, 0x62A, 0x628, 0x629]),
        LanguageModel(
            "Thai", script: .thai, letters: [0xE01...0xE3A, 0xE40...0xE4E],
            common: [
                0xE32, 0xE19, 0xE23, 0xE2D, 0xE01, 0xE40, 0xE07, 0xE21, 0xE22, 0xE25, 0xE27, 0xE14, 0xE17, 0xE2A, 0xE15, 0xE31, 0xE35,
                0xE48,
                0xE49, 0xE30,
            ]),
        LanguageModel("Chinese", script: .han, CommonCharacters.chinese, share: 0.55, rest: 3500),
        LanguageModel("Japanese", script: .kana, CommonCharacters.japanese, share: 0.45, rest: 2900),
        LanguageModel("Korean", script: .hangul, CommonCharacters.korean, share: 0.65, rest: 2100),
    ]

    /// The logarithm of how likely a text in this language is in an encoding, apart from how likely each is; `nil` if the encoding is made for others.
    func prior(in encoding: TextEncoding) -> Double? {
        switch script {
        case .han: return encoding == .gb18030 || encoding == .big5 ? prior : nil
        case .kana: return encoding == .shiftJIS || encoding == .eucJP ? prior : nil
        case .hangul: return encoding == .eucKR ? prior : nil
        case .hebrew: return encoding == .windows1255 ? prior : nil
        case .arabic: return encoding == .windows1256 ? prior : nil
        case .thai: return encoding == .windows874 ? prior : nil
        // Those of East Asia have these letters, too, and nobody writes them so.
        case .greek, .cyrillic, .latin: if encoding.isMultibyte { return nil }
        }
        if script != .latin { return prior }
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

    /// The logarithm of how often a character is among all, in a language that has thousands of them.
    func logarithm(of scalar: UInt32, isFirstClass: Bool) -> Double {
        if let known = frequent[scalar] { return known }
        switch script {
        case .hangul: return (0xAC00...0xD7A3).contains(scalar) && isFirstClass ? other : Self.unheard
        case .kana:
            if (0x3041...0x3096).contains(scalar) { return -5.4 }
            if (0x30A1...0x30FC).contains(scalar) { return -5.8 }
            if (0xFF61...0xFF9F).contains(scalar) { return -4.8 }
            return isFirstClass ? other : Self.unheard
        default: return isFirstClass ? other : Self.unheard
        }
    }

    /// Of a letter of another script.
    static let ofAnotherScript = -13.5
    /// Of a character of East Asia beyond those of everyday use.
    private static let unheard = -14.5

    /// The natural logarithm of a share, without a library of mathematics: halved or doubled into the range of a short series.
    static func logarithm(_ value: Double) -> Double {
        guard value > 0 else { return unheard }
        let fraction = (value.significand - 1) / (value.significand + 1)
        var (power, sum) = (fraction, 0.0)
        for odd in stride(from: 1.0, through: 21, by: 2) {
            sum += power / odd
            power *= fraction * fraction
        }
        return 2 * sum + Double(value.exponent) * 0.693_147_180_559_945_3
    }
}
