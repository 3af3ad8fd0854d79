import ByteSources
import CSVTokenizer
import SafeText

/// Pieces of the file around its first ill-formed sequences: what its encoding is guessed from.
struct EncodingSamples {
    /// The most pieces that are kept, their most bytes, and the most sequences that are looked at: a file may repeat a single word.
    private static let (most, longest, mostLookedAt) = (24, 80, 100)

    private struct Piece {
        var sample: EncodingGuess.Sample
        /// The number of sequences looked at up to this one.
        var place: Int
    }

    private var pieces: [Piece] = []
    private var lookedAt = 0

    /// Whether there is room for more.
    var wantsMore: Bool { pieces.count < Self.most && lookedAt < Self.mostLookedAt }

    /// In the order of the file.
    var samples: [EncodingGuess.Sample] { pieces.map(\.sample) }

    /// Keeps the text around the first ill-formed sequence of a field, unless it is known.
    ///
    /// A piece begins with the field, or after a byte that is part of no character of several: so it begins with a character.
    mutating func keep(field: Int, at offset: Int, in batch: borrowing RowBatch, quote: UInt8) {
        guard wantsMore, batch.byteCount(ofField: field) <= batch.limits.fieldBytes, let position = batch.position(ofStreamOffset: offset)
        else { return }
        lookedAt += 1
        let bytes = batch.bytes
        var range = batch.range(ofField: field)
        if range.lowerBound < range.upperBound, bytes[range.lowerBound] == quote { range = (range.lowerBound + 1)..<range.upperBound }
        if range.lowerBound < range.upperBound, bytes[range.upperBound - 1] == quote { range = range.lowerBound..<(range.upperBound - 1) }
        guard range.contains(position) else { return }
        var start = range.lowerBound
        if position - start > Self.longest / 2 {
            guard let end = bytes[start..<position].lastIndex(where: { $0 < 0x30 }) else { return }
            start = end + 1
        }
        let end = min(range.upperBound, max(start + Self.longest, position + Self.longest / 2))
        guard end - start <= 4 * Self.longest else { return }
        let sample = EncodingGuess.Sample(bytes: Array(bytes[start..<end]), isCut: end < range.upperBound)
        if !pieces.contains(where: { $0.sample == sample }) { pieces.append(Piece(sample: sample, place: lookedAt)) }
    }

    mutating func merge(_ later: EncodingSamples) {
        for piece in later.pieces where pieces.count < Self.most && lookedAt + piece.place <= Self.mostLookedAt {
            if !pieces.contains(where: { $0.sample == piece.sample }) {
                pieces.append(Piece(sample: piece.sample, place: lookedAt + piece.place))
            }
        }
        lookedAt = min(lookedAt + later.lookedAt, Self.mostLookedAt)
    }
}
