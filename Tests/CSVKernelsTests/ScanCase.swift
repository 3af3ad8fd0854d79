import CSVKernels
import SeededRandom

/// One scan of a kernel, and what it must find.
struct ScanCase {
    var bytes: [UInt8]
    var dialect = TestDialect()
    var from = 0
    var end: Int
    var state = ByteMachine.State.fieldStart

    /// What the kernel gets wrong, in words; `nil` if nothing.
    func fault(kernel: Int32, generator: inout SeededGenerator) -> String? {
        let content = PaddedBytes(bytes, dialect: dialect, generator: &generator)
        let wordCount = (bytes.count + 63) / 64
        // What is in the bitmaps before must stay outside the range; what is in counts and flags, too.
        let oldEnds = (0..<wordCount).map { _ in generator.next() }
        let oldRowEnds = (0..<wordCount).map { _ in generator.next() }
        let (oldLineFeeds, oldRows, oldCRLFs) = (generator.next() >> 1, generator.next() >> 1, generator.next() >> 1)
        let hadInvalid = generator.once(in: 8), hadNul = generator.once(in: 8)

        var expectedEnds = oldEnds, expectedRowEnds = oldRowEnds
        var lineFeeds = oldLineFeeds, rows = oldRows, crlfs = oldCRLFs
        var machine = ByteMachine(dialect: dialect, state: state)
        var stop = from
        while stop < end {
            var next = machine
            let meaning = next.read(bytes[stop])
            if meaning.contains(.isOdd) { break }
            machine = next
            expectedEnds[bit: stop] = meaning.contains(.endsField)
            expectedRowEnds[bit: stop] = meaning.contains(.endsRow)
            if bytes[stop] == 0x0A { lineFeeds += 1 }
            if meaning.contains(.endsRow) { rows += 1 }
            if meaning.contains(.isCRLF) { crlfs += 1 }
            stop += 1
        }

        var ends = oldEnds, rowEnds = oldRowEnds
        var scan = csv_scan()
        ends.withUnsafeMutableBufferPointer { ends in
            rowEnds.withUnsafeMutableBufferPointer { rowEnds in
                scan.bytes = UnsafePointer(content.start)
                scan.position = from
                scan.end = end
                scan.ends = ends.baseAddress
                scan.row_ends = rowEnds.baseAddress
                scan.delimiter = dialect.delimiter
                scan.quote = dialect.quote
                scan.state = state.rawValue
                scan.has_invalid_utf8 = hadInvalid
                scan.has_nul = hadNul
                scan.line_feed_count = oldLineFeeds
                scan.row_count = oldRows
                scan.crlf_count = oldCRLFs
                csv_scan_run(kernel, &scan)
            }
        }

        if scan.position != stop { return "stops at \(scan.position), not at \(stop)" }
        if scan.state != machine.state.rawValue { return "state \(scan.state), not \(machine.state) at \(stop)" }
        if ends != expectedEnds { return Self.difference(of: "ends", ends, expectedEnds) }
        if rowEnds != expectedRowEnds { return Self.difference(of: "row ends", rowEnds, expectedRowEnds) }
        if scan.line_feed_count != lineFeeds { return "line feeds: \(scan.line_feed_count &- lineFeeds) too many" }
        if scan.row_count != rows { return "rows: \(scan.row_count &- rows) too many" }
        if scan.crlf_count != crlfs { return "CRLFs: \(scan.crlf_count &- crlfs) too many" }

        // Where a scan stops it has seen the rest of the block.
        let seen = stop == end ? end : min(end, stop / 64 * 64 + 64)
        let mustSeeNul = hadNul || bytes[from..<max(from, stop)].contains(0)
        let maySeeNul = hadNul || bytes[from..<max(from, seen)].contains(0)
        if scan.has_nul ? !maySeeNul : mustSeeNul { return "has_nul is \(scan.has_nul)" }
        let isControl: (UInt8) -> Bool = { $0 < 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != dialect.delimiter }
        let mustSeeControl = bytes[from..<max(from, stop)].contains(where: isControl)
        let maySeeControl = bytes[from..<max(from, seen)].contains(where: isControl)
        if scan.has_control ? !maySeeControl : mustSeeControl { return "has_control is \(scan.has_control)" }
        let places = placesOfInvalidUTF8(in: Array(bytes[..<end]))
        // What an earlier scan must have seen may be seen once more, or may be in the way of what follows it closely.
        let follows = places.contains { $0 < from && $0 >= from - 3 }
        let mustSeeInvalid = hadInvalid || places.contains { $0 >= from + (follows ? 3 : 0) && $0 < stop }
        let maySeeInvalid = hadInvalid || from < end && (follows || places.contains { $0 >= from && $0 < seen })
        if scan.has_invalid_utf8 ? !maySeeInvalid : mustSeeInvalid { return "has_invalid_utf8 is \(scan.has_invalid_utf8), \(places)" }
        return nil
    }

    private static func difference(of name: String, _ found: [UInt64], _ expected: [UInt64]) -> String {
        let positions = (0..<(64 * found.count)).filter { found[bit: $0] != expected[bit: $0] }
        return "\(name) differ at \(positions)"
    }
}

extension ScanCase: CustomStringConvertible {
    var description: String {
        "ScanCase(bytes: \(bytes.literal), dialect: \(dialect), from: \(from), end: \(end), state: .\(state))"
    }
}
