import ByteSpans

/// The content of a gzip stream (RFC 1952): all members one after another, each with its CRC-32 and length verified.
///
/// - A member may be empty. Bytes after the last member may only be NULs, as `gzip` and tape archives pad; a member after such padding is
///   refused, because decompressors disagree whether to read it.
/// - What was decoded before damage is delivered first; the next read throws it. How much that is, and the damage reported, do not depend
///   on the sizes of reads. Delivered bytes are proven only by an end without an error.
/// - After a member, a single `1f` is a cut member, and so is `1f 8b`; anything else that is neither NUL nor `1f 8b` is
///   ``GzipDamage/Kind/trailingBytes``, reported with the number of the member it follows.
/// - A stream that is cut exactly between two members cannot be distinguished from a whole one.
/// - Memory is bounded: an endless header field is skipped, not kept.
///
/// Copies share one decompressor: do not copy a source that was read from.
package struct GzipSource<Source: ByteSource>: ByteSource {
    /// Where in the stream the next byte is.
    private enum Phase {
        case member
        /// After a member: the next byte decides.
        case betweenMembers
        case padding
        case end
        case damaged(GzipDamage)
    }

    package private(set) var source: Source
    private let inflater: Inflater
    private var phase: Phase
    /// Counts from 1.
    private var member: Int
    private var memberOffset: Int
    private var decompressedOffset: Int
    /// Whether the member cannot go on without more compressed bytes.
    private var isStarved = false

    /// - Parameter source: the compressed bytes from the first header on. None at all are a cut stream.
    package init(_ source: Source) {
        self.init(source, at: GzipPlace())
    }

    /// - Parameters:
    ///   - source: the compressed bytes from there on. After a member they may be padding, or nothing.
    ///   - place: where in the whole stream that is.
    package init(_ source: Source, at place: GzipPlace) {
        self.source = source
        inflater = Inflater(compressedOffset: place.compressedOffset)
        memberOffset = place.compressedOffset
        decompressedOffset = place.decompressedOffset
        member = max(1, place.member - 1)
        phase = place.member == 1 ? .member : .betweenMembers
    }

    package mutating func read(into buffer: inout MutableSpan<UInt8>) throws(SourceError) -> Int {
        precondition(!buffer.isEmpty, "the buffer is empty")
        var count = 0
        while count < buffer.count {
            switch phase {
            case .member:
                var rest = buffer.rest(from: count)
                count += inflateMember(into: &rest)
            case .betweenMembers:
                beginNext()
            case .padding:
                skipPadding()
            case .end:
                return count
            case .damaged(let damage):
                // The bytes first: damage is thrown by a read that has nothing to deliver.
                guard count == 0 else { return count }
                throw .gzip(damage)
            }
            if needsInput {
                // What is decoded is delivered before the source may fail or keep us waiting.
                if count > 0 { return count }
                try refill()
            }
        }
        return count
    }

    private mutating func inflateMember(into buffer: inout MutableSpan<UInt8>) -> Int {
        let (byteCount, stop) = inflater.run(into: &buffer)
        decompressedOffset += byteCount
        isStarved = false
        switch stop {
        case .needsOutput: break
        case .needsInput: isStarved = true
        case .endOfMember: phase = .betweenMembers
        case .damage(let kind): damage(kind, at: inflater.damageOffset)
        case .noMember where member == 1: damage(.badHeader, at: 0)
        case .noMember: damageByTrailingBytes(at: memberOffset, after: member - 1)
        }
        return byteCount
    }

    private mutating func beginNext() {
        switch inflater.nextByte {
        case nil: break
        case 0x1F:
            memberOffset = inflater.compressedOffset
            member += 1
            inflater.beginMember()
            phase = .member
            isStarved = false
        case 0: phase = .padding
        default: damageByTrailingBytes(at: inflater.compressedOffset, after: member)
        }
    }

    private mutating func skipPadding() {
        inflater.dropPadding()
        if inflater.nextByte != nil { damageByTrailingBytes(at: inflater.compressedOffset, after: member) }
    }

    private mutating func refill() throws(SourceError) {
        if try inflater.refill(from: &source) { return }
        switch phase {
        case .member: damage(.truncated, at: inflater.endOffset)
        case .betweenMembers, .padding: phase = .end
        case .end, .damaged: break
        }
    }

    private mutating func damage(_ kind: GzipDamage.Kind, at compressedOffset: Int) {
        phase = .damaged(
            GzipDamage(kind: kind, member: member, compressedOffset: compressedOffset, decompressedOffset: decompressedOffset))
    }

    private mutating func damageByTrailingBytes(at compressedOffset: Int, after member: Int) {
        self.member = member
        damage(.trailingBytes, at: compressedOffset)
    }

    private var needsInput: Bool {
        switch phase {
        case .member: isStarved
        case .betweenMembers, .padding: inflater.nextByte == nil
        case .end, .damaged: false
        }
    }
}

/// Where in a gzip stream a member begins, or would if the stream went on.
package struct GzipPlace {
    /// Counts from 1.
    package var member = 1
    package var compressedOffset = 0
    /// Length of the content before.
    package var decompressedOffset = 0

    package init() {}

    package init(member: Int, compressedOffset: Int, decompressedOffset: Int) {
        (self.member, self.compressedOffset, self.decompressedOffset) = (member, compressedOffset, decompressedOffset)
    }
}
