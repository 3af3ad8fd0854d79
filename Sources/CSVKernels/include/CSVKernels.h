#ifndef CSV_KERNELS_H
#define CSV_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CSVPrimitives.h"

// Kernels that look at CSV bytes 64 at a time and answer with bitmaps: bit i of word w represents the byte at position 64 w + i. One call for
// a chunk, never one for a field; nothing here allocates, and any bytes are accepted.

/// The kernels, by the instruction set they need.
enum csv_kernel {
    CSV_KERNEL_SSE2 = 1,
    CSV_KERNEL_AVX2 = 2,
    CSV_KERNEL_NEON = 3,
    CSV_KERNEL_AVX512 = 4,
};

/// Whether the kernel is in this build and this processor can run it.
bool csv_kernel_is_available(int kernel);

/// What the next byte means. The numbers are those of `Tokenizer.State` in Swift.
enum csv_state {
    CSV_FIELD_START = 0,
    CSV_UNQUOTED = 1,
    CSV_UNQUOTED_CARRIAGE = 2,
    CSV_QUOTED = 3,
    CSV_QUOTE_IN_QUOTED = 4,
    CSV_CLOSED_CARRIAGE = 5,
};

/// A scan for structure: what it reads, where it writes, and what it carries from call to call.
typedef struct csv_scan {
    /// The content. 64 bytes before it and 64 after `end` are readable; what is there has no influence.
    const uint8_t *bytes;
    /// Position of the first byte to look at, and one after the last. `position` is moved to where the scan stopped.
    size_t position;
    size_t end;
    /// The delimiters and line feeds that end fields, and of these the line feeds that end rows. Bits at positions below the first and from the
    /// last on are left as they were.
    uint64_t *ends;
    uint64_t *row_ends;
    uint8_t delimiter;
    uint8_t quote;
    /// One of `csv_state`.
    uint8_t state;
    /// Whether an ill-formed UTF-8 sequence was seen, a NUL byte, or a byte below a space that is no line feed, carriage return or delimiter;
    /// never reset here. A sequence that is cut by `end` is not judged: its
    /// bytes must be before `position` in the next call. Where a scan stops early it has judged the rest of that block, too.
    bool has_invalid_utf8;
    bool has_nul;
    bool has_control;
    /// Added to: line feeds of any kind, those that end rows, and those of the latter that follow a carriage return.
    uint64_t line_feed_count;
    uint64_t row_count;
    uint64_t crlf_count;
} csv_scan;

/// Scans from `position` until `end` or the first byte that only the scalar machine can explain.
///
/// A kernel knows well-formed text only. Where there is a quote or a carriage return that it has no rule for, it stops before the byte, in
/// the state that belongs to it; the caller steps its scalar machine to the end of that field and calls again. So a kernel never decides what
/// an oddity is, and the scalar machine in Swift remains the one definition of the format.
///
/// The kernel must be available. Time: linear in the bytes.
void csv_scan_run(int kernel, csv_scan *scan);

/// What `csv_numbers_run` tells of each field, one bit each. Word by word, all kinds of 64 fields are beside each other.
enum csv_number_word {
    /// Neither empty nor plain, and of no other kind: a plain number is `-?d+(.d+)?` of less than 16 bytes, perhaps in quotes, or with a quote after
    /// that nothing opened, which the scalar machine notes.
    CSV_NUMBER_ODD = 0,
    /// A number with the decimal separator.
    CSV_NUMBER_SEPARATED,
    /// No byte, or two quotes.
    CSV_NUMBER_EMPTY,
    /// Of the separated ones, those whose separator could also be between thousands: see `csv_may_group`.
    CSV_NUMBER_GROUPED,
    CSV_NUMBER_WORDS,
};

/// A search for plain numbers among the fields of whole rows that were scanned.
typedef struct csv_numbers {
    /// As in `csv_scan`. The first byte begins a field; the last field may end after the content.
    const uint8_t *bytes;
    size_t end;
    const uint64_t *ends;
    const uint64_t *row_ends;
    uint8_t quote;
    uint8_t decimal;
    /// What is found: bit f of the words from `CSV_NUMBER_WORDS` * w on is field 64 w + f. There is room for all fields, and 64 more.
    uint64_t *words;
    /// Whether a quote was seen.
    bool has_quotes;
} csv_numbers;

/// Tells what fields are numbers. Bits after those of the last field are 0, as are the words after them.
///
/// Returns: how many fields there are. Time: linear in the bytes.
size_t csv_numbers_run(int kernel, csv_numbers *numbers);

/// Adds up the bits of `csv_numbers_run` by column, for rows of `width` fields: `counts` has `width` entries for each kind of bit, one after the other.
void csv_count_numbers(int kernel, const uint64_t *words, size_t row_count, size_t width, uint32_t *counts);

/// What `csv_forms_run` tells of each field, as `csv_number_word`: at most one of them. A field that has none is `CSV_FORM_INTEGER`.
enum csv_form_word {
    /// Any form that is not here: see `csv_column_forms`.
    CSV_FORM_WORD_ODD = 0,
    CSV_FORM_WORD_EMPTY,
    CSV_FORM_WORD_POINT,
    CSV_FORM_WORD_POINT_OR_GROUP,
    CSV_FORM_WORD_COMMA,
    CSV_FORM_WORD_COMMA_OR_GROUP,
    /// Numbers that begin with 0 and another digit.
    CSV_FORM_WORD_INTEGER_ZEROS,
    CSV_FORM_WORD_POINT_ZEROS,
    CSV_FORM_WORD_COMMA_ZEROS,
    CSV_FORM_WORD_SERIAL_DAY,
    CSV_FORM_WORDS,
};

/// Tells the forms of numbers, whatever their separator, which `numbers` need not name. Otherwise as `csv_numbers_run`, with `CSV_FORM_WORDS` words for 64
/// fields.
size_t csv_forms_run(int kernel, csv_numbers *numbers);

/// As `csv_count_numbers`, of the bits of `csv_forms_run`.
void csv_count_forms(int kernel, const uint64_t *words, size_t row_count, size_t width, uint32_t *counts);

/// Writes the positions of the set bits of `word_count` words, ascending, and returns how many there are.
///
/// `positions` needs room for 64 more than that.
size_t csv_positions(int kernel, const uint64_t *words, size_t word_count, uint32_t *positions);

/// Counts the set bits.
size_t csv_count(int kernel, const uint64_t *words, size_t word_count);

/// Whether every row that ends has this many fields. The first bit belongs to the first field of a row.
bool csv_have_width(int kernel, const uint64_t *ends, const uint64_t *row_ends, size_t word_count, size_t width);

/// Two bytes of a text that is searched for, and their distance. A byte of the content counts as one of them if it is that byte once the bits
/// of its mask are set: with 0x20 an ASCII letter in either case.
typedef struct csv_byte_pair {
    uint8_t first, first_mask, second, second_mask;
    size_t distance;
} csv_byte_pair;

/// The first position from `position` on where both bytes are; `end` where there is none. Nothing from `end` on is read. Time: linear, with a
/// small factor while the first 16 places after a position have no such pair.
size_t csv_search(const uint8_t *bytes, size_t position, size_t end, csv_byte_pair pair);

/// One column of consecutive rows of equal width.
typedef struct csv_column {
    /// As in `csv_scan`.
    const uint8_t *bytes;
    /// Where each field ends. Field k begins after the end of field k - 1; before the first entry is UINT32_MAX. The last may end
    /// after the content, but not if a carriage return is before it: what the padding holds would then decide whether it is text.
    const uint32_t *ends;
    /// The column's field in the first row; those in the following rows follow at a distance of `width`.
    size_t first;
    size_t width;
    size_t row_count;
    uint8_t quote;
    /// Whether the line end is after the column: a carriage return before a line feed is then no part of the field.
    bool is_last;
    /// Whether an empty field does not pass.
    bool is_required;
} csv_column;

/// A date pattern of fixed width: see `DateShape` in Swift.
typedef struct csv_date_shape {
    /// Bytes of the whole, up to 24, and which of them must be digits, or the bytes given: eight in a word, the first in the lowest byte.
    size_t length;
    uint64_t digits[3];
    uint64_t literals[3];
    uint64_t literal_masks[3];
    /// The place of four bytes of a year that must not all be 0, and 0; or, without such a year, anywhere and all ones.
    uint32_t year;
    uint32_t year_mask;
    /// Parts of two digits, with the range of their values.
    struct csv_date_part {
        uint32_t place, lowest, count;
    } parts[5];
    int part_count;
    /// Whether there is a day beside the month, and where the two are.
    bool has_day;
    uint32_t day, month;
    /// Whether one might be taken for the other.
    bool has_order;
} csv_date_shape;

/// What is reported of the numbers that pass: all are added to.
typedef struct csv_number_counts {
    /// Empty fields, passing or not.
    uint64_t empty;
    /// Numbers with the decimal separator; of these those in which it could also be between thousands.
    uint64_t separated;
    uint64_t grouped;
} csv_number_counts;

/// The same for dates.
typedef struct csv_date_counts {
    uint64_t empty;
    /// Dates whose day and month are the same number, and others whose day could be a month.
    uint64_t same;
    uint64_t swappable;
} csv_date_counts;

/// Adds up the plain numbers of a column that have exactly `scale` digits after the decimal separator, as whole numbers without it. Fields that
/// are empty add nothing; the rows of all others are written, and their number is returned: those in quotes, of another scale, of more than 16
/// bytes beside the sign, and those that are no numbers. At most 512 rows, so that the sum fits. 16 bytes before the content are readable.
size_t csv_column_sum(int kernel, const csv_column *column, uint8_t decimal, size_t scale, uint32_t *rows, int64_t *sum);

// Tests of a column: each writes the rows, from 0, whose field does not surely pass, and returns how many there are. `rows` needs room for
// all. A field in quotes is tested without them; an empty one passes unless the column is required.

/// Passes what `csv_number_faults` finds no fault in.
size_t csv_column_numbers(int kernel, const csv_column *column, uint8_t decimal, uint32_t *rows, csv_number_counts *counts);

/// Passes dates of the shape with a year from 1 on, a day that the month has in any year, and a time that exists.
size_t csv_column_dates(
    int kernel, const csv_column *column, const csv_date_shape *shape, uint32_t *rows, csv_date_counts *counts);

/// What a field obviously is, without a profile.
enum csv_form {
    /// Nothing obvious.
    CSV_FORM_UNKNOWN = 0,
    CSV_FORM_EMPTY,
    /// A date of the shape given.
    CSV_FORM_DATE,
    /// Surely neither a number nor a date or period, nor a word for a boolean or for no value.
    CSV_FORM_TEXT,
    /// Digits, perhaps a minus before it.
    CSV_FORM_INTEGER,
    /// The same with a point or comma between; followed by three digits and up to three before it, the first not 0, it may separate groups.
    CSV_FORM_POINT,
    CSV_FORM_POINT_OR_GROUP,
    CSV_FORM_COMMA,
    CSV_FORM_COMMA_OR_GROUP,
    /// Added to a form of number that begins with 0 and another digit.
    CSV_FORM_LEADING_ZEROS = 8,
    /// Five digits the first of them 2 to 7.
    CSV_FORM_SERIAL_DAY = 17,
    CSV_FORM_COUNT = 18,
};

/// Writes the form of each field, and adds to `counts`, which has room for `CSV_FORM_COUNT`, how often each occurs.
///
/// Fields in quotes are unknown, and so are numbers of more than 15 bytes, and those of eight digits that begin with 19 or 20. The date has up
/// to 16.
void csv_column_forms(int kernel, const csv_column *column, const csv_date_shape *date, uint8_t *forms, uint32_t *counts);

enum csv_windows {
    /// How many windows the numbers of a column have.
    CSV_NUMBER_WINDOWS = 256,
};

/// What the beginnings of numbers are between that have the same length and sign, and the separator at the same place: see windows.c. A column has
/// `CSV_NUMBER_WINDOWS` of them, and after these as many for what was seen. At first all are 0.
typedef struct csv_number_window {
    uint64_t least, most_after;
} csv_number_window;

/// Added to: empty fields, and numbers between others without and with the separator.
typedef struct csv_window_counts {
    uint64_t empty, integers, separated;
} csv_window_counts;

/// Writes the rows, from 0, whose field is neither empty nor a plain number that is surely between two that were seen, and returns how many there are.
/// `rows` needs room for all. A plain number is `-?d+(s d+)?` of up to 15 bytes, s being the separator; in quotes it is looked at without them.
size_t csv_column_beyond(
    const csv_column *column, const csv_number_window *windows, uint8_t separator, uint32_t *rows, csv_window_counts *counts);

/// The same where `csv_forms_run` told which fields are numbers, and none of them has the other separator.
size_t csv_column_beyond_known(
    const csv_column *column, const csv_number_window *windows, uint8_t separator, const uint64_t *words, uint32_t *rows);

/// The same where all fields are numbers.
size_t csv_column_beyond_all(const csv_column *column, const csv_number_window *windows, uint8_t separator, uint32_t *rows);

/// Adds a number to the windows of its column; what is no plain number changes nothing. 16 bytes are readable at `text`.
void csv_windows_add(csv_number_window *windows, uint8_t separator, const uint8_t *text, size_t length);

#include "CSVChecked.h"

#endif
