package import ValueFormats

/// Where the known items of a dimension come from, and how values are matched with them: the `items:` of a column.
package struct ItemsSource: Sendable, Equatable {
    package var origin: Origin
    package var matching: ItemMatching

    package enum Origin: Sendable, Equatable {
        /// A file, by its path as the profile writes it: relative to the profile's folder.
        ///
        /// - Parameter column: name of the column in the header of a CSV file; without it the first one, or the lines of another file.
        case file(path: String, column: String?)
        /// The items themselves.
        case list([String])
    }

    package init(_ origin: Origin, matching: ItemMatching = ItemMatching()) {
        self.origin = origin
        self.matching = matching
    }
}
