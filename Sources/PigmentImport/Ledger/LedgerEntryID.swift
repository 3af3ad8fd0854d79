/// Names one push, trigger or rehearsal in a ledger: eight lower-case letters and digits, short enough to type.
package struct LedgerEntryID: Sendable, Hashable, CustomStringConvertible {
    /// 40 bits. Also the place of the lock that shows that the process of the entry lives, see ``LedgerFile``.
    let number: UInt64

    /// Five bits each (Crockford's base 32): without i, l, o and u, which are misread or spell words.
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let length = 8

    init(number: UInt64) {
        self.number = number & (1 << 40 - 1)
    }

    /// A new one. That no entry has it yet is for the ledger to see.
    package static func random() -> LedgerEntryID {
        LedgerEntryID(number: .random(in: 0..<(1 << 40)))
    }

    /// Reads an ID as it is printed, in any case.
    package init?(_ text: String) {
        var number: UInt64 = 0
        guard text.utf8.count == Self.length else { return nil }
        for byte in text.lowercased().utf8 {
            guard let digit = Self.alphabet.firstIndex(of: byte) else { return nil }
            number = number << 5 | UInt64(digit)
        }
        self.number = number
    }

    /// As it is printed and typed.
    package var text: String {
        String(decoding: (0..<Self.length).reversed().map { Self.alphabet[Int(number >> (UInt64($0) * 5)) & 31] }, as: UTF8.self)
    }

    package var description: String { text }
}
