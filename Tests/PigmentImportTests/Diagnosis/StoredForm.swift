import ByteSources
import SeededRandom

@testable import Preflight

/// How a generated file is stored: its encoding, byte order mark, compression, and what is around its rows.
struct StoredForm {
    private static let encodings: [TextEncoding] = [.utf8, .utf16, .utf16LittleEndian, .utf16BigEndian, .windows1252]

    let encoding: TextEncoding
    let isMarked: Bool
    let isCompressed: Bool
    let hasExtraQuotes: Bool
    /// Lines before the header that are skipped.
    let titleLines: Int
    /// After every so many rows comes a blank line; 0 for none.
    let blankStep: Int

    init(seed: Int) {
        // The content of the file does not depend on its form.
        var random = SeededGenerator(seed: 1_000_000 + seed)
        encoding = random.once(in: 2) ? .utf8 : random.element(of: Self.encodings)
        // The order of bytes of plain UTF-16 is that of the mark.
        isMarked = encoding == .utf16 || encoding != .windows1252 && random.once(in: 3)
        isCompressed = random.once(in: 4)
        hasExtraQuotes = random.once(in: 3)
        titleLines = random.once(in: 4) ? 2 : 0
        blankStep = random.once(in: 4) ? 7 : 0
    }

    /// Whether what is sent is converted.
    var isConverted: Bool { encoding != .utf8 }

    func apply(to options: inout CheckOptions) {
        options.skippedLines = titleLines
        if isConverted { (options.encoding, options.transcodes) = (encoding, true) }
    }

    /// A value that the encoding has.
    func storable(_ text: String) -> String {
        guard encoding == .windows1252 else { return text }
        let isNote = text.hasPrefix("n") && text.last?.isNumber == true
        return text.contains("\u{2212}") ? "1x1" : isNote ? text + "\u{E9}\u{20AC}" : text
    }

    /// - Parameter rows: with their line ends.
    func bytes(header: String, rows: [String]) -> [UInt8] {
        let end = header.hasSuffix("\r\n") ? "\r\n" : "\n"
        var text = beginning(end: end) + header
        for (index, row) in rows.enumerated() {
            text += row
            if blankStep > 0, index % blankStep == 3, index + 1 < rows.count { text += end }
        }
        let bytes = stored(text)
        return isCompressed ? Self.gzip(bytes) : bytes
    }

    /// What a file of these rows is that is sent.
    func sent(header: String, rows: [String]) -> [UInt8] {
        let end = header.hasSuffix("\r\n") ? "\r\n" : "\n"
        let text = beginning(end: end) + header + rows.joined()
        return (isMarked && !isConverted ? [0xEF, 0xBB, 0xBF] : []) + text.utf8
    }

    private func beginning(end: String) -> String { (0..<titleLines).map { "Export of the ledger, part \($0)\(end)" }.joined() }

    private func stored(_ text: String) -> [UInt8] {
        func halves(isBig: Bool) -> [UInt8] {
            let units = (isMarked ? [0xFEFF] : []) + Array(text.utf16)
            return units.flatMap { unit in
                let (low, high) = (UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8))
                return isBig ? [high, low] : [low, high]
            }
        }
        return switch encoding {
        case .utf16, .utf16LittleEndian: halves(isBig: false)
        case .utf16BigEndian: halves(isBig: true)
        case .windows1252: text.unicodeScalars.map { $0 == "\u{20AC}" ? 0x80 : UInt8($0.value) }
        default: (isMarked ? [0xEF, 0xBB, 0xBF] : []) + text.utf8
        }
    }

    /// A gzip file of stored blocks.
    private static func gzip(_ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
        var rest = content[...]
        repeat {
            let block = rest.prefix(60_000)
            rest = rest.dropFirst(block.count)
            let length = UInt16(block.count)
            bytes += [rest.isEmpty ? 1 : 0]
            for half in [length, ~length] { bytes += [UInt8(half & 255), UInt8(half >> 8)] }
            bytes += block
        } while !rest.isEmpty
        var crc: UInt32 = ~0
        for byte in content {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 != 0 ? 0xEDB8_8320 : 0) }
        }
        for word in [~crc, UInt32(content.count)] { bytes += (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
        return bytes
    }
}
