import Foundation
import TestSupport
import Testing

@testable import ByteSources
@testable import CSVTokenizer
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// Keys that look the same: found whatever the order of rows and ranges, and nothing else is.
@Suite(.computing) struct SimilarKeyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var keys: [String]
        /// For each key that looks like an earlier one: its line, that of the first, and words of the message.
        var similar: [(line: Int, first: Int, words: String)] = []

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "no-break space", keys: ["New York", "New\u{A0}York"], similar: [(3, 2, "U+00A0 no-break space, instead of U+0020 space")]
        ),
        Case(
            name: "narrow no-break space, first", keys: ["1\u{202F}000", "B", "1 000"], similar: [(4, 2, "U+202F narrow no-break space")]),
        Case(name: "zero width", keys: ["J1", "J\u{200B}1"], similar: [(3, 2, "with an invisible character, U+200B zero width space")]),
        Case(
            name: "zero width, first", keys: ["J1\u{2060}", "J1"], similar: [(3, 2, "without the invisible character U+2060 word joiner")]),
        Case(name: "byte order mark", keys: ["J1", "\u{FEFF}J1", "J1\u{AD}"], similar: [(3, 2, "U+FEFF"), (4, 2, "U+00AD soft hyphen")]),
        Case(name: "space at the end", keys: ["J1", "J1 "], similar: [(3, 2, "with an extra U+0020 space")]),
        Case(name: "space in front", keys: [" J1", "J1"], similar: [(3, 2, "without the extra U+0020 space")]),
        Case(name: "two spaces", keys: ["A B", "A  B"], similar: [(3, 2, "with an extra U+0020 space")]),
        Case(name: "tab", keys: ["A B", "A\tB"], similar: [(3, 2, "U+0009 tab")]),
        Case(
            name: "decomposed", keys: ["Café", "Cafe\u{301}"], similar: [(3, 2, "decomposed letters, with U+0301 combining acute accent")]),
        Case(name: "composed after decomposed", keys: ["U\u{308}ber", "Über"], similar: [(3, 2, "U+0308 combining diaeresis")]),
        Case(
            name: "two marks, in either order", keys: ["a\u{302}\u{323}", "a\u{323}\u{302}", "ậ"],
            similar: [(3, 2, "U+0323"), (4, 2, "U+0323")]),
        Case(name: "kana", keys: ["が", "か\u{3099}"], similar: [(3, 2, "U+3099")]),
        Case(name: "Hangul", keys: ["한국", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}"], similar: [(3, 2, "line 2")]),
        Case(
            name: "Cyrillic inside", keys: ["DE-01", "D\u{415}-01"],
            similar: [(3, 2, "U+0415 cyrillic capital letter ie, instead of U+0045")]),
        Case(name: "Greek inside", keys: ["Omega", "\u{39F}mega"], similar: [(3, 2, "U+039F greek capital letter omicron")]),
        Case(name: "Latin inside", keys: ["Москва", "Mосква"], similar: [(3, 2, "U+004D latin capital letter m")]),
        Case(name: "hyphen that does not break", keys: ["A-1", "A\u{2011}1"], similar: [(3, 2, "U+2011 non-breaking hyphen")]),
        Case(
            name: "several of one kind, each once", keys: ["A 1", "A\u{A0}1", "A 1x", "A\u{A0}1", "A\u{2009}1"],
            similar: [(3, 2, "U+00A0"), (6, 2, "U+2009 thin space")]),
        Case(name: "none is the usual spelling", keys: ["A\u{A0}1", "A\u{202F}1"], similar: [(3, 2, "U+202F")]),
        // What must not be reported.
        Case(name: "letter case", keys: ["fr01", "FR01", "Straße", "STRASSE"]),
        Case(name: "accents", keys: ["Café", "Cafe", "Cafè", "Ca\u{301}fe", "Müller", "Mueller"]),
        Case(name: "dashes and quotes", keys: ["10-12", "10–12", "10—12", "10\u{2212}12", "O'Neil", "O’Neil", "\u{2032}A", "'A"]),
        Case(name: "full width", keys: ["A1", "Ａ１"]),
        Case(name: "other letters", keys: ["l1", "I1", "O0", "00", "rn", "m", "½", "1/2", "ﬁ", "fi", "²", "2"]),
        Case(name: "words of other scripts", keys: ["Москва", "Минск", "Αθήνα", "Αθηνά", "東京", "京都", "서울", "مكة", "مكه"]),
        Case(name: "joiners that a script needs", keys: ["می‌خواهم", "میخواهم", "👩‍💻", "👩💻"]),
        Case(name: "padded throughout", keys: ["A   ", "B   ", "C   "]),
        Case(name: "spaces in other places", keys: ["AB C", "A BC", "ABC"]),
    ]

    private static func options(samples: Int = 9, keys: [[String]] = [["Id"]]) -> CheckOptions {
        CheckOptions(
            profile: Profile(columns: [ColumnProfile(name: "Id", type: .text), ColumnProfile(name: "V", type: .text)], keys: keys),
            samples: samples)
    }

    @Test(arguments: cases) func whatLooksTheSame(_ found: Case) {
        let quoted = found.keys.map { "\"\($0)\",1\n" }
        for (lineEnd, mark) in [("\n", ""), ("\r\n", "\u{FEFF}")] {
            let text = mark + "Id,V\n" + quoted.joined()
            let bytes = Array(text.replacing("\n", with: lineEnd).utf8)
            var options = Self.options()
            let usual = steadyReport(on: bytes, options: options, comment: found.name)
            options.keyMemory = 1
            #expect(report(on: bytes, options: options).json == usual.json, "spilled")
            let finding = usual.findings.first { $0.kind == .similarKeys }
            #expect((finding?.count ?? 0) == found.similar.count, "\(finding?.message ?? "")")
            #expect(finding?.examples.map(\.place.line) ?? [] == found.similar.map(\.line))
            #expect(finding?.examples.map { $0.first?.line } ?? [] == found.similar.map(\.first))
            for one in found.similar {
                #expect(
                    finding?.message.contains("line \(one.line) looks like line \(one.first), but") == true, "\(finding?.message ?? "")")
                #expect(finding?.message.contains(one.words) == true, "\(finding?.message ?? "")")
            }
            #expect(
                usual.findings.allSatisfy { $0.kind != .duplicateKey } || found.keys.count != Set(found.keys.map { Array($0.utf8) }).count)
        }
    }

    /// Keys of several columns differ in one of them, or in two.
    @Test func severalColumns() throws {
        let text = "Id,V\nA 1,Café\nA\u{A0}1,Café\nA 1,Cafe\u{301}\nA\u{A0}1,Cafe\u{301}\nA,1 Café\n"
        let usual = steadyReport(on: Array(text.utf8), options: Self.options(keys: [["Id", "V"], ["V"]]))
        let found = usual.findings.filter { $0.kind == .similarKeys }
        #expect(found.map(\.count) == [3, 1])
        #expect(found[0].message.contains("line 3 looks like line 2, but in \"Id\" with U+00A0"), "\(found[0].message)")
        #expect(found[0].message.contains("line 4 looks like line 2, but in \"V\" with decomposed"), "\(found[0].message)")
        #expect(
            found[0].message.contains("\"Id\" with U+00A0 no-break space, instead of U+0020 space and in \"V\" with"), "\(found[0].message)"
        )
        #expect(found[1].examples.map(\.place.byteOffset) == [30])
    }

    /// Text that is no UTF-8 is another finding's; its bytes are different keys.
    @Test func illFormedKeys() {
        let bytes: [UInt8] = Array("Id,V\n".utf8) + [0x4B, 0xE4, 0x2C, 0x31, 0x0A, 0x4B, 0xF6, 0x2C, 0x31, 0x0A]
        #expect(!steadyReport(on: bytes, options: Self.options()).findings.contains { $0.kind == .similarKeys })
    }

    /// More keys than are in memory: the usual spelling is on disk.
    @Test func manyKeys() throws {
        var keys = (0..<20_000).map { "Key \($0)" }
        keys[15_000] = "Key\u{A0}3"
        keys[200] = "Key 19000 "
        let bytes = Array(("Id,V\n" + keys.map { "\($0),1\n" }.joined()).utf8)
        var options = Self.options()
        for memory in [1 << 10, 64 << 10, 256 << 20] {
            options.keyMemory = memory
            let found = try #require(report(on: bytes, options: options).findings.first { $0.kind == .similarKeys })
            #expect(found.examples.map(\.place.row) == [15_001, 19_001])
            #expect(found.examples.map { $0.first?.row } == [4, 201])
            expectMergedIsWhole(bytes, options: options, seed: 5)
        }
    }

    /// Only so many rows get a closer look, the first ones, however the file was cut.
    @Test func boundOnRows() throws {
        let text = KeyText(isComposite: false, longByteCount: 1 << 20)
        let place = KeyPlace(row: 1, line: 2, byteOffset: 5)
        func add(_ key: String, to keys: inout UnusualKeys) {
            keys.add(Array(key.utf8).span, text, at: { place })
        }
        var earlier = UnusualKeys()
        var later = UnusualKeys()
        for _ in 0..<(UnusualKeys.mostRows - 10) { add("é!", to: &earlier) }
        for number in 0..<20 { add("\(number)\u{200B}", to: &later) }
        var whole = earlier
        for number in 0..<20 { add("\(number)\u{200B}", to: &whole) }
        earlier.merge(later, at: Joint(rows: 0, lines: 0))
        #expect(whole.entries.count == 10)
        #expect(earlier.entries.map(\.key) == whole.entries.map(\.key))
        add("more\u{200B}", to: &earlier)
        #expect(earlier.entries.count == 10)
    }

    // MARK: The usual spelling

    /// What passes without a closer look is its own usual spelling, alone and after a letter; and a usual spelling has itself as its own.
    @Test func whatIsUsual() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for text in [String(scalar), "e\(scalar)", "\(scalar) \(scalar)"] {
                let isUsual = Lookalike.isUsual(Array(text.utf8).span)
                guard isUsual || value < 0x3100 else { continue }
                let usual = Lookalike.usualSpelling(of: text)
                if isUsual { #expect(usual.utf8.elementsEqual(text.utf8), "\(value)") }
                #expect(Lookalike.usualSpelling(of: usual).utf8.elementsEqual(usual.utf8), "\(value) is not settled")
            }
        }
    }

    /// Decomposed letters become those that the Unicode tables compose.
    @Test(
        arguments: [0xC0...0x24F, 0x370...0x52F, 0x622...0x6D3, 0x1E00...0x1FFF, 0x3041...0x30FE, 0xAC00...0xD7A3] as [ClosedRange<UInt32>])
    func lettersAreComposed(_ block: ClosedRange<UInt32>) {
        for scalar in block.compactMap(Unicode.Scalar.init) {
            let composed = String(scalar).precomposedStringWithCanonicalMapping
            guard composed.unicodeScalars.count == 1 else { continue }
            let parts = String(scalar).decomposedStringWithCanonicalMapping
            let (own, other) = (Lookalike.usualSpelling(of: composed), Lookalike.usualSpelling(of: parts))
            #expect(own.utf8.elementsEqual(other.utf8), "U+\(String(scalar.value, radix: 16))")
        }
    }
}
