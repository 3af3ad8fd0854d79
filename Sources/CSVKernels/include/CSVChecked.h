#ifndef CSV_CHECKED_H
#define CSV_CHECKED_H

#include <CViews.h>

#include "CSVKernels.h"

// The kernels for callers that have views of memory. What a kernel reads and writes is checked here, once for a call: a mistake ends the process. What
// is left to trust are the contents of an index: that its ends ascend.

/// Where content is in a memory that has 64 bytes more before and after it.
typedef struct csv_content {
    size_t front;
    size_t count;
} csv_content;

/// Where a scan begins and ends, what it looks for, and the state it begins in: see `csv_scan`.
typedef struct csv_scan_start {
    csv_content content;
    size_t position;
    uint8_t delimiter;
    uint8_t quote;
    uint8_t state;
} csv_scan_start;

/// Where it stopped, and what it has found.
typedef struct csv_scan_result {
    size_t position;
    uint64_t line_feed_count;
    uint64_t row_count;
    uint64_t crlf_count;
    uint8_t state;
    bool has_invalid_utf8;
    bool has_nul;
    bool has_control;
} csv_scan_result;

/// As `csv_scan_run`. The bitmaps have a bit for each byte of the content, and one more.
csv_scan_result csv_scan_content(
    int kernel, csv_scan_start start, view_u8 memory CLENT, room_u64 ends CLENT, room_u64 row_ends CLENT);

/// As `csv_count` and `csv_have_width`, of the first words.
size_t csv_count_bits(int kernel, view_u64 words CLENT, size_t word_count);
bool csv_rows_have_width(int kernel, view_u64 ends CLENT, view_u64 row_ends CLENT, size_t word_count, size_t width);

/// How many bits are set, and whether what is to be written had room.
typedef struct csv_bits_result {
    size_t count;
    bool is_written;
} csv_bits_result;

/// As `csv_positions`, from a place in the room on. Without room for them and 64 more, nothing is written.
csv_bits_result csv_write_positions(int kernel, view_u64 words CLENT, size_t word_count, room_u32 room CLENT, size_t place);

/// What a field is told to be: a number under a profile, or one of many forms.
typedef struct csv_number_question {
    csv_content content;
    bool asks_forms;
    uint8_t quote;
    uint8_t decimal;
} csv_number_question;

/// How many fields there are; whether the room sufficed for the words of all and of 64 more; and whether a quote was seen.
typedef struct csv_number_result {
    size_t field_count;
    bool is_written;
    bool has_quotes;
} csv_number_result;

/// As `csv_numbers_run` or `csv_forms_run`. Without room, fields are only counted.
csv_number_result csv_find_field_bits(
    int kernel, csv_number_question question, view_u8 memory CLENT, view_u64 ends CLENT, view_u64 row_ends CLENT, room_u64 words CLENT);

/// As `csv_count_numbers` or `csv_count_forms`.
void csv_count_field_bits(
    int kernel, bool asks_forms, view_u64 words CLENT, size_t row_count, size_t width, room_u32 counts CLENT);

/// A column of rows: see `csv_column`. The index has one entry more at its beginning: field k ends at entry k + 1.
typedef struct csv_column_place {
    csv_content content;
    size_t first;
    size_t width;
    size_t row_count;
    uint8_t quote;
    bool is_last;
    bool is_required;
} csv_column_place;

/// How many rows were written, and what was counted.
typedef struct csv_column_number_result {
    size_t row_count;
    csv_number_counts counts;
} csv_column_number_result;

typedef struct csv_column_date_result {
    size_t row_count;
    csv_date_counts counts;
} csv_column_date_result;

typedef struct csv_column_sum_result {
    size_t row_count;
    int64_t sum;
} csv_column_sum_result;

csv_column_number_result csv_test_numbers(
    int kernel, csv_column_place place, view_u8 memory CLENT, view_u32 ends CLENT, uint8_t decimal, room_u32 rows CLENT);
csv_column_date_result csv_test_dates(
    int kernel, csv_column_place place, view_u8 memory CLENT, view_u32 ends CLENT, csv_date_shape shape, room_u32 rows CLENT);
void csv_find_forms(
    int kernel, csv_column_place place, view_u8 memory CLENT, view_u32 ends CLENT, csv_date_shape date, room_u8 forms CLENT,
    room_u32 counts CLENT);
csv_column_sum_result csv_add_up(
    int kernel, csv_column_place place, view_u8 memory CLENT, view_u32 ends CLENT, uint8_t decimal, size_t scale, room_u32 rows CLENT);

typedef struct csv_column_beyond_result {
    size_t row_count;
    csv_window_counts counts;
} csv_column_beyond_result;

/// As `csv_column_beyond`. Each window is two words.
csv_column_beyond_result csv_find_beyond(
    csv_column_place place, view_u8 memory CLENT, view_u32 ends CLENT, view_u64 windows CLENT, uint8_t separator, room_u32 rows CLENT);

/// As `csv_column_beyond_known`, with the words of `csv_find_field_bits`.
size_t csv_find_beyond_known(
    csv_column_place place, view_u8 memory CLENT, view_u32 ends CLENT, view_u64 windows CLENT, uint8_t separator, view_u64 words CLENT,
    room_u32 rows CLENT);

/// As `csv_column_beyond_all`.
size_t csv_find_beyond_all(
    csv_column_place place, view_u8 memory CLENT, view_u32 ends CLENT, view_u64 windows CLENT, uint8_t separator, room_u32 rows CLENT);

/// As `csv_windows_add`, of any text.
void csv_widen_windows(room_u64 windows CLENT, uint8_t separator, view_u8 text CLENT);

/// As `csv_search`.
size_t csv_search_bytes(view_u8 bytes CLENT, size_t position, csv_byte_pair pair);

#endif
