import ByteSources
package import SafeText
import Yams

/// A file beside an export with its control totals, as the system wrote it that wrote the export.
///
/// - `export.csv.totals.yaml`: what a profile has under `expect`.
/// - `export.csv.sha256`: what `sha256sum` writes, or the BSD form `SHA256 (export.csv) = …`.
/// - `export.csv.ctl`: lines such as `rows=1000`, `RECORD_COUNT: 1000` or `sum.Amount|1234.5`; lines that say something else are passed over.
package struct TotalsFile: Sendable {
    /// What the end of the name says.
    package enum Form: String, Sendable, CaseIterable {
        case totals = ".totals.yaml"
        case digest = ".sha256"
        case control = ".ctl"
    }

    package let expectations: [Expectation]

    /// The most bytes of such a file.
    package static let sizeLimit = 1 << 20

    /// Where the totals of an export may be: beside it, under its name with or without `.gz` and `.csv`.
    package static func paths(beside export: FilePath) -> [(path: FilePath, form: Form)] {
        var stems = [export.bytes]
        for suffix in [".gz", ".csv"] {
            guard let last = stems.last, last.count > suffix.utf8.count, last.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) else {
                continue
            }
            stems.append(last.dropLast(suffix.utf8.count))
        }
        return Form.allCases.flatMap { form in stems.map { (FilePath(bytes: Array($0) + Array(form.rawValue.utf8)), form) } }
    }

    /// - Parameters:
    ///   - form: `nil` lets the end of the name decide; a name that says nothing is that of a control file.
    ///   - export: the name of the file that the totals are of.
    package static func load(_ path: FilePath, form: Form? = nil, export: FilePath) throws(ProfileError) -> TotalsFile {
        let name = path.description
        let bytes: [UInt8]
        do throws(SmallFile.Refusal) {
            bytes = try SmallFile.read(path: path, limit: sizeLimit)
        } catch {
            throw ProfileError([ProfileMistake(file: name, line: 1, column: 1, message: error.message)])
        }
        let ending = Form.allCases.first { path.bytes.suffix($0.rawValue.utf8.count).elementsEqual($0.rawValue.utf8) }
        let isYAML = path.bytes.suffix(5).elementsEqual(".yaml".utf8) || path.bytes.suffix(4).elementsEqual(".yml".utf8)
        return try TotalsFile(bytes, form: form ?? ending ?? (isYAML ? .totals : .control), fileName: name, export: export.bytes)
    }

    /// - Parameter fileName: for messages, already escaped.
    init(_ bytes: [UInt8], form: Form, fileName: String, export: [UInt8]) throws(ProfileError) {
        switch form {
        case .totals: expectations = try Self.totals(bytes, fileName)
        case .digest: expectations = try Self.digest(bytes, fileName, export: export)
        case .control: expectations = Self.control(bytes, fileName)
        }
    }

    private static func totals(_ bytes: [UInt8], _ fileName: String) throws(ProfileError) -> [Expectation] {
        let document = try ProfileDocument(yaml: bytes, fileName: fileName)
        var nodes = NodeReader(fileName: fileName)
        var root = document.root
        if case .mapping(let mapping) = root, mapping.count == 1, let inner = mapping["expect"] { root = inner }
        let expectations = nodes.expectations(root, "the totals", origin: fileName)
        if !nodes.mistakes.isEmpty { throw ProfileError(nodes.mistakes) }
        return expectations
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { $0.trimmingPrefix { $0 == "\u{FEFF}" || $0 == " " || $0 == "\t" } }.map(String.init)
    }

    private static func digest(_ bytes: [UInt8], _ fileName: String, export: [UInt8]) throws(ProfileError) -> [Expectation] {
        let exportName = String(decoding: export.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
        let stated = lines(bytes).compactMap { line -> (digest: String, name: String)? in
            if line.lowercased().hasPrefix("sha256") {
                guard let open = line.firstIndex(of: "("), let close = line.lastIndex(of: ")"), open < close,
                    let equal = line[close...].firstIndex(of: "=")
                else { return nil }
                return (line[line.index(after: equal)...].filter { $0 != " " }, String(line[line.index(after: open)..<close]))
            }
            let parts = line.split(separator: " ", maxSplits: 1)
            guard let digest = parts.first, digest.utf8.count == 64 else { return nil }
            return (String(digest), String((parts.dropFirst().first ?? "").drop { $0 == " " || $0 == "*" }))
        }
        let ofExport = stated.filter { $0.name == exportName || $0.name.hasSuffix("/" + exportName) }
        // A list of one file is of this one, whatever it was called where it was made.
        guard let found = ofExport.first ?? (stated.count == 1 ? stated.first : nil),
            let expectation = try? Expectation(key: "sha256", value: found.digest, origin: fileName)
        else {
            let message =
                stated.isEmpty
                ? "no line has a SHA-256 digest, as sha256sum writes it" : "no line names \(YAMLText.shown(exportName))"
            throw ProfileError([ProfileMistake(file: fileName, line: 1, column: 1, message: message)])
        }
        return [expectation]
    }

    /// Words of control files for what is counted, in lower case and without anything between their parts.
    private static let words: [String: String] = [
        "rows": "rows", "row": "rows", "rowcount": "rows", "numrows": "rows", "numberofrows": "rows", "nbrows": "rows", "records": "rows",
        "recordcount": "rows", "numrecords": "rows", "numberofrecords": "rows", "reccount": "rows", "totalrecords": "rows",
        "totalrows": "rows", "datarows": "rows", "bytes": "bytes", "bytecount": "bytes", "filesize": "bytes", "size": "bytes",
        "sizeinbytes": "bytes", "sha256": "sha256", "sha256sum": "sha256", "checksumsha256": "sha256",
    ]

    private static func control(_ bytes: [UInt8], _ fileName: String) -> [Expectation] {
        var expectations: [Expectation] = []
        for line in lines(bytes) where !line.hasPrefix("#") {
            // The last separator but for one inside brackets: a key may have more of them.
            guard let end = line.lastIndex(where: { "=:|;,\t".contains($0) }) else { continue }
            let value = line[line.index(after: end)...].filter { $0 != " " && $0 != "\"" && $0 != "\r" }
            let written = String(line[..<end]).filter { $0 != "\"" }
            let key = String(written.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
            let folded = key.lowercased().filter { $0.isLetter || $0.isNumber }
            let known = words[folded] ?? (["sum.", "distinct.", "min.", "max."].contains { key.hasPrefix($0) } ? key : nil)
            guard let known, let expectation = try? Expectation(key: known, value: value, origin: fileName) else { continue }
            expectations.override(with: [expectation])
        }
        return expectations
    }
}

extension NodeReader {
    /// A map of quantities and what they are to be.
    mutating func expectations(_ node: Node, _ subject: String, origin: String) -> [Expectation] {
        guard case .mapping(let mapping) = node else {
            note("\(subject) must be a map, like {rows: 1000, sum.Amount: 1234.5}", at: node)
            return []
        }
        var expectations: [Expectation] = []
        for (key, value) in mapping {
            guard let name = text(key, "a key"), let wanted = text(value, "the value of \(Self.quoted(name))") else { continue }
            do throws(Expectation.Mistake) {
                expectations.append(try Expectation(key: name, value: wanted, origin: origin))
            } catch {
                note(error.message, at: key)
            }
        }
        return expectations
    }
}
