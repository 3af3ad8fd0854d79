import CSVTokenizer
import SeededRandom
import TestSupport
import Testing

/// Ill-formed UTF-8 and NUL bytes, against Unicode table 3-7 and against the standard library's decoder.
@Suite(.computing) struct CharacterScanTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        /// Ill-formed sequences when an ASCII letter follows.
        var count: Int
        var testDescription: String { name }
    }

    static let malformations = [
        Case(name: "lone continuation byte", bytes: [0x80], count: 1),
        Case(name: "two lone continuation bytes", bytes: [0xBF, 0x80], count: 2),
        Case(name: "overlong, two bytes", bytes: [0xC0, 0xAF], count: 2),
        Case(name: "overlong, three bytes", bytes: [0xE0, 0x80, 0xAF], count: 3),
        Case(name: "overlong, four bytes", bytes: [0xF0, 0x80, 0x80, 0xAF], count: 4),
        Case(name: "high surrogate", bytes: [0xED, 0xA0, 0x80], count: 3),
        Case(name: "low surrogate", bytes: [0xED, 0xBF, 0xBF], count: 3),
        Case(name: "above U+10FFFF", bytes: [0xF4, 0x90, 0x80, 0x80], count: 4),
        Case(name: "five-byte form", bytes: [0xF8, 0x88, 0x80, 0x80, 0x80], count: 5),
        Case(name: "FE FF", bytes: [0xFE, 0xFF], count: 2),
        Case(name: "two bytes cut", bytes: [0xC3], count: 1),
        Case(name: "three bytes cut behind the first", bytes: [0xE2], count: 1),
        Case(name: "three bytes cut behind the second", bytes: [0xE2, 0x82], count: 1),
        Case(name: "four bytes cut behind the third", bytes: [0xF0, 0x9F, 0x98], count: 1),
        Case(name: "cut, then whole", bytes: [0xF0, 0x9F, 0xC3, 0xA9], count: 1),
        Case(name: "Windows-1252 text", bytes: [0x63, 0x61, 0x66, 0xE9, 0x20, 0x80], count: 2),
    ]

    @Test(arguments: malformations)
    func `malformations at every offset around the edge of a chunk, in text and at the end`(_ malformed: Case) {
        let edge = 64
        for offset in (edge - 12)...(edge + 2) {
            let head = Array(repeating: UInt8(ascii: "a"), count: offset)
            for tail in [Array("z".utf8), Array("é€😀, and more than eight bytes".utf8), [0x00], []] {
                let bytes = head + malformed.bytes + tail
                for size in [1, 2, 3, 7, edge, bytes.count] {
                    let scan = Self.scan(bytes, cuts: .every(size))
                    #expect(scan.invalidCount == malformed.count, "at \(offset), chunks of \(size), then \(tail)")
                    #expect(scan.firstInvalidOffset == offset + (malformed.name == "Windows-1252 text" ? 3 : 0))
                    #expect(scan.nulCount == (tail == [0x00] ? 1 : 0))
                }
                #expect(Self.decoderCount(bytes) == malformed.count)
            }
        }
    }

    @Test(arguments: [
        "", "a", "plain text of more than eight bytes", "é", "€uro", "😀", "\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\u{D7FF}\u{E000}",
    ])
    func `well-formed text is clean`(_ text: String) {
        for size in 1...9 {
            #expect(Self.scan(Array(text.utf8), cuts: .every(size)).isClean)
        }
    }

    @Test func `every first byte with all bytes behind it that stand at an edge of table 3-7`() {
        let edges: [UInt8] = [0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xED, 0xF4, 0xFF]
        for first in UInt8.min...UInt8.max {
            for second in edges {
                expectReference([first, second, 0x41], cuts: .every(1), "pair")
                guard first >= 0xE0 else { continue }
                for third in edges { expectReference([first, second, third, 0x80, 0x00], cuts: .every(5), "triple") }
            }
        }
    }

    @Test(arguments: 0..<20)
    func `corrupted text, cut at random`(_ block: Int) {
        let count = isDebugBuild ? 1_000 : 5_000
        for seed in (block * count)..<((block + 1) * count) {
            var generator = SeededGenerator(seed: seed)
            var bytes = Self.text(&generator)
            for _ in 0...generator.below(3) { Self.corrupt(&bytes, &generator) }
            let offset = generator.below(4)
            guard expectReference(bytes, cuts: .random(seed: seed), offset: offset, "seed \(seed)") else { return }
            if seed % 20 == 0 { #expect(Self.decoderCount(bytes) == Self.scan(bytes, cuts: .every(3)).invalidCount, "seed \(seed)") }
        }
    }

    @Test func `the fields of a stream together hold what the whole stream holds`() {
        for seed in 0..<300 {
            var generator = SeededGenerator(seed: seed)
            let bytes = generator.soup(byteCount: 60)
            var sum = ReferenceCharacters([], offset: 0)
            _ = tokenize(bytes, cuts: .random(seed: seed)) { batch, _ in
                for row in 0..<batch.rowCount {
                    for field in batch.fields(ofRow: row) { sum = sum + ReferenceCharacters(batch.characters(ofField: field)) }
                }
            }
            #expect(sum == ReferenceCharacters(Self.scan(bytes, cuts: .every(4))), "seed \(seed)")
        }
    }

    // MARK: Making text and looking at it

    private static func scan(_ bytes: [UInt8], cuts: Cuts, offset: Int = 0) -> CharacterScan {
        var scan = CharacterScan(offset: offset)
        for chunk in cuts.chunks(of: bytes) { scan.update(chunk.span) }
        scan.finish()
        return scan
    }

    @discardableResult
    private func expectReference(_ bytes: [UInt8], cuts: Cuts, offset: Int = 0, _ what: String) -> Bool {
        let found = ReferenceCharacters(Self.scan(bytes, cuts: cuts, offset: offset))
        let expected = ReferenceCharacters(bytes, offset: offset)
        if found != expected { Issue.record("\(what), \(cuts), \(bytes): \(found), expected \(expected)") }
        return found == expected
    }

    /// Replacement characters that a decoder puts in; those that the text holds itself do not count.
    private static func decoderCount(_ bytes: [UInt8]) -> Int {
        let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
        let own = bytes.indices.count { bytes[$0...].starts(with: replacement) }
        return String(decoding: bytes, as: UTF8.self).unicodeScalars.count { $0 == "\u{FFFD}" } - own
    }

    private static func text(_ generator: inout SeededGenerator) -> [UInt8] {
        let pieces = ["a", "plain text ", "é", "€", "😀", "\u{7FF}", "\u{D7FF}", "\u{E000}", "\u{10FFFF}", "\u{FFFD}", "0123456789"].map {
            Array($0.utf8)
        }
        var bytes: [UInt8] = []
        for _ in 0..<generator.below(12) { bytes += pieces[generator.below(pieces.count)] }
        return bytes
    }

    private static func corrupt(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        let byte = [0x00, 0x80, 0xBF, 0xC0, 0xC3, 0xE0, 0xE2, 0xED, 0xF0, 0xF4, 0xF5, 0xFF, 0x9F, 0x90, 0xA0][generator.below(15)] as UInt8
        let index = generator.below(bytes.count + 1)
        switch generator.below(4) {
        case 0: bytes.insert(byte, at: index)
        case 1: if index < bytes.count { bytes.remove(at: index) }
        case 2: if index < bytes.count { bytes[index] = byte }
        default: bytes.removeLast(min(generator.below(4), bytes.count))
        }
    }
}
