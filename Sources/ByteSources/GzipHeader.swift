import ByteSpans

/// Reads the header of one gzip member (RFC 1952, section 2.3) in as many pieces as it comes in, and keeps none of it.
///
/// ```
/// 1f 8b | method | flags | time (4) | extra flags | system | [length (2), extra field] [name 00] [comment 00] [checksum (2)]
/// ```
package struct GzipHeader {
    /// What reading came to.
    package enum Outcome {
        /// All given bytes but the taken ones belong to a field that is not whole.
        case needsInput
        /// The compressed data is next.
        case complete
        /// The first two bytes are not those of a member.
        case noMember
        /// The next byte begins a field that RFC 1952 does not allow.
        case damaged
    }

    /// The flag byte. The lowest bit, "probably text", means nothing to a decompressor.
    private struct Flags: OptionSet {
        var rawValue: UInt8
        static let checksum = Flags(rawValue: 0x02)
        static let extra = Flags(rawValue: 0x04)
        static let name = Flags(rawValue: 0x08)
        static let comment = Flags(rawValue: 0x10)
        static let reserved = Flags(rawValue: 0xE0)
    }

    /// In the order of the format. All but the first three may be absent.
    private enum Field: Int {
        case magic
        case methodAndFlags
        /// Time, extra flags, system: any value will do.
        case fixed
        case extraLength
        case extra
        case name
        case comment
        case checksum
        case end
    }

    /// The next field.
    private var field = Field.magic
    private var flags: Flags = []
    /// What is left of a field that is skipped, whatever it holds.
    private var skippedByteCount = 0
    /// CRC-32 of the header so far; its lower half is the header's checksum.
    private var checksum: UInt32 = 0

    /// Takes what it can from the front of `bytes`.
    ///
    /// - Parameter bytes: what follows the bytes taken before.
    /// - Returns: the number of bytes taken. With ``Outcome/needsInput`` fewer than 2 are left, to be given again with more bytes after them.
    package mutating func read(_ bytes: Span<UInt8>) -> (byteCount: Int, outcome: Outcome) {
        var offset = 0
        while field != .end {
            let rest = bytes[offset...]
            let taken: Int
            switch field {
            case .magic, .methodAndFlags, .extraLength, .checksum:
                guard rest.count >= 2 else { return (offset, .needsInput) }
                if let refusal = read(rest[0], rest[1]) { return (offset, refusal) }
                taken = 2
            case .fixed, .extra:
                guard !rest.isEmpty || skippedByteCount == 0 else { return (offset, .needsInput) }
                taken = min(skippedByteCount, rest.count)
                skippedByteCount -= taken
                if skippedByteCount == 0 { beginField(after: field) }
            case .name, .comment:
                guard !rest.isEmpty else { return (offset, .needsInput) }
                let end = rest.nextIndex(of: 0, from: 0)
                taken = end.map { $0 + 1 } ?? rest.count
                if end != nil { beginField(after: field) }
            case .end:
                taken = 0
            }
            checksum = CRC32.updated(checksum, with: rest[..<taken])
            offset += taken
        }
        return (offset, .complete)
    }

    /// Reads a field of two bytes.
    ///
    /// - Returns: what is wrong with it; the field is then not taken.
    private mutating func read(_ first: UInt8, _ second: UInt8) -> Outcome? {
        let number = UInt16(first) | UInt16(second) << 8
        switch field {
        case .magic:
            guard number == 0x8B1F else { return .noMember }
        case .methodAndFlags:
            flags = Flags(rawValue: second)
            // 8: deflate, the only method there is.
            guard first == 8, flags.isDisjoint(with: .reserved) else { return .damaged }
            skippedByteCount = 6
        case .extraLength:
            skippedByteCount = Int(number)
        case .checksum:
            guard number == UInt16(truncatingIfNeeded: checksum) else { return .damaged }
        case .fixed, .extra, .name, .comment, .end:
            break
        }
        beginField(after: field)
        return nil
    }

    private mutating func beginField(after last: Field) {
        var next = last
        repeat {
            next = Field(rawValue: next.rawValue + 1) ?? .end
        } while !isPresent(next)
        field = next
    }

    private func isPresent(_ field: Field) -> Bool {
        switch field {
        case .magic, .methodAndFlags, .fixed, .end: true
        case .extraLength, .extra: flags.contains(.extra)
        case .name: flags.contains(.name)
        case .comment: flags.contains(.comment)
        case .checksum: flags.contains(.checksum)
        }
    }
}
