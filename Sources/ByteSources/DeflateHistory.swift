#if ISAL
    /// The last 32 KiB of content, which is as far as a match can refer back (RFC 1951, section 2).
    package struct DeflateHistory: ~Copyable {
        private static let byteCount = 32 << 10

        /// Twice as long, so that small pieces are not moved each time.
        private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * byteCount, alignment: 64)
        private var end = 0

        deinit {
            buffer.deallocate()
        }

        /// Valid until the next change.
        package var bytes: UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(rebasing: buffer[max(0, end - Self.byteCount)..<end])
        }

        package mutating func removeAll() {
            end = 0
        }

        package mutating func append(_ content: UnsafeRawBufferPointer) {
            let new = UnsafeRawBufferPointer(rebasing: content.suffix(Self.byteCount))
            if end + new.count > buffer.count {
                let kept = UnsafeRawBufferPointer(rebasing: buffer[(end - Self.byteCount)..<end])
                UnsafeMutableRawBufferPointer(rebasing: buffer[..<kept.count]).copyMemory(from: kept)
                end = kept.count
            }
            UnsafeMutableRawBufferPointer(rebasing: buffer[end...]).copyMemory(from: new)
            end += new.count
        }
    }
#endif
