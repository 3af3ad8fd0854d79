import Foundation
import Preflight
import TestSupport
import Testing

@testable import ImportProfiles
@testable import SafeText
@testable import ValueFormats

/// Compares the byte-wise judge with a reference that says the grammar once more in regular expressions, on generated texts.
@Suite(.computing) struct NumberReferenceTests {
    struct Case: Sendable, CustomStringConvertible {
        var name: String
        var format: NumberFormat
        var isInteger = false
        var seed: UInt64
        var description: String { "\(name), seed \(seed)" }
    }

    static let cases: [Case] = [
        Case(name: "decimal point", format: NumberFormat(), seed: 11),
        Case(name: "decimal comma", format: NumberFormat(decimal: .comma), seed: 12),
        Case(name: "group comma", format: NumberFormat(group: .comma), seed: 13),
        Case(name: "group point", format: NumberFormat(decimal: .comma, group: .point), seed: 14),
        Case(name: "group space", format: NumberFormat(decimal: .comma, group: .space), seed: 15),
        Case(name: "prefix", format: NumberFormat(group: .comma, prefix: "$"), seed: 16),
        Case(name: "suffix", format: NumberFormat(decimal: .comma, group: .point, suffix: "K"), seed: 17),
        Case(
            name: "prefix, suffix, percent", format: NumberFormat(group: .apostrophe, prefix: "$", suffix: "K", isPercent: true), seed: 18),
        Case(name: "percent", format: NumberFormat(isPercent: true), seed: 19),
        Case(name: "integer", format: NumberFormat(group: .comma), isInteger: true, seed: 20),
    ]

    @Test(arguments: cases)
    func judgeAgreesWithReference(_ example: Case) {
        let column = ColumnProfile(name: "X", type: example.isInteger ? .integer : .number, number: example.format)
        let rule = ValueRule(column: column)
        let reference = NumberReference(example.format, isInteger: example.isInteger)
        var random = SplitMix(seed: example.seed)
        var seen: [Verdict: Int] = [:]
        for _ in 0..<ReferenceFields.count(usual: 3_000, share: 20) {
            let text = NastyNumbers.text(&random, near: example.format)
            let verdict = text.isEmpty ? Verdict.empty : reference.verdict(of: text)
            seen[verdict, default: 0] += 1
            #expect(rule.judge(text).verdict == verdict, "\(text.debugDescription), \(example)")
        }
        // A generator that makes only one kind of text would test nothing.
        for verdict in [Verdict.parses, .doubtful, .fails] { #expect(seen[verdict, default: 0] > 30, "\(example)") }
    }
}

/// How many generated fields are judged: `VALUE_FIELDS=10000000` asks for so many in all.
enum ReferenceFields {
    private static let all = ProcessInfo.processInfo.environment["VALUE_FIELDS"].flatMap { Int($0) }

    /// - Parameter share: how many tests of this size share them.
    static func count(usual: Int, share: Int) -> Int { all.map { $0 / share } ?? usual }
}

/// The grammar of numbers, written for the eye and not for speed.
private struct NumberReference {
    private let plain: Regex<AnyRegexOutput>
    private let lenient: [Regex<AnyRegexOutput>]
    private let isInteger: Bool
    private let isPercent: Bool
    private let decimal: Character
    private let mostDigits: Int

    init(_ format: NumberFormat, isInteger: Bool) {
        let decimal = format.decimal == .point ? #"\."# : ","
        let group =
            switch format.group {
            case nil: "(?!)"
            case .comma: ","
            case .point: #"\."#
            case .space: " "
            case .noBreakSpace: #"\x{A0}"#
            case .narrowNoBreakSpace: #"\x{202F}"#
            case .apostrophe: "'"
            }
        let blank = #"[ \t\x{A0}\x{202F}]*"#
        let minus = #"[-+\x{2212}]"#
        let prefix = (format.prefix ?? "").replacing("$", with: #"\$"#)
        let suffix = format.suffix ?? ""
        let percent = format.isPercent ? "%?" : ""
        let digit = #"[0-9\x{FF10}-\x{FF19}]"#

        plain = try! Regex("\(prefix)-?(?:[0-9]+|[1-9][0-9]{0,2}(?:\(group)[0-9]{3})+)(?:\(decimal)[0-9]+)?\(percent)\(suffix)")
            .matchingSemantics(.unicodeScalar)
        let exponent = "(?:[eE][-+]?[0-9]+)?"
        // Any space between digits may be meant as a no-break one.
        let isSpace = format.group == .space || format.group == .noBreakSpace || format.group == .narrowNoBreakSpace
        let part = isSpace ? "(?:[0-9][\\t \\x{A0}\\x{202F}](?=[0-9])|\(digit)|\(group))" : "(?:\(digit)|\(group))"
        let core = "(?=(?:\(group)|\(decimal))*\(digit))\(part)*(?:\(decimal)\(part)*)?\(exponent)"
        let front = prefix.isEmpty ? "" : "(?:\(prefix)\(blank))?"
        let back = "(?:\(blank)\(percent)\(blank)\(suffix.isEmpty ? "" : "(?:\(suffix))?"))"
        func regex(_ pattern: String) -> Regex<AnyRegexOutput> {
            try! Regex("\(blank)(?:\(pattern))\(blank)").matchingSemantics(.unicodeScalar)
        }
        lenient = [
            // The leading sign: before or after the prefix.
            regex("(?:\(minus)\(blank)\(front)|\(front)(?:\(minus)\(blank))?)\(core)\(back)"),
            // The trailing sign: outside or inside of the suffix.
            regex("\(front)\(core)\(back)\(blank)\(minus)"),
            regex("\(front)\(core)\(blank)\(minus)\(back)"),
            // In parentheses.
            regex(#"\("# + "\(blank)\(front)\(core)\(back)\(blank)" + #"\)"#),
            // Between prefix and suffix.
            regex("\(front)" + #"\("# + "\(blank)\(core)\(blank)" + #"\)"# + "\(back)"),
            // Words for no value, which some load as blank.
            regex(#"-|--|\.|\?|\x{2212}"#),
        ]
        self.isInteger = isInteger
        isPercent = format.isPercent
        self.decimal = format.decimal == .point ? "." : ","
        mostDigits = isInteger ? 18 : 28
    }

    /// Whether a number below 1 has no percent sign, so that 0.2 may mean 20 percent.
    private func mayBeShare(_ text: String) -> Bool {
        guard !text.contains("%"), let point = text.firstIndex(of: decimal) else { return false }
        func isNonzero(_ character: Character) -> Bool { ("1"..."9").contains(character) }
        return !text[..<point].contains(where: isNonzero) && text[point...].contains(where: isNonzero)
    }

    func verdict(of text: String) -> Verdict {
        if text.unicodeScalars.allSatisfy({ $0.properties.isWhitespace }) { return .doubtful }
        if text.wholeMatch(of: plain) != nil {
            let digits = text.filter { ("0"..."9").contains($0) }.drop { $0 == "0" }
            if digits.count > mostDigits || (isInteger && text.contains(decimal)) { return .doubtful }
            return isPercent && mayBeShare(text) ? .doubtful : .parses
        }
        return lenient.contains { text.wholeMatch(of: $0) != nil } ? .doubtful : .fails
    }
}

/// Texts that are nearly numbers: mostly parts in a sensible order, some in none.
enum NastyNumbers {
    private static let alphabet = [
        "0", "1", "9", ".", ",", "'", " ", "\u{A0}", "\u{202F}", "-", "+", "\u{2212}", "e", "E", "%", "$", "K", "(", ")", "\t", "x", "８",
    ]
    private static let integers = [
        "0", "1", "12", "123", "1234", "007", "99999999999999999999", "1,234", "1.234", "1 234", "1'234", "1,23,456", "",
    ]
    private static let groups = ["", "", "", ",567", ".567", " 567", "\u{A0}567", "'567", ",56", ".5678"]
    private static let fractions = ["", "", ".5", ",5", ".25", ",125", ".", ",", ".000000000000000000001"]
    private static let fronts = ["", "", "", "", "-", "-", "$", "$-", "-$", "+", " ", "\u{2212}", "(", "$ ", "- "]
    private static let backs = ["", "", "", "", "K", "K", "%", "%K", " ", "-", "K-", "-K", ")", "e5", "E-3", " K", "e"]

    static func text(_ random: inout SplitMix, near format: NumberFormat) -> String {
        var text: String
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            return (0..<Int.random(in: 0...7, using: &random)).map { _ in alphabet.randomElement(using: &random)! }.joined()
        case 1:
            let group = format.group.map { Bool.random(using: &random) ? $0.rawValue + "250" : "" } ?? ""
            let fraction = Bool.random(using: &random) ? format.decimal.rawValue + "75" : ""
            text = (format.prefix ?? "") + ["", "-"].randomElement(using: &random)! + "\(Int.random(in: 0..<1000, using: &random))"
            text += group + fraction + (format.suffix ?? "")
        default:
            text = [fronts, integers, groups, fractions, backs].map { $0.randomElement(using: &random)! }.joined()
        }
        if Int.random(in: 0..<6, using: &random) == 0 {
            var scalars = Array(text.unicodeScalars)
            let place = Int.random(in: 0...scalars.count, using: &random)
            scalars.insert(contentsOf: alphabet.randomElement(using: &random)!.unicodeScalars, at: place)
            text = String(String.UnicodeScalarView(scalars))
        }
        return text
    }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
