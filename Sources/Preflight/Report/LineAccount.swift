/// What the physical lines of a file are.
package struct LineAccount: Sendable, Equatable {
    /// All lines; the last one need not have a line end.
    package var total = 0
    /// Lines of the header.
    package var header = 0
    /// Lines before the header that are no data.
    package var passedOver = 0
    /// Blank lines.
    package var blank = 0

    package init(total: Int = 0, header: Int = 0, passedOver: Int = 0, blank: Int = 0) {
        self.total = total
        self.header = header
        self.passedOver = passedOver
        self.blank = blank
    }

    /// Lines of data rows: at least as many as rows, more where fields have line ends.
    package var ofRows: Int { max(0, total - header - passedOver - blank) }

    /// Whether every line is accounted for: no row has less than a line.
    package func addsUp(rows: Int) -> Bool { header + passedOver + blank <= total && ofRows >= rows }
}
