import CSVScan
import Testing

/// Rows beyond the limits lose bytes, but nothing that is counted or placed may change.
struct ThinningTests {
    static let limits = RowBatch.Limits(rowBytes: 64, fieldBytes: 8, fields: 4)

    @Test(arguments: 0..<20)
    func `counts, lengths, heads, characters and places stay true`(_ block: Int) {
        for seed in (block * 25)..<((block + 1) * 25) {
            var generator = SeededGenerator(seed: seed)
            let length = generator.below(seed % 25 == 0 ? 9000 : 700)
            let input = seed % 3 == 0 ? generator.soup(byteCount: length) : generator.longRows(byteCount: length)
            let limits = RowBatch.Limits(rowBytes: 64, fieldBytes: [8, 1, 13][seed % 3], fields: [4, 1, 9][seed / 3 % 3])
            for cuts in Cuts.usual + [.random(seed: seed)] {
                let differences = Self.differences(input, cuts: cuts, limits: limits)
                guard differences.isEmpty else {
                    Issue.record(
                        """
                        seed \(seed), \(cuts), \(limits), input \(String(decoding: input, as: UTF8.self).debugDescription)
                        \(differences.prefix(6).joined(separator: "\n"))
                        """)
                    return
                }
            }
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var input: String
        var testDescription: String { name }
    }

    private static let long = String(repeating: "x", count: 100)

    /// What thinning has got wrong, or easily could.
    static let edges = [
        Case(name: "long field before CRLF", input: "a,\(long)\r\nb\r\n"),
        Case(name: "lone CR at the end of the head, LF behind the gap", input: "1234567\r\(long)\nb\n"),
        Case(name: "lone CR at the end of the long field, then text", input: "\(long)\ry\nb\n"),
        Case(name: "CR CR LF behind a long field", input: "\(long)\r\r\nb\n"),
        Case(name: "long field ends in CR at the end of the input", input: "a\n\(long)\r"),
        Case(name: "text behind a long quoted field", input: "\"\(long)\n\(long)\"\r\(long),b\n"),
        Case(name: "unclosed quote", input: "a\n\"\(long)\n\(long)\n\(long)"),
        Case(name: "stray quote far behind the head", input: "\(long)\"\(long),b\"\n"),
        Case(name: "many empty fields", input: String(repeating: ",", count: 300) + "\n,\n"),
        Case(name: "many short fields, the last one long", input: String(repeating: "a,", count: 100) + long + long + "\r\nb,c\n"),
        Case(name: "many fields with line ends", input: String(repeating: "\"\n\",", count: 90) + "\nb\n"),
        Case(name: "many long fields", input: String(repeating: long + ",", count: 9) + "\nb\n"),
        Case(name: "stray quotes in many fields", input: String(repeating: "a\",", count: 90) + "\nb\"\n"),
        Case(name: "lone CRs in many fields", input: String(repeating: "a\r\r,", count: 90) + "\r\nb\r,\n"),
        Case(name: "characters cut by the gap", input: "123456😀\(long)😀\n\(long)é\n"),
        Case(name: "NUL in the head, in the gap and behind", input: "1\u{0}\(long)\u{0}\(long)\u{0}\n\u{0}\n"),
    ]

    @Test(arguments: edges)
    func `edges`(_ edge: Case) {
        for cuts in Cuts.usual + (10...40).map(Cuts.every) {
            #expect(Self.differences(Array(edge.input.utf8), cuts: cuts, limits: Self.limits).isEmpty, "\(cuts)")
        }
    }

    /// An ill-formed sequence that starts in taken-out bytes and shows itself later keeps its batch suspicious and its line right.
    @Test(arguments: 0..<40)
    func `ill-formed sequence at any distance behind the head`(_ distance: Int) {
        let input = Array("\"\n23456\n".utf8) + Array(repeating: 0x0A, count: 60 + distance) + [0xE2, 0x82] + Array("\n\(Self.long)\",b\n".utf8)
        for cuts in Cuts.usual + (10...40).map(Cuts.every) {
            #expect(Self.differences(input, cuts: cuts, limits: Self.limits).isEmpty, "\(cuts)")
        }
    }

    // MARK: Bounded memory

    /// In debug builds less: what is tested is that the memory does not follow the input.
    static let hugeByteCount = isDebugBuild ? 6 << 20 : 64 << 20

    @Test(arguments: [
        Case(name: "one field", input: "x"),
        Case(name: "delimiters", input: ","),
        Case(name: "quoted line ends", input: "\n"),
        Case(name: "fields of 5000 bytes", input: String(repeating: "x", count: 5000) + ","),
        Case(name: "stray quotes", input: "a\","),
    ])
    func `memory does not follow the input`(_ shape: Case) {
        let chunkByteCount = 64 << 10
        let unit = Array(shape.input.utf8)
        let chunk = Array(repeatElement(unit, count: chunkByteCount / unit.count + 1).joined().prefix(chunkByteCount / unit.count * unit.count))
        let chunkCount = Self.hugeByteCount / chunk.count
        var tokenizer = Tokenizer(dialect: Dialect())
        var batch = RowBatch()
        var largest = 0
        func feed(_ bytes: [UInt8]) {
            tokenizer.tokenize(into: &batch, byteCount: bytes.count) { space in
                space.copyBytes(from: bytes)
                return bytes.count
            }
            largest = max(largest, batch.bytes.count)
        }
        if shape.input == "\n" { feed([0x22]) }
        for _ in 0..<chunkCount { feed(chunk) }
        tokenizer.finish(&batch)
        #expect(batch.rowCount == 1)
        let units = chunkCount * chunk.count / unit.count
        #expect(batch.fieldCount(ofRow: 0) == (unit.last == UInt8(ascii: ",") ? units + 1 : 1))
        #expect(largest <= shape.memory + chunk.count)
    }
}
