import SafeText
import Testing

/// Text that was encoded twice is found where it begins, and repaired.
@Suite struct EncodedTwiceTests {
    @Test(arguments: [
        ("CafÃ©", "Café", 3), ("ZÃ¼rich und KÃ¶ln", "Zürich und Köln", 1), ("itâ€™s", "it’s", 2), ("3 â‚¬", "3 €", 2),
        ("Å’uvre", "Œuvre", 0),
        ("ðŸ˜€", "😀", 0), ("Ã\u{A0} part", "à part", 0), ("é, Ã©", "é, é", 4), ("Ð˜Ð¼Ñ\u{8F}", "Имя", 0),
    ])
    func isFound(text: String, repaired: String, byteOffset: Int) throws {
        let found = try #require(EncodedTwice(text.utf8))
        #expect(found.repaired == repaired)
        #expect(found.byteOffset == byteOffset)
        #expect(EncodedTwice.firstOffset(in: Array(text.utf8).span) == byteOffset)
    }

    /// Ends of quotations, letters beside signs, and pairs that are cut.
    @Test(arguments: ["", "é", "É»", "Ã", "Ãa", "â€", "à la", "Â", "ÃÃ", "ß"])
    func isNone(text: String) {
        #expect(EncodedTwice(text.utf8) == nil)
        #expect(EncodedTwice.firstOffset(in: Array(text.utf8).span) == nil)
    }

    @Test func bytesThatAreNoTextCountAsTheyAre() throws {
        let bytes: [UInt8] = [0xFF, 0xC3, 0xC3, 0x83, 0xC2, 0xA9, 0xE2]
        let found = try #require(EncodedTwice(bytes))
        #expect((found.count, found.byteOffset) == (1, 2))
        #expect(EncodedTwice.firstOffset(in: bytes.span) == 2)
    }
}
