/// How many bytes each character has in a file whose encoding has one to four for each.
///
/// The table belongs to an encoding, is made once and never freed or changed: that makes it safe to share and to copy as a pointer, which batches and
/// scans do often.
@safe
package struct CharacterWidths: @unchecked Sendable, Equatable {
    /// Two bits for each character up to U+FFFF: its bytes, less one.
    private let bits: UnsafePointer<UInt8>

    /// - Parameter width: the bytes of a character beyond ASCII, from 1 to 4.
    package init(_ width: (UInt16) -> Int) {
        var bits = [UInt8](repeating: 0, count: 1 << 14)
        for scalar in UInt16(0x80)...UInt16.max {
            bits[Int(scalar >> 2)] |= UInt8((width(scalar) - 1) & 3) << UInt8((scalar & 3) * 2)
        }
        let table = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bits.count)
        _ = unsafe table.initialize(from: bits)
        unsafe self.bits = UnsafePointer(table.baseAddress!)
    }

    package static func == (left: CharacterWidths, right: CharacterWidths) -> Bool { unsafe left.bits == right.bits }

    @inline(__always)
    private subscript(scalar: UInt32) -> Int {
        // Up to FFFF there is an entry for each.
        scalar > 0xFFFF ? 4 : unsafe Int(bits[Int(scalar >> 2)] >> UInt8((scalar & 3) * 2)) & 3 + 1
    }

    /// The bytes in the file of the characters that begin in a range. What is no character is one byte in the file.
    ///
    /// - Parameters:
    ///   - range: of `bytes`; a character that begins in it may end after it.
    ///   - bytes: UTF-8.
    func length(of range: Range<Int>, in bytes: Span<UInt8>) -> Int {
        var (length, index) = (0, range.lowerBound)
        while index < range.upperBound {
            let first = bytes[index]
            if first < 0x80 {
                length += 1
            } else if first == 0xF1 || first == 0xF2, OffsetUnit.isCutShort(bytes, at: index) {
                length += 1
            } else if first >= 0xC2, first <= 0xF4 {
                let count = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
                var scalar = UInt32(first) & (0x7F >> UInt32(count))
                for place in 1..<count { scalar = scalar << 6 | (index + place < bytes.count ? UInt32(bytes[index + place] & 0x3F) : 0) }
                length += self[scalar]
            } else if first >= 0xC0 {
                length += 1
            }
            index += 1
        }
        return length
    }
}
