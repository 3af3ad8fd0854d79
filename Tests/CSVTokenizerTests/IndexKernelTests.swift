import ByteSpans
import TestSupport
import Testing

@testable import CSVTokenizer

/// One kernel does everything: the index of fields is made by the one that found them.
@Suite(.computing) struct IndexKernelTests {
    @Test(arguments: Kernel.allCases.filter(\.isAvailable))
    func indexIsMadeByTheKernelOfTheTokenizer(_ kernel: Kernel) {
        var tokenizer = Tokenizer(dialect: Dialect(), kernel: kernel)
        var batch = RowBatch()
        let rows = Array(String(repeating: "a,bc,\"d,e\",\n", count: 40).utf8)
        // Rows of one chunk, a row longer than its chunks, and the rest of the stream.
        let pieces: [[UInt8]] = [rows, Array(rows.dropLast(30)) + [0x22], [0x66], Array("\",x\ny,z".utf8)]
        for piece in pieces {
            batch.prepare(byteCount: piece.count)
            _ = batch.writeSpace { $0.append(contentsOf: piece.span) }
            tokenizer.index(&batch, newByteCount: piece.count)
            #expect(batch.kernel == kernel)
            batch.makeIndex()
        }
        tokenizer.finish(&batch)
        #expect(batch.kernel == kernel)
        #expect(batch.fields(ofRow: 0).count == 2)
    }
}
