import ByteSpans
package import SafeText

/// Reading a whole file that is small by its nature: a profile, a list of items, an API key.
package enum SmallFile {
    /// Why a file was not read.
    package struct Refusal: Error, Equatable {
        /// Safe to print.
        package var message: String

        package init(message: String) {
            self.message = message
        }
    }

    /// - Parameter limit: the most bytes to accept; a longer file is refused, whatever its size claims to be.
    package static func read(path: FilePath, limit: Int) throws(Refusal) -> [UInt8] {
        guard path.isWhole else { throw Refusal(message: "cannot open \(path): the path contains a NUL byte") }
        if let reason = DescriptorPath.refusalToRead(path) { throw Refusal(message: "cannot open \(path): \(reason)") }
        let descriptor: Descriptor
        do throws(Descriptor.Failure) {
            descriptor = try Descriptor.reading(path: path)
        } catch {
            throw Refusal(message: "cannot open \(path): \(error.text)")
        }
        do throws(Descriptor.Failure) {
            if let bytes = try descriptor.readAll(limit: limit) { return bytes }
        } catch {
            throw Refusal(message: "cannot read \(path): \(error.text)")
        }
        throw Refusal(message: "\(path) is larger than \(ByteCount(limit)), the limit")
    }
}

extension Descriptor {
    /// All that is left to be read; `nil` where that is more than `limit`.
    fileprivate func readAll(limit: Int) throws(Failure) -> [UInt8]? {
        var bytes: [UInt8] = []
        var memory = [UInt8](repeating: 0, count: 1 << 16)
        var buffer = memory.mutableSpan
        while true {
            let count = try readNext(into: &buffer)
            if count == 0 { return bytes }
            bytes += buffer.span[..<count]
            if bytes.count > limit { return nil }
        }
    }
}
