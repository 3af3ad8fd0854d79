extension Range<Int> {
    /// The first number that does not belong to the front, or the upper bound. Complexity: logarithmic.
    ///
    /// - Parameter belongsToFront: true up to some number, and false from there on.
    package func partitionPoint(_ belongsToFront: (Int) -> Bool) -> Int {
        var range = self
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            range = belongsToFront(middle) ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}

extension Array {
    /// Index of the first element that does not belong to the front. Complexity: logarithmic.
    ///
    /// Inlined, as otherwise another module would run it unspecialized, which takes twenty times as long.
    @inlinable
    public func partitionPoint(_ belongsToFront: (Element) -> Bool) -> Int {
        var (start, end) = (0, count)
        while start < end {
            let middle = start + (end - start) / 2
            if belongsToFront(self[middle]) { start = middle + 1 } else { end = middle }
        }
        return start
    }
}
