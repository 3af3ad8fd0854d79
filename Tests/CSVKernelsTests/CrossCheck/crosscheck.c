// The kernels against loops over single bytes, where Swift is not at hand: other processors, sanitizers.
//
//     crosscheck <number of inputs> [<first seed>]
//
// Each seed is one input for the scan, the bitmaps of numbers, the index and the columns, with every kernel that the processor can run. At
// the first difference the input is printed and the exit status is 1. Every buffer is a heap block of its own and of exactly the size that
// the header asks for, so that a sanitizer sees each byte too far.

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CSVKernels.h"

enum { PADDING = 64, MOST_ROWS = 12, MOST_WIDTH = 9, MOST_FIELD = 40 };

static uint64_t random_state;
static uint64_t seed;
static int kernel;

static uint64_t next_random(void) {
    uint64_t z = random_state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static size_t below(size_t bound) { return (size_t)(next_random() % bound); }

static bool once_in(size_t count) { return below(count) == 0; }

// Content.

typedef struct content {
    uint8_t *bytes;
    size_t count;
    uint8_t delimiter, quote, decimal;
} content;

/// A block of exactly the size that is wanted; C leaves open what `malloc(0)` does.
static void *allocate(size_t size) {
    void *block = malloc(size > 0 ? size : 1);
    if (block == NULL) abort();
    return block;
}

static content make_content(size_t count, uint8_t delimiter, uint8_t quote, uint8_t decimal) {
    content c = {(uint8_t *)allocate(count + 2 * PADDING) + PADDING, count, delimiter, quote, decimal};
    const uint8_t hostile[] = {quote, delimiter, 0x80, 0, '\n', '\r', 0xF0, 0xE2, 0xC3, '9', '.', '-'};
    const bool is_mixed = once_in(2);
    uint8_t byte = hostile[below(sizeof hostile)];
    for (size_t i = 0; i < 2 * PADDING; i++) {
        if (is_mixed) byte = hostile[below(sizeof hostile)];
        if (i < PADDING) c.bytes[(ptrdiff_t)i - PADDING] = byte;
        else c.bytes[count + i - PADDING] = byte;
    }
    return c;
}

static void free_content(content c) { free(c.bytes - PADDING); }

static void fail(const content *c, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    printf("seed %" PRIu64 ", kernel %d: ", seed, kernel);
    vprintf(format, arguments);
    va_end(arguments);
    if (c != NULL) {
        printf("\ndelimiter %02X, quote %02X, decimal %02X, bytes", c->delimiter, c->quote, c->decimal);
        for (size_t i = 0; i < c->count; i++) printf(" %02X", c->bytes[i]);
    }
    printf("\n");
    exit(1);
}

static size_t random_length(void) {
    switch (below(4)) {
    case 0: return below(210);
    case 1: return below(24);
    default: return 64 * (1 + below(3)) + below(7) - 3;
    }
}

static const char delimiters[] = ",;\t,|";
static const char quotes[] = "\"\"\"''";

/// Structure and pieces of characters in no sensible order, or fields as exports have them.
static void fill(content c) {
    static const char *const pieces[] = {
        "\r", "\n", "\r\n", "0", "9", "-", ".", ",", "a", " ", "/", ":", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\x80", "\xBF",
        "\xC0", "\xC1", "\xC2", "\xE0\xA0", "\xE0", "\xED\xA0", "\xEF\xBF", "\xF0\x90", "\xF0", "\xF4\x8F", "\xF4\x90", "\xF5", "\xFF", "\x8D\x8A",
    };
    static const char *const texts[] = {"a", "0", "b", "\xC3\xA9", "\n", "\xE2\x82\xAC"};
    static const size_t calms[] = {0, 0, 10, 50, 250};
    const size_t calm = calms[below(5)];
    const bool is_export = once_in(3);
    bool is_quoted = false;
    size_t at = 0;
    while (at < c.count) {
        const char *piece = "";
        if (is_export) {
            if (once_in(8)) {
                const bool opens = once_in(3);
                if (is_quoted) c.bytes[at++] = c.quote;
                if (at < c.count) c.bytes[at++] = once_in(4) ? '\n' : c.delimiter;
                if (opens && at < c.count) c.bytes[at++] = c.quote;
                is_quoted = opens;
            } else if (is_quoted && once_in(5)) {
                c.bytes[at++] = c.quote;
                if (at < c.count) c.bytes[at++] = c.quote;
            }
            piece = texts[below(is_quoted ? 6 : 4)];
        } else if (calm > 0 && !once_in(calm)) {
            if (once_in(5)) c.bytes[at++] = c.delimiter;
            else piece = texts[below(6)];
        } else {
            switch (below(6)) {
            case 0: c.bytes[at++] = c.quote; break;
            case 1: c.bytes[at++] = c.delimiter; break;
            case 2: c.bytes[at++] = once_in(3) ? 0 : c.quote; break;
            default: piece = pieces[below(sizeof pieces / sizeof pieces[0])];
            }
        }
        for (; *piece != 0 && at < c.count; piece++) c.bytes[at++] = (uint8_t)*piece;
    }
}

// The rules, byte by byte.

enum { LITERAL = 6, LITERAL_CARRIAGE = 7 };
enum { ENDS_FIELD = 1, ENDS_ROW = 2, IS_CRLF = 4, IS_ODD = 8 };

static unsigned read_text(const content *c, uint8_t byte, uint8_t text, uint8_t carriage, uint8_t *state) {
    if (byte == c->delimiter || byte == '\n') {
        *state = CSV_FIELD_START;
        return byte == '\n' ? ENDS_FIELD | ENDS_ROW : ENDS_FIELD;
    }
    *state = byte == '\r' ? carriage : text;
    return 0;
}

static unsigned read_byte(const content *c, uint8_t byte, uint8_t *state) {
    const bool is_behind_carriage = *state == CSV_UNQUOTED_CARRIAGE || *state == CSV_CLOSED_CARRIAGE || *state == LITERAL_CARRIAGE;
    if (is_behind_carriage && byte == '\n') {
        *state = CSV_FIELD_START;
        return ENDS_FIELD | ENDS_ROW | IS_CRLF;
    }
    switch (*state) {
    case CSV_FIELD_START:
        if (byte != c->quote) return read_text(c, byte, CSV_UNQUOTED, CSV_UNQUOTED_CARRIAGE, state);
        *state = CSV_QUOTED;
        return 0;
    case CSV_UNQUOTED:
        if (byte != c->quote) return read_text(c, byte, CSV_UNQUOTED, CSV_UNQUOTED_CARRIAGE, state);
        *state = LITERAL;
        return IS_ODD;
    case CSV_UNQUOTED_CARRIAGE: *state = CSV_UNQUOTED; return read_byte(c, byte, state) | IS_ODD;
    case CSV_QUOTED:
        if (byte == c->quote) *state = CSV_QUOTE_IN_QUOTED;
        return 0;
    case CSV_QUOTE_IN_QUOTED:
        if (byte == c->quote || byte == '\r') {
            *state = byte == '\r' ? CSV_CLOSED_CARRIAGE : CSV_QUOTED;
            return 0;
        }
        const unsigned meaning = read_text(c, byte, LITERAL, LITERAL_CARRIAGE, state);
        return *state == LITERAL ? meaning | IS_ODD : meaning;
    case CSV_CLOSED_CARRIAGE: return read_text(c, byte, LITERAL, LITERAL_CARRIAGE, state) | IS_ODD;
    default: return read_text(c, byte, LITERAL, LITERAL_CARRIAGE, state);
    }
}

/// Marks where ill-formed sequences show: at the byte that cannot be, or behind a byte that begins none.
static void find_invalid(const uint8_t *bytes, size_t end, bool *marks) {
    memset(marks, 0, end + 1);
    size_t start = 0;
    while (start < end) {
        const uint8_t first = bytes[start];
        size_t next = start + 1;
        if (first >= 0x80 && first < 0xC0) marks[start] = true;
        else if (first == 0xC0 || first == 0xC1 || first >= 0xF5) marks[next] = true;
        else if (first >= 0xC0) {
            const int count = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
            for (int i = 0; i < count; i++, next++) {
                if (next == end) return;
                uint8_t lowest = 0x80, highest = 0xBF;
                if (i == 0 && first == 0xE0) lowest = 0xA0;
                if (i == 0 && first == 0xED) highest = 0x9F;
                if (i == 0 && first == 0xF0) lowest = 0x90;
                if (i == 0 && first == 0xF4) highest = 0x8F;
                if (bytes[next] < lowest || bytes[next] > highest) {
                    marks[next] = true;
                    break;
                }
            }
        }
        start = next;
    }
}

static bool any_mark(const bool *marks, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        if (marks[i]) return true;
    }
    return false;
}

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
    // What an earlier scan must have seen may be seen once more, or stand in the way of what follows it closely.
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

/// 0 or 1 separators between digits, perhaps a minus in front, less than 16 bytes; or nothing.
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

static void check_numbers(const content *c) {
    const size_t word_count = words_for(c->count);
    uint64_t *ends = allocate(word_count * 8), *row_ends = allocate(word_count * 8);
    memset(ends, 0, word_count * 8);
    memset(row_ends, 0, word_count * 8);
    uint8_t state = CSV_FIELD_START;
    for (size_t i = 0; i < c->count; i++) {
        const unsigned meaning = read_byte(c, c->bytes[i], &state);
        set_bit(ends, i, meaning & ENDS_FIELD);
        set_bit(row_ends, i, meaning & ENDS_ROW);
    }
    uint64_t *violations = random_words(word_count), *decimals = random_words(word_count);
    const csv_numbers numbers = {c->bytes, c->count, ends, row_ends, c->quote, c->decimal, violations, decimals};
    csv_numbers_run(kernel, &numbers);
    const char separators[2] = {(char)c->decimal, 0};
    size_t start = 0;
    bool is_flagged = false;
    for (size_t i = 0; i < c->count; i++) {
        if (bit_at(decimals, i) != (c->bytes[i] == c->decimal && !bit_at(ends, i))) fail(c, "decimals at %zu", i);
        is_flagged |= bit_at(violations, i);
        if (!bit_at(ends, i)) continue;
        const uint8_t *text = c->bytes + start;
        size_t length = i - start;
        if (c->bytes[i] == '\n' && length > 0 && text[length - 1] == '\r') length--;
        const bool is_quoted = is_in_quotes(text, length, c->quote);
        const bool is_plain = is_plain_number(text + is_quoted, length - 2 * is_quoted, separators);
        // A signed number behind an opening quote that ends a block; a number and a quote that nothing opened.
        const bool is_excused = (start % 64 == 63 && length > 1 && text[0] == c->quote && text[1] == '-')
            || (length > 0 && text[length - 1] == c->quote && is_plain_number(text, length - 1, separators));
        if (is_flagged == is_plain && !is_excused) fail(c, "the field at %zu %s", start, is_flagged ? "is flagged" : "passes");
        start = i + 1;
        is_flagged = false;
    }
    free(ends);
    free(row_ends);
    free(violations);
    free(decimals);
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

// Columns.

static const char *const patterns[] = {
    "yyyy-MM-dd", "yyyyMMdd", "dd.MM.yyyy", "MM/dd/yy", "yyyy", "HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss",
    "yyyy-MM-dd HH:mm:ss.SSSS",
};

/// Letters of parts with two digits, and the range of their values.
static const struct part { char letter; uint32_t lowest, highest; } parts[] = {
    {'M', 1, 12}, {'d', 1, 28}, {'H', 0, 23}, {'m', 0, 59}, {'s', 0, 59},
};

static csv_date_shape shape_of(const char *pattern) {
    csv_date_shape shape = {.length = strlen(pattern), .year_mask = UINT32_MAX};
    for (size_t i = 0; i < shape.length; i++) {
        const unsigned shift = (unsigned)(i % 8 * 8);
        if (strchr("yMdHmsS", pattern[i]) != NULL) {
            shape.digits[i / 8] |= UINT64_C(0xFF) << shift;
        } else {
            shape.literals[i / 8] |= (uint64_t)(uint8_t)pattern[i] << shift;
            shape.literal_masks[i / 8] |= UINT64_C(0xFF) << shift;
        }
    }
    const char *year = strstr(pattern, "yyyy");
    if (year != NULL) {
        shape.year = (uint32_t)(year - pattern);
        shape.year_mask = 0;
    }
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *place = strchr(pattern, parts[i].letter);
        if (place == NULL) continue;
        shape.parts[shape.part_count].place = (uint32_t)(place - pattern);
        shape.parts[shape.part_count].lowest = parts[i].lowest;
        shape.parts[shape.part_count++].count = parts[i].highest - parts[i].lowest + 1;
    }
    return shape;
}

static bool is_date(const uint8_t *text, size_t length, const char *pattern) {
    if (length != strlen(pattern)) return false;
    for (size_t i = 0; i < length; i++) {
        if (strchr("yMdHmsS", pattern[i]) != NULL ? text[i] < '0' || text[i] > '9' : text[i] != (uint8_t)pattern[i]) return false;
    }
    const char *year = strstr(pattern, "yyyy");
    if (year != NULL && memcmp(text + (year - pattern), "0000", 4) == 0) return false;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *place = strchr(pattern, parts[i].letter);
        if (place == NULL) continue;
        const uint8_t *digits = text + (place - pattern);
        const uint32_t value = (uint32_t)(digits[0] - '0') * 10 + (uint32_t)(digits[1] - '0');
        if (value < parts[i].lowest || value > parts[i].highest) return false;
    }
    return true;
}

static size_t fill_date(uint8_t *text, const char *pattern) {
    static const uint32_t values[] = {0, 1, 12, 13, 23, 24, 28, 29, 59, 60, 99};
    const size_t length = strlen(pattern);
    for (size_t i = 0; i < length;) {
        if (strchr("yMdHmsS", pattern[i]) == NULL) {
            text[i] = (uint8_t)pattern[i];
            i++;
            continue;
        }
        const uint32_t value = once_in(4) ? values[below(11)] : pattern[i] == 'y' ? 20 : 11;
        text[i] = (uint8_t)('0' + value / 10);
        text[i + 1] = (uint8_t)('0' + value % 10);
        i += 2;
    }
    return length;
}

static uint32_t form_of(const uint8_t *text, size_t length, const char *pattern, uint8_t quote) {
    if (length == 0) return CSV_FORM_EMPTY;
    if (text[0] == quote) return CSV_FORM_UNKNOWN;
    const bool is_digit = text[0] >= '0' && text[0] <= '9';
    if (!is_plain_number(text, length, ".,")) {
        if (is_digit || text[0] == '-') return is_digit && is_date(text, length, pattern) ? CSV_FORM_DATE : CSV_FORM_UNKNOWN;
        return length <= 6 && text[0] != 0 && strchr("nNtTfF#(\\.?", text[0]) != NULL ? CSV_FORM_UNKNOWN : CSV_FORM_TEXT;
    }
    const size_t minus = text[0] == '-';
    size_t separator = minus;
    while (separator < length && text[separator] >= '0' && text[separator] <= '9') separator++;
    uint32_t form = CSV_FORM_INTEGER;
    if (separator < length) {
        const bool may_group = separator - minus <= 3 && length - separator == 4;
        if (text[separator] == '.') form = may_group ? CSV_FORM_POINT_OR_GROUP : CSV_FORM_POINT;
        else form = may_group ? CSV_FORM_COMMA_OR_GROUP : CSV_FORM_COMMA;
    }
    const bool has_zeros = text[minus] == '0' && minus + 1 < length && text[minus + 1] >= '0' && text[minus + 1] <= '9';
    return has_zeros ? form + CSV_FORM_LEADING_ZEROS : form;
}

/// Compares the rows that fail with those that should.
static void check_rows(const content *c, const char *what, const uint32_t *rows, size_t count, const bool *fails, size_t row_count) {
    size_t next = 0;
    for (size_t row = 0; row < row_count; row++) {
        const bool is_listed = next < count && rows[next] == row;
        if (is_listed != fails[row]) fail(c, "%s: row %zu %s", what, row, is_listed ? "fails" : "passes");
        next += is_listed;
    }
    if (next != count) fail(c, "%s: %zu rows, not %zu", what, count, next);
}

static void check_columns(uint8_t delimiter, uint8_t quote, uint8_t decimal) {
    static const char *const words[] = {"true", "null", "#N/A", "text", "Text of more", "n", "(x)", ".x", "\\N", "x", "?"};
    const size_t width = 1 + below(MOST_WIDTH), row_count = 1 + below(MOST_ROWS);
    const char *pattern = patterns[below(sizeof patterns / sizeof patterns[0])];
    const content framing = {NULL, 0, delimiter, quote, decimal};
    uint8_t bytes[MOST_ROWS * MOST_WIDTH * (MOST_FIELD + 2)];
    uint32_t *ends = allocate((1 + width * row_count) * sizeof *ends);
    size_t at = 0, field = 0;
    ends[field++] = UINT32_MAX;
    for (size_t row = 0; row < row_count; row++) {
        for (size_t column = 0; column < width; column++) {
            uint8_t *text = bytes + at;
            size_t length = 0;
            switch (below(5)) {
            case 0: break;
            case 1:
                length = strlen(strcpy((char *)text, words[below(sizeof words / sizeof words[0])]));
                break;
            case 2: length = fill_date(text, pattern); break;
            default: length = fill_number(text, decimal);
            }
            if (once_in(6)) length = damage(text, length, &framing);
            if (once_in(4)) length = in_quotes(text, length, quote);
            at += length;
            if (column + 1 < width) {
                bytes[at++] = delimiter;
            } else if (row + 1 < row_count || (at > 0 && bytes[at - 1] == '\r') || once_in(2)) {
                if (once_in(2)) bytes[at++] = '\r';
                bytes[at++] = '\n';
            } else {
                // The content ends, and so does its last field.
                ends[field] = (uint32_t)at;
                break;
            }
            ends[field++] = (uint32_t)(at - 1);
        }
    }
    content c = make_content(at, delimiter, quote, decimal);
    memcpy(c.bytes, bytes, at);

    const size_t first = below(row_count), tested = 1 + below(row_count - first), place = once_in(3) ? width - 1 : below(width);
    const csv_column column = {
        .bytes = c.bytes, .ends = ends + 1, .first = first * width + place, .width = width, .row_count = tested, .quote = quote,
        .is_last = place + 1 == width, .is_required = once_in(2),
    };
    const csv_date_shape shape = shape_of(pattern);
    bool whole_fails[MOST_ROWS], number_fails[MOST_ROWS], date_fails[MOST_ROWS];
    uint32_t forms[MOST_ROWS], form_counts[CSV_FORM_COUNT] = {0};
    for (size_t row = 0; row < tested; row++) {
        const size_t number = column.first + row * width;
        const uint8_t *text = c.bytes + (uint32_t)(ends[number] + 1);
        size_t length = (size_t)(c.bytes + ends[number + 1] - text);
        if (column.is_last && ends[number + 1] < at && length > 0 && text[length - 1] == '\r') length--;
        form_counts[forms[row] = form_of(text, length, pattern, quote)]++;
        if (is_in_quotes(text, length, quote)) {
            text++;
            length -= 2;
        }
        const char separators[2] = {(char)decimal, 0};
        const bool is_missing = length == 0 && column.is_required;
        whole_fails[row] = is_missing || !is_plain_number(text, length, "");
        number_fails[row] = is_missing || !is_plain_number(text, length, separators);
        date_fails[row] = is_missing || (length > 0 && !is_date(text, length, pattern));
    }
    uint32_t *rows = allocate(tested * sizeof *rows);
    size_t count = csv_column_numbers(kernel, &column, 0, rows);
    check_rows(&c, "whole numbers", rows, count, whole_fails, tested);
    count = csv_column_numbers(kernel, &column, decimal, rows);
    check_rows(&c, "numbers", rows, count, number_fails, tested);
    count = csv_column_dates(kernel, &column, &shape, rows);
    check_rows(&c, pattern, rows, count, date_fails, tested);
    if (shape.length <= 16) {
        uint8_t *found = allocate(tested);
        uint32_t *counts = allocate(CSV_FORM_COUNT * sizeof *counts);
        memset(counts, 0, CSV_FORM_COUNT * sizeof *counts);
        csv_column_forms(kernel, &column, &shape, found, counts);
        for (size_t row = 0; row < tested; row++) {
            if (found[row] == forms[row]) continue;
            fail(&c, "column %zu, row %zu: form %d, not %" PRIu32, place, first + row, found[row], forms[row]);
        }
        if (memcmp(counts, form_counts, sizeof form_counts) != 0) fail(&c, "counts of forms");
        free(found);
        free(counts);
    }
    free(rows);
    free(ends);
    free_content(c);
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
    static const int all[] = {CSV_KERNEL_SSE2, CSV_KERNEL_AVX2, CSV_KERNEL_NEON};
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
