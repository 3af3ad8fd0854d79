import ValueFormats
import Yams

/// A place in a text that a person edits: line and column count from 1, columns in Unicode scalars.
package struct ProfileLocation: Equatable, Sendable {
    package var line: Int
    package var column: Int

    static let start = ProfileLocation(line: 1, column: 1)

    init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    init(_ mark: Mark) {
        self.init(line: mark.line, column: mark.column)
    }

    /// The place of the byte `offset` of a UTF-8 text.
    init(byteOffset offset: Int, in text: ArraySlice<UInt8>) {
        let before = text.prefix(offset)
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? before.startIndex
        line = before.count { $0 == UInt8(ascii: "\n") } + 1
        column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
    }
}
