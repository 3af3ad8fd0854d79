// The kernels against loops over single bytes, where Swift is not available: other processors, sanitizers.
//
//     crosscheck <number of inputs> [<first seed>]
//
// Each seed is one input for the scan, the bitmaps of numbers, the index and the columns, with every kernel that the processor can run. At
// the first difference the input is printed and the exit status is 1. Every buffer is a heap block of its own and of exactly the size that
// the header asks for, so that a sanitizer sees each byte too far.

#include "inputs.h"
#include "rules.h"

// Bitmaps.

static size_t words_for(size_t count) { return (count + 63) / 64; }

static bool bit_at(const uint64_t *words, size_t position) { return words[position / 64] >> (position % 64) & 1; }

static void set_bit(uint64_t *words, size_t position, bool bit) {
    words[position / 64] = (words[position / 64] & ~(UINT64_C(1) << (position % 64))) | (uint64_t)bit << (position % 64);
}

static uint64_t *random_words(size_t count) {
    uint64_t *words = allocate(count * sizeof *words);
    for (size_t i = 0; i < count; i++) words[i] = next_random();
    return words;
}

static uint64_t *copy_words(const uint64_t *words, size_t count) {
    uint64_t *copy = allocate(count * sizeof *copy);
    memcpy(copy, words, count * sizeof *copy);
    return copy;
}

// The checks.

static void check_scan(const content *c, size_t from, size_t end, uint8_t first_state) {
    const size_t word_count = words_for(c->count);
    uint64_t *ends = random_words(word_count), *row_ends = random_words(word_count);
    uint64_t *expected_ends = copy_words(ends, word_count), *expected_row_ends = copy_words(row_ends, word_count);
    csv_scan scan = {
        .bytes = c->bytes, .position = from, .end = end, .ends = ends, .row_ends = row_ends, .delimiter = c->delimiter, .quote = c->quote,
        .state = first_state, .has_invalid_utf8 = once_in(8), .has_nul = once_in(8), .line_feed_count = next_random(),
        .row_count = next_random(), .crlf_count = next_random(),
    };
    csv_scan expected = scan;
    bool nul = scan.has_nul;
    size_t stop = from;
    for (; stop < end; stop++) {
        uint8_t state = expected.state;
        const unsigned meaning = read_byte(c, c->bytes[stop], &state);
        if (meaning & IS_ODD) break;
        expected.state = state;
        set_bit(expected_ends, stop, meaning & ENDS_FIELD);
        set_bit(expected_row_ends, stop, meaning & ENDS_ROW);
        expected.line_feed_count += c->bytes[stop] == '\n';
        expected.row_count += (meaning & ENDS_ROW) != 0;
        expected.crlf_count += (meaning & IS_CRLF) != 0;
        nul |= c->bytes[stop] == 0;
    }
    const bool had_invalid = scan.has_invalid_utf8;
    csv_scan_run(kernel, &scan);
#define SCAN "scan of %zu..<%zu in state %d: "
    if (scan.position != stop) fail(c, SCAN "stops at %zu, not at %zu", from, end, first_state, scan.position, stop);
    if (scan.state != expected.state) fail(c, SCAN "state %d, not %d", from, end, first_state, scan.state, expected.state);
    if (memcmp(ends, expected_ends, word_count * 8) != 0) fail(c, SCAN "ends", from, end, first_state);
    if (memcmp(row_ends, expected_row_ends, word_count * 8) != 0) fail(c, SCAN "row ends", from, end, first_state);
    if (scan.line_feed_count != expected.line_feed_count) fail(c, SCAN "line feeds", from, end, first_state);
    if (scan.row_count != expected.row_count) fail(c, SCAN "rows", from, end, first_state);
    if (scan.crlf_count != expected.crlf_count) fail(c, SCAN "CRLFs", from, end, first_state);
    // Where a scan stops it has seen the rest of the block.
    const size_t block_end = stop / 64 * 64 + 64;
    const size_t seen = stop == end || block_end > end ? end : block_end;
    bool may_see_nul = nul;
    for (size_t i = stop; i < seen; i++) may_see_nul |= c->bytes[i] == 0;
    if (scan.has_nul ? !may_see_nul : nul) fail(c, SCAN "NUL", from, end, first_state);
    // What an earlier scan must have seen may be seen once more, or may be in the way of what follows it closely.
    bool *marks = allocate(end + 1);
    find_invalid(c->bytes, end, marks);
    const bool follows = any_mark(marks, from > 3 ? from - 3 : 0, from);
    const bool must = had_invalid || any_mark(marks, from + (follows ? 3 : 0), stop);
    const bool may = had_invalid || (from < end && (follows || any_mark(marks, from, seen)));
    if (scan.has_invalid_utf8 ? !may : must) fail(c, SCAN "UTF-8", from, end, first_state);
    free(marks);
    free(ends);
    free(row_ends);
    free(expected_ends);
    free(expected_row_ends);
}

/// 0 or 1 separators between digits, perhaps a minus before it, less than 16 bytes; or nothing.
static bool is_plain_number(const uint8_t *text, size_t length, const char *separators) {
    if (length == 0) return true;
    if (length > 15) return false;
    size_t at = text[0] == '-', digits = 0, separator_count = 0;
    for (; at < length; at++) {
        if (text[at] >= '0' && text[at] <= '9') {
            digits++;
        } else {
            if (text[at] == 0 || strchr(separators, text[at]) == NULL || digits == 0 || ++separator_count > 1) return false;
            digits = 0;
        }
    }
    return digits > 0;
}

static bool is_in_quotes(const uint8_t *text, size_t length, uint8_t quote) {
    return length >= 2 && text[0] == quote && text[length - 1] == quote;
}

static size_t fill_number(uint8_t *text, uint8_t decimal) {
    size_t length = 0;
    if (once_in(6)) return 0;
    if (once_in(3)) text[length++] = '-';
    const size_t count = once_in(4) ? 10 + below(9) : 1 + below(6), point = once_in(2) ? 1 + below(count) : 0;
    for (size_t i = 0; i < count; i++) {
        text[length++] = i == point && i > 0 ? (once_in(12) ? '.' : decimal) : (uint8_t)('0' + below(once_in(4) ? 1 : 10));
    }
    return length;
}

/// Puts a byte into a text, or in the place of another.
static size_t damage(uint8_t *text, size_t length, const content *c) {
    const uint8_t odd[] = {'-', '.', ',', '/', ':', ' ', 0, 0xB0, 'a', '\r', '\n', '0', 0xFF, '+', c->quote, c->delimiter, c->quote};
    const uint8_t byte = odd[below(sizeof odd)];
    if (length > 0 && once_in(2)) {
        text[below(length)] = byte;
        return length;
    }
    const size_t place = below(length + 1);
    memmove(text + place + 1, text + place, length - place);
    text[place] = byte;
    return length + 1;
}

static size_t in_quotes(uint8_t *text, size_t length, uint8_t quote) {
    memmove(text + 1, text, length);
    text[0] = text[length + 1] = quote;
    return length + 2;
}

/// The ends of fields and rows, and how many fields there are.
static size_t find_ends(const content *c, uint64_t **ends, uint64_t **row_ends) {
    // The last field may end after the content.
    const size_t word_count = words_for(c->count) + 1;
    *ends = allocate(word_count * 8);
    *row_ends = allocate(word_count * 8);
    memset(*ends, 0, word_count * 8);
    memset(*row_ends, 0, word_count * 8);
    uint8_t state = CSV_FIELD_START;
    size_t field_count = 0;
    for (size_t i = 0; i < c->count; i++) {
        const unsigned meaning = read_byte(c, c->bytes[i], &state);
        set_bit(*ends, i, meaning & ENDS_FIELD);
        set_bit(*row_ends, i, meaning & ENDS_ROW);
        field_count += bit_at(*ends, i);
    }
    return field_count;
}

static void check_numbers(const content *c) {
    uint64_t *ends, *row_ends;
    const size_t field_count = find_ends(c, &ends, &row_ends);
    uint64_t *words = random_words(CSV_NUMBER_WORDS * (field_count / 64 + 2));
    csv_numbers numbers = {c->bytes, c->count, ends, row_ends, c->quote, c->decimal, words, false};
    if (csv_numbers_run(kernel, &numbers) != field_count) fail(c, "not %zu fields", field_count);
    const char separators[2] = {(char)c->decimal, 0};
    size_t start = 0, field = 0;
    for (size_t i = 0; i < c->count; i++) {
        if (!bit_at(ends, i)) continue;
        const uint8_t *text = c->bytes + start;
        size_t length = i - start;
        if (c->bytes[i] == '\n' && length > 0 && text[length - 1] == '\r') length--;
        // A number and a quote that nothing opened may be anything.
        const bool is_excused = length > 0 && text[length - 1] == c->quote && is_plain_number(text, length - 1, separators);
        const bool is_quoted = is_in_quotes(text, length, c->quote);
        text += is_quoted;
        length -= 2 * is_quoted;
        const bool is_plain = is_plain_number(text, length, separators);
        const uint8_t *point = is_plain ? memchr(text, c->decimal, length) : NULL;
        const size_t minus = length > 0 && text[0] == '-';
        const bool may_group = point != NULL && text + length - point == 4 && point - text - minus <= 3 && text[minus] != '0';
        const bool expected[CSV_NUMBER_WORDS] = {!is_plain, point != NULL, length == 0, may_group};
        for (int kind = 0; kind < CSV_NUMBER_WORDS; kind++) {
            const bool found = words[field / 64 * CSV_NUMBER_WORDS + kind] >> (field % 64) & 1;
            if (found != expected[kind] && !is_excused) fail(c, "the field at %zu: kind %d is %d", start, kind, found);
        }
        start = i + 1;
        field++;
    }
    free(ends);
    free(row_ends);
    free(words);
}

static void check_index(const uint64_t *words, const uint64_t *row_words, size_t word_count, size_t width) {
    size_t count = 0, field_count = 0;
    bool has_width = true;
    for (size_t i = 0; i < 64 * word_count; i++) {
        if (!bit_at(words, i)) continue;
        count++;
        field_count++;
        if (!bit_at(row_words, i)) continue;
        has_width &= field_count == width;
        field_count = 0;
    }
    uint32_t *positions = allocate((count + 64) * sizeof *positions);
    if (csv_positions(kernel, words, word_count, positions) != count) fail(NULL, "number of positions");
    size_t next = 0;
    for (size_t i = 0; i < 64 * word_count; i++) {
        if (bit_at(words, i) && positions[next++] != i) fail(NULL, "position %zu is %" PRIu32 ", not %zu", next - 1, positions[next - 1], i);
    }
    if (csv_count(kernel, words, word_count) != count) fail(NULL, "count");
    if (csv_have_width(kernel, words, row_words, word_count, width) != has_width) fail(NULL, "width %zu", width);
    free(positions);
}

#include "columns_check.h"

static void check_forms(const content *c) {
    static const uint32_t expected_forms[CSV_FORM_WORDS] = {
        [CSV_FORM_WORD_ODD] = CSV_FORM_UNKNOWN, [CSV_FORM_WORD_EMPTY] = CSV_FORM_EMPTY, [CSV_FORM_WORD_POINT] = CSV_FORM_POINT,
        [CSV_FORM_WORD_POINT_OR_GROUP] = CSV_FORM_POINT_OR_GROUP, [CSV_FORM_WORD_COMMA] = CSV_FORM_COMMA,
        [CSV_FORM_WORD_COMMA_OR_GROUP] = CSV_FORM_COMMA_OR_GROUP,
        [CSV_FORM_WORD_INTEGER_ZEROS] = CSV_FORM_INTEGER + CSV_FORM_LEADING_ZEROS,
        [CSV_FORM_WORD_POINT_ZEROS] = CSV_FORM_POINT + CSV_FORM_LEADING_ZEROS,
        [CSV_FORM_WORD_COMMA_ZEROS] = CSV_FORM_COMMA + CSV_FORM_LEADING_ZEROS, [CSV_FORM_WORD_SERIAL_DAY] = CSV_FORM_SERIAL_DAY,
    };
    uint64_t *ends, *row_ends;
    const size_t field_count = find_ends(c, &ends, &row_ends);
    uint64_t *words = random_words(CSV_FORM_WORDS * (field_count / 64 + 2));
    csv_numbers numbers = {c->bytes, c->count, ends, row_ends, c->quote, 0, words, false};
    if (csv_forms_run(kernel, &numbers) != field_count) fail(c, "not %zu fields with forms", field_count);
    size_t start = 0, field = 0;
    uint32_t expected[CSV_FORM_WORDS] = {0}, counts[CSV_FORM_WORDS] = {0};
    for (size_t i = 0; i < c->count; i++) {
        if (!bit_at(ends, i)) continue;
        size_t length = i - start;
        if (c->bytes[i] == '\n' && length > 0 && c->bytes[i - 1] == '\r') length--;
        uint32_t form = form_of(c->bytes + start, length, "yyyy-MM-dd", c->quote);
        if (form == CSV_FORM_TEXT || form == CSV_FORM_DATE || memchr(c->bytes + start, c->quote, length) != NULL) form = CSV_FORM_UNKNOWN;
        uint32_t found = CSV_FORM_INTEGER;
        for (int kind = 0; kind < CSV_FORM_WORDS; kind++) {
            if ((words[field / 64 * CSV_FORM_WORDS + kind] >> (field % 64) & 1) == 0) continue;
            if (found != CSV_FORM_INTEGER) fail(c, "the field at %zu has two forms", start);
            found = expected_forms[kind];
            expected[kind]++;
        }
        if (found != form) fail(c, "the field at %zu has form %u, not %u", start, found, form);
        start = i + 1;
        field++;
    }
    csv_count_forms(kernel, words, field_count, 1, counts);
    if (memcmp(counts, expected, sizeof counts) != 0) fail(c, "forms are counted otherwise");
    free(ends);
    free(row_ends);
    free(words);
}

static void check_seed(void) {
    const size_t dialect = below(5);
    const uint8_t delimiter = (uint8_t)delimiters[dialect], quote = (uint8_t)quotes[dialect];
    const uint8_t decimal = once_in(2) ? '.' : ',';

    const size_t length = random_length();
    content c = make_content(length, delimiter, quote, decimal);
    fill(c);
    const size_t from = once_in(2) ? 0 : below(length + 1), end = once_in(2) ? length : from + below(length - from + 1);
    check_scan(&c, from, end, once_in(2) ? CSV_FIELD_START : (uint8_t)below(6));
    free_content(c);

    uint8_t rows[400];
    const size_t wanted = random_length();
    const size_t rarity = once_in(3) ? 4 : 30;
    size_t at = 0;
    while (at < wanted) {
        size_t count = fill_number(rows + at, decimal);
        if (once_in(4)) count = in_quotes(rows + at, count, quote);
        if (once_in(rarity)) count = damage(rows + at, count, &c);
        at += count;
        if (once_in(5)) {
            if (once_in(2)) rows[at++] = '\r';
            rows[at++] = '\n';
        } else {
            rows[at++] = delimiter;
        }
    }
    // Whole rows only.
    uint8_t state = CSV_FIELD_START;
    size_t rows_end = 0;
    for (size_t i = 0; i < at; i++) {
        if (read_byte(&c, rows[i], &state) & ENDS_ROW) rows_end = i + 1;
    }
    c = make_content(rows_end, delimiter, quote, decimal);
    memcpy(c.bytes, rows, rows_end);
    check_numbers(&c);
    check_forms(&c);
    free_content(c);

    const size_t word_count = below(6), width = 1 + below(9), spread = 1 + below(once_in(2) ? 5 : 30);
    uint64_t *words = allocate(word_count * 8), *row_words = allocate(word_count * 8);
    memset(words, 0, word_count * 8);
    memset(row_words, 0, word_count * 8);
    const bool is_uniform = once_in(2);
    size_t field = 0;
    for (size_t i = below(spread); i < 64 * word_count; i += 1 + below(spread)) {
        set_bit(words, i, true);
        const bool ends_row = ++field == width || (!is_uniform && once_in(20));
        set_bit(row_words, i, ends_row);
        if (ends_row) field = 0;
    }
    check_index(words, row_words, word_count, width);
    free(words);
    free(row_words);

    check_columns(delimiter, quote, decimal);
}

int main(int count, char **arguments) {
    static const int all[] = {CSV_KERNEL_SSE2, CSV_KERNEL_AVX2, CSV_KERNEL_AVX512, CSV_KERNEL_NEON};
    const uint64_t inputs = count > 1 ? strtoull(arguments[1], NULL, 10) : 0;
    const uint64_t first = count > 2 ? strtoull(arguments[2], NULL, 10) : 0;
    if (inputs == 0) {
        fprintf(stderr, "usage: crosscheck <number of inputs> [<first seed>]\n");
        return 2;
    }
    int tried = 0;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (!csv_kernel_is_available(all[i])) continue;
        kernel = all[i];
        tried++;
        for (seed = first; seed < first + inputs; seed++) {
            random_state = seed;
            check_seed();
        }
        printf("kernel %d: %" PRIu64 " inputs from seed %" PRIu64 ", no difference\n", kernel, inputs, first);
    }
    return tried > 0 ? 0 : 1;
}
