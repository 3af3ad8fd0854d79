import SeededRandom
import TestSupport
import Testing

@testable import Preflight
@testable import ValueFormats

/// What is remembered of a value is what a look at it finds.
@Suite(.computing) struct FormatCacheTests {
    @Test func rememberedFormats() {
        var random = SeededGenerator(seed: 11)
        var cache = FormatCache()
        let parts = ["", "1", "12", ",", ".", "-", "%", "Jan", "2026", "N/A", "€", " ", "\0", "true", "n", "0", "(", ")"].map {
            Array($0.utf8)
        }
        let values = (0..<1_000).map { _ in
            (0...random.below(7)).flatMap { _ in random.element(of: parts) }
        }
        for _ in 0..<4_000 {
            let value = random.element(of: values)
            value.withUnsafeBytes { bytes in
                #expect(cache.formats(of: bytes) == FormatSet.formats(of: bytes), "\(String(decoding: value, as: UTF8.self))")
            }
        }
    }
}
