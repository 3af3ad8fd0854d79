// Numbers as bits of fields, compiled once for each instruction set. Who includes it defines, after `numbers.h`,
//
//     load_blocks(blocks), store_blocks(blocks, word)           words of several blocks from memory, and to it
//     prepare_numbers(run), number_masks_of(bytes, needles)     of as many blocks as a word has
//     form_masks_of(bytes)                                      the same for the forms of numbers, without quotes
//     extract(bits, mask)                                       the bits at the places of the mask, side by side from the lowest on
//     trailing_zeros(bits)                                      as for `kernel.h`
//
// and NUMBERS_NAME, COUNT_NUMBERS_NAME, FORMS_NAME, COUNT_FORMS_NAME.

/// One word for each kind of bit; as many bits are appended to each.
typedef struct field_words {
    uint64_t odd, separated, empty, grouped;
} field_words;

/// Writes what is known of 64 fields: of those that are odd nothing else.
CSV_INLINE void store_fields(uint64_t *words, field_words w) {
    words[CSV_NUMBER_ODD] = w.odd;
    words[CSV_NUMBER_SEPARATED] = w.separated & ~w.odd;
    words[CSV_NUMBER_EMPTY] = w.empty & ~w.odd;
    words[CSV_NUMBER_GROUPED] = w.grouped & ~w.odd;
}

CSV_INLINE uint64_t rest_of(uint64_t bits, unsigned taken) { return taken == 0 ? 0 : bits >> (64 - taken); }

/// The blocks of one step. What is after the content is neither read nor of any meaning.
typedef struct step_blocks {
    const uint8_t *bytes;
    word ends, row_ends;
    /// How many blocks there are.
    size_t count;
    uint8_t rest[64 * BLOCKS];
} step_blocks;

/// - Parameter block: the first of the step.
CSV_INLINE void begin_step(step_blocks *step, const csv_numbers *numbers, size_t block) {
    // The last field of all may end after the content.
    const size_t left = numbers->end / 64 + 1 - block;
    step->bytes = numbers->bytes + 64 * block;
    if (__builtin_expect(left > BLOCKS, 1)) {
        step->count = BLOCKS;
        step->ends = load_blocks(numbers->ends + block);
        step->row_ends = load_blocks(numbers->row_ends + block);
        return;
    }
    step->count = left;
    // Zeros are in no number and end none.
    const size_t byte_count = numbers->end - 64 * block;
    uint64_t ends[BLOCKS] = {0}, row_ends[BLOCKS] = {0};
    __builtin_memset(step->rest, 0, sizeof step->rest);
    __builtin_memcpy(step->rest, step->bytes, byte_count);
    step->bytes = step->rest;
    for (size_t i = 0; i < left; i++) {
        const uint64_t valid = i + 1 < left ? ~UINT64_C(0) : (UINT64_C(1) << (byte_count % 64)) - 1;
        ends[i] = numbers->ends[block + i] & (valid << 1 | 1);
        row_ends[i] = numbers->row_ends[block + i] & valid;
    }
    step->ends = load_blocks(ends);
    step->row_ends = load_blocks(row_ends);
}

/// As if a field ended before the first block.
CSV_INLINE word end_before(void) {
    uint64_t blocks[BLOCKS] = {0};
    blocks[BLOCKS - 1] = UINT64_C(1) << 63;
    return load_blocks(blocks);
}

size_t NUMBERS_NAME(csv_numbers *numbers) {
    const number_needles k = prepare_numbers(numbers);
    const csv_numbers n = *numbers;
    number_carry carry = {.ends = end_before()};
    field_words open = {0};
    unsigned open_count = 0;
    word quotes = {0};
    uint64_t *next = n.words;
    const size_t block_count = n.end / 64 + 1;
    step_blocks step;
    for (size_t block = 0; block < block_count; block += BLOCKS) {
        begin_step(&step, &n, block);
        const number_masks m = number_masks_of(step.bytes, k);
        quotes |= m.quote;
        const number_fields f = numbers_of(m, step.ends, step.row_ends, &carry);
        uint64_t ends[BLOCKS], odd[BLOCKS], separated[BLOCKS], empty[BLOCKS], grouped[BLOCKS];
        store_blocks(ends, step.ends);
        store_blocks(odd, f.odd);
        store_blocks(separated, f.separated);
        store_blocks(empty, f.empty);
        store_blocks(grouped, f.grouped);
        for (size_t i = 0; i < step.count; i++) {
            const unsigned count = (unsigned)__builtin_popcountll(ends[i]);
            const field_words w = {
                extract(odd[i], ends[i]), extract(separated[i], ends[i]), extract(empty[i], ends[i]), extract(grouped[i], ends[i])};
            open.odd |= w.odd << open_count;
            open.separated |= w.separated << open_count;
            open.empty |= w.empty << open_count;
            open.grouped |= w.grouped << open_count;
            if (open_count + count < 64) {
                open_count += count;
                continue;
            }
            store_fields(next, open);
            next += CSV_NUMBER_WORDS;
            open = (field_words){
                rest_of(w.odd, open_count), rest_of(w.separated, open_count), rest_of(w.empty, open_count),
                rest_of(w.grouped, open_count)};
            open_count += count - 64;
        }
    }
    numbers->has_quotes = has_any(quotes);
    store_fields(next, open);
    store_fields(next + CSV_NUMBER_WORDS, (field_words){0});
    return (size_t)(next - n.words) / CSV_NUMBER_WORDS * 64 + open_count;
}

/// What is appended of each field, before forms are made of it.
typedef struct form_words {
    uint64_t odd, separated, empty, grouped, comma, zeros, serial;
} form_words;

CSV_INLINE form_words rest_of_forms(form_words w, unsigned taken) {
    return (form_words){
        rest_of(w.odd, taken), rest_of(w.separated, taken), rest_of(w.empty, taken), rest_of(w.grouped, taken), rest_of(w.comma, taken),
        rest_of(w.zeros, taken), rest_of(w.serial, taken)};
}

CSV_INLINE void store_forms(uint64_t *words, form_words w) {
    const uint64_t known = ~w.odd, separated = w.separated & known, comma = separated & w.comma, point = separated & ~w.comma;
    const uint64_t neither = ~(w.grouped | w.zeros);
    words[CSV_FORM_WORD_ODD] = w.odd;
    words[CSV_FORM_WORD_EMPTY] = w.empty & known;
    words[CSV_FORM_WORD_POINT] = point & neither;
    words[CSV_FORM_WORD_POINT_OR_GROUP] = point & w.grouped;
    words[CSV_FORM_WORD_POINT_ZEROS] = point & w.zeros;
    words[CSV_FORM_WORD_COMMA] = comma & neither;
    words[CSV_FORM_WORD_COMMA_OR_GROUP] = comma & w.grouped;
    words[CSV_FORM_WORD_COMMA_ZEROS] = comma & w.zeros;
    words[CSV_FORM_WORD_INTEGER_ZEROS] = w.zeros & ~w.separated & known;
    words[CSV_FORM_WORD_SERIAL_DAY] = w.serial & ~w.separated & known;
}

size_t FORMS_NAME(csv_numbers *numbers) {
    const csv_numbers n = *numbers;
    form_carry carry = {.number.ends = end_before()};
    form_words open = {0};
    unsigned open_count = 0;
    uint64_t *next = n.words;
    const size_t block_count = n.end / 64 + 1;
    step_blocks step;
    for (size_t block = 0; block < block_count; block += BLOCKS) {
        begin_step(&step, &n, block);
        const form_fields f = forms_of(form_masks_of(step.bytes), step.ends, step.row_ends, &carry);
        uint64_t ends[BLOCKS], odd[BLOCKS], separated[BLOCKS], empty[BLOCKS], grouped[BLOCKS], comma[BLOCKS], zeros[BLOCKS], serial[BLOCKS];
        store_blocks(ends, step.ends);
        // Eight digits are no day where a separator is among them.
        store_blocks(odd, f.number.odd | (f.day & ~f.number.separated));
        store_blocks(separated, f.number.separated);
        store_blocks(empty, f.number.empty);
        store_blocks(grouped, f.number.grouped);
        store_blocks(comma, f.comma);
        store_blocks(zeros, f.zeros);
        store_blocks(serial, f.serial);
        for (size_t i = 0; i < step.count; i++) {
            const unsigned count = (unsigned)__builtin_popcountll(ends[i]);
            const form_words w = {
                extract(odd[i], ends[i]), extract(separated[i], ends[i]), extract(empty[i], ends[i]), extract(grouped[i], ends[i]),
                extract(comma[i], ends[i]), extract(zeros[i], ends[i]), extract(serial[i], ends[i])};
            open.odd |= w.odd << open_count;
            open.separated |= w.separated << open_count;
            open.empty |= w.empty << open_count;
            open.grouped |= w.grouped << open_count;
            open.comma |= w.comma << open_count;
            open.zeros |= w.zeros << open_count;
            open.serial |= w.serial << open_count;
            if (open_count + count < 64) {
                open_count += count;
                continue;
            }
            store_forms(next, open);
            next += CSV_FORM_WORDS;
            open = rest_of_forms(w, open_count);
            open_count += count - 64;
        }
    }
    store_forms(next, open);
    store_forms(next + CSV_FORM_WORDS, (form_words){0});
    return (size_t)(next - n.words) / CSV_FORM_WORDS * 64 + open_count;
}

// Numbers of 8 bits, one for each of 64 columns, are stored upright: plane p holds bit p of all of them, so that 64 fields are counted with a few operations on
// whole words; they are read out before they overflow.
enum { PLANES = 8, MOST_IN_PLANES = (1 << PLANES) - 1 };

CSV_INLINE void add_upright(uint64_t planes[PLANES], uint64_t bits) {
    for (int plane = 0; plane < PLANES; plane++) {
        const uint64_t carry = planes[plane] & bits;
        planes[plane] ^= bits;
        bits = carry;
    }
}

/// Adds the counts of columns that repeat every `width` of the 64.
static void read_upright(uint64_t planes[PLANES], size_t width, uint32_t *counts) {
    for (int plane = 0; plane < PLANES; plane++) {
        for (uint64_t bits = planes[plane]; bits != 0; bits &= bits - 1) {
            const size_t place = trailing_zeros(bits);
            counts[place < width ? place : place % width] += UINT32_C(1) << plane;
        }
        planes[plane] = 0;
    }
}

/// Of one kind of bit, up to 64 from a place on.
CSV_INLINE uint64_t bits_from(const uint64_t *words, const int kinds, size_t place, uint64_t mask) {
    const uint64_t *word = words + place / 64 * (size_t)kinds;
    const unsigned shift = place % 64;
    return (word[0] >> shift | (word[kinds] << 1) << (63 - shift)) & mask;
}

CSV_INLINE void count_fields(const uint64_t *words, size_t row_count, size_t width, uint32_t *counts, const int kinds) {
    // Of narrow rows several are counted at once.
    const size_t rows_at_once = width < 64 ? 64 / width : 1;
    const size_t field_count = row_count * width, step = rows_at_once * width;
    for (size_t column = 0; column < width; column += 64) {
        const size_t columns = width < 64 ? step : width - column < 64 ? width - column : 64;
        uint64_t planes[CSV_FORM_WORDS][PLANES] = {{0}};
        size_t added = 0;
        for (size_t place = column; place < field_count; place += step) {
            const size_t left = field_count - place;
            const size_t wanted = left < columns ? left : columns;
            const uint64_t mask = wanted == 64 ? ~UINT64_C(0) : (UINT64_C(1) << wanted) - 1;
            for (int kind = 0; kind < kinds; kind++) {
                const uint64_t bits = bits_from(words + kind, kinds, place, mask);
                if (bits != 0) add_upright(planes[kind], bits);
            }
            if (++added < MOST_IN_PLANES && place + step < field_count) continue;
            for (int kind = 0; kind < kinds; kind++) {
                read_upright(planes[kind], width < 64 ? width : 64, counts + (size_t)kind * width + column);
            }
            added = 0;
        }
    }
}

void COUNT_NUMBERS_NAME(const uint64_t *words, size_t row_count, size_t width, uint32_t *counts) {
    count_fields(words, row_count, width, counts, CSV_NUMBER_WORDS);
}

void COUNT_FORMS_NAME(const uint64_t *words, size_t row_count, size_t width, uint32_t *counts) {
    count_fields(words, row_count, width, counts, CSV_FORM_WORDS);
}
