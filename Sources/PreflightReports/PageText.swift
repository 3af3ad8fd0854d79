/// Lays out a page of Markdown for a terminal.
package enum PageText {
    /// The page with its lines broken between words; lines that belong together are indented alike.
    ///
    /// - Parameter width: columns of the terminal; `nil` leaves the page as it is, for programs that read it.
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
