package import ByteSources
import CSVTokenizer
import SafeText
import ValueFormats

/// The first row of a file, read as the names of its columns: what a new profile begins with.
///
/// Read by a check of the beginning of the file, so that a check of the whole finds the same names.
package struct HeaderNames: Sendable, Equatable {
    /// By column. Of very many, or very long ones, as many as a check compares.
    package let names: [String]
    /// `nil` where the first row has one field.
    package let delimiter: UInt8?
    /// The encoding that the profile should declare; `nil` for UTF-8.
    package let encoding: TextEncoding?
    /// What to say about an encoding that was found and not declared.
    package let encodingNote: String?

    /// Bytes of the beginning that are read, and of the longest header.
    private static let mostByteCount = FileHead.byteCount

    /// Reads the beginning of a file.
    ///
    /// - Parameters:
    ///   - file: The file to read.
    ///   - options: How to read it, without a profile.
    package static func read(_ file: InputFile, options: CheckOptions = CheckOptions()) throws(DraftFailure) -> HeaderNames {
        let reader: ChunkReader
        let head: [UInt8]
        do throws(SourceError) {
            reader = try ChunkReader(try file.firstPass())
            head = Array(try reader.peek(byteCount: mostByteCount, readByteCount: 1 << 16))
        } catch {
            throw .source(error)
        }
        if let damage = reader.damageAfterHead { throw .refused(damage.message) }
        return try HeaderNames(head, options: options)
    }

    /// - Parameter head: the beginning of a file, or all of it.
    init(_ head: [UInt8], options: CheckOptions = CheckOptions()) throws(DraftFailure) {
        let isCut = head.count >= Self.mostByteCount
        // A name that is cut off here is not a fault of the file.
        let text = isCut ? head[..<(head.lastIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? head.count)] : head[...]
        let reading = try DraftReading(options: options) { (options) throws(SourceError) in
            var run = CheckRun(options: options)
            run.feed(text.span)
            return run.finish(path: "-")
        }
        let report = reading.report
        if isCut, report.totals.rows == 0 { throw .refused("its header is longer than the first \(ByteCount(Self.mostByteCount))") }
        names = report.input.columnNames.map { String(decoding: $0.bytes, as: UTF8.self) }
        delimiter = report.totals.columns > 1 ? report.input.dialect.delimiter : nil
        encoding = TextEncoding(rawValue: report.encoding.rawValue).flatMap { $0 == .utf8 ? nil : $0 }
        encodingNote = reading.encodingNote
    }
}
