import SafeText

/// A piece of text under some encoding, and how much it looks like one.
struct DecodedText {
    let utf8: [UInt8]
    /// Letters, and what stands between bytes beyond ASCII, in one piece each: those that have none of them say nothing about the encoding.
    private var runs: [[Character]] = []
    /// The logarithm of how likely what is no letter is, and where characters stand.
    private(set) var oddness = 0.0

    private struct Character {
        /// The small letter.
        var small: UInt32
        /// `nil` for what is no letter.
        var script: LanguageModel.Script?
        var weight = 0.0
        var isFirstClass = false
    }

    /// - Parameter table: has the characters of several bytes, if the encoding has any.
    init(_ sample: EncodingGuess.Sample, in encoding: TextEncoding, table: MultibyteTable?) {
        var text = Transcoder.text(sample.bytes, in: encoding, table: table)
        let last = text.count - UndecodedBytes.length
        if sample.isCut, last >= 0, UndecodedBytes(in: text.span, at: last) != nil {
            text.removeLast(UndecodedBytes.length)
        }
        utf8 = text
        let scalars = Self.scalars(utf8)
        let classes = scalars.map(Class.init)
        var unaccented = 0
        var run = Run()
        for index in scalars.indices {
            guard scalars[index] >= 0x80 else {
                if classes[index].isLetter {
                    run.characters.append(Character(small: scalars[index] | 0x20, script: .latin))
                } else {
                    runs += run.end()
                }
                continue
            }
            run.isBeyondASCII = true
            let (before, after) = (index > 0 ? classes[index - 1] : .other, index + 1 < classes.count ? classes[index + 1] : .other)
            let own = classes[index]
            let isBetweenDigits =
                index > 0 && index + 1 < scalars.count && Self.isDigit(scalars[index - 1]) && Self.isDigit(scalars[index + 1])
            guard own.isLetter else {
                oddness += Self.logarithm(ofSymbol: scalars[index], before: before, after: after, isBetweenDigits: isBetweenDigits)
                run.characters.append(Character(small: scalars[index], script: nil))
                continue
            }
            if own.isLarge, before.isSmall { oddness -= 5 }
            // A number has no letter inside; those of East Asia count and date: "3月5日".
            if isBetweenDigits, own.script == .latin || own.script == .greek || own.script == .cyrillic { oddness -= 6 }
            // 5в, for 5¢
            if !isBetweenDigits, !own.isEastAsian, !before.isLetter, !after.isLetter,
                index > 0 && Self.isDigit(scalars[index - 1]) || index + 1 < scalars.count && Self.isDigit(scalars[index + 1])
            {
                oddness -= 3
            }
            // 5 є, for 5 €: a letter by itself after a number.
            if !own.isEastAsian, !before.isLetter, !after.isLetter, index > 1,
                scalars[index - 1] == 0x20, Self.isDigit(scalars[index - 2])
            {
                oddness -= 3.5
            }
            if own.isSmall, after.isLarge { oddness -= 4 }
            if own.isLarge, before.isLarge, after.isSmall { oddness -= 2.5 }
            if own.isSmall, before.isLarge, index > 1, classes[index - 2].isLarge { oddness -= 2.5 }
            // A pair of letters beyond ASCII is counted from both sides.
            for neighbour in [before, after] where neighbour.isLetter { oddness -= neighbour.distance(to: own) }
            // Kana of half the width come in words.
            if (0xFF61...0xFF9F).contains(scalars[index]), before.script != .kana, after.script != .kana { oddness -= 4 }
            let isCapitals = own.isLarge && (before.isLarge || after.isLarge) && !before.isSmall && !after.isSmall
            let weight = own.isLarge ? (isCapitals ? -0.25 : before.isLetter ? -2.5 : -1.4) : 0
            if own.script == .greek { unaccented += own.isSmall && !Self.isAccented(scalars[index]) ? 1 : -1000 }
            if after.script != .greek {
                // A Greek word of several syllables has an accent, except in capitals.
                if unaccented > 3 { oddness -= 4 }
                unaccented = 0
            }
            run.characters.append(
                Character(
                    small: own.isLarge ? Self.small(scalars[index]) : scalars[index], script: own.script, weight: weight,
                    isFirstClass: table.map { Self.isFirstClass(scalars[index], in: encoding, $0) } ?? false))
        }
        runs += run.end()
    }

    /// Characters since the last that is neither a letter nor beyond ASCII.
    private struct Run {
        var characters: [Character] = []
        var isBeyondASCII = false

        /// What was collected, if it says something about the encoding.
        mutating func end() -> [[Character]] {
            defer { self = Run() }
            return isBeyondASCII ? [characters] : []
        }
    }

    /// Adds how likely its letters are in a language, until the sum is below a floor: nobody asks how far.
    func add(to sum: inout Double, under model: LanguageModel, floor: Double) {
        for run in runs {
            if sum < floor { return }
            sum += model.pairs.map { Self.logarithm(run, in: model, $0) } ?? Self.logarithm(run, in: model)
        }
    }

    /// Of an alphabet.
    private static func logarithm(_ run: [Character], in model: LanguageModel, _ pairs: LetterPairs) -> Double {
        var sum = 0.0
        // `nil` after a letter that the language does not have.
        var place: Int? = LetterPairs.edge
        for character in run {
            sum += character.weight
            if character.script == model.script {
                let next = pairs.place(of: character.small)
                sum += next.map { pairs.logarithm(of: $0, after: place ?? LetterPairs.edge) } ?? LetterPairs.foreign
                place = next
            } else if character.script == nil {
                if let last = place, last != LetterPairs.edge { sum += pairs.logarithm(of: LetterPairs.edge, after: last) }
                place = LetterPairs.edge
            } else {
                sum += character.small < 0x80 ? LetterPairs.ofAnotherScript : LanguageModel.ofAnotherScript
                place = nil
            }
        }
        if let last = place, last != LetterPairs.edge { sum += pairs.logarithm(of: LetterPairs.edge, after: last) }
        return sum
    }

    /// Of a language with thousands of characters.
    private static func logarithm(_ run: [Character], in model: LanguageModel) -> Double {
        run.reduce(0.0) { sum, character in
            guard let script = character.script else { return sum }
            let fits = script == model.script || script == .han && model.script == .kana
            let letter = character.small < 0x80 ? LetterPairs.any : LanguageModel.ofAnotherScript
            return sum + character.weight + (fits ? model.logarithm(of: character.small, isFirstClass: character.isFirstClass) : letter)
        }
    }

    /// The same of bytes that may be anything beyond ASCII, as in a text that is damaged: the first of some in a row is as likely as given, and the next ones
    /// as the second number says.
    static func logarithm(ofDamaged samples: [EncodingGuess.Sample], eachByte: (first: Double, next: Double)) -> Double {
        let models = LanguageModel.all.filter { $0.script == .latin }.compactMap(\.pairs)
        let runs = samples.flatMap { $0.bytes.split { $0 < 0x80 && !isLetter($0) } }.filter { $0.contains { $0 >= 0x80 } }
        let best = models.map { pairs in runs.reduce(0.0) { $0 + logarithm(ofDamaged: $1, eachByte: eachByte, pairs) } }.max()
        return best ?? 0
    }

    private static func logarithm(ofDamaged run: ArraySlice<UInt8>, eachByte: (first: Double, next: Double), _ pairs: LetterPairs) -> Double
    {
        var sum = 0.0
        var place: Int? = LetterPairs.edge
        for byte in run {
            guard byte < 0x80 else {
                (sum, place) = (sum + (place == nil ? eachByte.next : eachByte.first), nil)
                continue
            }
            let next = pairs.place(of: UInt32(byte | 0x20)) ?? LetterPairs.edge
            sum += place.map { pairs.logarithm(of: next, after: $0) } ?? LetterPairs.any
            place = next
        }
        return sum + (place.map { pairs.logarithm(of: LetterPairs.edge, after: $0) } ?? 0)
    }

    /// The same where the letters between are as likely as each other.
    static func logarithm(ofDamaged samples: [EncodingGuess.Sample], eachByte: Double) -> Double {
        samples.flatMap { $0.bytes.split { $0 < 0x80 && !isLetter($0) } }.filter { $0.contains { $0 >= 0x80 } }.joined()
            .reduce(0.0) { $0 + ($1 < 0x80 ? LetterPairs.any : eachByte) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }

    private static func isAccented(_ scalar: UInt32) -> Bool {
        [0x390, 0x3AC, 0x3AD, 0x3AE, 0x3AF, 0x3B0, 0x3CC, 0x3CD, 0x3CE].contains(scalar)
    }

    private static func small(_ scalar: UInt32) -> UInt32 {
        guard let lower = Unicode.Scalar(scalar)?.properties.lowercaseMapping.unicodeScalars.first else { return scalar }
        return lower.value
    }

    /// Undecodable bytes are `UInt32.max`.
    private static func scalars(_ utf8: [UInt8]) -> [UInt32] {
        var scalars: [UInt32] = []
        var start = 0
        for index in utf8.indices where utf8[index] == 0xF1 && UndecodedBytes(in: utf8.span, at: index) != nil {
            scalars += String(decoding: utf8[start..<index], as: UTF8.self).unicodeScalars.map(\.value)
            scalars.append(.max)
            start = index + UndecodedBytes.length
        }
        return scalars + String(decoding: utf8[start...], as: UTF8.self).unicodeScalars.map(\.value)
    }

    /// Whether it is among the characters that the standard of the encoding has for everyday use.
    private static func isFirstClass(_ scalar: UInt32, in encoding: TextEncoding, _ table: MultibyteTable) -> Bool {
        switch encoding {
        case .gb18030: table.isEveryday(scalar, firsts: 0xB0...0xD7, seconds: 0xA1...0xFE)
        case .eucJP: table.isEveryday(scalar, firsts: 0xB0...0xCF, seconds: 0xA1...0xFE)
        case .eucKR: table.isEveryday(scalar, firsts: 0xB0...0xC8, seconds: 0xA1...0xFE)
        case .big5: table.isEveryday(scalar, firsts: 0xA4...0xC6, seconds: 0x40...0xFE)
        case .shiftJIS: table.isEveryday(scalar, firsts: 0x88...0x97, seconds: 0x40...0xFE)
        default: false
        }
    }

    /// A sign beyond ASCII that is no letter. Quotes and dashes are frequent, signs of units less; none of them is inside a word.
    private static func logarithm(ofSymbol scalar: UInt32, before: Class, after: Class, isBetweenDigits: Bool) -> Double {
        let isInside = before.isLetter && after.isLetter
        switch scalar {
        case .max: return -22
        // It separates thousands.
        case 0xA0 where isBetweenDigits: return -3.5
        // It's, l’année
        case 0x2019 where isInside: return -5.5
        case 0x2019, 0xB7: return -7.5
        case 0x20AC, 0xB0, 0xA7, 0x2013, 0xA0, 0xA3: return isInside ? -12 : -7.5
        // “English”, „German“, »Danish«
        case 0x2018, 0x201C, 0xAB, 0x201D, 0xBB: return isInside ? -12 : -8
        case 0x201E, 0x201A: return before.isLetter ? -12 : -8
        // Hyphens where a word may be broken.
        case 0xAD where isInside: return -9
        case 0xA2, 0xA5: return isInside ? -14 : -9
        case 0xBA, 0xAA, 0xB2, 0xB3, 0xB5, 0xD7, 0xB1, 0xAE, 0xA9, 0x2122, 0x2014, 0x2022, 0x2026, 0x2116, 0xBF, 0xA1, 0xBD:
            return isInside ? -13 : -9
        case 0x3000...0x3020, 0xFF01...0xFF60: return before.script == .latin || after.script == .latin ? -12 : -6.5
        case 0x80..<0xA0, 0xE000..<0xF900: return -20
        case 0x2500...0x25FF: return -14
        default: return isInside ? -14 : -11
        }
    }

    private struct Class {
        var script: LanguageModel.Script?
        var isLarge = false
        var isSmall = false

        static let other = Class()

        private init() {}

        var isLetter: Bool { script != nil }
        /// Whether it may stand beside a number: "3月".
        var isEastAsian: Bool { script == .han || script == .kana || script == .hangul }

        init(_ scalar: UInt32) {
            switch scalar {
            case 0x41...0x5A: (script, isLarge) = (.latin, true)
            case 0x61...0x7A: (script, isSmall) = (.latin, true)
            case 0xAA, 0xBA, 0xB5: break
            case 0xC0...0x24F where scalar != 0xD7 && scalar != 0xF7, 0x1E00...0x1EFF: script = .latin
            case 0x386, 0x388...0x3CE: script = .greek
            case 0x400...0x4FF: script = .cyrillic
            case 0x5D0...0x5EA: script = .hebrew
            case 0x621...0x64A: script = .arabic
            case 0xE01...0xE3A, 0xE40...0xE4E: script = .thai
            case 0x3041...0x3096, 0x30A1...0x30FC, 0xFF66...0xFF9F: script = .kana
            case 0x3005, 0x4E00...0x9FFF, 0x3400...0x4DBF, 0xF900...0xFAFF: script = .han
            case 0xAC00...0xD7A3: script = .hangul
            default: break
            }
            guard scalar >= 0x80, let value = Unicode.Scalar(scalar), script == .latin || script == .greek || script == .cyrillic else {
                return
            }
            (isLarge, isSmall) = (value.properties.isUppercase, value.properties.isLowercase)
        }

        /// How unlikely letters of both are side by side. Those of East Asia need no space between them and others.
        func distance(to other: Class) -> Double {
            guard let script, let others = other.script, script != others else { return 0 }
            let eastern: [LanguageModel.Script] = [.han, .kana, .hangul]
            if eastern.contains(script), eastern.contains(others) { return script == .hangul || others == .hangul ? 3 : 0 }
            guard eastern.contains(script) || eastern.contains(others) else { return 6 }
            return isSmall || other.isSmall ? 3 : 1
        }
    }
}
