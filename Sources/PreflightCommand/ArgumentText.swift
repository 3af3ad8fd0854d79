package import ArgumentParser
import ByteSpans
import Preflight
package import SafeText
import ValueFormats

/// Carries arguments that are not UTF-8 through the argument parser, which takes only text.
///
/// Each byte outside a well-formed sequence becomes the scalar U+10F700 plus the byte. These scalars are for private use; an argument that
/// contains one is treated as four such bytes, so text and bytes correspond one to one.
enum ArgumentText {
    private static let marker: UInt32 = 0x10F700
    /// Bytes outside well-formed sequences are not ASCII.
    private static let markers: ClosedRange<UInt32> = (marker + 0x80)...(marker + 0xFF)

    /// The process's arguments, beginning with its name.
    static var processArguments: [String] {
        (0..<Int(CommandLine.argc)).map { index in
            // The system puts a zero after each argument. What is between need not be UTF-8.
            guard let argument = unsafe CommandLine.unsafeArgv[index] else { return "" }
            let bytes = unsafe (0..<length(of: argument)).map { unsafe UInt8(bitPattern: argument[$0]) }
            return text(of: bytes.span)
        }
    }

    private static func length(of argument: UnsafeMutablePointer<CChar>) -> Int {
        var length = 0
        while unsafe argument[length] != 0 { length += 1 }
        return length
    }

    static func text(of bytes: Span<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        var rest = bytes
        while !rest.isEmpty {
            let length = [1, 2, 3, 4].first { $0 <= rest.count && String(validating: rest.prefix($0), as: UTF8.self) != nil }
            let scalar = length.flatMap { String(validating: rest.prefix($0), as: UTF8.self)?.unicodeScalars.first }
            if let length, let scalar, !markers.contains(scalar.value) {
                text.append(scalar)
                rest = rest.dropFirst(length)
            } else {
                for byte in Array(rest.prefix(length ?? 1)) { text.append(Unicode.Scalar(marker + UInt32(byte))!) }
                rest = rest.dropFirst(length ?? 1)
            }
        }
        return String(text)
    }

    /// The bytes that were given.
    static func bytes(of text: String) -> [UInt8] {
        text.unicodeScalars.flatMap { scalar in
            markers.contains(scalar.value) ? [UInt8(scalar.value - marker)] : Array(UTF8.encode(scalar)!)
        }
    }
}

extension FilePath: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(bytes: ArgumentText.bytes(of: argument))
    }

    package static var defaultCompletionKind: CompletionKind { .file() }
}
