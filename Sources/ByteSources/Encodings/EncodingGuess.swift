package import SafeText

/// Which encodings a text that is not UTF-8 is probably in, and what it reads as under each.
///
/// The text is decoded under every encoding that is known here. How likely the result is comes from ``LanguageModel``: each letter is as likely as it is
/// after the letter before it in the language that fits best, and less likely where no text has it: a capital after a small letter, a symbol or another
/// script inside a word. Encodings that give the same text are one candidate. A text that is no more likely than damage under any of them has none.
///
/// Between two encodings a text that comes again says nothing new: `Libellé 1` and `Libellé 2` are one. It does say that it is no damage.
package struct EncodingGuess: Sendable {
    /// A piece of the text. It begins with a character.
    package struct Sample: Sendable, Equatable {
        package var bytes: [UInt8]
        /// Whether it may end inside a character.
        package var isCut: Bool

        package init(bytes: [UInt8], isCut: Bool = false) {
            (self.bytes, self.isCut) = (bytes, isCut)
        }
    }

    package struct Candidate: Sendable {
        package var encoding: TextEncoding
        /// The language whose letters fit best.
        package var language: String
        /// The logarithm of how likely it is, by the samples that differ.
        package var score: Double
        /// The same by all samples.
        var wholeScore: Double
        /// The decoded samples.
        package var texts: [[UInt8]]

        /// How many different characters beyond ASCII they have.
        var distinctCount: Int {
            Set(texts.flatMap { String(decoding: $0, as: UTF8.self).unicodeScalars.filter { !$0.isASCII } }).count
        }

        /// The characters beyond ASCII, if none of them is a letter, each once.
        package var signs: [Unicode.Scalar] {
            var signs: [Unicode.Scalar] = []
            for scalar in texts.lazy.flatMap({ String(decoding: $0, as: UTF8.self).unicodeScalars }) where !scalar.isASCII {
                if scalar.properties.isAlphabetic { return [] }
                if !signs.contains(scalar) { signs.append(scalar) }
            }
            return signs
        }

        /// The first different words that have a character beyond ASCII, at most three.
        package var words: [VisibleText] {
            var words: [VisibleText] = []
            for text in texts {
                for word in text.split(separator: UInt8(ascii: " ")) where word.contains(where: { $0 >= 0x80 }) {
                    let shown = VisibleText(Array(word), limit: 24)
                    if !words.contains(shown) { words.append(shown) }
                    if words.count == 3 { return words }
                }
            }
            return words
        }
    }

    /// The likely ones, the best first; empty if the text is probably damaged.
    package private(set) var candidates: [Candidate] = []
    /// Whether the first is far more likely than the others and than damage.
    package private(set) var isSure = false

    /// - Parameters:
    ///   - samples: Pieces of the text.
    ///   - hasOldLineEnds: whether lines end with a carriage return only, as on the computers that wrote Mac OS Roman.
    package init(samples: [Sample], hasOldLineEnds: Bool) {
        let highCount = samples.reduce(0) { $0 + $1.bytes.count { $0 >= 0x80 } }
        guard highCount > 0 else { return }
        var found: [Candidate] = []
        let different = Self.different(samples)
        let bytes = Set(samples.flatMap { $0.bytes.filter { $0 >= 0x80 } })
        for encoding in TextEncoding.allCases where encoding.extendsASCII && encoding != .latin1 {
            let table = MultibyteTable(of: encoding, forBytes: bytes)
            if encoding.isMultibyte, table == nil { continue }
            let bonus = hasOldLineEnds && encoding == .macRoman ? Self.oldLineEnds : 0
            let floor = (found.map(\.wholeScore).max() ?? -.infinity) - Self.hopeless
            var candidate = Self.candidate(encoding, samples, table, bonus: bonus, floor: floor)
            if different.count < samples.count {
                let floor = (found.map(\.score).max() ?? -.infinity) - Self.hopeless
                let other = Self.candidate(encoding, different, table, bonus: bonus, floor: floor)
                (candidate.score, candidate.language) = (other.score, other.language)
            }
            guard let same = found.firstIndex(where: { $0.texts == candidate.texts }) else {
                found.append(candidate)
                continue
            }
            // The text is the same: the encoding that more files have.
            let score = max(candidate.score, found[same].score)
            let wholeScore = max(candidate.wholeScore, found[same].wholeScore)
            if Self.prior(encoding) > Self.prior(found[same].encoding) { found[same] = candidate }
            (found[same].score, found[same].wholeScore) = (score, wholeScore)
        }
        found.sort { $0.score > $1.score }
        let pairs = Self.damagedByteOfPair
        let damaged = DecodedText.logarithm(ofDamaged: samples, eachByte: (Self.damagedByte, pairs)) + Self.damage
        let damagedPairs = DecodedText.logarithm(ofDamaged: samples, eachByte: pairs) + Self.damage
        found.removeAll { $0.encoding.isMultibyte && ($0.wholeScore <= damagedPairs || $0.distinctCount < 2) }
        // Of alphabets whose pairs of letters are not known, a few letters are not enough.
        let byLetters: Set<TextEncoding> = [.windows1255, .windows1256, .windows874]
        found.removeAll { byLetters.contains($0.encoding) && $0.distinctCount < 4 }
        let barelyDamaged = DecodedText.logarithm(ofDamaged: samples, eachByte: (Self.rarelyDamagedByte, pairs)) + Self.damage
        guard let best = found.first, best.wholeScore > barelyDamaged else { return }
        candidates = Array(
            found.prefix { $0.score > best.score - Self.widest && $0.wholeScore > barelyDamaged - Self.widest }.prefix(Self.most))
        let isAlone = candidates.count < 2 || candidates[1].score < best.score - Self.sure
        // One character, however often, is a letter of many encodings, and any four bytes are two of East Asia.
        let doubt = best.encoding.isMultibyte ? max(damaged, damagedPairs) : damaged
        let least = byLetters.contains(best.encoding) ? 6 : best.encoding.isMultibyte ? 3 : best.signs.isEmpty ? 2 : 1
        isSure = isAlone && best.wholeScore > doubt + Self.sure && best.distinctCount >= least
    }

    /// The samples without those that are like an earlier one but for its digits.
    private static func different(_ samples: [Sample]) -> [Sample] {
        var seen: Set<[UInt8]> = []
        return samples.filter { seen.insert($0.bytes.filter { !(0x30...0x39).contains($0) }).inserted }
    }

    /// The logarithms of how likely it is that a file is damaged, and of how likely each byte beyond ASCII is then.
    private static let (damage, damagedByte) = (-2.5, -8.0)
    /// The same of a file of which little is damaged: what is more likely than that is named, although not as sure.
    private static let rarelyDamagedByte = -9.5
    /// The same of a byte after another one, and where two bytes are a character: nearly any two are, in the encodings of East Asia.
    private static let damagedByteOfPair = -5.6
    /// Candidates that are shown, and how much less likely than the best they may be.
    private static let (most, widest) = (3, 9.0)
    /// How much less likely than the best a candidate is of which nothing is said.
    private static let hopeless = 30.0
    /// How much more likely the best is, if it is sure.
    private static let sure = 3.0
    private static let oldLineEnds = 6.0

    /// The logarithm of how likely a file is in an encoding, before any of it is seen.
    private static func prior(_ encoding: TextEncoding) -> Double {
        switch encoding {
        case .windows1252: 0
        case .windows1253: -0.8
        case .windows1251, .windows1254, .shiftJIS, .gb18030, .big5, .eucKR: -1
        case .windows1250, .windows1257: -1.4
        case .iso8859Part15: -1.9
        case .iso8859Part2, .iso8859Part7, .iso8859Part9, .macRoman, .eucJP: -2
        case .koi8r, .koi8u, .windows1255, .windows1256, .windows874: -4.5
        default: -4.6
        }
    }

    /// - Parameter floor: a score below it need not be exact.
    private static func candidate(
        _ encoding: TextEncoding, _ samples: [Sample], _ table: MultibyteTable?, bonus: Double, floor: Double
    ) -> Candidate {
        let texts = samples.map { DecodedText($0, in: encoding, table: table) }
        let oddness = texts.reduce(0) { $0 + $1.oddness }
        let ownScore = prior(encoding) + bonus + oddness
        var best = (score: -Double.infinity, language: "")
        for model in LanguageModel.all {
            guard var score = model.prior(in: encoding) else { continue }
            for text in texts { text.add(to: &score, under: model, floor: max(best.score, floor - ownScore)) }
            if score > best.score { best = (score, model.name) }
        }
        let score = ownScore + best.score
        return Candidate(encoding: encoding, language: best.language, score: score, wholeScore: score, texts: texts.map(\.utf8))
    }
}
