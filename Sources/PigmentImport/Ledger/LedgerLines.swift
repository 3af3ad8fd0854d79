import ByteSources

/// The lines of a file from its beginning, a block at a time.
struct LedgerLines {
    private let file: LedgerFile

    init(_ file: LedgerFile) {
        self.file = file
    }

    /// - Parameter body: gets each line without its end, its number from 1, and whether the file ends in it. Of a line that is too long for a
    ///   record it gets the beginning. Blank lines are passed over.
    func forEach(_ body: (_ line: [UInt8], _ number: Int, _ isCut: Bool) -> Void) throws(LedgerError) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var line: [UInt8] = []
        var number = 1
        var byteOffset = 0
        while true {
            let count = try file.read(at: byteOffset, into: &buffer)
            if count == 0 { break }
            byteOffset += count
            var rest = buffer[..<count]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                Self.add(rest[..<end], to: &line)
                if !line.isEmpty { body(line, number, false) }
                line.removeAll(keepingCapacity: true)
                number += 1
                rest = rest[(end + 1)...]
            }
            Self.add(rest, to: &line)
        }
        if !line.isEmpty { body(line, number, true) }
    }

    private static func add(_ bytes: ArraySlice<UInt8>, to line: inout [UInt8]) {
        line += bytes.prefix(max(0, LedgerScan.longestLine - line.count))
    }
}

extension LedgerFile {
    /// - Returns: the number of bytes, 0 at the end.
    fileprivate func read(at byteOffset: Int, into buffer: inout [UInt8]) throws(LedgerError) -> Int {
        let result = buffer.withUnsafeMutableBytes { bytes -> Result<Int, Descriptor.Failure> in
            do throws(Descriptor.Failure) {
                return .success(try descriptor.readBytes(at: byteOffset, into: bytes))
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let count): return count
        case .failure(let failure): throw LedgerError(path, .system(.read, errno: failure.errno))
        }
    }
}
