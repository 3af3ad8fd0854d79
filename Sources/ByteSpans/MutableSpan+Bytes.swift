extension MutableSpan where Element: BitwiseCopyable {
    /// What is left from an index on. No other access can write there meanwhile.
    @inlinable @inline(__always)
    @_lifetime(&self)
    package mutating func rest(from index: Int) -> MutableSpan<Element> { _mutatingExtracting(index..<count) }

    /// The first elements.
    @inlinable @inline(__always)
    @_lifetime(&self)
    package mutating func prefix(_ length: Int) -> MutableSpan<Element> { _mutatingExtracting(0..<length) }

    /// Moves elements to another place, which may overlap with theirs.
    @inlinable
    package mutating func move(_ range: Range<Int>, to index: Int) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count && index >= 0 && index <= count &- range.count, "within the span")
        // Both ranges were checked just now.
        unsafe withUnsafeMutableBufferPointer { own in
            guard let start = own.baseAddress else { return }
            unsafe (start + index).update(from: start + range.lowerBound, count: range.count)
        }
    }

    /// Copies elements that are elsewhere.
    @inlinable
    package mutating func copy(_ elements: Span<Element>, at index: Int = 0) {
        precondition(index >= 0 && index <= count &- elements.count, "within the span")
        // As many as were checked just now; what is written to excludes every other access.
        unsafe withUnsafeMutableBufferPointer { own in
            unsafe elements.withUnsafeBufferPointer { other in
                guard let start = own.baseAddress, let source = other.baseAddress else { return }
                unsafe (start + index).update(from: source, count: other.count)
            }
        }
    }
}
