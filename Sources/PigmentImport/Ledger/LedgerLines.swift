import ByteSources
import ByteSpans

/// The lines of a file from its beginning, a block at a time.
struct LedgerLines {
    private let file: LedgerFile

    init(_ file: LedgerFile) {
        self.file = file
    }

    /// - Parameter body: gets each line without its end, its number from 1, and whether the file ends in it. Of a line that is too long for a
    ///   record it gets the beginning. Blank lines are passed over.
    func forEach(_ body: (_ line: [UInt8], _ number: Int, _ isCut: Bool) -> Void) throws(LedgerError) {
        var memory = [UInt8](repeating: 0, count: 1 << 16)
        var buffer = memory.mutableSpan
        var line: [UInt8] = []
        var number = 1
        var byteOffset = 0
        while true {
            let count = try file.read(at: byteOffset, into: &buffer)
            if count == 0 { break }
            byteOffset += count
            let block = buffer.span
            var start = 0
            while let end = block[..<count].nextIndex(of: UInt8(ascii: "\n"), from: start) {
                Self.add(block[start..<end], to: &line)
                if !line.isEmpty { body(line, number, false) }
                line.removeAll(keepingCapacity: true)
                number += 1
                start = end + 1
            }
            Self.add(block[start..<count], to: &line)
        }
        if !line.isEmpty { body(line, number, true) }
    }

    private static func add(_ bytes: Span<UInt8>, to line: inout [UInt8]) {
        line += bytes.prefix(max(0, LedgerScan.longestLine - line.count))
    }
}
