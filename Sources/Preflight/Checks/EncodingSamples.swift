import ByteSources
import ByteSpans
import CSVTokenizer
import SafeText

/// Pieces of the file around its first ill-formed sequences: what its encoding is guessed from.
struct EncodingSamples {
    /// The most pieces that are kept although they have no byte beyond ASCII that the others lack, the most bytes of each, and the most sequences that are
    /// looked at: a file may repeat a single word. A piece with another byte is always kept: it may be what two encodings differ in.
    private static let (most, longest, mostLookedAt) = (24, 80, 2_000)

    private struct Piece {
        var sample: EncodingGuess.Sample
        /// The number of sequences looked at up to this one.
        var place: Int
    }

    private var pieces: [Piece] = []
    private var lookedAt = 0
    /// A bit for each byte beyond ASCII that a piece has.
    private var known: UInt128 = 0

    /// Whether more are looked at.
    var wantsMore: Bool { lookedAt < Self.mostLookedAt }

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
            start += end + 1
        }
        let end = min(range.upperBound, max(start + Self.longest, position + Self.longest / 2))
        guard end - start <= 4 * Self.longest else { return }
        guard pieces.count < Self.most || Self.bits(of: Array(bytes[start..<end])) & ~known != 0 else { return }
        keep(Piece(sample: EncodingGuess.Sample(bytes: Array(bytes[start..<end]), isCut: end < range.upperBound), place: lookedAt))
    }

    private mutating func keep(_ piece: Piece) {
        let bits = Self.bits(of: piece.sample.bytes)
        guard bits & ~known != 0 || pieces.count < Self.most && !pieces.contains(where: { $0.sample == piece.sample }) else { return }
        known |= bits
        pieces.append(piece)
    }

    /// How many of the well-formed characters of several bytes are probably text of UTF-8: those in a word with bytes that are not UTF-8 only look like it.
    ///
    /// - Parameter count: of the file; the samples tell which share of them is which.
    func countOfText(_ count: Int) -> Int {
        var (texts, chances) = (0, 0)
        for word in samples.flatMap({ $0.bytes.split { $0 < 0x80 && !(0x61...0x7A).contains($0 | 0x20) } }) {
            let (wellFormed, isWhole) = Self.characters(of: word)
            if isWhole { texts += wellFormed } else { chances += wellFormed }
        }
        return chances == 0 ? count : count * texts / (texts + chances)
    }

    /// Well-formed characters of several bytes, and whether there is nothing else beyond ASCII.
    private static func characters(of word: ArraySlice<UInt8>) -> (count: Int, isWhole: Bool) {
        var parser = Unicode.UTF8.ForwardParser()
        var bytes = word.makeIterator()
        var (count, isWhole) = (0, true)
        while true {
            switch parser.parseScalar(from: &bytes) {
            case .valid(let scalar): if scalar.count > 1 { count += 1 }
            case .error: isWhole = false
            case .emptyInput: return (count, isWhole)
            }
        }
    }

    private static func bits(of bytes: some Sequence<UInt8>) -> UInt128 {
        bytes.reduce(0) { $1 < 0x80 ? $0 : $0 | 1 << UInt128($1 - 0x80) }
    }

    mutating func merge(_ later: EncodingSamples) {
        for piece in later.pieces where lookedAt + piece.place <= Self.mostLookedAt {
            keep(Piece(sample: piece.sample, place: lookedAt + piece.place))
        }
        lookedAt = min(lookedAt + later.lookedAt, Self.mostLookedAt)
    }
}

extension EncodingSamples: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder.list(&pieces, blank: Piece(sample: EncodingGuess.Sample(bytes: []), place: 0)) { coder, piece in
            coder(&piece.sample.bytes)
            coder(&piece.sample.isCut)
            coder(&piece.place)
        }
        coder(&lookedAt)
        coder(&known)
    }
}
