import SeededRandom
import Testing
import ValueFormats

@testable import Preflight

/// The quick way to add up plain numbers against the exact one.
struct PlainAmountTests {
    @Test(arguments: 0..<200)
    func asTheExactWay(_ seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("0011234567899.,-".utf8)
        for _ in 0..<200 {
            let text = (0..<(1 + generator.below(17))).map { _ in alphabet[generator.below(alphabet.count)] }
            guard let plain = PlainAmount(text.span) else { continue }
            let formats = FormatSet.formats(of: text.span)
            let shown = String(decoding: text, as: UTF8.self)
            #expect(!formats.isDisjoint(with: .numbers), "\(shown)")
            for separator in DecimalSum.separators {
                let quick = plain.separator == 0 || plain.separator == separator ? DecimalSum(plain) : nil
                #expect(quick == DecimalSum(text, formats, decimal: separator), "\(shown)")
            }
        }
    }
}
