import ByteSpans
import Preflight

@testable import ImportProfiles
@testable import ValueFormats

extension ValueRule {
    /// Judges the UTF-8 of `text`.
    func judge(_ text: String) -> Judgement {
        judge(Array(text.utf8).span)
    }
}

extension Judgement {
    /// Verdict and reason.
    var withoutDoubts: Judgement { Judgement(verdict: verdict, reason: reason) }
}

extension FormatSet {
    init(of text: String) {
        self = FormatSet.formats(of: Array(text.utf8).span)
    }
}

/// One line of a table: a value and what is expected of it under the settings that the table's test names.
struct JudgedValue: Sendable, CustomStringConvertible {
    var value: String
    var rule: String
    var verdict: Verdict
    var reason: JudgementReason

    init(_ value: String, _ rule: String, _ verdict: Verdict, _ reason: JudgementReason = .none) {
        self.value = value
        self.rule = rule
        self.verdict = verdict
        self.reason = reason
    }

    var description: String { "\(value.debugDescription) under \(rule)" }
    var judgement: Judgement { Judgement(verdict: verdict, reason: reason) }
}
