// The standard library's collections and strings take collections, and a span is none: what they copy is handed to them as a buffer, which lives
// for the call only.

extension Array where Element == UInt8 {
    /// A copy of the bytes.
    @inlinable
    package init(_ bytes: Span<UInt8>) {
        self = unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
    }

    @inlinable
    package mutating func append(contentsOf bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }

    /// Appends the bytes of a number, in the order of the machine.
    @inlinable
    package mutating func append(numberBytes number: some FixedWidthInteger) {
        unsafe Swift.withUnsafeBytes(of: number) { unsafe append(contentsOf: $0) }
    }

    @inlinable
    package static func += (array: inout [UInt8], bytes: Span<UInt8>) { array.append(contentsOf: bytes) }
}

extension String {
    /// The text that the bytes are in UTF-8; what is none becomes U+FFFD.
    package init(decoding bytes: Span<UInt8>, as encoding: UTF8.Type) {
        self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: encoding) }
    }

    /// The text that the bytes are in UTF-8; `nil` if some are not.
    package init?(validating bytes: Span<UInt8>, as encoding: UTF8.Type) {
        guard let text = unsafe bytes.withUnsafeBufferPointer({ unsafe String(validating: $0, as: encoding) }) else { return nil }
        self = text
    }

    /// Calls `body` with the text's bytes, which are not copied where it has them in a row.
    @inlinable
    package func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        var text = self
        return text.withUTF8 { body(unsafe Span(_unsafeElements: $0)) }
    }
}

extension StaticString {
    /// The bytes of the text, which is in memory as long as the program runs.
    @inlinable @inline(__always)
    package var bytes: Span<UInt8> {
        @_lifetime(immortal)
        get {
            let buffer = unsafe UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
            return unsafe _overrideLifetime(Span(_unsafeElements: buffer), copying: ())
        }
    }
}
