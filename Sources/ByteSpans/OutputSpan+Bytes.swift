extension OutputSpan where Element == UInt8 {
    /// Appends bytes that are elsewhere.
    package mutating func append(contentsOf bytes: Span<UInt8>) {
        for index in bytes.indices { append(bytes[index]) }
    }
}
