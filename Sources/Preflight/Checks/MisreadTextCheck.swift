import ByteSources
import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText

/// Reports text near the beginning of the file that was decoded with the wrong code page before it was encoded as UTF-8, and line separators that no one
/// sees. ``OddTextCheck`` reports what was read as Windows-1252, in all of the file.
struct MisreadTextCheck: Check {
    private let layout: FileLayout
    private let decoder: FieldDecoder
    private var remarks: [String] = []
    private var misread = Found()
    private var separators: [UInt32: Int] = [:]
    private var separated = Found()
    /// Fields of letters beyond ASCII as Windows-1252 has them, which other code pages have for other letters.
    private var western = Found()
    private var samples: [EncodingGuess.Sample] = []

    private struct Found {
        var count = 0
        var examples: [Finding.Example] = []

        mutating func add(_ later: Found, samples: Int, at joint: Joint) {
            count += later.count
            examples.append(later.examples, upTo: samples, at: joint)
        }
    }

    /// Pieces that the encoding is guessed from.
    private static let mostSamples = 24

    /// How far into the file it looks: text that is in all rows is there.
    private static let most = 64 << 10
    private static let mostRemarks = 3
    /// Of the characters that are looked for: see ``MisreadText/mayBegin(_:_:)``.
    private static let patterns = [
        BytePattern((first: 0xE2, mask: 0), (second: 0x9C, mask: 0x1C), distance: 1),
        BytePattern((first: 0xC4, mask: 0), (second: 0xBB, mask: 0x3B), distance: 1),
        BytePattern((first: 0xD0, mask: 0), (second: 0xB3, mask: 0x33), distance: 1),
        // U+2028 and U+2029.
        BytePattern((first: 0xE2, mask: 0), (second: 0xA9, mask: 0x01), distance: 2),
        // Three letters from U+00C0 to U+00FF in a row, of which two are compared.
        BytePattern((first: 0xC3, mask: 0), (second: 0xC3, mask: 0), distance: 2),
    ]

    init?(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
        decoder = FieldDecoder(quote: layout.quote)
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard batch.byteOffset < Self.most, batch.isIndexed else { return }
        var cursor = RowCursor()
        var last = -1
        for position in places(in: batch) {
            let field = batch.field(atPosition: position)
            let row = cursor.row(of: field, in: batch)
            // What is known of a longer row depends on how the input was cut.
            guard let bytes = batch.bytes(ofRow: row), bytes.count <= batch.limits.rowBytes else { continue }
            let record = RowRecord(index: row, number: judgement.rows.number(of: row))
            if batch.bytes[position] == 0xE2, batch.bytes[position + 1] == 0x80 {
                noteSeparator(at: position, field: field, record, batch)
            } else if field != last {
                last = field
                if batch.bytes[position] == 0xC3 { noteWestern(field, record, batch) } else { noteMisread(field, record, batch) }
            }
        }
    }

    /// Where such characters may begin, ascending.
    private func places(in batch: borrowing RowBatch) -> [Int] {
        let bytes = batch.bytes
        let end = min(bytes.count - 2, Self.most - batch.byteOffset)
        var places: [Int] = []
        for pattern in Self.patterns {
            var position = 0
            while let place = pattern.firstPlace(in: bytes, from: position), place < end {
                position = place + 1
                let isSeparator = bytes[place] == 0xE2 && bytes[place + 1] == 0x80 && bytes[place + 2] & 0xFE == 0xA8
                let areLetters = bytes[place] == 0xC3 && bytes[place + 2] == 0xC3 && place + 4 < bytes.count && bytes[place + 4] == 0xC3
                if areLetters || isSeparator || MisreadText.mayBegin(bytes[place], bytes[place + 1]) { places.append(place) }
            }
        }
        // Two patterns may find the same.
        return Set(places).sorted()
    }

    private mutating func noteMisread(_ field: Int, _ row: RowRecord, _ batch: borrowing RowBatch) {
        let text = decoder.withText(of: field, in: batch) { Array($0) }
        guard let found = MisreadText(text) else { return }
        keep(field, row, batch, in: &misread)
        guard remarks.count < Self.mostRemarks else { return }
        let remark =
            "\"\(VisibleText(text, limit: 40))\" should be \"\(VisibleText(Array(found.repaired.utf8), limit: 40))\", read as \(found.pageName)"
        if !remarks.contains(remark) { remarks.append(remark) }
    }

    private mutating func noteWestern(_ field: Int, _ row: RowRecord, _ batch: borrowing RowBatch) {
        let text = decoder.withText(of: field, in: batch) { String(decoding: $0.prefix(200), as: UTF8.self) }
        guard let bytes = Self.windows1252(text) else { return }
        if samples.count < Self.mostSamples { samples.append(EncodingGuess.Sample(bytes: bytes)) }
        keep(field, row, batch, in: &western)
    }

    private func keep(
        _ field: Int, _ row: RowRecord, _ batch: borrowing RowBatch, offset: Int? = nil, length: Int? = nil, in found: inout Found
    ) {
        found.count += 1
        guard found.examples.count < layout.samples else { return }
        var lines = LineCursor()
        let column = batch.column(ofField: field, inRow: row.index)
        found.examples.append(
            Finding.Example(
                field: field, ofRow: row.index, number: row.number, in: batch, column: column, lines: &lines, offset: offset,
                length: length,
                quote: layout.quote))
    }

    /// The bytes of a text in Windows-1252; `nil` if it has another character.
    private static func windows1252(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if scalar.isASCII || (0xA0...0xFF).contains(scalar.value) {
                bytes.append(UInt8(scalar.value))
            } else if let byte = (0x80...0x9F).first(where: { TextEncoding.windows1252.character(ofByte: UInt8($0)) == scalar }) {
                bytes.append(UInt8(byte))
            } else {
                return nil
            }
        }
        return bytes
    }

    /// Reports such text if it is surely that of a language with another alphabet: `Ìîñêâà` for `Москва`.
    private func noteWestern(log: inout FindingLog) {
        guard western.count > 0 else { return }
        let letters = samples.flatMap { $0.bytes.filter { $0 >= 0xC0 } }
        // A word in capitals, or a few letters, may be anything.
        guard Set(letters).count > 5, 2 * letters.count(where: { $0 >= 0xE0 }) > letters.count else { return }
        let guess = EncodingGuess(samples: samples, hasOldLineEnds: false)
        guard guess.isSure, let first = guess.candidates.first, let found = samples.first, let meant = first.texts.first,
            [.windows1251, .windows1253, .koi8r, .koi8u, .ibm866, .iso8859Part7].contains(first.encoding)
        else { return }
        let group = log.group(.doubleEncoded, column: nil, severity: nil, predicts: nil)
        log.note(collected: western.count, first: western.examples, in: group)
        let shown = found.bytes.compactMap { $0 < 0x80 ? Unicode.Scalar($0) : TextEncoding.windows1252.character(ofByte: $0) }
        let text = VisibleText(Array(String(String.UnicodeScalarView(shown)).utf8), limit: 40)
        log.addRemark(
            "\"\(text)\" should be \"\(VisibleText(meant, limit: 40))\", \(first.encoding.name) read as Windows-1252", to: group)
    }

    private mutating func noteSeparator(at position: Int, field: Int, _ row: RowRecord, _ batch: borrowing RowBatch) {
        separators[0x2000 | UInt32(batch.bytes[position + 2] & 0x3F), default: 0] += 1
        keep(field, row, batch, offset: batch.streamOffset(ofPosition: position), length: 3, in: &separated)
    }

    mutating func merge(_ later: MisreadTextCheck, at joint: Joint) {
        for remark in later.remarks where remarks.count < Self.mostRemarks && !remarks.contains(remark) { remarks.append(remark) }
        separators.merge(later.separators) { $0 + $1 }
        misread.add(later.misread, samples: layout.samples, at: joint)
        separated.add(later.separated, samples: layout.samples, at: joint)
        western.add(later.western, samples: layout.samples, at: joint)
        samples += later.samples.prefix(max(0, Self.mostSamples - samples.count))
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        for (found, kind) in [(misread, FindingKind.doubleEncoded), (separated, .controlCharacter)] where found.count > 0 {
            let group = log.group(kind, column: nil, severity: nil, predicts: nil)
            log.note(collected: found.count, first: found.examples, in: group)
        }
        noteWestern(log: &log)
        for remark in remarks { log.addRemark(remark, toLastGroupOf: .doubleEncoded) }
        for (code, count) in separators.sorted(by: { $0.key < $1.key }) {
            guard let scalar = Unicode.Scalar(code) else { continue }
            log.addRemark(
                "\(count == 1 ? "" : "\(count.grouped) × ")\(Lookalike.name(scalar)), in the first 64 kB", toLastGroupOf: .controlCharacter)
        }
    }
}

extension MisreadTextCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder(&remarks)
        coder(&separators)
        for found in [\Self.misread, \.separated, \.western] {
            coder(&self[keyPath: found].count)
            coder(&self[keyPath: found].examples)
        }
        coder.list(&samples, blank: EncodingGuess.Sample(bytes: [])) { coder, sample in
            coder(&sample.bytes)
            coder(&sample.isCut)
        }
    }
}
