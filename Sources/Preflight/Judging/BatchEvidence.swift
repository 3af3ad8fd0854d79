import CSVTokenizer
import ValueFormats

/// How often each set of formats occurs in each column of a batch, and where first.
///
/// Batches that share the memory of one evidence follow each other in the file, though not at once: of what earlier ones have enough examples of, later
/// ones note no places.
struct BatchEvidence {
    /// One set in one column.
    struct Entry {
        let formats: FormatSet
        var count: Int
        /// The first fields that have it, at most as many as examples are wanted; a slice of ``places`` is not possible, as they come mixed.
        var firstPlace: Int32
        var lastPlace: Int32
        /// How many are still wanted.
        var placesLeft: Int32
        /// The next entry of the column, or -1.
        var next: Int32
    }

    /// How many places of a set in a column earlier batches noted, and the next set of the column, or -1.
    private struct Earlier {
        let formats: FormatSet
        var placeCount: Int32
        let next: Int32
    }

    /// A field, and the next one with the same formats in the same column, or -1.
    struct Place {
        let row: UInt32
        let field: UInt32
        var next: Int32
    }

    /// Rows of the batch, one after the other, with an odd value of one kind in one column, and the next such rows of the column, or -1.
    struct Run {
        let start: UInt32
        var end: UInt32
        fileprivate(set) var next: Int32
    }

    private(set) var entries: [Entry] = []
    private(set) var runs: [Run] = []
    /// By column and kind of odd value: the first run and the last, or -1.
    private var runHeads: [(first: Int32, last: Int32)] = []
    private(set) var places: [Place] = []
    /// By column: its first entry, or -1.
    private(set) var heads: [Int32] = []
    private var samples = 0
    private var earlier: [Earlier] = []
    /// By column: its first set in ``earlier``, or -1.
    private var earlierHeads: [Int32] = []

    mutating func begin(columnCount: Int, samples: Int) {
        if heads.count == columnCount, samples == self.samples {
            notePlaces()
        } else {
            earlier.removeAll()
            earlierHeads = Array(repeating: -1, count: columnCount)
        }
        entries.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        runs.removeAll(keepingCapacity: true)
        runHeads.removeAll(keepingCapacity: true)
        runHeads.append(contentsOf: repeatElement((first: Int32(-1), last: Int32(-1)), count: columnCount * OddValue.count))
        if heads.count == columnCount {
            for column in heads.indices { heads[column] = -1 }
        } else {
            heads = Array(repeating: -1, count: columnCount)
        }
        self.samples = samples
    }

    /// Adds the places of the batch to those of the batches before it.
    private mutating func notePlaces() {
        if places.isEmpty { return }
        for column in heads.indices {
            var next = heads[column]
            while next >= 0 {
                let entry = entries[Int(next)]
                next = entry.next
                if entry.firstPlace < 0 { continue }
                if let index = earlierIndex(of: entry.formats, column: column) {
                    earlier[index].placeCount = Int32(samples) - entry.placesLeft
                } else {
                    earlier.append(
                        Earlier(formats: entry.formats, placeCount: Int32(samples) - entry.placesLeft, next: earlierHeads[column]))
                    earlierHeads[column] = Int32(earlier.count - 1)
                }
            }
        }
    }

    private func earlierIndex(of formats: FormatSet, column: Int) -> Int? {
        var next = earlierHeads[column]
        while next >= 0 {
            if earlier[Int(next)].formats == formats { return Int(next) }
            next = earlier[Int(next)].next
        }
        return nil
    }

    /// The entry of a set in a column; it is made where there is none. A column has few of them: they are searched one by one.
    mutating func entry(of formats: FormatSet, column: Int) -> Int {
        var index = heads[column]
        var last: Int32 = -1
        while index >= 0 {
            if entries[Int(index)].formats == formats { return Int(index) }
            last = index
            index = entries[Int(index)].next
        }
        let earlierCount = earlierIndex(of: formats, column: column).map { earlier[$0].placeCount } ?? 0
        entries.append(
            Entry(formats: formats, count: 0, firstPlace: -1, lastPlace: -1, placesLeft: Int32(samples) - earlierCount, next: -1))
        let new = Int32(entries.count - 1)
        if last < 0 { heads[column] = new } else { entries[Int(last)].next = new }
        return Int(new)
    }

    /// Notes rows with an odd value in a column; of one kind and column they come in the order of the batch.
    mutating func addRows(_ rows: Range<Int>, with odd: OddValue, column: Int) {
        let slot = column * OddValue.count + Int(odd.rawValue)
        let last = Int(runHeads[slot].last)
        if last >= 0, runs[last].end == rows.lowerBound {
            runs[last].end = UInt32(rows.upperBound)
            return
        }
        runs.append(Run(start: UInt32(rows.lowerBound), end: UInt32(rows.upperBound), next: -1))
        let new = Int32(runs.count - 1)
        if last < 0 { runHeads[slot].first = new } else { runs[last].next = new }
        runHeads[slot].last = new
    }

    /// The first run of rows with an odd value of a kind in a column, or -1.
    func firstRun(of odd: OddValue, column: Int) -> Int32 {
        runHeads[column * OddValue.count + Int(odd.rawValue)].first
    }

    /// Whether some value of a column has a format.
    func hasEntry(with format: FormatSet, column: Int) -> Bool {
        var next = heads[column]
        while next >= 0 {
            if entries[Int(next)].formats.contains(format) { return true }
            next = entries[Int(next)].next
        }
        return false
    }

    /// How many rows have an odd value of a kind in a column.
    func rowCount(with odd: OddValue, column: Int) -> Int {
        var (count, next) = (0, firstRun(of: odd, column: column))
        while next >= 0 {
            count += Int(runs[Int(next)].end - runs[Int(next)].start)
            next = runs[Int(next)].next
        }
        return count
    }

    /// Calls `body` with each row that has an odd value of a kind in a column, ascending.
    func forEachRow(with odd: OddValue, column: Int, _ body: (Int) -> Void) {
        var next = firstRun(of: odd, column: column)
        while next >= 0 {
            let run = runs[Int(next)]
            for row in run.start..<run.end { body(Int(row)) }
            next = run.next
        }
    }

    func wantsPlace(_ entry: Int) -> Bool {
        entries[entry].placesLeft > 0
    }

    mutating func addPlace(row: Int, field: Int, to entry: Int) {
        places.append(Place(row: UInt32(row), field: UInt32(field), next: -1))
        let new = Int32(places.count - 1)
        if entries[entry].lastPlace < 0 {
            entries[entry].firstPlace = new
        } else {
            places[Int(entries[entry].lastPlace)].next = new
        }
        entries[entry].lastPlace = new
        entries[entry].placesLeft -= 1
    }

    mutating func add(_ count: Int, to entry: Int) {
        entries[entry].count += count
    }
}
