package import ImportProfiles
package import SafeText

/// Where in a file findings occur: for each kind of finding, rows counted by the byte that they begin with.
///
/// The file is cut into at most ``mostCells`` cells of equal length, a power of two. Nothing has to be known of its length: content beyond the last
/// cell doubles the length of all cells.
///
///     cells of 4 bytes   |1 . 2 .|  rows at bytes 0, 9, 11
///     cells of 8 bytes   |1 2|      the same
///
/// Doubling adds neighbours, so the map depends only on which rows were recorded, not on their order or on how they came in parts: maps merge.
/// Memory: ``mostCells`` cells for each kind and severity that occurs.
package struct PositionMap: Sendable {
    /// More than the pixels of a strip on most screens.
    package static let mostCells = 1_024

    /// One kind of finding.
    package struct Lane: Sendable, Hashable {
        package var kind: FindingKind
        package var severity: Severity
        /// Up to the last one in use.
        package fileprivate(set) var cells: [PositionCell] = []
        /// Rows of which it is not known where they are.
        package var unplaced = 0

        /// All rows of the lane that were placed.
        package var count: Int { cells.reduce(0) { $0 + $1.count } }

        /// All of the lane as one cell.
        package var whole: PositionCell {
            var whole = PositionCell()
            for cell in cells { whole.add(cell) }
            return whole
        }

        fileprivate mutating func add(_ cell: PositionCell, at index: Int) {
            while cells.count <= index { cells.append(PositionCell()) }
            cells[index].add(cell)
        }

        /// Doubles the length of the cells some times.
        fileprivate mutating func fold(by shift: Int) {
            guard shift > 0, !cells.isEmpty else { return }
            var folded: [PositionCell] = []
            for (index, cell) in cells.enumerated() {
                if index >> shift == folded.count { folded.append(PositionCell()) }
                folded[folded.count - 1].add(cell)
            }
            cells = folded
        }
    }

    /// In the order of the codes.
    package private(set) var lanes: [Lane] = []
    /// The first row of each cell, so that rows which are known later are found by their numbers.
    private(set) var rows = RowRuler()
    /// A cell has two to this power bytes.
    private(set) var shift = 0
    /// Rows of one lane come one after the other.
    private var lastLane = -1

    package init() {}

    /// Bytes of a cell.
    package var cellByteCount: Int { 1 << shift }

    // MARK: Recording

    /// - Parameters:
    ///   - offset: Byte at which the row begins.
    ///   - row: Record number; `nil` for a line that is no row.
    ///   - line: Physical line in which it begins.
    package mutating func record(_ kind: FindingKind, _ severity: Severity, at offset: Int, row: Int?, line: Int) {
        widen(toHold: offset)
        let lane = index(of: kind, severity)
        lanes[lane].add(PositionCell(count: 1, rows: row.map { $0...$0 }, lines: line...line), at: offset >> shift)
    }

    /// Whether the first row from some byte on is the first of its cell, so that it is to be noted.
    mutating func wantsRow(at offset: Int) -> Bool {
        widen(toHold: offset)
        return !rows.hasRow(inCell: offset >> shift)
    }

    /// Notes a row, with a finding or without.
    mutating func noteRow(_ row: Int, at offset: Int, line: Int) {
        widen(toHold: offset)
        rows.note(RowRuler.Start(row: row, line: line), inCell: offset >> shift)
    }

    /// Records rows that were read before, by their numbers.
    ///
    /// - Parameters:
    ///   - ranges: may overlap.
    ///   - end: the row and the line after the last ones.
    mutating func record(_ kind: FindingKind, _ severity: Severity, rows ranges: [Range<Int>], end: RowRuler.Start) {
        let lane = index(of: kind, severity)
        for (cell, found) in rows.cells(of: ranges, end: end) { lanes[lane].add(found, at: cell) }
    }

    /// Records rows that were read before, ascending.
    mutating func record(_ kind: FindingKind, _ severity: Severity, rows found: some Sequence<RowRuler.Start>) {
        let known = rows.starts.enumerated().compactMap { cell, start in start.map { (cell: cell, row: $0.row) } }
        var place = 0
        for start in found {
            while place + 1 < known.count, known[place + 1].row <= start.row { place += 1 }
            guard place < known.count else { return }
            let cell = PositionCell(count: 1, rows: start.row...start.row, lines: start.line...start.line)
            lanes[index(of: kind, severity)].add(cell, at: known[place].cell)
        }
    }

    /// Notes that some rows of a kind are not placed.
    mutating func leaveOut(_ count: Int, _ kind: FindingKind, _ severity: Severity) {
        lanes[index(of: kind, severity)].unplaced += count
    }

    // MARK: As a whole

    /// Adds the map of the range after this one.
    mutating func merge(_ later: PositionMap, at joint: Joint) {
        var later = later
        later.fold(by: max(0, shift - later.shift))
        fold(by: max(0, later.shift - shift))
        rows.merge(later.rows, at: joint)
        for lane in later.lanes {
            let own = index(of: lane.kind, lane.severity)
            lanes[own].unplaced += lane.unplaced
            for (place, cell) in lane.cells.enumerated() where cell.count > 0 { lanes[own].add(cell.shifted(by: joint), at: place) }
        }
    }

    /// The map of a file whose length is known: with as many cells as fit, whatever was recorded.
    package func fitted(to byteCount: Int) -> PositionMap {
        var map = self
        map.widen(toHold: max(0, byteCount - 1))
        return map
    }

    /// The same map with cells of twice the length.
    package func coarser() -> PositionMap {
        var map = self
        map.fold(by: 1)
        return map
    }

    /// The map without some lanes, and with others' severity changed.
    ///
    /// - Parameter severity: of the findings of a lane; `nil` for none.
    func reported(_ severity: (Lane) -> Severity?) -> PositionMap {
        var map = self
        map.lanes = []
        map.lastLane = -1
        for lane in lanes {
            guard let severity = severity(lane) else { continue }
            let own = map.index(of: lane.kind, severity)
            map.lanes[own].unplaced += lane.unplaced
            for (place, cell) in lane.cells.enumerated() where cell.count > 0 { map.lanes[own].add(cell, at: place) }
        }
        return map
    }

    private mutating func widen(toHold offset: Int) {
        var wanted = shift
        while offset >> wanted >= Self.mostCells { wanted += 1 }
        fold(by: wanted - shift)
    }

    private mutating func fold(by more: Int) {
        guard more > 0 else { return }
        shift += more
        rows.fold(by: more)
        for index in lanes.indices { lanes[index].fold(by: more) }
    }

    private mutating func index(of kind: FindingKind, _ severity: Severity) -> Int {
        if lanes.indices.contains(lastLane), lanes[lastLane].kind == kind, lanes[lastLane].severity == severity { return lastLane }
        let place = lanes.firstIndex { ($0.kind.code, $0.severity) >= (kind.code, severity) } ?? lanes.count
        lastLane = place
        if place == lanes.count || lanes[place].kind != kind || lanes[place].severity != severity {
            lanes.insert(Lane(kind: kind, severity: severity), at: place)
        }
        return place
    }
}

extension PositionMap: Equatable {
    package static func == (left: PositionMap, right: PositionMap) -> Bool {
        left.lanes == right.lanes && left.shift == right.shift && left.rows == right.rows
    }
}

extension PositionMap: CodedValue {
    package static var blank: PositionMap { PositionMap() }

    package mutating func code(_ coder: inout StateCoder) {
        coder.list(&lanes, blank: Lane(kind: .blankLine, severity: .note)) { coder, lane in
            var code = lane.kind.code
            coder(&code)
            coder.raw(&lane.severity)
            if let kind = FindingKind(code: code) { lane.kind = kind } else { coder.fail() }
            coder(&lane.cells)
            coder(&lane.unplaced)
        }
        coder(&rows)
        coder(&shift)
        if !(0..<Int.bitWidth).contains(shift) {
            coder.fail()
            shift = 0
        }
        lastLane = -1
    }
}
