import SeededRandom
import TestSupport
import Testing

@testable import Preflight
@testable import SafeText

@Suite(.computing) struct VisibleTextTests {
    @Test(arguments: [
        ("", ""), ("plain, é € 漢 🙂", "plain, é € 漢 🙂"), ("back\\slash \"quote\" 'tick'", "back\\slash \"quote\" 'tick'"),
        // C0, DEL, C1
        ("a\0b", "a\\u{0}b"), ("\u{1b}[31mred\u{1b}[0m", "\\u{1b}[31mred\\u{1b}[0m"), ("a\tb\r\n", "a\\u{9}b\\u{d}\\u{a}"),
        ("\u{7}\u{8}\u{7f}", "\\u{7}\\u{8}\\u{7f}"), ("\u{80}\u{9b}31m\u{9f}", "\\u{80}\\u{9b}31m\\u{9f}"),
        // Bidirectional marks, embeddings, overrides, isolates
        ("\u{200e}\u{200f}\u{61c}", "\\u{200e}\\u{200f}\\u{61c}"),
        ("\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}", "\\u{202a}\\u{202b}\\u{202c}\\u{202d}\\u{202e}"),
        ("\u{2066}\u{2067}\u{2068}\u{2069}", "\\u{2066}\\u{2067}\\u{2068}\\u{2069}"),
        // Line and paragraph separators; zero width; byte order mark
        ("a\u{2028}b\u{2029}", "a\\u{2028}b\\u{2029}"), ("\u{200b}\u{200c}\u{200d}\u{2060}", "\\u{200b}\\u{200c}\\u{200d}\\u{2060}"),
        ("\u{feff}Entity", "\\u{feff}Entity"), ("a\u{ad}b", "a\\u{ad}b"), ("\u{3164}\u{115f}", "\\u{3164}\\u{115f}"),
        // Tags, variation selectors, private use, unassigned, interlinear annotation
        ("\u{e0001}\u{e0041}", "\\u{e0001}\\u{e0041}"), ("\u{fe0f}\u{e0100}", "\\u{fe0f}\\u{e0100}"),
        ("\u{e000}\u{10fffd}", "\\u{e000}\\u{10fffd}"),
        ("\u{378}\u{ffff}", "\\u{378}\\u{ffff}"), ("\u{fff9}", "\\u{fff9}"),
    ])
    func escapes(original: String, shown: String) {
        let text = VisibleText(original)
        #expect(text.text == shown)
        #expect(text.description == shown)
        #expect(text.byteCount == original.utf8.count)
        #expect(!text.isCut)
    }

    @Test(
        arguments: [
            ([0xFF], "\\x{ff}"), ([0x61, 0xE9, 0x62], "a\\x{e9}b"), ([0xC3], "\\x{c3}"), ([0xE2, 0x82], "\\x{e2}\\x{82}"),
            // Overlong, surrogate, beyond U+10FFFF, stray continuation
            ([0xC0, 0xAF], "\\x{c0}\\x{af}"), ([0xE0, 0x80, 0x9B], "\\x{e0}\\x{80}\\x{9b}"), ([0xED, 0xA0, 0x80], "\\x{ed}\\x{a0}\\x{80}"),
            ([0xF4, 0x90, 0x80, 0x80], "\\x{f4}\\x{90}\\x{80}\\x{80}"), ([0xF5, 0x80], "\\x{f5}\\x{80}"), ([0x80, 0x41], "\\x{80}A"),
            // Raw C1 byte, and a sequence broken by an escape
            ([0x9B, 0x33], "\\x{9b}3"), ([0xE2, 0x1B, 0x5B], "\\x{e2}\\u{1b}["), ([0xF0, 0x9F, 0x99, 0x82, 0xF0], "🙂\\x{f0}"),
        ] as [([UInt8], String)])
    func invalidBytes(original: [UInt8], shown: String) {
        #expect(VisibleText(original).text == shown)
        #expect(VisibleText(original).byteCount == original.count)
    }

    @Test(arguments: [
        ("abcde", 5, "abcde", false), ("abcdef", 5, "abcde…", true), ("", 0, "", false), ("a", 0, "…", true), ("ééééé", 5, "ééééé", false),
        ("éééééé", 5, "ééééé…", true), ("🙂🙂🙂", 2, "🙂🙂…", true), ("\u{1b}\u{1b}\u{1b}", 2, "\\u{1b}\\u{1b}…", true),
    ])
    func cutting(original: String, limit: Int, shown: String, isCut: Bool) {
        let text = VisibleText(original, limit: limit)
        #expect(text.text == shown)
        #expect(text.isCut == isCut)
        #expect(text.byteCount == original.utf8.count)
    }

    @Test func usualLimit() {
        #expect(VisibleText(String(repeating: "x", count: 80)).text == String(repeating: "x", count: 80))
        #expect(VisibleText(String(repeating: "x", count: 81)).text == String(repeating: "x", count: 80) + "…")
    }

    /// Only the beginning of a longer original is in memory.
    @Test func totalLength() {
        let text = VisibleText(utf8: Array("abc".utf8).span, totalByteCount: 5_000_000)
        #expect(text.text == "abc…")
        #expect(text.isCut)
        #expect(text.byteCount == 5_000_000)
    }

    /// Whatever the bytes, no control, format or undefined scalar comes through, and what a terminal acts on least of all.
    @Test func nothingHiddenInAnyBytes() {
        for seed in 0..<2000 {
            var generator = SeededGenerator(seed: seed)
            let bytes = (0..<generator.below(60)).map { _ in
                generator.below(2) == 0
                    ? UInt8(generator.below(256)) : [0x1B, 0x9B, 0xE2, 0x80, 0xAE, 0xF3, 0xA0, 0xC2, 0xEF][generator.below(9)]
            }
            let shown = VisibleText(bytes, limit: 1000).text
            let hidden = shown.unicodeScalars.filter { VisibleText.isHidden($0) }
            #expect(hidden.isEmpty, "seed \(seed): \(bytes)")
        }
    }
}
