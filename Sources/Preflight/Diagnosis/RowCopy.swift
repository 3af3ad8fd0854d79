package import ByteSources
import ByteSpans

/// Copies rows of a file as they are, or as they are sent: reads the file once more beside whoever finds the rows.
package final class RowCopy {
    private var source: ContentSource<FileSource>
    private var buffer = [UInt8](repeating: 0, count: 1 << 18)
    /// Of the content: where the buffer begins, and how much of it holds content.
    private var offset = 0
    private var count = 0
    private let encoding: TextEncoding

    /// - Parameters:
    ///   - file: was read to its end before.
    ///   - encoding: what the content is converted from; UTF-8 where it is copied as it is.
    package init(_ file: InputFile, convertingFrom encoding: TextEncoding = .utf8) throws(SourceError) {
        source = try ContentSource(try file.secondPass())
        self.encoding = encoding
    }

    /// Hands over a range of the content in pieces. Ranges are asked for in ascending order.
    package func forEachPiece<Failure: Error>(
        of range: Range<Int>, _ body: (ArraySlice<UInt8>) throws(Failure) -> Void
    ) throws(CopyFailure<Failure>) {
        var transcoder = encoding == .utf8 ? nil : Transcoder(encoding)
        var position = range.lowerBound
        while position < range.upperBound {
            if position >= offset + count {
                offset += count
                do throws(SourceError) {
                    count = try source.read(into: &buffer, from: 0)
                } catch {
                    throw .source(error)
                }
                if count == 0 { break }
                continue
            }
            let end = min(range.upperBound, offset + count)
            let piece = buffer[(position - offset)..<(end - offset)]
            position = end
            do throws(Failure) {
                try body(transcoder == nil ? piece : converted(piece, by: &transcoder!))
            } catch {
                throw .receiver(error)
            }
        }
    }

    private func converted(_ piece: ArraySlice<UInt8>, by transcoder: inout Transcoder) -> ArraySlice<UInt8> {
        let room = piece.count * encoding.mostGrowth + Transcoder.mostPending
        return [UInt8](capacity: room) { transcoder.convert(piece.span, into: &$0) }[...]
    }

    /// Why a copy ended.
    package enum CopyFailure<Receiver: Error>: Error {
        case source(SourceError)
        case receiver(Receiver)
    }
}
