import CSVTokenizer

/// Finds physical lines in a batch, counting from the nearest of the last places asked for: examples come column by column, from the same few rows.
struct LineCursor {
    private typealias Place = (position: Int, count: Int)

    /// Ascending.
    private var known: [Place] = []

    private static let mostPlaces = 16
    /// Counting so many bytes is cheaper than keeping another place.
    private static let shortDistance = 4096

    /// The physical line of a position, from 1. Complexity: the distance from the nearest place that is known.
    mutating func line(of position: Int, in batch: borrowing RowBatch) -> Int {
        let next = known.indices.partitionPoint { known[$0].position <= position }
        var nearest = next - 1
        if next < known.count, nearest < 0 || known[next].position - position < position - known[nearest].position { nearest = next }
        let start = nearest < 0 ? (position: -1, count: 0) : known[nearest]
        let found = (position, batch.lineEnds(before: position, near: start))
        if nearest < 0 || known.count < Self.mostPlaces && abs(position - start.position) > Self.shortDistance {
            known.insert(found, at: next)
        } else {
            known[nearest] = found
        }
        return batch.firstLine + found.1
    }
}
