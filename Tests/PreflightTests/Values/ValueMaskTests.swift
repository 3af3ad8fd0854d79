import ByteSpans
import SeededRandom
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// Two values of one shape are judged alike by every setting: what advice is counted by.
@Suite(.computing) struct ValueMaskTests {
    @Test(arguments: 0..<4)
    func numbers(_ block: Int) {
        let rules = numberRules()
        agree(form: .number, rules: rules, seed: 100 + block) { $0.nastyNumber() }
    }

    @Test(arguments: 0..<4)
    func dates(_ block: Int) {
        let rules = ProfileEdits.usual(for: ColumnProfile(name: "D", type: .date)).map(\.rule)
        agree(form: .date, rules: rules, seed: 200 + block) { $0.nastyDate() }
    }

    /// What a value looks like has a 9 for each digit and all else as it is, whatever its length.
    @Test func looks() throws {
        var generator = SeededGenerator(seed: 11)
        let alphabet: [UInt8] = Array("0123456789/:;-. azAZ".utf8) + [0x00, 0x2F, 0x3A, 0x7F, 0x80, 0xB0, 0xB9, 0xFF]
        var shape = ValueMask()
        for length in Array(1...48) + Array(1...48) {
            var text = (0..<length).map { _ in generator.element(of: alphabet) }
            (text[0], text[length - 1]) = (UInt8(ascii: "x"), UInt8(ascii: "7"))
            shape.write(text.span, form: .boolean, hasLook: true)
            let look = shape.bytes.extracting(last: length)
            #expect(Array(look) == text.map { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 ? UInt8(ascii: "9") : $0 })
        }
    }

    /// The digits of a short text are found eight bytes at a time.
    @Test func runsOfDigits() {
        var generator = SeededGenerator(seed: 12)
        let alphabet: [UInt8] = Array("0019/:@AZ[`az{. ".utf8) + [0x00, 0x7F, 0x80, 0xFF]
        for number in 0..<20_000 {
            let text = (0..<(number % 9)).map { _ in generator.element(of: generator.once(in: 2) ? Array(alphabet.prefix(4)) : alphabet) }
            let found = ByteWord(text.span).onlyRun
            func isDigit(_ index: Int) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= text[index] }
            func isLetter(_ index: Int) -> Bool { text[index] >= 0x80 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= text[index] | 0x20 }
            let digits = text.indices.filter(isDigit)
            let hasName = text.indices.dropLast(2).contains { isLetter($0) && isLetter($0 + 1) && isLetter($0 + 2) }
            let isOneRun = digits.last.map { $0 - digits[0] + 1 == digits.count } ?? false
            #expect(found == (isOneRun && !hasName ? digits[0]..<(digits[0] + digits.count) : nil), "\(text)")
        }
    }

    /// Of values that kernels count as dates of a pattern, day and month alone tell what every other pattern makes of them.
    @Test(arguments: [
        "dd/MM/yyyy", "MM/dd/yyyy", "yyyy-MM-dd HH:mm:ss", "dd.MM.yyyy HH:mm", "yyyy-MM-dd", "MM-yyyy", "yyyy.MM", "dd-MM-yyyy'T'HH:mm",
        "MM.dd.yyyy hh:mm:ss",
    ])
    func datesOfFixedWidth(_ pattern: String) throws {
        let column = ColumnProfile(name: "D", type: .date, date: DateFormat([try #require(DatePattern(pattern))]))
        let rule = ValueRule(column: column)
        let others = ProfileEdits.usual(for: column).map(\.rule)
        var generator = SeededGenerator(seed: 7)
        var known: [String: [Verdict]] = [:]
        for _ in 0..<(isDebugBuild ? 1_000 : 4_000) {
            let text = generator.date(pattern)
            guard rule.judge(text).verdict == .parses,
                let date = DatePatternMatcher.date(Array(text.utf8).span, column.date.patterns[0])
            else { continue }
            let key = "\(PlainMasks.kind(of: date, isYearLast: column.date.patterns[0].isYearLast))"
            let verdicts = others.map { $0.judge(text).verdict }
            if let other = known[key] { #expect(other == verdicts, "\(text)") }
            known[key] = verdicts
        }
        #expect(!known.isEmpty)
        #expect(column.date.patterns[0].isPlainlySetOff)
    }

    /// Of other patterns each value is looked at: its digits can be read in other groups, or it has names.
    @Test(arguments: [
        "yyyyMMdd", "ddMMyyyy", "yyyyMM", "dd MM yyyy", "dd/MM/yyyy HHmm", "yyyy-MMM-dd", "HH:mm dd/MM/yyyy", "yyyy dd:MM", "MM/yyyy HH:mm",
        "yyyy/dd/MM",
    ])
    func datesThatAreLookedAt(_ pattern: String) throws {
        #expect(try #require(DatePattern(pattern)).isPlainlySetOff == false)
    }

    private func agree(form: ValueMask.Form, rules: [ValueRule], seed: Int, value: (inout SeededGenerator) -> String) {
        var generator = SeededGenerator(seed: seed)
        var known: [String: (value: String, verdicts: [Verdict])] = [:]
        var shape = ValueMask()
        for _ in 0..<(isDebugBuild ? 600 : 1_500) {
            let text = value(&generator)
            if text.isEmpty { continue }
            shape.write(Array(text.utf8).span, form: form)
            let verdicts = rules.map { $0.judge(text).verdict }
            // Shapes are kept by the verdict under the column's own settings, here the first.
            let key = String(decoding: shape.bytes, as: UTF8.self) + " \(verdicts[0])"
            guard let first = known[key] else {
                known[key] = (text, verdicts)
                continue
            }
            if let place = verdicts.indices.first(where: { verdicts[$0] != first.verdicts[$0] }) {
                Issue.record(
                    "\(text.debugDescription) and \(first.value.debugDescription) have the shape \(key.debugDescription), but rule \(place) says \(verdicts[place]) and \(first.verdicts[place])"
                )
                return
            }
        }
        #expect(known.count > 100)
    }

    /// A diagnosis asks every rule once for each mask: verdicts and doubts of a value are those of its mask, whatever the column's own settings,
    /// but for words that a rule takes for no value.
    @Test(arguments: [ValueMask.Form.number, .date], 0..<(isDebugBuild ? 1 : 4))
    func masksTellDoubts(form: ValueMask.Form, block: Int) {
        var generator = SeededGenerator(seed: 900 + block)
        let rules = form == .number ? numberRules() : ProfileEdits.usual(for: ColumnProfile(name: "D", type: .date)).map(\.rule)
        let question = CellQuestion(column: 1, rules: rules)
        let sorter = CellSorter(question, lookup: SampleLookup([]))
        for _ in 0..<(isDebugBuild ? 150 : 6_000) {
            let text = form == .number ? generator.nastyNumber() : generator.nastyDate()
            if text.isEmpty { continue }
            let place = sorter.sort(of: Array(text.utf8).span)
            let found = sorter.sorts[place]
            let expected = rules.map { rule -> CellGroup.Outcome? in
                let judgement = rule.judge(text)
                switch judgement.verdict {
                case .parses, .empty: return nil
                case .fails: return CellGroup.Outcome(fails: true)
                case .doubtful: return CellGroup.Outcome(doubts: judgement.doubts)
                }
            }
            if let place = expected.indices.first(where: { expected[$0] != found.outcomes[$0] }) {
                Issue.record(
                    "\(text.debugDescription): rule \(place) makes \(String(describing: expected[place])) of it, not \(String(describing: found.outcomes[place]))"
                )
                return
            }
        }
        #expect(sorter.sorts.count > 20)
    }

    private func numberRules() -> [ValueRule] {
        var rules: [ValueRule] = []
        for type in [ColumnType.number, .integer] {
            for decimal in NumberFormat.DecimalSeparator.allCases {
                for group in [nil] + NumberFormat.GroupSeparator.allCases where group?.rawValue != decimal.rawValue {
                    for (prefix, suffix, isPercent) in [
                        (nil, nil, false), ("€", nil, false), ("EUR ", nil, false), (nil, "K", false), ("$", "%", false), (nil, nil, true),
                    ] as [(String?, String?, Bool)] {
                        let format = NumberFormat(decimal: decimal, group: group, prefix: prefix, suffix: suffix, isPercent: isPercent)
                        rules.append(ValueRule(column: ColumnProfile(name: "N", type: type, number: format, nullWords: ["NA", "-"])))
                    }
                }
            }
        }
        return rules
    }
}

extension SeededGenerator {
    mutating func nastyNumber() -> String {
        let affixes = ["", "", "", "€", "EUR ", "$", "-", "+", "(", " ", "−", "\u{A0}", "US$", ".", ",", "x", "0"]
        let backs = ["", "", "", "%", " %", "K", "-", ")", " ", "€", "\u{A0}€", "e5", "E+11", ".", ",", "x", " K", "0"]
        let separators = [".", ",", " ", "'", "\u{A0}", "\u{202F}", "/", "-", "٣", "０", "..", "e"]
        if once(in: 12) {
            return element(of: ["NA", "-", "--", "#N/A", "abc", " ", "  ", "∞", "nan", "null", "(", "()", "%", "EUR", "e", "."])
        }
        var text = element(of: affixes)
        for run in 0...below(4) {
            if run > 0 { text += element(of: once(in: 4) ? separators : [".", ",", " "]) }
            let length = once(in: 6) ? below(24) : once(in: 2) ? 3 : 1 + below(4)
            for _ in 0..<length { text += once(in: 3) ? "0" : String(below(10)) }
        }
        return text + element(of: backs)
    }

    mutating func nastyDate() -> String {
        let separators = ["/", "/", "-", ".", " ", ":", "", "T", ", "]
        let months = ["Jan", "February", "may", "MAY", "Sept", "December", "dec", "Mon", "Sunday"]
        let values = [
            "0", "00", "1", "01", "02", "2", "12", "13", "14", "15", "23", "24", "28", "29", "30", "31", "32", "59", "60", "99", "7", "07",
        ]
        let years = ["2026", "2024", "1900", "0000", "26", "24", "00", "1", "202", "20266"]
        func time(_ generator: inout SeededGenerator) -> String {
            let hour = generator.element(of: values)
            var text = generator.element(of: [" ", "T", "  ", ""]) + hour + ":" + generator.element(of: values)
            if generator.once(in: 2) { text += ":" + generator.element(of: values) }
            if generator.once(in: 3) {
                text += generator.element(of: ["Z", " +00:00", "+01:00", "+0100", "+15:00", " AM", " pm", ".123", ".5", "+14:59", "-02:60"])
            }
            return text
        }
        var text: String
        switch below(8) {
        case 0: text = (0..<(1 + below(15))).map { _ in String(below(10)) }.joined()
        case 1: text = element(of: years) + (element(of: values) + element(of: values))
        case 2:
            let separator = element(of: separators)
            text = element(of: values) + separator + element(of: months) + separator + element(of: years)
        case 3: text = element(of: months) + element(of: separators) + element(of: once(in: 2) ? values : years)
        case 4:
            text = element(of: months) + " " + element(of: values) + element(of: separators) + element(of: years)
        case 5:
            let separator = element(of: separators)
            text =
                element(of: years) + separator + element(of: values) + (once(in: 8) ? element(of: separators) : separator)
                + element(of: values)
        default:
            let separator = element(of: separators)
            text =
                element(of: values) + separator + element(of: values) + (once(in: 8) ? element(of: separators) : separator)
                + element(of: years)
        }
        if once(in: 3) { text += time(&self) }
        if once(in: 12) { text = " " + text }
        if once(in: 12) { text += element(of: [" ", "x", ".", "/"]) }
        return text
    }

    /// A date of a pattern, or almost.
    fileprivate mutating func date(_ pattern: String) -> String {
        var text = pattern
        for (token, values) in [
            ("yyyy", [2026, 2024, 1999, 2010, 1212]), ("dd", Array(0...32)), ("MM", Array(0...13)), ("HH", Array(0...24)),
            ("mm", [0, 7, 59, 60]),
            ("ss", [0, 30, 59]), ("hh", [1, 7, 12]), ("'T'", []),
        ] {
            if values.isEmpty {
                text = text.replacing(token, with: "T")
                continue
            }
            let digits = String(element(of: values))
            text = text.replacing(token, with: String(repeating: "0", count: token.count - digits.count) + digits)
        }
        return text
    }
}
