#include "column_text.h"

// Texts of numbers that are alike are in the order of their numbers, so that most numbers of a column are seen to be between two others without being
// read:
//
//     text       bytes, place of the separator    seen before       beyond?
//     1234.50    7, 4                             1000.07, 8120.99  no: between them as a text, and so as a number
//     912.50     6, 3                             110.00, 830.25    it has to be read
//
// A window is what the heads of such texts are between: the first eight bytes, the first in the highest place. Of longer texts with the same head one
// may be larger, so that their window ends before the heads that were seen.

#define ONES UINT64_C(0x0101010101010101)

/// By length: the bytes of a word that are text.
static const uint64_t bytes_of_text[16] = {
    0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF,
    UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX,
};

/// Where a plain number of up to 15 bytes is among the windows.
typedef struct number_head {
    uint64_t head;
    /// Bits 4 to 7 are the length, bits 1 to 3 the place of the separator, or 0 where none is in the head; bit 0 is a minus.
    uint64_t window;
} number_head;

CSV_INLINE number_head head_of(const uint8_t *text, size_t length, uint8_t separator) {
    uint64_t word;
    __builtin_memcpy(&word, text, 8);
    word &= bytes_of_text[length & 15];
    const uint64_t others = word ^ ONES * separator;
    // The lowest bit of the first byte that is the separator: those after it may be found by mistake.
    const uint64_t found = ((others - ONES) & ~others & ONES * 0x80) >> 7 | UINT64_C(1) << 63;
    const uint64_t place = ((uint64_t)__builtin_ctzll(found) + 1) >> 2 & 14;
    return (number_head){__builtin_bswap64(word), (length & 15) << 4 | place | ((uint8_t)word == '-')};
}

/// What is known of the fields of a column.
enum known { NOTHING, WHICH_ARE_NUMBERS, ALL_ARE_NUMBERS };

/// - Parameter odd: bit f of each `CSV_FORM_WORDS`-th word says that field f is no number, where that is known of each.
CSV_INLINE size_t find_beyond(
    const csv_column *column, const csv_number_window *windows, uint8_t separator, enum known known, const uint64_t *odd, bool is_last,
    uint32_t *rows, csv_window_counts *counts) {
    // A copy, which what is written cannot change.
    csv_column c = *column;
    c.is_last = is_last;
    size_t count = 0, field = c.first, empty = 0, separated = 0;
    for (size_t row = 0; row < c.row_count; row++, field += c.width) {
        column_text text = text_of_field(&c, field);
        uint64_t faults = 0;
        uint32_t is_empty = 0, has_separator = 0;
        if (known == WHICH_ARE_NUMBERS) faults = odd[CSV_FORM_WORDS * (field / 64)] >> (field % 64) & 1;
        if (known == NOTHING) {
            if (__builtin_expect(text.length > 0 && text.start[0] == c.quote, 0)) text = without_quotes(text, c.quote);
            const csv_number_form form = csv_form_of_number(text.start, text.length);
            const uint32_t commas = form.comma & form.separator;
            faults = form.faults | (separator == ',' ? form.separator ^ commas : commas);
            is_empty = text.length == 0;
            has_separator = form.separator != 0;
        }
        const number_head look = head_of(text.start, text.length, separator);
        const csv_number_window *window = &windows[look.window];
        // A number in quotes may be longer, and no window is for it.
        faults |= text.length >> 4;
        // A window without numbers holds the empty text alone.
        faults |= look.head - window->least > window->most_after;
        rows[count] = (uint32_t)row;
        count += faults != 0;
        empty += is_empty;
        separated += (faults == 0) & has_separator;
    }
    if (known == NOTHING) {
        counts->empty += empty;
        counts->separated += separated;
        counts->integers += c.row_count - count - empty - separated;
    }
    return count;
}

size_t csv_column_beyond(
    const csv_column *column, const csv_number_window *windows, uint8_t separator, uint32_t *rows, csv_window_counts *counts) {
    return column->is_last ? find_beyond(column, windows, separator, NOTHING, NULL, true, rows, counts)
                           : find_beyond(column, windows, separator, NOTHING, NULL, false, rows, counts);
}

size_t csv_column_beyond_known(
    const csv_column *column, const csv_number_window *windows, uint8_t separator, const uint64_t *words, uint32_t *rows) {
    const uint64_t *odd = words + CSV_FORM_WORD_ODD;
    return column->is_last ? find_beyond(column, windows, separator, WHICH_ARE_NUMBERS, odd, true, rows, NULL)
                           : find_beyond(column, windows, separator, WHICH_ARE_NUMBERS, odd, false, rows, NULL);
}

size_t csv_column_beyond_all(const csv_column *column, const csv_number_window *windows, uint8_t separator, uint32_t *rows) {
    return column->is_last ? find_beyond(column, windows, separator, ALL_ARE_NUMBERS, NULL, true, rows, NULL)
                           : find_beyond(column, windows, separator, ALL_ARE_NUMBERS, NULL, false, rows, NULL);
}

void csv_windows_add(csv_number_window *windows, uint8_t separator, const uint8_t *text, size_t length) {
    const csv_number_form form = csv_form_of_number(text, length);
    const uint32_t commas = form.comma & form.separator;
    if (form.faults != 0 || length == 0 || (separator == ',' ? form.separator ^ commas : commas) != 0) return;
    const number_head look = head_of(text, length, separator);
    const bool is_cut = length > 8;
    // Where the separator is after the head it is not known.
    if (is_cut && (look.window & 14) == 0) return;
    // Of the heads that were seen: the least, and how much the most is above it.
    csv_number_window *seen = &windows[CSV_NUMBER_WINDOWS + look.window];
    uint64_t least = seen->least, most = least + seen->most_after;
    if (least == 0) least = most = look.head;
    if (look.head < least) least = look.head;
    if (look.head > most) most = look.head;
    *seen = (csv_number_window){least, most - least};
    least += is_cut;
    most -= is_cut;
    if (least <= most) windows[look.window] = (csv_number_window){least, most - least};
}
