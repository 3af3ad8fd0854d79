import SafeText
import SeededRandom
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

@Suite(.computing) struct NearestItemTests {
    private static let items = ItemSet(
        ["FR01", "FR03", "DE 01", "Société", "Zoë", "7", "Łódź", "cost center", "AB"].map { Array($0.utf8) })

    @Test(arguments: [
        ("fr01", "FR01", NearestItem.Relation.letterCase), ("DE01", "DE 01", .spaces), (" FR03 ", "FR03", .spaces),
        ("Societe", "Société", .accents), ("Zoe", "Zoë", .accents), ("Lodz", "Łódź", .accents), ("007", "7", .leadingZeros),
        ("FR3", "FR03", .leadingZeros), ("FR003", "FR03", .leadingZeros), ("societe", "Société", .severalOfThese),
        ("SOCIÉTÉ", "Société", .letterCase), ("CostCenter", "cost center", .severalOfThese), ("FR04", "FR01", .oneEdit),
        ("F03", "FR03", .oneEdit), ("FR033", "FR03", .oneEdit), ("FR30", "FR03", .oneEdit), ("Zoé", "Zoë", .accents),
        ("cost centre", "cost center", .oneEdit), ("BA", "AB", .oneEdit), ("Société!", "Société", .oneEdit),
    ])
    func near(value: String, item: String, relation: NearestItem.Relation) throws {
        let found = try #require(NearestItem.find(Array(value.utf8), in: Self.items))
        #expect(String(decoding: found.item, as: UTF8.self) == item)
        #expect(found.relation == relation)
    }

    @Test(arguments: ["", "XX99", "FRANCE", "Société Générale", String(repeating: "x", count: 300)])
    func far(value: String) {
        #expect(NearestItem.find(Array(value.utf8), in: Self.items) == nil)
    }

    /// Any bytes are compared without a trap.
    @Test func hostileBytes() {
        for bytes in [[0xC3], [0xC5, 0x00], [0x30, 0x30, 0x30], [0xFF, 0xFE], [0xE2, 0x80]] as [[UInt8]] {
            _ = NearestItem.find(bytes, in: Self.items)
            _ = NearestItem.find(Array("FR01".utf8), in: ItemSet([bytes]))
        }
    }

    @Test func inTheReport() throws {
        let profile = try Profile(yaml: "version: 1\ncolumns: [{name: E, type: dimension, items: [FR01, FR03], on-missing: skip}]")
        let report = report(on: "E\nFR3\nFR01\nXX\nFR3\n", options: CheckOptions(profile: profile))
        #expect(
            report.findings.first?.message
                == "3 values are not in the list of items (\"FR3\": closest item is \"FR03\", different leading zeros; unknown item)")
    }

    /// Random values against random lists: what is found is what the definition says of each item by itself.
    @Test(arguments: 0..<20)
    func asDefined(_ seed: Int) {
        var generator = SeededGenerator(seed: 7_000 + seed)
        for _ in 0..<(isDebugBuild ? 40 : 400) {
            let items = NearestItemReference.words(&generator)
            let value = NearestItemReference.mistyped(items[generator.below(items.count)], &generator)
            let found = NearestItem.find(Array(value.utf8), in: ItemSet(items.map { Array($0.utf8) }))
            let wanted = NearestItemReference.find(value, in: items)
            #expect(found.map { String(decoding: $0.item, as: UTF8.self) } == wanted?.item, "\(value.debugDescription) in \(items)")
            #expect(found?.relation == wanted?.relation, "\(value.debugDescription) in \(items)")
        }
    }
}

/// The definition of the nearest item, one text after the other.
private enum NearestItemReference {
    /// No two letters beyond ASCII share a byte: an edit is one of bytes then, too.
    private static let letters: [Unicode.Scalar] = [
        "a", "A", "b", "l", "o", "0", "0", "1", "7", " ", "é", "Š", "\u{430}", "\u{200B}", "\u{301}", "\u{5317}",
    ]

    static func words(_ generator: inout SeededGenerator) -> [String] {
        var words: [String] = []
        for _ in 0...generator.below(8) {
            let word = text((0...generator.below(6)).map { _ in letters[generator.below(letters.count)] })
            // A set has each item once, and strings are equal where their letters are composed in other ways.
            if !words.contains(where: { $0.utf8.elementsEqual(word.utf8) }) { words.append(word) }
        }
        return words
    }

    static func mistyped(_ word: String, _ generator: inout SeededGenerator) -> String {
        var scalars = Array(word.unicodeScalars)
        for _ in 0..<generator.below(3) {
            let place = generator.below(scalars.count + 1)
            switch generator.below(4) {
            case 0: scalars.insert(letters[generator.below(letters.count)], at: place)
            case 1 where place < scalars.count: scalars.remove(at: place)
            case 2 where place < scalars.count: scalars[place] = letters[generator.below(letters.count)]
            case 3 where place + 1 < scalars.count: scalars.swapAt(place, place + 1)
            default: break
            }
        }
        return text(scalars)
    }

    private static func text(_ scalars: [Unicode.Scalar]) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    static func find(_ value: String, in items: [String]) -> (item: String, relation: NearestItem.Relation)? {
        if value.isEmpty { return nil }
        var best: (item: String, relation: NearestItem.Relation)?
        for item in items {
            guard let found = relation(value, item) ?? (best == nil && isOneEdit(value, item) ? .oneEdit : nil) else { continue }
            if found.rawValue < best?.relation.rawValue ?? .max { best = (item, found) }
            if found.rawValue <= NearestItem.Relation.letterCase.rawValue { break }
        }
        return best
    }

    private static func relation(_ value: String, _ item: String) -> NearestItem.Relation? {
        let seen = Lookalike.appearance(of: value)
        if isPlain(item) ? !isPlain(value) && seen.utf8.elementsEqual(item.utf8) : seen == Lookalike.appearance(of: item) {
            return .appearance
        }
        func isSame(case ignoresCase: Bool, spaces: Bool, accents: Bool, zeros: Bool) -> Bool {
            func skeleton(_ text: String) -> [Unicode.Scalar] {
                Self.skeleton(text, case: ignoresCase, spaces: spaces, accents: accents, zeros: zeros)
            }
            return skeleton(value) == skeleton(item)
        }
        guard isSame(case: true, spaces: true, accents: true, zeros: true) else { return nil }
        if isSame(case: true, spaces: false, accents: false, zeros: false) { return .letterCase }
        if isSame(case: false, spaces: true, accents: false, zeros: false) { return .spaces }
        if isSame(case: false, spaces: false, accents: true, zeros: false) { return .accents }
        return isSame(case: false, spaces: false, accents: false, zeros: true) ? .leadingZeros : .severalOfThese
    }

    private static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { 0x20...0x7E ~= $0 } }

    private static func skeleton(_ text: String, case ignoresCase: Bool, spaces: Bool, accents: Bool, zeros: Bool) -> [Unicode.Scalar] {
        func isDigit(_ scalar: Unicode.Scalar) -> Bool { "0"..."9" ~= scalar }
        let scalars = Array(text.unicodeScalars)
        var (found, isAfterDigit) = ([Unicode.Scalar](), false)
        for (index, scalar) in scalars.enumerated() {
            if spaces, scalar == " " || scalar == "\u{200B}" {
                isAfterDigit = false
                continue
            }
            if zeros, scalar == "0", !isAfterDigit, index + 1 < scalars.count, isDigit(scalars[index + 1]) { continue }
            isAfterDigit = isDigit(scalar)
            let letter: Unicode.Scalar = accents ? (scalar == "é" ? "e" : scalar == "Š" ? "S" : scalar) : scalar
            let isFolded = ignoresCase && (letter.isASCII || letter == "é" || letter == "Š")
            found.append(contentsOf: isFolded ? Array(letter.properties.lowercaseMapping.unicodeScalars) : [letter])
        }
        return found
    }

    private static func isOneEdit(_ value: String, _ item: String) -> Bool {
        let (left, right) = (Array(value.unicodeScalars), Array(item.unicodeScalars))
        guard EditDistance.edits(from: left, to: right) <= 1 else { return false }
        // Only letters of ASCII are swapped.
        let others = zip(left, right).filter { $0 != $1 }
        return left.count != right.count || others.count < 2 || others.allSatisfy { $0.isASCII && $1.isASCII }
    }
}
