import ByteSpans

@testable import ByteSources
@testable import CSVTokenizer
@testable import ImportProfiles
@testable import Oracles
@testable import PigmentImport
@testable import Preflight
@testable import PreflightReports
@testable import SafeText
@testable import ValueFormats

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// SwiftPM has the program begin here.
@_cdecl("fuzz_main")
public func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> CInt {
    var (count, arguments) = (count, arguments)
    return runDriver(&count, &arguments, testOneInput)
}

/// One input for the target that FUZZ_TARGET names.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

nonisolated(unsafe) private let target: ([UInt8]) -> Void = {
    let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = targets[name] else { fatalError("FUZZ_TARGET must be one of \(targets.keys.sorted().joined(separator: " "))") }
    return target
}()

nonisolated(unsafe) private let targets: [String: ([UInt8]) -> Void] = [
    "tokenizer": fuzzTokenizer, "characters": fuzzCharacters, "gzip": fuzzGzip, "values": fuzzValues, "documents": fuzzDocuments,
    "check": fuzzCheck,
]

private func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { fatalError(what()) }
}

/// Every kernel and every way of cutting gives the rows and anomalies of the reference. The first two bytes choose dialect and cuts.
private func fuzzTokenizer(_ bytes: [UInt8]) {
    guard bytes.count > 2 else { return }
    let dialects = [Dialect(), Dialect(delimiter: UInt8(ascii: ";"))!, Dialect(delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "'"))!]
    let dialect = dialects[Int(bytes[0]) % dialects.count]
    let input = Array(bytes.dropFirst(2))
    let reference = ReferenceTokenizer(input, dialect: dialect).outline.sorted()
    let cuts = Cuts.usual[Int(bytes[1]) % Cuts.usual.count]
    for kernel in kernels {
        let (found, contradictions) = outline(of: input, dialect: dialect, kernel: kernel, cuts: cuts)
        let differences = found.differences(from: reference) + contradictions
        expect(differences.isEmpty, "\(kernel), \(cuts): \(differences.prefix(3))")
    }
}

/// Ill-formed sequences are where the standard library's parser sees them, in pieces of any size.
private func fuzzCharacters(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let input = Array(bytes.dropFirst())
    var places: [Int] = []
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = input.makeIterator()
    var offset = 0
    reading: while true {
        switch parser.parseScalar(from: &iterator) {
        case .valid(let scalar): offset += scalar.count
        case .error(let length):
            places.append(offset)
            offset += length
        case .emptyInput: break reading
        }
    }
    var scan = CharacterScan(offset: 0)
    var rest = input[...]
    while !rest.isEmpty {
        let piece = rest.prefix(1 + Int(first))
        scan.update(piece.span)
        rest = rest.dropFirst(1 + Int(first))
    }
    scan.finish()
    expect(scan.invalidCount == places.count, "\(scan.invalidCount) sequences, not \(places.count)")
    expect(places.isEmpty || scan.firstInvalidOffset == places[0], "first at \(scan.firstInvalidOffset), not \(places[0])")
    expect(IllFormed.Kind.allCases.reduce(0) { $0 + scan.illFormed.count(of: $1) } == places.count, "kinds do not add up")
    expect(scan.nulCount == input.count { $0 == 0 }, "NULs")
}

/// A first member is read as zlib reads it: the same bytes, and valid for both or for none; and the same whatever is read at once.
private func fuzzGzip(_ bytes: [UInt8]) {
    guard bytes.count > 1 else { return }
    let input = Array(bytes.dropFirst())
    func read(_ size: Int) -> (content: [UInt8], damage: GzipDamage?) {
        var source = GzipSource(PlainBytes(bytes: input, limit: size))
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: size)
        do throws(SourceError) {
            while content.count < 1 << 22 {
                let read = try source.read(into: &buffer, from: 0)
                if read == 0 { break }
                content += buffer[..<read]
            }
        } catch {
            guard case .gzip(let damage) = error else { return (content, nil) }
            return (content, damage)
        }
        return (content, nil)
    }
    let usual = read(4096)
    let other = read(1 + Int(bytes[0]) % 64)
    expect(usual.content == other.content && usual.damage == other.damage, "depends on the size of reads")
    guard usual.content.count < 1 << 20, input.starts(with: [0x1F, 0x8B]) else { return }
    let zlib = ZlibOracle.decompress(input)
    if usual.damage == nil {
        expect(zlib.damage == nil && usual.content.starts(with: zlib.content), "valid here, \(zlib.damage!) for zlib")
    }
    if zlib.damage == nil { expect(usual.content.starts(with: zlib.content), "zlib reads more of the first member") }
}

private struct PlainBytes: ByteSource {
    var bytes: [UInt8]
    var limit: Int
    var offset = 0

    mutating func read(into buffer: inout MutableSpan<UInt8>) throws(SourceError) -> Int {
        let count = min(buffer.count, limit, bytes.count - offset)
        let part = bytes[offset..<(offset + count)]
        buffer.copy(part.span)
        offset += count
        return count
    }
}

private let rules: [ValueRule] = {
    let settings = [
        "type: number", "type: number, number: {decimal: \",\", group: \".\", suffix: \" €\"}",
        "type: number, number: {group: \" \", percent: true}",
        "type: integer, number: {group: \"'\", prefix: \"$\"}", "type: date", "type: date, date: {format: [dd/MM/yyyy, d MMM yy]}",
        "type: date, date: {format: \"MM/dd/yyyy HH:mm:ss zzz\"}", "type: date, date: {format: yyyyMMdd}", "type: boolean",
        "type: dimension, items: [A, É1]", "type: text, null: [NA]",
    ]
    return settings.map { ValueRule(column: try! Profile(yaml: "version: 1\ncolumns: [{name: X, \($0)}]").columns[0]) }
}()

/// A verdict depends on nothing but the value and the setting; what shares a shape shares it; a surely parsed number is inferred as one.
private func fuzzValues(_ bytes: [UInt8]) {
    let surrounded = [0x31, 0xE2] + bytes + [0x80, 0xAF, 0x31]
    for rule in rules {
        let alone = rule.judge(bytes.span)
        let inside = rule.judge(surrounded.span.extracting(2..<(2 + bytes.count)))
        expect(alone == inside, "depends on what stands around it")
        expect((alone.verdict == .empty) ? alone.reason == .none : true, "empty with a reason")
    }
    let formats = FormatSet.formats(of: bytes.span)
    expect(!formats.isEmpty, "no format")
    if !bytes.isEmpty, bytes.count < 64, rules[0].judge(bytes.span).verdict == .parses {
        expect(formats.contains(.decimalPoint) || bytes.count > 28, "a number that is not inferred: \(formats)")
    }
    var shape = ValueMask()
    for form in [ValueMask.Form.number, .date, .boolean] where !bytes.isEmpty {
        shape.write(bytes.span, form: form)
        expect(shape.bytes.count <= 4 * ValueMask.longestValue, "a long shape")
    }
}

/// Documents of a server are read or refused, never more.
private func fuzzDocuments(_ bytes: [UInt8]) {
    _ = try? JSONReader.value(of: bytes)
    _ = JSONReader.beginning(of: bytes)
    let key = try! APIKey(validating: "abcdefghijklmnopqrstuvwxyz0123456789")
    _ = StatusDocument(bytes, redactor: Redactor(key))
    _ = StatusDocument(bytes, redactor: Redactor(key), isCut: true)
}

private let profile = try! Profile(
    yaml: """
        version: 1
        columns:
          - {name: a, type: number}
          - {name: b, type: date, date: {format: dd/MM/yyyy}}
          - {name: c, type: boolean}
        keys: [[a]]
        """)

/// A whole check ends, and tells the same however the file is cut. The first byte chooses how.
private func fuzzCheck(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let input = Array(bytes.dropFirst())
    var options = CheckOptions(profile: first & 1 == 0 ? nil : profile, samples: 3)
    if first & 2 != 0 { options.encoding = TextEncoding.allCases[Int(first >> 2) % TextEncoding.allCases.count] }
    if first & 64 != 0 { options.transcodes = true }
    if first & 128 != 0 { options.skippedLines = 1 }
    let limits = RowBatch.Limits(rowBytes: 700, fieldBytes: 400, fields: 420, headBytes: 1500)
    func text(_ size: Int) -> String {
        var options = options
        options.chunkByteCount = size
        options.rowLimits = limits
        var run = CheckRun(options: options)
        run.feed(input.span)
        return JSONReport.document(run.finish(path: "x"), exit: ExitSummary(status: 0, reason: "")).text(isPretty: false)
    }
    let usual = text(1 << 16)
    expect(text(1 + Int(first) % 32) == usual, "depends on the size of chunks")
}
