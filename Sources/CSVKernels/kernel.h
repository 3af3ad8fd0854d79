// The kernel itself, compiled once for each instruction set. Who includes it defines before, with 64 bytes in registers as `vectors`:
//
//     load_vectors(bytes)                          loads a block; it need not be aligned
//     prepare(scan), masks_of(vectors, needles)    the bytes that may be structure
//     parity_of(bits)                              the prefix xor
//     begin_utf8(bytes)                            the check of characters, which begins with the block at `bytes`; before it is
//                                                  text, or, where `bytes` is null, nothing
//     check_utf8(state, vectors)                   a block that is text to its last byte
//     check_utf8_partly(state, vectors, valid)     a block whose valid bytes alone count
//     has_invalid_utf8(state)
//     bytes_below_space(vectors), zero_bytes(vectors)
//     trailing_zeros(bits)                         anything for 0
//
// and SCAN_NAME, COUNT_NAME, HAVE_WIDTH_NAME, and POSITIONS_NAME unless it has a function of its own.

/// Writes the bits that are valid, and leaves the others as they were.
CSV_INLINE void store_partly(uint64_t *word, uint64_t bits, uint64_t valid) { *word = (*word & ~valid) | (bits & valid); }

/// Stops a scan before a byte of the block at `start`.
static __attribute__((noinline)) void stop_scan(
    csv_scan *scan, size_t from, size_t start, unsigned place, uint64_t first, csv_masks m, csv_block block, bool was_inside) {
    const uint64_t before = (UINT64_C(1) << place) - 1;
    const uint64_t valid = before & first;
    store_partly(&scan->ends[start / 64], block.ends, valid);
    store_partly(&scan->row_ends[start / 64], block.row_ends, valid);
    scan->line_feed_count += (uint64_t)__builtin_popcountll(m.line_feed & before);
    scan->row_count += (uint64_t)__builtin_popcountll(block.row_ends & before);
    scan->crlf_count += (uint64_t)__builtin_popcountll(block.crlf & before);
    scan->position = start + place;
    scan->state = csv_state_at(scan, from, scan->position, place == 0 ? was_inside : (block.inside >> (place - 1)) & 1);
}

/// Notes control characters that are no structure.
CSV_INLINE void note_controls(csv_scan *scan, vectors v, csv_masks m, uint64_t valid) {
    const uint64_t controls = bytes_below_space(v) & ~(m.line_feed | m.carriage | m.delimiter) & valid;
    if (__builtin_expect(controls == 0, 1)) return;
    scan->has_control = true;
    scan->has_nul |= (zero_bytes(v) & controls) != 0;
}

void SCAN_NAME(csv_scan *scan) {
    const size_t from = scan->position;
    const size_t end = scan->end;
    if (from >= end) return;
    const uint8_t *bytes = scan->bytes;
    const needles k = prepare(scan);
    size_t start = from & ~(size_t)63;
    csv_carry carry = csv_carry_of(scan->state, (unsigned)(from - start));
    utf8_state utf8 = begin_utf8(start == 0 ? NULL : bytes + start);

    // The first block and the last may be partial; all between are whole.
    while (start < end) {
        const bool is_last = end - start < 64;
        if (start < from || is_last) {
            const uint64_t first = start < from ? ~UINT64_C(0) << (from - start) : ~UINT64_C(0);
            const uint64_t valid = is_last ? first & ((UINT64_C(1) << (end - start)) - 1) : first;
            const vectors v = load_vectors(bytes + start);
            check_utf8_partly(&utf8, v, valid);
            csv_masks m = masks_of(v, k);
            m.delimiter &= valid;
            m.line_feed &= valid;
            m.quote &= valid;
            m.carriage &= valid;
            note_controls(scan, v, m, valid);
            const bool was_inside = carry.inside != 0;
            const csv_block block = csv_structure(m, parity_of(m.quote), &carry);
            const uint64_t odd = block.odd & valid;
            const unsigned place = odd != 0 ? (unsigned)__builtin_ctzll(odd) : is_last ? (unsigned)(end - start) : 64;
            if (place < 64) {
                stop_scan(scan, from, start, place, first, m, block, was_inside);
                goto stopped;
            }
            store_partly(&scan->ends[start / 64], block.ends, valid);
            store_partly(&scan->row_ends[start / 64], block.row_ends, valid);
            scan->line_feed_count += (uint64_t)__builtin_popcountll(m.line_feed);
            scan->row_count += (uint64_t)__builtin_popcountll(block.row_ends);
            scan->crlf_count += (uint64_t)__builtin_popcountll(block.crlf);
            start += 64;
            continue;
        }
        uint64_t *ends = scan->ends;
        uint64_t *row_ends = scan->row_ends;
        uint64_t line_feed_count = 0, row_count = 0, crlf_count = 0;
        for (; start + 64 <= end; start += 64) {
            const vectors v = load_vectors(bytes + start);
            const csv_masks m = masks_of(v, k);
            const uint64_t inside_before = carry.inside;
            const csv_block block = csv_structure(m, parity_of(m.quote), &carry);
            check_utf8(&utf8, v);
            note_controls(scan, v, m, ~UINT64_C(0));
            if (__builtin_expect(block.odd != 0, 0)) {
                stop_scan(scan, from, start, (unsigned)__builtin_ctzll(block.odd), ~UINT64_C(0), m, block, inside_before != 0);
                scan->line_feed_count += line_feed_count;
                scan->row_count += row_count;
                scan->crlf_count += crlf_count;
                goto stopped;
            }
            ends[start / 64] = block.ends;
            row_ends[start / 64] = block.row_ends;
            line_feed_count += (uint64_t)__builtin_popcountll(m.line_feed);
            row_count += (uint64_t)__builtin_popcountll(block.row_ends);
            crlf_count += (uint64_t)__builtin_popcountll(block.crlf);
        }
        scan->line_feed_count += line_feed_count;
        scan->row_count += row_count;
        scan->crlf_count += crlf_count;
    }
    scan->state = csv_state_at(scan, from, end, carry.inside != 0);
    scan->position = end;

stopped:
    scan->has_invalid_utf8 |= has_invalid_utf8(utf8);
}

#ifdef POSITIONS_NAME
size_t POSITIONS_NAME(const uint64_t *words, size_t word_count, uint32_t *positions) {
    uint32_t *next = positions;
    for (size_t word = 0; word < word_count; word++) {
        uint64_t bits = words[word];
        const uint32_t base = (uint32_t)(word * 64);
        const size_t count = (size_t)__builtin_popcountll(bits);
        // Eight are written whether there are so many or not: a branch for each group is hardly ever guessed wrong, one for each bit often.
#define POSITION(i) \
    next[i] = base + (uint32_t)trailing_zeros(bits); \
    bits &= bits - 1;
#define EIGHT_POSITIONS(i) \
    POSITION(i) POSITION(i + 1) POSITION(i + 2) POSITION(i + 3) POSITION(i + 4) POSITION(i + 5) POSITION(i + 6) POSITION(i + 7)
        EIGHT_POSITIONS(0)
        if (__builtin_expect(count > 8, 0)) {
            EIGHT_POSITIONS(8)
            if (__builtin_expect(count > 16, 0)) {
                EIGHT_POSITIONS(16)
                for (size_t i = 24; i < count; i++) {
                    POSITION(i)
                }
            }
        }
#undef EIGHT_POSITIONS
#undef POSITION
        next += count;
    }
    return (size_t)(next - positions);
}
#endif

size_t COUNT_NAME(const uint64_t *words, size_t word_count) {
    size_t count = 0;
    for (size_t word = 0; word < word_count; word++) count += (size_t)__builtin_popcountll(words[word]);
    return count;
}

bool HAVE_WIDTH_NAME(const uint64_t *ends, const uint64_t *row_ends, size_t word_count, size_t width) {
    size_t field_count = 0;
    for (size_t word = 0; word < word_count; word++) {
        uint64_t bits = ends[word];
        for (uint64_t rows = row_ends[word]; rows != 0; rows &= rows - 1) {
            // All bits up to the lowest of `rows`.
            const uint64_t row = rows ^ (rows - 1);
            field_count += (size_t)__builtin_popcountll(bits & row);
            if (field_count != width) return false;
            field_count = 0;
            bits &= ~row;
        }
        field_count += (size_t)__builtin_popcountll(bits);
    }
    return true;
}
