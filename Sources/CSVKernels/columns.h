// Tests of whole columns, compiled once for each instruction set. Who includes it defines COLUMN_NUMBERS_NAME, COLUMN_DATES_NAME and
// COLUMN_FORMS_NAME, and COLUMN_SUM_NAME unless it has a function of its own.
//
// The pattern is one integer that is 0 where a field passes, and no early exit: a branch that depends on the data costs more than all the
// rest. The row is written each time, and counted where it failed.

#include "column_text.h"

// Tries a text, and again without quotes where it does not pass: few fields of most files have any, and where all have, the branch is
// guessed right. NOTE is done for each field, also for those that do not pass.
#define TEST_COLUMN(TEST, NOTE) \
    for (size_t row = 0; row < c.row_count; row++, field += c.width) { \
        column_text text = text_of_field(&c, field); \
        TEST; \
        if (__builtin_expect(faults != 0, 0)) { \
            text = without_quotes(text, c.quote); \
            TEST; \
        } \
        const bool is_empty = text.length == 0; \
        empty += is_empty; \
        NOTE; \
        rows[count] = (uint32_t)row; \
        count += is_empty ? c.is_required : faults != 0; \
    }

size_t COLUMN_NUMBERS_NAME(const csv_column *column, uint8_t decimal, uint32_t *rows, csv_number_counts *counts) {
    // A copy, which what is written cannot change.
    const csv_column c = *column;
    size_t count = 0, field = c.first, empty = 0, separated = 0, grouped = 0;
    uint64_t faults;
    if (decimal == 0) {
        TEST_COLUMN(faults = csv_number_faults(text.start, text.length, 0), )
        counts->empty += empty;
        return count;
    }
    csv_plain_number number;
    TEST_COLUMN(
        number = csv_plain_number_of(text.start, text.length, decimal); faults = number.faults,
        separated += number.separator != 0;
        /* Three digits after it are rare, or the rule. */
        if ((number.separator >> ((text.length - 4) & 31)) & 1) {
            grouped += (uint32_t)(faults == 0) & csv_may_group(number.separator, text.start, text.length);
        })
    // Those that do not pass were counted as well, which costs less than asking each.
    for (size_t i = 0; i < count && separated > 0; i++) {
        const column_text text = without_quotes(text_of_field(&c, c.first + rows[i] * c.width), c.quote);
        separated -= csv_plain_number_of(text.start, text.length, decimal).separator != 0;
    }
    counts->empty += empty;
    counts->separated += separated;
    counts->grouped += grouped;
    return count;
}

CSV_INLINE uint64_t date_faults_in_word(const csv_date_shape *shape, const uint8_t *text, int word) {
    uint64_t bytes;
    __builtin_memcpy(&bytes, text + 8 * word, 8);
    // What is left of a digit is 0 to 9; adding 0x76 lifts all else to the highest bit. No byte carries into the next.
    const uint64_t values = (bytes ^ UINT64_C(0x3030303030303030)) & shape->digits[word];
    const uint64_t lifted = ((values & UINT64_C(0x7F7F7F7F7F7F7F7F)) + UINT64_C(0x7676767676767676)) | values;
    return (lifted & UINT64_C(0x8080808080808080)) | ((bytes ^ shape->literals[word]) & shape->literal_masks[word]);
}

CSV_INLINE uint32_t two_digits(const uint8_t *text) {
    return (uint32_t)(uint8_t)(text[0] - '0') * 10 + (uint8_t)(text[1] - '0');
}

/// By month, the days that it has in any year.
static const uint8_t days_of_month[16] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

/// 0 for a text that surely is a date of the shape, whose words are known when this is compiled.
CSV_INLINE uint64_t date_faults(const csv_date_shape *shape, const uint8_t *text, size_t length, const int words) {
    uint64_t faults = length ^ shape->length;
    for (int word = 0; word < words; word++) faults |= date_faults_in_word(shape, text, word);
    // A year of four zeros.
    uint32_t year;
    __builtin_memcpy(&year, text + shape->year, 4);
    faults |= (year | shape->year_mask) == UINT32_C(0x30303030);
    // Two or so: a vector would take longer to fill.
#pragma clang loop vectorize(disable) unroll(disable)
    for (int i = 0; i < shape->part_count; i++) {
        faults |= two_digits(text + shape->parts[i].place) - shape->parts[i].lowest >= shape->parts[i].count;
    }
    if (shape->has_day) faults |= two_digits(text + shape->day) > days_of_month[two_digits(text + shape->month) & 15];
    return faults;
}

#define NOTE_DATE \
    { \
        uint16_t day, month; \
        __builtin_memcpy(&day, text.start + shape.day, 2); \
        __builtin_memcpy(&month, text.start + shape.month, 2); \
        const uint32_t passes = faults == 0, is_same = day == month; \
        same += passes & is_same; \
        /* "12", the first digit in the higher byte. */ \
        swappable += passes & (uint32_t)(__builtin_bswap16(day) <= 0x3132) & (is_same ^ 1); \
    }

size_t COLUMN_DATES_NAME(const csv_column *column, const csv_date_shape *date, uint32_t *rows, csv_date_counts *counts) {
    const csv_column c = *column;
    const csv_date_shape shape = *date;
    size_t count = 0, field = c.first, empty = 0, same = 0, swappable = 0;
    uint64_t faults;
    if (shape.length > 16) {
        TEST_COLUMN(faults = date_faults(&shape, text.start, text.length, 3), if (shape.has_order) NOTE_DATE)
    } else if (shape.has_order) {
        TEST_COLUMN(faults = date_faults(&shape, text.start, text.length, 2), NOTE_DATE)
    } else {
        TEST_COLUMN(faults = date_faults(&shape, text.start, text.length, 2), )
    }
    counts->empty += empty;
    counts->same += same;
    counts->swappable += swappable;
    return count;
}

#undef NOTE_DATE
#undef TEST_COLUMN

/// By letter, in either case: how long the words are for a boolean or for no value that begin with it, one bit for each length.
static const uint8_t word_lengths[32] = {
    ['n' & 31] = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4, ['t' & 31] = 1 << 1 | 1 << 4, ['f' & 31] = 1 << 1 | 1 << 5,
    ['y' & 31] = 1 << 1 | 1 << 3, ['o' & 31] = 1 << 2 | 1 << 3,
};

/// Symbols that a number can have before it, ASCII white space among them, and those that begin a word for no value or a formula.
static const bool is_telling[128] = {
    ['\t'] = true, ['\n'] = true, ['\v'] = true, ['\f'] = true, ['\r'] = true, [' '] = true, ['#'] = true, ['$'] = true,
    ['\''] = true, ['('] = true, ['+'] = true, [','] = true, ['.'] = true, ['='] = true, ['?'] = true, ['@'] = true, ['\\'] = true,
    ['<'] = true, ['['] = true,
};

/// Whether a character beyond ASCII may be such a symbol, by its first two bytes.
static bool is_telling_pair(uint8_t first, uint8_t second) {
    switch (first) {
    // No-break space, pound, yen.
    case 0xC2: return second == 0xA0 || second == 0xA3 || second == 0xA5;
    // Arabic-Indic digits.
    case 0xD9: return second >= 0xA0 && second <= 0xA9;
    case 0xDB: return second >= 0xB0 && second <= 0xB9;
    // Whitespace, dashes, currencies, minus.
    case 0xE1: return second == 0x9A;
    case 0xE2: return (second >= 0x80 && second <= 0x82) || second == 0x88;
    case 0xE3: return second == 0x80;
    // Byte order mark, full-width digits.
    case 0xEF: return second == 0xBB || second == 0xBC;
    default: return false;
    }
}

/// Whether a text begins with the first three letters of an English month.
static bool begins_month(const uint8_t *text) {
    const uint32_t letters = ((uint32_t)text[0] << 16 | (uint32_t)text[1] << 8 | text[2]) | 0x202020;
    switch (letters) {
#define NAME(a, b, c) case (uint32_t)(a) << 16 | (b) << 8 | (c):
    NAME('j', 'a', 'n') NAME('f', 'e', 'b') NAME('m', 'a', 'r') NAME('a', 'p', 'r') NAME('m', 'a', 'y') NAME('j', 'u', 'n')
    NAME('j', 'u', 'l') NAME('a', 'u', 'g') NAME('s', 'e', 'p') NAME('o', 'c', 't') NAME('n', 'o', 'v') NAME('d', 'e', 'c')
        return true;
#undef NAME
    default: return false;
    }
}

/// Whether letters at the beginning may be a currency, a period or a month followed by a number: a blank or hyphen is after two or three
/// of them, or after "week" or the name of a month. 16 bytes are readable at `text`.
CSV_INLINE bool may_name_a_number(const uint8_t *text, size_t length) {
    uint64_t bytes;
    __builtin_memcpy(&bytes, text + 2, 8);
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t blank = bytes ^ (ones * ' '), hyphen = bytes ^ (ones * '-');
    // Exact up to the lowest byte that is one, which is the one that matters.
    const uint64_t found = (((blank - ones) & ~blank) | ((hyphen - ones) & ~hyphen)) & (ones << 7);
    if (found == 0) return false;
    const size_t gap = 2 + (size_t)__builtin_ctzll(found) / 8;
    if (gap >= length) return false;
    return gap <= 3 || (gap == 4 && (text[0] | 0x20) == 'w') || begins_month(text);
}

/// Whether a text that begins with neither a digit nor a minus might be more than text. 16 bytes are readable at `text`.
CSV_INLINE bool may_be_more_than_text(const uint8_t *text, size_t length) {
    const uint8_t first = text[0], last = text[length - 1];
    if ((uint8_t)((first | 0x20) - 'a') < 26) {
        if ((uint8_t)(last - '0') < 10) return length > 2 && length <= 24 && may_name_a_number(text, length);
        return last <= ' ' || (length < 8 && (word_lengths[first & 31] >> length & 1) != 0);
    }
    if (first < 0x80) return is_telling[first];
    return length > 1 && is_telling_pair(first, text[1]);
}

CSV_INLINE uint8_t form_of_text(const csv_date_shape *date, column_text text, uint8_t quote) {
    if (text.length == 0) return CSV_FORM_EMPTY;
    const uint8_t first = text.start[0];
    if ((uint8_t)(first - '0') >= 10 && first != '-') {
        if (first == quote) return CSV_FORM_UNKNOWN;
        return may_be_more_than_text(text.start, text.length) ? CSV_FORM_UNKNOWN : CSV_FORM_TEXT;
    }
    const csv_number_form form = csv_form_of_number(text.start, text.length);
    if (form.faults != 0) return date_faults(date, text.start, text.length, 2) == 0 ? CSV_FORM_DATE : CSV_FORM_UNKNOWN;
    // Everything else is arithmetic: what numbers look like differs from row to row.
    const uint32_t is_separated = form.separator != 0;
    const uint32_t is_comma = (form.separator & form.comma) != 0;
    const uint32_t may_group = csv_may_group(form.separator, text.start, text.length);
    const uint32_t zeros = (uint32_t)(text.start[form.minus] == '0') & (form.digit >> (form.minus + 1));
    // Five digits or eight.
    if ((UINT32_C(0x120) >> text.length & 1) > (is_separated | form.minus)) {
        if (text.length == 5 && (uint8_t)(first - '2') < 6) return CSV_FORM_SERIAL_DAY;
        const uint8_t second = text.start[1];
        if (text.length == 8 && ((first == '1' && second == '9') || (first == '2' && second == '0'))) return CSV_FORM_UNKNOWN;
    }
    return (uint8_t)(CSV_FORM_INTEGER + is_separated + 2 * is_comma + may_group + CSV_FORM_LEADING_ZEROS * (zeros & 1));
}

void COLUMN_FORMS_NAME(const csv_column *column, const csv_date_shape *date, uint8_t *forms, uint32_t *counts) {
    const csv_date_shape shape = *date;
    const csv_column c = *column;
    size_t field = c.first;
    for (size_t row = 0; row < c.row_count; row++, field += c.width) {
        const uint8_t form = form_of_text(&shape, text_of_field(&c, field), c.quote);
        forms[row] = form;
        counts[form]++;
    }
}

#ifdef COLUMN_SUM_NAME
size_t COLUMN_SUM_NAME(const csv_column *column, uint8_t decimal, size_t scale, uint32_t *rows, int64_t *sum) {
    const csv_column c = *column;
    const size_t least = scale > 0 ? scale + 2 : 1;
    size_t count = 0, field = c.first;
    uint64_t total = 0;
    for (size_t row = 0; row < c.row_count; row++, field += c.width) {
        const column_text text = text_of_field(&c, field);
        const uint64_t minus = text.length > 0 && text.start[0] == '-';
        const size_t length = text.length - minus;
        bool is_amount = length >= least && length <= 16;
        uint64_t amount = 0;
        for (size_t i = 0; i < length && is_amount; i++) {
            const uint8_t byte = text.start[minus + i];
            if (scale > 0 && i + scale + 1 == length) {
                is_amount = byte == decimal;
            } else {
                is_amount = byte >= '0' && byte <= '9';
                amount = amount * 10 + (uint64_t)(byte - '0');
            }
        }
        if (is_amount) {
            total += (amount ^ (0 - minus)) + minus;
        } else {
            rows[count] = (uint32_t)row;
            count += text.length > 0;
        }
    }
    *sum += (int64_t)total;
    return count;
}
#endif
