import CSVTokenizer
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources
@testable import Preflight
@testable import ValueFormats

/// Generated files: every byte, line and row is looked up, and the answer is compared with what the generator wrote there.
@Suite(.computing) struct LocatorPropertyTests {
    /// What the generator wrote, one line or row after the other.
    private struct Piece {
        var kind: Locator.Kind
        var row: Int?
        var line: Int
        var lastLine: Int
        /// In the file.
        var range: Range<Int>
        var fields: [String] = []
    }

    private struct Generated {
        var bytes: [UInt8] = []
        var pieces: [Piece] = []
        var lineCount = 0
        var rowCount = 0
        var options = CheckOptions(delimiter: UInt8(ascii: ";"))

        func piece(ofByte offset: Int) -> Piece? { pieces.first { $0.range.contains(offset) } }

        func piece(ofLine line: Int) -> Piece? {
            pieces.first { $0.kind != .byteOrderMark && $0.line <= line && line <= $0.lastLine }
        }
    }

    private enum Form: CaseIterable {
        case utf8, marked, utf16, windows1252
    }

    private static let texts = [
        "x", "Köln", "köln", "K", "\u{212A}", "2", "", "a\nb", "\r\n", "say \"x\"", ";", "\"", "long long text", "é;\n\n",
    ]

    private static func generated(seed: Int, form: Form) -> Generated {
        var random = SeededGenerator(seed: seed)
        var file = Generated()
        let lineEnd = random.once(in: 2) ? "\n" : "\r\n"
        func encoded(_ text: String) -> [UInt8] {
            switch form {
            case .utf8, .marked: Array(text.utf8)
            case .utf16: text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
            case .windows1252: text.unicodeScalars.map { UInt8($0.value) }
            }
        }
        func add(_ text: String, _ kind: Locator.Kind, row: Int? = nil, fields: [String] = [], end: String) {
            let bytes = encoded(text + end)
            let breaks = text.unicodeScalars.count { $0 == "\n" }
            file.pieces.append(
                Piece(
                    kind: kind, row: row, line: file.lineCount + 1, lastLine: file.lineCount + 1 + breaks,
                    range: file.bytes.count..<(file.bytes.count + bytes.count), fields: fields))
            file.bytes += bytes
            file.lineCount += 1 + breaks
        }
        if form == .marked || form == .utf16 {
            file.bytes = form == .marked ? [0xEF, 0xBB, 0xBF] : [0xFF, 0xFE]
            file.pieces.append(Piece(kind: .byteOrderMark, row: nil, line: 1, lastLine: 1, range: 0..<file.bytes.count))
        }
        file.options.encoding = form == .utf16 ? .utf16LittleEndian : form == .windows1252 ? .windows1252 : nil
        if random.once(in: 3) {
            file.options.skippedLines = 1 + random.below(2)
            for _ in 0..<file.options.skippedLines { add("Export x", .skippedLine, end: lineEnd) }
        }
        if random.once(in: 4) { add("sep=;", .separatorLine, end: lineEnd) }
        let count = random.below(9)
        add("Id;Text", .header, row: 0, fields: ["Id", "Text"], end: count == 0 && random.once(in: 2) ? "" : lineEnd)
        for number in 0..<count {
            if random.once(in: 4) { add("", .blankLine, end: lineEnd) }
            file.rowCount += 1
            let texts = Self.texts.filter { form != .windows1252 || $0.unicodeScalars.allSatisfy { $0.value < 256 } }
            let fields = [String(number), random.element(of: texts)]
            let needsQuotes = fields[1].unicodeScalars.contains { "\"\n\r;".unicodeScalars.contains($0) }
            let quoted = "\"" + fields[1].replacing("\"", with: "\"\"") + "\""
            let text = fields[0] + ";" + (needsQuotes || random.once(in: 3) ? quoted : fields[1])
            add(text, .row, row: file.rowCount, fields: fields, end: number == count - 1 && random.once(in: 2) ? "" : lineEnd)
        }
        return file
    }

    private final class Located {
        let file: Generated
        let name: String
        private let folder: ScratchFolder
        private let path: String

        init(_ file: Generated, isGzip: Bool, name: String) throws {
            self.file = file
            self.name = name
            folder = try ScratchFolder()
            var member = GzipMember("")
            member.content = file.bytes
            path = try folder.write(isGzip ? member.bytes : file.bytes, to: "file.csv")
        }

        func find(_ query: LocateQuery, chunk: Int, context: Int = 0, most: Int = 1000) throws -> Locator.Answer {
            var options = file.options
            options.chunkByteCount = chunk
            options.headByteCount = 96
            return try Locator.find(
                query, in: try InputFile.open(path: path, spoolsStream: false), options: options, context: context, most: most)
        }
    }

    private static let chunks = [1, 3, 7, 64, 65, 1 << 19]

    private static func eachFile(_ body: (Located) throws -> Void) throws {
        for seed in 0..<(isDebugBuild ? 6 : 18) {
            for form in Form.allCases {
                let file = generated(seed: seed, form: form)
                try body(try Located(file, isGzip: seed % 3 == 0, name: "seed \(seed), \(form)"))
            }
        }
    }

    private static func expect(_ hit: Locator.Hit?, is piece: Piece, byteOffset: Int, _ name: String) {
        #expect(hit?.kind == piece.kind, "\(name)")
        #expect(hit?.row == piece.row, "\(name)")
        #expect(hit.map { [$0.line, $0.lastLine, $0.byteOffset] } == [piece.line, piece.lastLine, byteOffset], "\(name)")
    }

    @Test func everyByte() throws {
        try Self.eachFile { located in
            for offset in 0...located.file.bytes.count {
                let chunk = Self.chunks[offset % Self.chunks.count]
                let name = "\(located.name), byte \(offset), chunks of \(chunk)"
                let answer = try located.find(LocateQuery(.byte(offset)), chunk: chunk)
                guard let piece = located.file.piece(ofByte: offset) else {
                    #expect(answer.hits.isEmpty, "\(name)")
                    #expect(answer.missing == [.bytes(offset...offset)], "\(name)")
                    continue
                }
                #expect(answer.hits.count == 1, "\(name)")
                Self.expect(answer.hits.first, is: piece, byteOffset: offset, name)
            }
        }
    }

    @Test func everyLineAndRow() throws {
        try Self.eachFile { located in
            for chunk in Self.chunks {
                for line in 1...(located.file.lineCount + 1) {
                    let name = "\(located.name), line \(line), chunks of \(chunk)"
                    let answer = try located.find(LocateQuery(.line(line)), chunk: chunk)
                    let piece = located.file.piece(ofLine: line)
                    #expect(answer.hits.map(\.kind) == (piece.map { [$0.kind] } ?? []), "\(name)")
                    #expect(answer.hits.map(\.line) == (piece.map { [$0.line] } ?? []), "\(name)")
                    #expect(answer.missing.isEmpty == (piece != nil), "\(name)")
                    if piece == nil { #expect(answer.lineCount == located.file.lineCount, "\(name)") }
                }
                for row in 0...(located.file.rowCount + 1) {
                    let name = "\(located.name), row \(row), chunks of \(chunk)"
                    let answer = try located.find(LocateQuery(.row(row)), chunk: chunk)
                    guard let piece = located.file.pieces.first(where: { $0.row == row }) else {
                        #expect(answer.hits.isEmpty && answer.missing == [.rows(row...row)], "\(name)")
                        #expect(answer.rowCount == located.file.rowCount, "\(name)")
                        continue
                    }
                    Self.expect(answer.hits.first, is: piece, byteOffset: piece.range.lowerBound, name)
                }
            }
        }
    }

    /// All at once, with neighbours: each piece once, in the order of the file, whatever was asked for twice.
    @Test func everythingAtOnce() throws {
        try Self.eachFile { located in
            let pieces = located.file.pieces
            let lines = pieces.filter { $0.kind != .byteOrderMark }
            var query = LocateQuery()
            query.bytes = [0...(located.file.bytes.count - 1), 3...3]
            query.lines = [1...located.file.lineCount, 1...1]
            query.rows = [0...0, 0...located.file.rowCount]
            for chunk in Self.chunks {
                let name = "\(located.name), chunks of \(chunk)"
                let answer = try located.find(query, chunk: chunk, context: 2)
                #expect(answer.hits.map(\.kind) == pieces.map(\.kind), "\(name)")
                #expect(answer.hits.map(\.row) == pieces.map(\.row), "\(name)")
                #expect(answer.missing.isEmpty && !answer.isLimited, "\(name)")
                for hit in answer.hits where hit.kind != .byteOrderMark {
                    let place = try #require(lines.firstIndex { $0.line == hit.line })
                    #expect(hit.before.map(\.line) == lines[..<place].suffix(2).map(\.line), "\(name), line \(hit.line)")
                    #expect(hit.after.map(\.line) == lines[(place + 1)...].prefix(2).map(\.line), "\(name), line \(hit.line)")
                }
                #expect(try located.find(query, chunk: chunk, context: 2).hits == answer.hits)
            }
        }
    }

    /// Whole texts and parts of them, in one column or all, with and without regard to case.
    @Test func everyText() throws {
        let wanted = ["x", "Köln", "KÖLN", "k", "2", "", "a\nb", "\"x\"", "\"", ";", "long", "Id", "zz", "\n", "é;\n\n", "\"\"", "n"]
        try Self.eachFile { located in
            for text in wanted {
                for isWhole in [true, false] where isWhole || !text.isEmpty {
                    for ignoresCase in [false, true] {
                        for column in [nil, "Text", "1", "2"] {
                            var query = LocateQuery()
                            query.texts = [LocateQuery.Text(Array(text.utf8), isWhole: isWhole)]
                            query.ignoresCase = ignoresCase
                            query.column = column.map { Array($0.utf8) }
                            let chunk = Self.chunks[(text.utf8.count + (column?.utf8.count ?? 0)) % Self.chunks.count]
                            let answer = try located.find(query, chunk: chunk, most: 2)
                            let expected = located.file.pieces.filter {
                                Self.has($0.fields, text, isWhole: isWhole, ignoresCase: ignoresCase, column: column)
                            }
                            let name = "\(located.name), \(text.debugDescription), \(isWhole), \(ignoresCase), \(column ?? "-")"
                            #expect(answer.hits.map(\.row) == expected.prefix(2).map(\.row), "\(name)")
                            #expect(answer.moreCount == max(0, expected.count - 2), "\(name)")
                        }
                    }
                }
            }
        }
    }

    /// Naively, scalar by scalar.
    private static func has(_ fields: [String], _ text: String, isWhole: Bool, ignoresCase: Bool, column: String?) -> Bool {
        func scalars(_ text: String) -> [Unicode.Scalar] {
            ignoresCase ? text.unicodeScalars.flatMap { Array($0.properties.lowercaseMapping.unicodeScalars) } : Array(text.unicodeScalars)
        }
        let searched = column == nil ? fields[...] : column == "1" ? fields.prefix(1) : fields.dropFirst(1)
        let wanted = scalars(text)
        return searched.contains { field in
            let own = scalars(field)
            if isWhole { return own == wanted }
            guard own.count >= wanted.count else { return false }
            return (0...(own.count - wanted.count)).contains { Array(own[$0..<($0 + wanted.count)]) == wanted }
        }
    }
}
