#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file could not be written.
public struct OutputError: Error {
    /// The system's error number.
    public let number: Int32

    public init(number: Int32) {
        self.number = number
    }
}

/// Collects bytes in one buffer and hands it on when it is full: to a descriptor, or to memory.
///
/// Memory stays constant when a descriptor is written. Pointers are used because the buffer is the generators' inner loop; each append
/// tests the room that is left.
public struct ByteOutput: ~Copyable {
    /// Room after the threshold: a row may be this long.
    static let slack = 1 << 16
    private static let threshold = 1 << 20
    /// Bytes copied at a time.
    static let stride = 16

    private let buffer: UnsafeMutablePointer<UInt8>
    private let capacity = ByteOutput.threshold + ByteOutput.slack
    private var used = 0
    private var flushedCount = 0
    /// `nil`: into ``memory``.
    private let descriptor: Int32?
    private var memory: [UInt8] = []

    /// - Parameter descriptor: is not closed here; `nil` to collect the bytes in memory, see ``takeBytes()``.
    public init(descriptor: Int32?) {
        self.descriptor = descriptor
        buffer = .allocate(capacity: capacity)
    }

    deinit {
        buffer.deallocate()
    }

    /// Bytes appended so far: the file offset of the next one.
    public var byteCount: Int { flushedCount + used }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        precondition(used < capacity)
        buffer[used] = byte
        used &+= 1
    }

    @inline(__always)
    mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        precondition(text.count <= capacity &- used)
        guard let start = text.baseAddress else { return }
        (buffer + used).update(from: start, count: text.count)
        used &+= text.count
    }

    /// Copied in whole strides: texts are short, and a call to copy one would cost more than the copy.
    @inline(__always)
    mutating func append(_ text: PhraseTable.Phrase) {
        precondition(text.count <= capacity &- used &- Self.stride)
        let (source, target) = (UnsafeRawPointer(text.start), UnsafeMutableRawPointer(buffer + used))
        var copied = 0
        repeat {
            let part = source.loadUnaligned(fromByteOffset: copied, as: SIMD16<UInt8>.self)
            target.storeBytes(of: part, toByteOffset: copied, as: SIMD16<UInt8>.self)
            copied &+= Self.stride
        } while copied < text.count
        used &+= text.count
    }

    mutating func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends a text of any length, and writes out what is full.
    public mutating func write(_ text: String) throws(OutputError) {
        for byte in text.utf8 {
            append(byte)
            try endRow()
        }
    }

    /// Appends the low `count` bytes of a word, first byte lowest.
    @inline(__always)
    mutating func append(word: UInt64, count: Int) {
        precondition(capacity &- used >= 8)
        UnsafeMutableRawPointer(buffer + used).storeBytes(of: word.littleEndian, as: UInt64.self)
        used &+= count
    }

    /// Takes back the last byte of the row that is being written.
    mutating func removeLast() {
        precondition(used > 0)
        used &-= 1
    }

    /// Counts line feeds from a file offset on, which must lie in the row that is being written.
    func lineFeeds(from offset: Int) -> Int {
        var count = 0
        for index in (offset - flushedCount)..<used where buffer[index] == UInt8(ascii: "\n") { count &+= 1 }
        return count
    }

    /// A row is whole: writes the buffer out if it is nearly full.
    @inline(__always)
    mutating func endRow() throws(OutputError) {
        if used >= Self.threshold { try flush() }
    }

    /// Writes out what is left.
    public mutating func flush() throws(OutputError) {
        if let descriptor {
            try writeAll(to: descriptor)
        } else {
            memory.append(contentsOf: UnsafeBufferPointer(start: buffer, count: used))
        }
        flushedCount += used
        used = 0
    }

    /// What was collected in memory up to the last flush.
    public consuming func takeBytes() -> [UInt8] {
        memory
    }

    private func writeAll(to descriptor: Int32) throws(OutputError) {
        var written = 0
        while written < used {
            let count = systemWrite(descriptor, buffer + written, used - written)
            if count < 0 {
                if errno == EINTR { continue }
                throw OutputError(number: errno)
            }
            written += count
        }
    }
}

/// The system's call, where a method of the same name hides it.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
