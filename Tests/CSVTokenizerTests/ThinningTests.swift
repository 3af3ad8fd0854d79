import ByteSpans
import CSVTokenizer
import SeededRandom
import TestSupport
import Testing

/// Rows beyond the limits lose bytes, but nothing that is counted or placed may change.
@Suite(.computing) struct ThinningTests {
    static let limits = RowBatch.Limits(rowBytes: 64, fieldBytes: 8, fields: 4)

    @Test(arguments: 0..<20)
    func `counts, lengths, heads, characters and places stay true`(_ block: Int) {
        // Each block begins with a long input; in a debug build every fifth does.
        for seed in (block * 25)..<((block + 1) * 25) where !isDebugBuild || seed % 125 == 0 || (1...4).contains(seed % 25) {
            var generator = SeededGenerator(seed: seed)
            let length = generator.below(seed % 25 == 0 ? 9000 : 700)
            let input = seed % 3 == 0 ? generator.soup(byteCount: length) : generator.longRows(byteCount: length)
            let limits = RowBatch.Limits(rowBytes: 64, fieldBytes: [8, 1, 13][seed % 3], fields: [4, 1, 9][seed / 3 % 3])
            for (index, cuts) in (Cuts.usual + [.random(seed: seed)]).enumerated() {
                let kernel = kernels[(seed + index) % kernels.count]
                let differences = Self.differences(input, kernel: kernel, cuts: cuts, limits: limits)
                guard differences.isEmpty else {
                    Issue.record(
                        """
                        seed \(seed), \(cuts), \(kernel), \(limits), input \(String(decoding: input, as: UTF8.self).debugDescription)
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
    func `inputs where the edge of what is kept matters`(_ edge: Case) {
        for cuts in Cuts.usual + (10...40).map(Cuts.every) {
            #expect(Self.differences(Array(edge.input.utf8), cuts: cuts, limits: Self.limits).isEmpty, "\(cuts)")
        }
    }

    /// An ill-formed sequence that starts in taken-out bytes and shows itself later keeps its batch suspicious and its line right.
    @Test(arguments: 0..<40)
    func `ill-formed sequence at any distance behind the head`(_ distance: Int) {
        let head = Array("\"\n23456\n".utf8) + Array(repeating: 0x0A, count: 60 + distance) + [0xE2, 0x82]
        // In a debug build the next distance meets the next cuts.
        let sizes = (10...40).filter { !isDebugBuild || ($0 + distance) % 4 == 0 }
        for tail in ["\n\",b\n", "\n\(Self.long)\",b\n"] {
            for cuts in Cuts.usual + sizes.map(Cuts.every) {
                #expect(Self.differences(head + Array(tail.utf8), cuts: cuts, limits: Self.limits).isEmpty, "\(cuts)")
            }
        }
    }

    // MARK: Bounded memory

    struct Shape: Sendable, CustomTestStringConvertible {
        var name: String
        var beginning = ""
        /// Repeated without end.
        var unit: String
        var limits = RowBatch.Limits()
        var testDescription: String { name }
    }

    static let shapes = [
        Shape(name: "one field", unit: "x"),
        Shape(name: "delimiters", unit: ","),
        Shape(name: "quoted line ends", beginning: "\"", unit: "\n"),
        Shape(name: "long fields", unit: String(repeating: "x", count: 5000) + ",", limits: RowBatch.Limits(headBytes: 1 << 20)),
        Shape(
            name: "fields just below the limit", unit: String(repeating: "x", count: 4000) + ",",
            limits: RowBatch.Limits(headBytes: 1 << 20)),
        Shape(name: "stray quotes", unit: "a\",", limits: RowBatch.Limits(fields: 10_000)),
        Shape(name: "lone CRs", unit: "a\r,", limits: RowBatch.Limits(fields: 10_000)),
    ]

    /// Less in debug builds: it is enough to exceed the limits, which are lower there, a few times.
    static let endlessByteCount = isDebugBuild ? 3 << 18 : 64 << 20

    @Test(arguments: shapes)
    func `memory does not follow the length of a row`(_ shape: Shape) {
        let unit = Array(shape.unit.utf8)
        let unitsPerChunk = (64 << 10) / unit.count
        let chunk = Array(repeatElement(unit, count: unitsPerChunk).joined())
        let chunkCount = Self.endlessByteCount / chunk.count
        var limits = shape.limits
        if isDebugBuild {
            limits.rowBytes = 1 << 18
            limits.fields = min(limits.fields, limits.rowBytes)
            limits.headBytes = min(limits.headBytes, limits.rowBytes)
        }
        var tokenizer = Tokenizer(dialect: Dialect(), limits: limits)
        var batch = RowBatch()
        var largest = 0
        func feed(_ bytes: [UInt8]) {
            tokenizer.tokenize(into: &batch, byteCount: bytes.count) { space in
                space.copy(bytes.span)
                return bytes.count
            }
            largest = max(largest, batch.bytes.count)
        }
        feed(Array(shape.beginning.utf8))
        for _ in 0..<chunkCount { feed(chunk) }
        tokenizer.finish(&batch)
        #expect(batch.rowCount == 1)
        #expect(batch.fieldCount(ofRow: 0) == (unit.last == UInt8(ascii: ",") ? chunkCount * unitsPerChunk + 1 : 1))
        let kept = limits.rowBytes + limits.fieldBytes + 2
        #expect(largest <= 2 * kept + chunk.count)
        #expect(batch.anomalies.count <= 10_001)
        #expect(
            batch.anomalies.allSatisfy { $0.kind == .unclosedQuote }
                || batch.anomalies.reduce(0) { $0 + $1.count } == chunkCount * unitsPerChunk)
    }

    // MARK: Comparing with the reference

    private static func differences(_ bytes: [UInt8], kernel: Kernel = .best, cuts: Cuts, limits: RowBatch.Limits) -> [String] {
        let reference = ReferenceTokenizer(bytes, limits: limits).outline
        var comparison = ThinnedComparison(bytes: bytes, rows: reference.rows, limits: limits)
        var anomalies: [Outline.Anomaly] = []
        var rowCount = 0
        var outline = tokenize(bytes, kernel: kernel, cuts: cuts, limits: limits) { batch, firstRow in
            for row in 0..<batch.rowCount { comparison.compare(row: row, of: batch, firstRow: firstRow) }
            anomalies += completeAnomalies(of: batch, firstRow: firstRow)
            rowCount = firstRow + batch.rowCount
        }
        outline.anomalies = anomalies
        outline.rows = reference.rows
        var expected = reference
        expected.anomalies = folded(reference.anomalies, limits: limits)
        if rowCount != reference.rows.count { comparison.differences.append("\(rowCount) rows, expected \(reference.rows.count)") }
        return comparison.differences + outline.sorted().differences(from: expected.sorted())
    }

    /// Beyond the kept fields a row has one anomaly of each kind.
    private static func folded(_ anomalies: [Outline.Anomaly], limits: RowBatch.Limits) -> [Outline.Anomaly] {
        var folded: [Outline.Anomaly] = []
        for var anomaly in anomalies {
            anomaly.column = min(anomaly.column, limits.fields + 1)
            let same = folded.firstIndex { $0.row == anomaly.row && $0.column == anomaly.column && $0.kind == anomaly.kind }
            if let same { folded[same].count += anomaly.count } else { folded.append(anomaly) }
        }
        return folded
    }
}
