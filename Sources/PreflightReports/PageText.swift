/// Lays out a page of Markdown for a terminal.
package enum PageText {
    /// The page, wrapped between words; the lines of a list item have the same indentation.
    ///
    /// - Parameter width: The columns of the terminal; `nil` leaves the page unchanged, for other programs.
    package static func wrapped(_ page: String, width: Int?) -> String {
        guard let width else { return page }
        return page.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let indent = line.prefix { $0 == " " }
            let room = max(20, width - indent.count)
            if line.count <= width { return String(line) }
            return WrappedText(String(line)).lines(first: room, room: room).map { indent + $0 }.joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
