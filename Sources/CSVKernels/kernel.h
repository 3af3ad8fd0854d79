// The kernel itself, compiled once for each instruction set. Who includes it defines before, with 64 bytes in registers as `vectors`:
//
//     load_vectors(bytes)                          loads a block; it need not be aligned
//     prepare(scan), masks_of(vectors, needles)    the bytes that may be structure
//     prepare_numbers(numbers), number_masks_of(vectors, needles)
//     parity_of(bits)                              the prefix xor
//     begin_utf8(bytes)                            the check of characters, which begins with the block at `bytes`; before it is
//                                                  text, or, where `bytes` is null, nothing
//     check_utf8(state, vectors)                   a block that is text to its last byte
//     check_utf8_partly(state, vectors, valid)     a block whose valid bytes alone count
//     has_invalid_utf8(state)
//     bytes_below_space(vectors), zero_bytes(vectors)
//     trailing_zeros(bits)                         anything for 0
//     extract(bits, mask)                          the bits at the places of the mask, side by side from the lowest on
//
// and SCAN_NAME, NUMBERS_NAME, COUNT_PLAIN_NAME, POSITIONS_NAME, COUNT_NAME, HAVE_WIDTH_NAME.

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

void NUMBERS_NAME(csv_numbers *numbers) {
    const number_needles k = prepare_numbers(numbers);
    const uint8_t *bytes = numbers->bytes;
    const uint64_t *ends = numbers->ends;
    const uint64_t *row_ends = numbers->row_ends;
    uint64_t *violations = numbers->violations;
    uint64_t *decimals = numbers->decimals;
    const size_t word_count = (numbers->end + 63) / 64;
    csv_number_carry carry = {.field_start = 1};
    uint64_t quotes = 0, carriages = 0;
    for (size_t word = 0; word < word_count; word++) {
        csv_number_masks m = number_masks_of(load_vectors(bytes + 64 * word), k);
        m.decimal &= ~ends[word];
        violations[word] = csv_number_violations(m, ends[word], row_ends[word], &carry);
        decimals[word] = m.decimal;
        quotes |= m.quote;
        carriages |= m.carriage;
    }
    numbers->has_quotes = quotes != 0;
    numbers->has_carriage = carriages != 0;
}

/// Bits side by side, appended a few at a time.
typedef struct bit_stream {
    uint64_t *words;
    size_t word_count;
    uint64_t open;
    unsigned open_count;
} bit_stream;

/// Appends up to 64 bits; those above are 0.
CSV_INLINE void append_bits(bit_stream *stream, uint64_t bits, unsigned count) {
    stream->open |= bits << stream->open_count;
    if (stream->open_count + count >= 64) {
        stream->words[stream->word_count++] = stream->open;
        stream->open = stream->open_count == 0 ? 0 : bits >> (64 - stream->open_count);
        stream->open_count += count - 64;
        return;
    }
    stream->open_count += count;
}

/// Adds the bits of a stream by column, around and around.
///
/// Numbers of 8 bits, one for each of 64 columns, are stored upright: plane p holds bit p of all of them, so that a row is added with a few
/// operations on whole words; they are read out before they overflow.
static void count_by_column(bit_stream *stream, size_t bit_count, size_t width, uint32_t *counts) {
    enum { PLANES = 8, MOST = (1 << PLANES) - 1 };
    // The word after the last bit is read, too.
    stream->words[stream->word_count] = stream->open;
    stream->words[stream->word_count + 1] = 0;
    const size_t row_count = bit_count / width;
    for (size_t column = 0; column < width; column += 64) {
        const uint64_t mask = width - column >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << (width - column)) - 1;
        size_t row = 0;
        while (row < row_count) {
            uint64_t planes[PLANES] = {0};
            const size_t end = row_count - row < MOST ? row_count : row + MOST;
            for (; row < end; row++) {
                const size_t place = row * width + column;
                uint64_t bits = stream->words[place / 64] >> (place % 64);
                if (place % 64 != 0) bits |= stream->words[place / 64 + 1] << (64 - place % 64);
                bits &= mask;
                for (int plane = 0; plane < PLANES; plane++) {
                    const uint64_t carry = planes[plane] & bits;
                    planes[plane] ^= bits;
                    bits = carry;
                }
            }
            for (int plane = 0; plane < PLANES; plane++) {
                for (uint64_t bits = planes[plane]; bits != 0; bits &= bits - 1) {
                    counts[column + trailing_zeros(bits)] += UINT32_C(1) << plane;
                }
            }
        }
    }
}

CSV_INLINE bool has_bit(const uint64_t *words, size_t position) { return (words[position / 64] >> (position % 64)) & 1; }

CSV_INLINE bool is_digit_byte(uint8_t byte) { return (uint8_t)(byte - '0') < 10; }

/// Whether a decimal separator could also be between thousands: see `csv_may_group`. All fields are plain.
static bool may_group(const csv_numbers *numbers, size_t place) {
    const uint8_t *text = numbers->bytes + place;
    // After the content is padding.
    if (!is_digit_byte(text[1]) || !is_digit_byte(text[2]) || !is_digit_byte(text[3]) || is_digit_byte(text[4])) return false;
    size_t digits = 0;
    while (digits < place && digits < 4 && is_digit_byte(numbers->bytes[place - 1 - digits])) digits++;
    return digits >= 1 && digits <= 3 && numbers->bytes[place - digits] != '0';
}

// Events are decimal separators and ends of fields. A plain number has one separator at most, so it has one exactly if the event before
// its end is a separator:
//
//     text        1 . 5 , 7 , , 2 . 5 0 0 \n
//     decimals    . 1 . . . . . . 1 . . .  .
//     ends        . . . 1 . 1 1 . . . . .  1
//     events      d e e e d e               side by side
//     separated     1 0 0   1               for each end: is the event before it a separator?
CSV_INLINE uint64_t valid_bits(const csv_numbers *numbers, size_t word) {
    const size_t rest = numbers->end - 64 * word;
    return rest < 64 ? (UINT64_C(1) << rest) - 1 : ~UINT64_C(0);
}

/// The decimal separators of a word of which the field may end after three more bytes, those of the line end left out.
CSV_INLINE uint64_t group_candidates(const csv_numbers *numbers, size_t word, uint64_t ends, uint64_t decimals) {
    const bool is_last = 64 * (word + 1) >= numbers->end;
    const uint64_t next = is_last ? 0 : numbers->ends[word + 1], next_row = is_last ? 0 : numbers->row_ends[word + 1];
    return decimals & (ends >> 4 | next << 60 | numbers->row_ends[word] >> 5 | next_row << 59);
}

/// Counts the empty fields by column. The bits replace the bitmap of violations.
static void count_empty(csv_numbers *numbers, size_t word_count, size_t field_count, size_t width, uint32_t *counts) {
    bit_stream stream = {.words = numbers->violations};
    uint64_t is_start = 1;
    for (size_t word = 0; word < word_count; word++) {
        const uint64_t valid = valid_bits(numbers, word), ends = numbers->ends[word] & valid;
        uint64_t empty = ends & (ends << 1 | is_start);
        // The last column of a row that ends in CRLF.
        for (uint64_t rows = numbers->row_ends[word] & valid; rows != 0; rows &= rows - 1) {
            const size_t place = 64 * word + trailing_zeros(rows);
            if (place == 0 || numbers->bytes[place - 1] != '\r') continue;
            if (place == 1 || has_bit(numbers->ends, place - 2)) empty |= rows & -rows;
        }
        append_bits(&stream, extract(empty, ends), (unsigned)__builtin_popcountll(ends));
        is_start = ends >> 63;
    }
    count_by_column(&stream, field_count, width, counts);
}

void COUNT_PLAIN_NAME(csv_numbers *numbers, size_t width, csv_plain_counts counts) {
    const size_t word_count = (numbers->end + 63) / 64;
    // There are no violations, and fields are fewer than bytes: the bits fit.
    bit_stream separated = {.words = numbers->violations};
    size_t field_count = 0;
    uint64_t is_start = 1, is_open = 0, any_empty = 0;
    for (size_t word = 0; word < word_count; word++) {
        const uint64_t valid = valid_bits(numbers, word);
        const uint64_t ends = numbers->ends[word] & valid, decimals = numbers->decimals[word] & valid;
        const uint64_t events = ends | decimals;
        const uint64_t is_decimal = extract(decimals, events), is_end = extract(ends, events);
        append_bits(&separated, extract(is_decimal << 1 | is_open, is_end), (unsigned)__builtin_popcountll(ends));
        is_open = events != 0 ? (decimals > ends) & 1 : is_open;
        any_empty |= ends & (ends << 1 | is_start);
        for (uint64_t bits = group_candidates(numbers, word, ends, decimals); __builtin_expect(bits != 0, 0); bits &= bits - 1) {
            if (!may_group(numbers, 64 * word + trailing_zeros(bits))) continue;
            counts.grouped[(field_count + (size_t)__builtin_popcountll(ends & ((bits & -bits) - 1))) % width]++;
        }
        field_count += (size_t)__builtin_popcountll(ends);
        is_start = ends >> 63;
    }
    count_by_column(&separated, field_count, width, counts.separated);
    if (any_empty != 0 || numbers->has_carriage) count_empty(numbers, word_count, field_count, width, counts.empty);
}

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
