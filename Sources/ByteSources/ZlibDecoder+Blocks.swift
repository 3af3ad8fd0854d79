#if ISAL
    import ByteSpans
    import CZlib

    /// What is left of the last byte that was taken: block and symbol edges are bits, not bytes.
    package struct BitRemainder {
        /// 0 to 7.
        package var count = 0
        /// The bits, the next one lowest; all above `count` are 0.
        package var value: UInt8 = 0

        package init() {}

        /// The highest bits of a byte, which are the last of it to be read.
        package init(count: Int, of byte: UInt8) {
            self.count = count
            value = UInt8(truncatingIfNeeded: UInt16(byte) >> UInt16(8 - count))
        }

        /// A byte whose highest bits these are.
        package var byte: UInt8 {
            UInt8(truncatingIfNeeded: UInt16(value) << UInt16(8 - count))
        }
    }

    /// How zlib judges for a faster decoder: it reads the head of each block, and takes over wherever the other one gives up.
    extension ZlibDecoder {
        /// What precedes the first literal, match or stored byte of a block.
        package enum BlockHead {
            /// Takes these bytes from the front of the input. The next run decodes the block.
            case whole(byteCount: Int, isLast: Bool)
            /// The input ends in it: to be read anew, with more bytes after it.
            case cut
            /// Damage in the last of these bytes and ``heldByteCount``.
            case damaged(byteCount: Int)
        }

        /// Reads the head of a block, which begins with bits that were left over of the byte before the input.
        package func readBlockHead(_ bits: BitRemainder, _ input: Span<UInt8>) -> BlockHead {
            preflight_inflate_reset(stream)
            preflight_inflate_prime(stream, Int32(bits.count), Int32(bits.value))
            // A head has no output.
            var nothing = MutableSpan<UInt8>()
            let run = self.run(input, into: &nothing, flush: Z_TREES)
            if run.stop == .damage { return .damaged(byteCount: run.inputByteCount) }
            // 256: right after a head; 64: in the last block.
            let state = preflight_inflate_place(stream)
            return state & 256 == 0 ? .cut : .whole(byteCount: run.inputByteCount, isLast: state & 64 != 0)
        }

        /// Begins after blocks that another decoder has decoded.
        ///
        /// - Parameter history: the content before, as far as matches may refer to it.
        package func begin(after history: Span<UInt8>, bits: BitRemainder) {
            preflight_inflate_reset(stream)
            resume(after: history, bits: bits)
        }

        /// As ``run(_:into:)``, but stops after each block.
        ///
        /// - Returns: of a block that is over and not the last, how many bits of the last byte that was taken belong to the next one.
        package func runBlock(
            _ input: Span<UInt8>, into output: inout MutableSpan<UInt8>
        ) -> (run: DecodedRun, nextBlockBitCount: Int?) {
            let run = self.run(input, into: &output, flush: Z_BLOCK)
            // 128: right after a block, in the lowest six bits the number of bits that were not used.
            let state = preflight_inflate_place(stream)
            return (run, run.stop != .damage && run.stop != .endOfStream && state & 128 != 0 ? Int(state & 63) : nil)
        }

        /// Goes on after what another decoder has decoded of the block whose head was read last.
        ///
        /// - Parameters:
        ///   - history: the content before, as far as matches may refer to it.
        ///   - bits: what the other decoder has left of its last byte; `nil` if it has decoded nothing of the block.
        package func resume(after history: Span<UInt8>, bits: BitRemainder?) {
            preflight_inflate_set_history(stream, history.view)
            guard let bits else { return }
            // A negative count drops the bits that zlib holds itself.
            preflight_inflate_prime(stream, -1, 0)
            preflight_inflate_prime(stream, Int32(bits.count), Int32(bits.value))
        }
    }
#endif
