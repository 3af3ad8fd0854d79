/// What decodes the compressed data of gzip members, chosen when the package is built.
///
/// Both are asked and answer alike, and agree on what is damage and where:
///
/// - `beginStream()`: the next byte begins deflate data (RFC 1951).
/// - `run(_:into:)`: decodes from the front of some input into some room, until one of them is used up or the data is over. What it did
///   not take is given again, with more bytes after it.
/// - `endInput()`: nothing follows what was not taken. Returns whether another run may decode some of it all the same.
/// - `heldByteCount`: bytes that were taken but not used, when damage stopped the run.
#if ISAL
    package typealias DeflateDecoder = ISALDecoder
#else
    package typealias DeflateDecoder = ZlibDecoder
#endif

/// What one run of a decoder came to.
package struct DecodedRun {
    package enum Stop {
        /// The data goes on after the input.
        case needsInput
        /// The output is full. More may follow even if the input is used up.
        case needsOutput
        /// The last block is over; the next byte of the input is the first of the trailer.
        case endOfStream
        /// The data contradicts itself.
        case damage
    }

    /// Taken from the front of the input.
    package var inputByteCount: Int
    /// Written to the front of the output, also before damage.
    package var outputByteCount: Int
    package var stop: Stop
}
