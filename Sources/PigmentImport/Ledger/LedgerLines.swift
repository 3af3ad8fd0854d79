import ByteSources

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The lines of a file from its beginning, a block at a time.
struct LedgerLines {
    private let file: LedgerFile

    init(_ file: LedgerFile) {
        self.file = file
    }

    /// - Parameter body: gets each line without its end, its number from 1, and whether the file ends in it. Of a line that is too long for a
    ///   record it gets the beginning. Blank lines are passed over.
    func forEach(_ body: (_ line: [UInt8], _ number: Int, _ isCut: Bool) -> Void) throws(LedgerError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { buffer.deallocate() }
        var line: [UInt8] = []
        var number = 1
        var byteOffset = 0
        while true {
            let count = try file.read(at: byteOffset, into: buffer)
            if count == 0 { break }
            byteOffset += count
            var rest = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            while let length = Self.lineLength(rest) {
                Self.add(rest.prefix(length), to: &line)
                if !line.isEmpty { body(line, number, false) }
                line.removeAll(keepingCapacity: true)
                number += 1
                rest = UnsafeRawBufferPointer(rebasing: rest[(length + 1)...])
            }
            Self.add(rest[...], to: &line)
        }
        if !line.isEmpty { body(line, number, true) }
    }

    /// Bytes before the first line end; `nil` where there is none.
    private static func lineLength(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard let start = bytes.baseAddress, !bytes.isEmpty else { return nil }
        return memchr(start, Int32(UInt8(ascii: "\n")), bytes.count).map { UnsafeRawPointer($0) - start }
    }

    private static func add(_ bytes: Slice<UnsafeRawBufferPointer>, to line: inout [UInt8]) {
        line += bytes.prefix(max(0, LedgerScan.longestLine - line.count))
    }
}
