#if ISAL
    import ByteSpans
    import CISAL

    /// Deflate data decoded by ISA-L where it is right, and by zlib from there on where it is not.
    ///
    /// ISA-L is fast but no judge: it lets some block heads pass that zlib refuses, decodes ahead of the output, and gives up two or three
    /// literals before the end of cut data. So each of them does what it is good at:
    ///
    /// ```
    /// head ───────▶ coded data ─────────────▶ head ───▶ stored bytes ──▶ head ─▶ …
    /// zlib judges   ISA-L decodes             zlib      copied
    ///               │
    ///               └ refuses, or data is cut: zlib decodes all that follows
    /// ```
    ///
    /// - zlib stops after each head (`Z_TREES`), so it has the block's codes and is where the block's data begins.
    /// - ISA-L cannot stop at the end of a block, but at the end of the last one: each block is marked as the last. It begins each
    ///   with the history as its dictionary.
    /// - Before each call of ISA-L all that it decoded is given out, so that content, history and the place in the input belong together.
    ///   When the call fails, zlib is given that history and decodes that input again, over what the call wrote. Its verdict, and the
    ///   place of it, are then those of a stream that zlib has decoded alone; should it find nothing wrong, it just goes on.
    /// - To begin a block costs ISA-L some microseconds, and a stream that was flushed after each row has blocks of a hundred bytes: while
    ///   they are short, zlib decodes them.
    package final class ISALDecoder {
        private enum Phase {
            case head
            /// Stored bytes that are left of the block.
            case stored(byteCount: Int)
            /// With the length of the head while ISA-L has not been given it.
            case coded(headByteCount: Int?)
            /// zlib decodes, this much of the block so far.
            case slow(byteCount: Int)
            case end
        }

        /// A part of a run.
        private struct Step {
            var inputByteCount = 0
            var outputByteCount = 0
            /// `nil`: another step can follow.
            var stop: DecodedRun.Stop?
        }

        /// Below this much content zlib decodes a block as fast: to begin one costs ISA-L 1 to 3 µs (measured), codes of its own more.
        private static let shortBlockByteCount = 4 << 10

        private let isal: preflight_isal
        private let zlib = ZlibDecoder()
        private var history = DeflateHistory()
        private var phase = Phase.head
        private var isLastBlock = false
        /// Content of the block that ISA-L decodes, so far.
        private var blockByteCount = 0
        /// Of the last byte that was taken; after what zlib decodes, the whole byte counts.
        private var bits = BitRemainder()
        private var lastByte: UInt8 = 0

        package init() {
            guard let isal = preflight_isal_decoder() else { fatalError("out of memory") }
            self.isal = isal
        }

        package var heldByteCount: Int { zlib.heldByteCount }

        package func beginStream() {
            history.removeAll()
            bits = BitRemainder()
            phase = .head
        }

        package func run(_ input: Span<UInt8>, into output: inout MutableSpan<UInt8>) -> DecodedRun {
            var (inputByteCount, outputByteCount) = (0, 0)
            while true {
                var rest = output.rest(from: outputByteCount)
                let step = step(input[inputByteCount...], into: &rest)
                inputByteCount += step.inputByteCount
                outputByteCount += step.outputByteCount
                if let stop = step.stop {
                    return DecodedRun(inputByteCount: inputByteCount, outputByteCount: outputByteCount, stop: stop)
                }
            }
        }

        /// Lets zlib have what ISA-L makes no whole symbol of.
        package func endInput() -> Bool {
            guard case .coded(headByteCount: nil) = phase else { return false }
            zlib.resume(after: history.bytes, bits: bits)
            continueSlowly(lastByte: bits.byte)
            return true
        }

        private func step(_ input: Span<UInt8>, into output: inout MutableSpan<UInt8>) -> Step {
            switch phase {
            case .head:
                return readHead(input)
            case .stored(let byteCount):
                return copy(byteCount, of: input, into: &output)
            case .coded(let headByteCount):
                if preflight_isal_pending(isal) > 0 { return takePending(into: &output) }
                if preflight_isal_is_at_end(isal) != 0 { return finishCodedBlock() }
                return output.isEmpty ? Step(stop: .needsOutput) : decode(input, into: &output, headByteCount: headByteCount)
            case .slow(let byteCount):
                return decodeSlowly(input, into: &output, blockByteCount: byteCount)
            case .end:
                return Step(stop: .endOfStream)
            }
        }

        private func readHead(_ input: Span<UInt8>) -> Step {
            switch zlib.readBlockHead(bits, input) {
            case .cut:
                return Step(stop: .needsInput)
            case .damaged(let byteCount):
                return Step(inputByteCount: byteCount, stop: .damage)
            case .whole(let byteCount, let isLast):
                isLastBlock = isLast
                // Last block?, then the type in two bits; 0 is stored (RFC 1951, 3.2.3).
                guard (UInt16(bits.value) | UInt16(input.first ?? 0) << UInt16(bits.count)) & 0b110 != 0 else {
                    bits = BitRemainder()
                    // A stored head ends with the length and its complement.
                    phase = .stored(byteCount: Int(input[byteCount - 4]) | Int(input[byteCount - 3]) << 8)
                    return Step(inputByteCount: byteCount)
                }
                beginCodedBlock()
                phase = .coded(headByteCount: byteCount)
                return Step()
            }
        }

        private func beginCodedBlock() {
            blockByteCount = 0
            history.begin(isal)
        }

        private func copy(_ byteCount: Int, of input: Span<UInt8>, into output: inout MutableSpan<UInt8>) -> Step {
            guard byteCount > 0 else { return finishBlock() }
            guard !output.isEmpty else { return Step(stop: .needsOutput) }
            let count = min(byteCount, input.count, output.count)
            guard count > 0 else { return Step(stop: .needsInput) }
            let bytes = input[..<count]
            output.copy(bytes)
            history.append(bytes)
            phase = .stored(byteCount: byteCount - count)
            return Step(inputByteCount: count, outputByteCount: count)
        }

        private func finishBlock() -> Step {
            phase = isLastBlock ? .end : .head
            return Step()
        }

        private func finishCodedBlock() -> Step {
            guard blockByteCount < Self.shortBlockByteCount, !isLastBlock else { return finishBlock() }
            zlib.begin(after: history.bytes, bits: bits)
            continueSlowly(lastByte: bits.byte)
            return Step()
        }

        private func continueSlowly(lastByte: UInt8) {
            self.lastByte = lastByte
            phase = .slow(byteCount: 0)
        }

        private func decodeSlowly(
            _ input: Span<UInt8>, into output: inout MutableSpan<UInt8>, blockByteCount: Int
        ) -> Step {
            let (run, nextBlockBitCount) = zlib.runBlock(input, into: &output)
            append(output.span[..<run.outputByteCount])
            if run.inputByteCount > 0 { lastByte = input[run.inputByteCount - 1] }
            var step = Step(inputByteCount: run.inputByteCount, outputByteCount: run.outputByteCount, stop: run.stop)
            phase = .slow(byteCount: blockByteCount + run.outputByteCount)
            if let nextBlockBitCount {
                bits = BitRemainder(count: nextBlockBitCount, of: lastByte)
                let isShort = blockByteCount + run.outputByteCount < Self.shortBlockByteCount
                phase = isShort ? .slow(byteCount: 0) : .head
                step.stop = nil
            }
            return step
        }

        private func append(_ content: Span<UInt8>) {
            history.append(content)
            blockByteCount += content.count
        }

        private func takePending(into output: inout MutableSpan<UInt8>) -> Step {
            guard !output.isEmpty else { return Step(stop: .needsOutput) }
            let count = preflight_isal_take_pending(isal, output.room)
            append(output.span[..<count])
            return Step(outputByteCount: count)
        }

        private func decode(
            _ input: Span<UInt8>, into output: inout MutableSpan<UInt8>, headByteCount: Int?
        ) -> Step {
            let first = firstInput(input, isHead: headByteCount != nil)
            let rest = input[first.byteCount...]
            let run = preflight_isal_inflate(isal, first.bits, Int32(first.bitCount), rest.view, output.room)
            guard run.status == ISAL_DECOMP_OK else {
                // After a head zlib is already there, with its own bits.
                zlib.resume(after: history.bytes, bits: headByteCount == nil ? bits : nil)
                continueSlowly(lastByte: headByteCount.map { $0 > 0 ? input[$0 - 1] : bits.byte } ?? bits.byte)
                return Step(inputByteCount: headByteCount ?? 0)
            }
            phase = .coded(headByteCount: nil)
            append(output.span[..<run.output_count])
            // Whole bytes that were taken but not used are given back, so that no more than bits are kept from one call to the next.
            let unused = Int(run.unused_bit_count)
            let left = run.unused_bits & (1 << (unused % 8) - 1)
            bits = BitRemainder(count: unused % 8, of: UInt8(left) << (8 - unused % 8))
            return Step(
                inputByteCount: first.byteCount + run.input_count - unused / 8, outputByteCount: run.output_count,
                stop: run.output_count == output.count || preflight_isal_is_at_end(isal) != 0 ? nil : .needsInput)
        }

        /// - Returns: the bits that it begins with, and how many bytes of `input` they have.
        private func firstInput(_ input: Span<UInt8>, isHead: Bool) -> (bits: UInt64, bitCount: Int, byteCount: Int) {
            guard isHead else { return (UInt64(bits.value), bits.count, 0) }
            // The first bit of a head says whether the block is the last: here it is always marked as such.
            return bits.count == 0 ? (UInt64(input[0]) | 1, 8, 1) : (UInt64(bits.value) | 1, bits.count, 0)
        }
    }
#endif
