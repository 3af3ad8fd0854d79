#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The system's `iconv`: a reference for the encodings, and the maker of files in them.
enum SystemConverter {
    /// - Returns: `nil` if the text is not in the encoding, or the system has no such converter.
    static func convert(_ bytes: [UInt8], from: String, to: String) -> [UInt8]? {
        guard let descriptor = iconv_open(to, from), Int(bitPattern: descriptor) != -1 else { return nil }
        defer { iconv_close(descriptor) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: 4 * bytes.count + 16)
        var left = (input: input.count, output: output.count)
        let result = input.withUnsafeMutableBytes { input in
            output.withUnsafeMutableBytes { output in
                var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
                var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
                return iconv(descriptor, &from, &left.input, &to, &left.output)
            }
        }
        guard result == 0, left.input == 0 else { return nil }
        return Array(output.dropLast(left.output))
    }

    /// The bytes of a text; `nil` if it has other characters.
    static func bytes(_ text: String, in name: String) -> [UInt8]? {
        convert(Array(text.utf8), from: "UTF-8", to: name)
    }
}
