import SeededRandom
import TestSupport
import Testing

@testable import Preflight
@testable import ValueFormats

/// What is remembered of a value is what a look at it finds.
@Suite(.computing) struct RecentFormatsTests {
    @Test func rememberedFormats() {
        var random = SeededGenerator(seed: 11)
        let recent = RecentFormats()
        let parts = ["", "1", "12", ",", ".", "-", "%", "Jan", "2026", "N/A", "€", " ", "\0", "true", "n", "0", "(", ")"].map {
            Array($0.utf8)
        }
        let values = (0..<1_000).map { _ in
            (0...random.below(7)).flatMap { _ in random.element(of: parts) }
        }
        for _ in 0..<4_000 {
            let value = random.element(of: values)
            // 16 bytes are read at the beginning of a value.
            let bytes = value + Array(repeating: 0x37, count: 16)
            let text = bytes.span.extracting(..<value.count)
            #expect(recent.formats(of: text) == FormatSet.formats(of: text), "\(String(decoding: value, as: UTF8.self))")
        }
    }
}
