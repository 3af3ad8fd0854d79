#if ISAL
    import ByteSpans
    import CISAL

    /// The last 32 KiB of content, which is as far as a match can refer back (RFC 1951, section 2).
    package struct DeflateHistory: ~Copyable {
        private static let byteCount = 32 << 10

        /// Twice as long, so that small pieces are not moved each time.
        private var buffer = Block<UInt8>(repeating: 0, count: 2 * byteCount)
        private var end = 0

        package var bytes: Span<UInt8> {
            @_lifetime(borrow self) get { buffer.span[max(0, end - Self.byteCount)..<end] }
        }

        /// A decoder begins after it.
        func begin(_ isal: preflight_isal) {
            let bytes = bytes
            preflight_isal_begin(isal, bytes.view)
        }

        package mutating func removeAll() {
            end = 0
        }

        package mutating func append(_ content: Span<UInt8>) {
            let new = content.suffix(Self.byteCount)
            if end + new.count > buffer.count {
                buffer.move((end - Self.byteCount)..<end, to: 0)
                end = Self.byteCount
            }
            buffer.copy(new, at: end)
            end += new.count
        }
    }
#endif
