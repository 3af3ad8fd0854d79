/// How often each shape of value occurs in each column of a batch, and where first: see ``ValueShape``.
///
/// Memory: one entry for each distinct shape, of which a batch has no more than fields that were looked at closely.
struct BatchShapes {
    struct Tally {
        var count = 0
        /// The first fields that have the shape.
        fileprivate(set) var firstPlace: Int32 = -1
        fileprivate var lastPlace: Int32 = -1
        fileprivate var placeCount: Int32 = 0
    }

    /// A field, and the next one with the same shape in the same column, or -1.
    struct Place {
        let row: UInt32
        let field: UInt32
        fileprivate(set) var next: Int32
    }

    private(set) var table = TextTable()
    /// One for each entry of the table.
    private(set) var tallies: [Tally] = []
    private(set) var places: [Place] = []
    /// Places kept of each.
    var samples = 0

    mutating func removeAll() {
        if tallies.isEmpty { return }
        table.removeAll()
        tallies.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
    }

    /// The entry of a shape in a column; it is made where there is none, with `value` to stand for its values.
    mutating func entry(of shape: borrowing ValueShape, column: Int, value: UnsafeRawBufferPointer) -> Int {
        let bytes = shape.bytes
        let hash = TextTable.hash(of: bytes, column: column)
        if let known = table.find(bytes, hash: hash, column: column) { return known }
        tallies.append(Tally())
        guard value.count > 2 * ValueShape.longestValue else { return table.insert(bytes, hash: hash, column: column, companion: value) }
        // Blanks at the ends may be many: one of them says as much.
        let text = Blanks.trim(value)
        let blank = [UInt8(ascii: " ")]
        let shorter =
            (text.baseAddress == value.baseAddress ? [] : blank) + text.prefix(2 * ValueShape.longestValue)
            + (text.isEmpty || text[text.count - 1] == value[value.count - 1] ? [] : blank)
        return table.insert(bytes, hash: hash, column: column, companion: shorter)
    }

    mutating func add(_ count: Int, to entry: Int) {
        tallies[entry].count += count
    }

    func wantsPlace(_ entry: Int) -> Bool {
        tallies[entry].placeCount < samples
    }

    /// Keeps a field; of an entry they come in the order of the file.
    mutating func addPlace(row: Int, field: Int, to entry: Int) {
        places.append(Place(row: UInt32(row), field: UInt32(field), next: -1))
        let new = Int32(places.count - 1)
        if tallies[entry].lastPlace < 0 {
            tallies[entry].firstPlace = new
        } else {
            places[Int(tallies[entry].lastPlace)].next = new
        }
        tallies[entry].lastPlace = new
        tallies[entry].placeCount += 1
    }
}
