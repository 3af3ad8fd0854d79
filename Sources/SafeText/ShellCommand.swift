/// A command line that a message names: pasted into a POSIX shell it gives exactly these words.
///
/// The one place that quotes. A word with bytes that a terminal must not see raw, or that are not UTF-8, is spelled with `printf`, which every
/// POSIX shell has.
package struct ShellCommand: Sendable, Equatable, CustomStringConvertible {
    /// The program and its arguments, as a process gets them.
    package var words: [Word]

    /// One argument: any bytes but NUL.
    package struct Word: Sendable, Equatable, ExpressibleByStringInterpolation {
        package let bytes: [UInt8]

        package init(_ text: String) {
            bytes = Array(text.utf8)
        }

        package init(stringLiteral text: String) {
            self.init(text)
        }

        /// A path that begins with a dash would be taken for an option. `-` alone is a standard stream.
        package init(_ path: FilePath) {
            bytes = (path.bytes.first == UInt8(ascii: "-") && path != .standardStream ? Array("./".utf8) : []) + path.bytes
        }
    }

    package init(_ words: [Word]) {
        self.words = words
    }

    /// `preflight` with arguments.
    package static func preflight(_ arguments: Word...) -> ShellCommand {
        ShellCommand(["preflight"] + arguments)
    }

    /// The same command with more arguments.
    package func adding(_ arguments: [Word]) -> ShellCommand {
        ShellCommand(words + arguments)
    }

    /// Safe to print, on one line.
    package var description: String { words.map { Self.quoted($0.bytes) }.joined(separator: " ") }

    /// One word, quoted where it has to be.
    private static func quoted(_ word: [UInt8]) -> String {
        if let first = word.first, word.allSatisfy(isPlain), !isSpecialAtStart(first) { return String(decoding: word, as: UTF8.self) }
        guard let text = String(validating: word, as: UTF8.self), !text.unicodeScalars.contains(where: VisibleText.isHidden) else {
            return printed(word)
        }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }

    /// Means itself to every shell, wherever it is in a word.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "_-./:,@%+=".utf8.contains(byte)
        }
    }

    /// zsh expands `=command` at the start of a word.
    private static func isSpecialAtStart(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "=") }

    /// `"$(printf 'a\033b')"`. A command substitution drops line ends at its end: such a word gets the quotes of bash, zsh and POSIX 2024.
    private static func printed(_ word: [UInt8]) -> String {
        var text = ""
        for byte in word {
            switch byte {
            // Letters, digits and most signs mean themselves. Of text beyond ASCII each byte is written: a part of it is hidden, or no text.
            case 0x20...0x7E where !#"'\!"#.utf8.contains(byte): text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 8)
                text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
            }
        }
        if word.last == UInt8(ascii: "\n") { return "$'\(text)'" }
        // A dash at the beginning is not an option of printf, and a percent sign no directive.
        return "\"$(printf -- '\(text.replacing("%", with: "%%"))')\""
    }
}
