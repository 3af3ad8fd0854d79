import CSVKernels
import SeededRandom

/// Scans of one text, cut anywhere: the kernel as far as it can, the machine to the end of the field where it cannot.
struct ScanSequence {
    let bytes: [UInt8]
    let dialect: TestDialect

    /// What the scans together get wrong, in words; `nil` if nothing.
    func fault(kernel: Int32, generator: inout SeededGenerator) -> String? {
        let content = PaddedBytes(bytes, dialect: dialect, generator: &generator)
        let expected = Structure(of: bytes, dialect: dialect)
        var ends = [UInt64](repeating: 0, count: (bytes.count + 63) / 64)
        var rowEnds = ends
        var scan = csv_scan()
        scan.bytes = UnsafePointer(content.start)
        scan.delimiter = dialect.delimiter
        scan.quote = dialect.quote
        let invalid = placesOfInvalidUTF8(in: bytes)
        var machine = ByteMachine(dialect: dialect, state: .fieldStart)
        var isInsideOddField = false
        var lineFeeds: UInt64 = 0, rows: UInt64 = 0, crlfs: UInt64 = 0
        var sawInvalid = false, sawNul = false
        var position = 0
        while position < bytes.count {
            let cut = position + 1 + generator.below(min(bytes.count - position, generator.once(in: 3) ? 8 : 250))
            while position < cut {
                if !isInsideOddField {
                    scan.position = position
                    scan.end = cut
                    scan.state = machine.state.rawValue
                    ends.withUnsafeMutableBufferPointer { ends in
                        rowEnds.withUnsafeMutableBufferPointer { rowEnds in
                            scan.ends = ends.baseAddress
                            scan.row_ends = rowEnds.baseAddress
                            csv_scan_run(kernel, &scan)
                        }
                    }
                    guard let state = ByteMachine.State(rawValue: scan.state) else { return "state \(scan.state)" }
                    machine.state = state
                    position = scan.position
                }
                if position == cut { break }
                while position < cut {
                    let meaning = machine.read(bytes[position])
                    if bytes[position] == 0x0A { lineFeeds += 1 }
                    if meaning.contains(.endsRow) { rows += 1 }
                    if meaning.contains(.isCRLF) { crlfs += 1 }
                    ends[bit: position] = meaning.contains(.endsField)
                    rowEnds[bit: position] = meaning.contains(.endsRow)
                    if bytes[position] == 0 { sawNul = true }
                    if invalid.contains(position) { sawInvalid = true }
                    position += 1
                    if machine.state == .fieldStart { break }
                }
                isInsideOddField = machine.state != .fieldStart
            }
        }
        if ends != expected.ends { return "ends differ" }
        if rowEnds != expected.rowEnds { return "row ends differ" }
        if machine.state != expected.state { return "state \(machine.state), not \(expected.state)" }
        if scan.line_feed_count + lineFeeds != expected.lineFeedCount { return "line feeds \(scan.line_feed_count + lineFeeds)" }
        if scan.row_count + rows != expected.rowCount { return "rows \(scan.row_count + rows)" }
        if scan.crlf_count + crlfs != expected.crlfCount { return "CRLFs \(scan.crlf_count + crlfs)" }
        if (scan.has_nul || sawNul) != bytes.contains(0) { return "has_nul is \(scan.has_nul)" }
        if (scan.has_invalid_utf8 || sawInvalid) != !invalid.isEmpty { return "has_invalid_utf8 is \(scan.has_invalid_utf8)" }
        return nil
    }
}

/// All that a scan of a whole text finds.
struct Structure {
    private(set) var ends: [UInt64]
    private(set) var rowEnds: [UInt64]
    private(set) var state = ByteMachine.State.fieldStart
    private(set) var lineFeedCount: UInt64 = 0
    private(set) var rowCount: UInt64 = 0
    private(set) var crlfCount: UInt64 = 0
    /// The fields that end, without the byte that ends them; and after the last row end.
    private(set) var fields: [Range<Int>] = []
    private(set) var rowsEnd = 0

    init(of bytes: [UInt8], dialect: TestDialect) {
        ends = [UInt64](repeating: 0, count: (bytes.count + 63) / 64)
        rowEnds = ends
        var machine = ByteMachine(dialect: dialect, state: .fieldStart)
        var start = 0
        for position in bytes.indices {
            let meaning = machine.read(bytes[position])
            if bytes[position] == 0x0A { lineFeedCount += 1 }
            guard meaning.contains(.endsField) else { continue }
            ends[bit: position] = true
            fields.append(start..<position)
            start = position + 1
            guard meaning.contains(.endsRow) else { continue }
            rowEnds[bit: position] = true
            rowsEnd = start
            rowCount += 1
            if meaning.contains(.isCRLF) { crlfCount += 1 }
        }
        state = machine.state
    }
}
