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
    package func partitionPoint(_ belongsToFront: (Element) -> Bool) -> Int {
        indices.partitionPoint { belongsToFront(self[$0]) }
    }
}
