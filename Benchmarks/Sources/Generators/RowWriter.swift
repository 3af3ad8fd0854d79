/// Writes the rows of one shape.
protocol RowWriter {
    var columns: [GeneratedColumn] { get }
    var dialect: GeneratedDialect { get }
    /// What was put in wrong so far.
    var faults: [FaultRecord] { get }
    /// Lines that are written as rows and count as none, so far.
    var blankLineCount: Int { get }

    /// Writes one row with its line end.
    mutating func appendRow(to output: inout ByteOutput, random: inout SeededRandom)
}

extension RowWriter {
    var faults: [FaultRecord] { [] }
    var blankLineCount: Int { 0 }

    /// Writes the names of the columns.
    func appendHeader(to output: inout ByteOutput) {
        for (index, column) in columns.enumerated() {
            if index > 0 { output.append(dialect.delimiter) }
            if dialect.quotesAll { output.append(UInt8(ascii: "\"")) }
            var name = column.name
            name.withUTF8 { output.append($0) }
            if dialect.quotesAll { output.append(UInt8(ascii: "\"")) }
        }
        output.append(dialect.lineEnd)
    }
}
