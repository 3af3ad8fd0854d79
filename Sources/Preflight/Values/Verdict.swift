/// What the import will make of a value, as far as that can be known: its parsing rules are not public.
public enum Verdict: UInt8, Sendable, Hashable {
    /// Surely read as the column's type.
    case parses
    /// Loaded as blank (assumed): an empty field or one of the profile's null words.
    case empty
    /// Read by some readers and not by others, or read as something else.
    case doubtful
    /// Surely not read.
    case fails
}

/// A verdict with its reason.
public struct Judgement: Sendable, Hashable {
    public var verdict: Verdict
    /// ``JudgementReason/none`` for values that parse or are empty. With several reasons the first in reading order.
    public var reason: JudgementReason

    public init(verdict: Verdict, reason: JudgementReason = .none) {
        self.verdict = verdict
        self.reason = reason
    }

    static let parses = Judgement(verdict: .parses)
    static let empty = Judgement(verdict: .empty)

    static func doubtful(_ reason: JudgementReason) -> Judgement {
        Judgement(verdict: .doubtful, reason: reason)
    }

    static func fails(_ reason: JudgementReason) -> Judgement {
        Judgement(verdict: .fails, reason: reason)
    }
}
