/// Texts that are wrong in one way, and the position of the offending byte in each.
struct FaultyValue {
    let bytes: PhraseTable
    let offset: Int

    init(_ texts: [String], offset: Int = 0) {
        bytes = PhraseTable(texts)
        self.offset = offset
    }

    private init(bytes: [UInt8], offset: Int) {
        self.bytes = PhraseTable(bytes: [bytes])
        self.offset = offset
    }

    static let numbers = FaultyValue(["abc", "12.50.10", "1O0.00", "#REF!", "--5", "12.5O", "one", "4711 items"])
    static let integers = FaultyValue(["ten", "12x", "3.5.1", "#REF!", "0x1F", "1l"])
    /// The first day does not exist in a month of thirty days.
    static let dates = FaultyValue(["2025-04-31", "2025-02-30", "2025-13-31", "2025-00-10", "2023-02-29", "soon", "2025-01-32"])
    static let strayQuote = FaultyValue(["Lease \"Tower\" 3"], offset: 6)
    static let textAfterClosingQuote = FaultyValue(["\"Cleaning\" twice"], offset: 10)
    static let loneCarriageReturn = FaultyValue(["Rent\rfloor 3"], offset: 4)
    static let nulByte = FaultyValue(["Nul\0byte"], offset: 3)
    /// `Soci?t` with an é of Latin-1.
    static let invalidUTF8 = FaultyValue(bytes: [0x53, 0x6F, 0x63, 0x69, 0xE9, 0x74], offset: 4)
}
