import SafeText

/// The doubts that a parser noted while it read a value.
package struct NotedDoubts {
    /// The reason of the first in reading order.
    package private(set) var reason = JudgementReason.none
    package private(set) var doubts: DoubtSet = []

    package init() {}

    package var isEmpty: Bool { doubts.isEmpty }

    /// - Parameter reason: `nil` for the one of the doubt.
    package mutating func note(_ doubt: Doubt, reason: JudgementReason? = nil) {
        if doubts.isEmpty { self.reason = reason ?? doubt.reason }
        doubts.insert(doubt)
    }

    /// Notes the blanks around a value.
    ///
    /// - Parameter text: the value without them, a part of `field`.
    package mutating func noteBlanks(around text: Span<UInt8>, in field: Span<UInt8>) {
        guard text.count < field.count, let place = field.indices(of: text) else { return }
        if place.lowerBound > 0 { note(.leadingBlank) }
        if place.upperBound < field.count { note(.trailingBlank) }
    }

    /// The judgement of a value that was read.
    package var judgement: Judgement { isEmpty ? .parses : Judgement(doubtful: reason, doubts) }
}
