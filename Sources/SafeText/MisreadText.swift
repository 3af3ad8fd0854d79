/// UTF-8 that was read as a code page other than Windows-1252 and encoded once more: `M√ºller` (Mac OS Roman), `M├╝ller` (DOS), `MĂĽller` (Windows-1250),
/// `Р”РѕРј` (Windows-1251) for `Müller` and `Дом`.
///
/// A word counts only if all of its characters beyond ASCII are the bytes of letters again: by chance that is so of hardly any word.
package struct MisreadText: Sendable, Equatable {
    /// The text as it was meant.
    package let repaired: String
    /// Where the first such word begins, in bytes.
    package let byteOffset: Int
    /// As people write the code page.
    package let pageName: String

    /// The first two bytes of the characters that such words have: those of `√`, `├`, `┬`, `Ă`, `Ĺ`, `Р`, `С`, `Г`.
    package static func mayBegin(_ first: UInt8, _ second: UInt8) -> Bool {
        switch (first, second) {
        case (0xE2, 0x88), (0xE2, 0x94), (0xC4, 0x82), (0xC4, 0xB9), (0xD0, 0xA0), (0xD0, 0xA1), (0xD0, 0x93): true
        default: false
        }
    }

    /// - Parameter text: UTF-8.
    package init?(_ text: some Sequence<UInt8>) {
        let bytes = Array(text)
        guard let string = String(validating: bytes, as: UTF8.self) else { return nil }
        for page in Page.all {
            guard let (repaired, offset) = page.repaired(string) else { continue }
            (self.repaired, byteOffset, pageName) = (repaired, offset, page.name)
            return
        }
        return nil
    }

    private struct Page: Sendable {
        let name: String
        private let bytes: [Unicode.Scalar: UInt8]
        /// What a first byte is read as that makes a word such a one.
        private let leads: Set<Unicode.Scalar>
        /// Whether the letters that were meant are Cyrillic, as the page's are.
        private let isCyrillic: Bool

        init(_ name: String, _ characters: String, leads: String, isCyrillic: Bool = false) {
            self.name = name
            var bytes: [Unicode.Scalar: UInt8] = [:]
            for (index, scalar) in characters.unicodeScalars.enumerated() where scalar != "?" { bytes[scalar] = UInt8(0x80 + index) }
            self.bytes = bytes
            self.leads = Set(leads.unicodeScalars)
            self.isCyrillic = isCyrillic
        }

        static let all = [
            Page(
                "Mac OS Roman",
                "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø"
                    + "¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ", leads: "√"),
            Page(
                "DOS code page 850",
                "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐"
                    + "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}", leads: "├"),
            Page(
                "DOS code page 437",
                "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
                    + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}", leads: "├"),
            Page(
                "Windows-1250",
                "€?‚?„…†‡?‰Š‹ŚŤŽŹ?‘’“”•–—?™š›śťžź\u{A0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{AD}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż"
                    + "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙", leads: "ĂĹ"),
            Page("Windows-1251", windows1251, leads: "РС", isCyrillic: true),
            Page("Windows-1251", windows1251, leads: "Г"),
        ]

        private static let windows1251 =
            "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—?™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї"
            + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя"

        /// The text, with each such word as it was meant, and where the first of them begins; `nil` where there is none, or a word beyond ASCII is no such one.
        func repaired(_ text: String) -> (String, Int)? {
            var (result, word) = ("", [Unicode.Scalar]())
            var (offset, wordOffset) = (0, 0)
            var first: Int?
            func isWord(_ scalar: Unicode.Scalar) -> Bool { !scalar.isASCII || scalar.properties.isAlphabetic }
            /// - Returns: whether the word may stay or is repaired.
            func end() -> Bool {
                defer { word = [] }
                if word.allSatisfy(\.isASCII) {
                    result.unicodeScalars += word
                    return true
                }
                guard let meant = meant(word) else { return false }
                result += meant
                first = first ?? wordOffset
                return true
            }
            for scalar in text.unicodeScalars {
                if isWord(scalar) {
                    if word.isEmpty { wordOffset = offset }
                    word.append(scalar)
                } else {
                    guard end() else { return nil }
                    result.unicodeScalars.append(scalar)
                }
                offset += UTF8.width(scalar)
            }
            guard end(), let first else { return nil }
            return (result, first)
        }

        private func meant(_ word: [Unicode.Scalar]) -> String? {
            var raw: [UInt8] = []
            var leadCount = 0
            for scalar in word {
                if scalar.isASCII {
                    raw.append(UInt8(scalar.value))
                } else if let byte = bytes[scalar] {
                    raw.append(byte)
                    if leads.contains(scalar) { leadCount += 1 }
                } else {
                    return nil
                }
            }
            guard leadCount > 0, let text = String(validating: raw, as: UTF8.self) else { return nil }
            let letters = text.unicodeScalars.filter { !$0.isASCII }
            let areMeant = letters.allSatisfy { scalar in
                isCyrillic ? (0x400...0x491).contains(scalar.value) : (0xA0...0x17F).contains(scalar.value)
            }
            guard areMeant else { return nil }
            // PĂŞUNE is no PêUNE.
            let ascii = word.filter(\.isASCII)
            if ascii.count > 1, ascii.allSatisfy(\.properties.isUppercase), letters.contains(where: \.properties.isLowercase) { return nil }
            // One pair of Cyrillic letters may be a word, and one of signs a drawing: a letter of ASCII beside them is in no such word.
            return isCyrillic ? (letters.count > 1 ? text : nil) : word.contains(where: \.isASCII) ? text : nil
        }
    }
}
