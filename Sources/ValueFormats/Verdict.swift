/// What the import will make of a value, as far as that can be known: its parsing rules are not public.
public enum Verdict: UInt8, Sendable, Hashable, BitwiseCopyable {
    /// Surely read as the column's type.
    case parses
    /// Loaded as blank (assumed): an empty field or one of the profile's null words.
    case empty
    /// Read by some readers and not by others, or read as something else.
    case doubtful
    /// Surely not read. That needs a reason which holds for every importer that keeps to the profile: the value contradicts its format (a
    /// separator, a prefix or an order of the parts of a date that it does not name), or is a value of the type in no notation. What some
    /// importer may know, or load as blank, is ``doubtful``: words of other languages, words for no value, digits of other scripts.
    case fails
}

/// A verdict with its reason.
///
/// Eight bytes: a file may have nothing but doubtful values, and each is kept until its batch is explained.
public struct Judgement: Sendable, Hashable, BitwiseCopyable {
    /// Whether the value loads.
    public var verdict: Verdict
    /// ``JudgementReason/none`` for values that parse or are empty. With several reasons the first in reading order.
    public var reason: JudgementReason
    // The bits of the doubts, 48 of them.
    @usableFromInline let highDoubts: UInt16
    @usableFromInline let lowDoubts: UInt32

    /// All that it says, as one number: two are compared for each value of a file that may have nothing but wrong ones.
    @inlinable package var bits: UInt64 {
        UInt64(verdict.rawValue) | UInt64(reason.rawValue) &<< 8 | UInt64(highDoubts) &<< 16 | UInt64(lowDoubts) &<< 32
    }

    /// A verdict, with the reason where there is one.
    public init(verdict: Verdict, reason: JudgementReason = .none) {
        self.init(verdict: verdict, reason: reason, doubts: [])
    }

    /// - Parameter doubts: of a doubtful value those that are open; of one that fails those that the profile rejects.
    package init(verdict: Verdict, reason: JudgementReason, doubts: DoubtSet) {
        self.verdict = verdict
        self.reason = reason
        highDoubts = UInt16(truncatingIfNeeded: doubts.rawValue >> 32)
        lowDoubts = UInt32(truncatingIfNeeded: doubts.rawValue)
    }

    package init(doubtful reason: JudgementReason, _ doubts: DoubtSet) {
        self.init(verdict: .doubtful, reason: reason, doubts: doubts)
    }

    /// What the verdict depends on: open doubts of a doubtful value, rejected ones of a value that fails for nothing else.
    package var doubts: DoubtSet { DoubtSet(rawValue: UInt64(highDoubts) << 32 | UInt64(lowDoubts)) }

    /// The judgement of a value of which only the beginning was looked at, and which is longer than any value without a great many blanks
    /// around it.
    package var ofBeginning: Judgement {
        verdict == .fails ? self : Judgement(doubtful: .surroundingBlanks, doubts.union(DoubtSet([.leadingBlank, .trailingBlank])))
    }

    package static let parses = Judgement(verdict: .parses)
    package static let empty = Judgement(verdict: .empty)

    /// A value that is doubtful for one doubt.
    package static func doubtful(_ doubt: Doubt) -> Judgement {
        Judgement(doubtful: doubt.reason, DoubtSet(doubt))
    }

    package static func fails(_ reason: JudgementReason) -> Judgement {
        Judgement(verdict: .fails, reason: reason)
    }
}
