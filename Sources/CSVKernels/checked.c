#include <string.h>

#include "include/CSVChecked.h"

/// Bytes before and after the content that kernels may read.
enum { PADDING = 64 };

static const uint8_t *bytes_of(csv_content content, view_u8 memory) {
    view_require(
        content.front >= PADDING && content.front <= memory.count && content.count <= memory.count - content.front
        && memory.count - content.front - content.count >= PADDING);
    return memory.start + content.front;
}

csv_scan_result csv_scan_content(int kernel, csv_scan_start start, view_u8 memory, room_u64 ends, room_u64 row_ends) {
    csv_scan scan = {
        .bytes = bytes_of(start.content, memory),
        .position = start.position,
        .end = start.content.count,
        .ends = ends.start,
        .row_ends = row_ends.start,
        .delimiter = start.delimiter,
        .quote = start.quote,
        .state = start.state,
    };
    view_require(scan.position <= scan.end && scan.end / 64 < ends.count && scan.end / 64 < row_ends.count);
    csv_scan_run(kernel, &scan);
    return (csv_scan_result){
        scan.position, scan.line_feed_count, scan.row_count, scan.crlf_count, scan.state, scan.has_invalid_utf8, scan.has_nul, scan.has_control,
    };
}

size_t csv_count_bits(int kernel, view_u64 words, size_t word_count) {
    view_require(word_count <= words.count);
    return csv_count(kernel, words.start, word_count);
}

bool csv_rows_have_width(int kernel, view_u64 ends, view_u64 row_ends, size_t word_count, size_t width) {
    view_require(word_count <= ends.count && word_count <= row_ends.count);
    return csv_have_width(kernel, ends.start, row_ends.start, word_count, width);
}

csv_bits_result csv_write_positions(int kernel, view_u64 words, size_t word_count, room_u32 room, size_t place) {
    const size_t count = csv_count_bits(kernel, words, word_count);
    if (place > room.count || room.count - place < 64 || room.count - place - 64 < count) return (csv_bits_result){count, false};
    csv_positions(kernel, words.start, word_count, room.start + place);
    return (csv_bits_result){count, true};
}

static size_t kinds(bool asks_forms) { return asks_forms ? CSV_FORM_WORDS : CSV_NUMBER_WORDS; }

csv_number_result csv_find_field_bits(
    int kernel, csv_number_question question, view_u8 memory, view_u64 ends, view_u64 row_ends, room_u64 words) {
    csv_numbers numbers = {
        .bytes = bytes_of(question.content, memory),
        .end = question.content.count,
        .ends = ends.start,
        .row_ends = row_ends.start,
        .quote = question.quote,
        .decimal = question.decimal,
        .words = words.start,
    };
    const size_t word_count = numbers.end / 64 + 1;
    view_require(word_count <= row_ends.count);
    csv_number_result result = {csv_count_bits(kernel, ends, word_count), false, false};
    if (words.count / kinds(question.asks_forms) < result.field_count / 64 + 2) return result;
    const size_t found = question.asks_forms ? csv_forms_run(kernel, &numbers) : csv_numbers_run(kernel, &numbers);
    view_require(found == result.field_count);
    result.is_written = true;
    result.has_quotes = numbers.has_quotes;
    return result;
}

void csv_count_field_bits(int kernel, bool asks_forms, view_u64 words, size_t row_count, size_t width, room_u32 counts) {
    const size_t kind_count = kinds(asks_forms);
    view_require(width <= counts.count / kind_count && row_count < SIZE_MAX / (width + 1));
    view_require(row_count * width / 64 + 2 <= words.count / kind_count);
    if (asks_forms) {
        csv_count_forms(kernel, words.start, row_count, width, counts.start);
    } else {
        csv_count_numbers(kernel, words.start, row_count, width, counts.start);
    }
}

static csv_column column_of(csv_column_place place, view_u8 memory, view_u32 ends) {
    const csv_column column = {
        .bytes = bytes_of(place.content, memory),
        .ends = ends.start + 1,
        .first = place.first,
        .width = place.width,
        .row_count = place.row_count,
        .quote = place.quote,
        .is_last = place.is_last,
        .is_required = place.is_required,
    };
    if (place.row_count == 0) return column;
    // Rows and fields are counted in 32 bits.
    view_require(place.first < ends.count && place.width <= UINT32_MAX && place.row_count <= UINT32_MAX);
    const size_t last = place.first + (place.row_count - 1) * place.width + 1;
    view_require(last < ends.count && ends.start[last] <= place.content.count);
    return column;
}

csv_column_number_result csv_test_numbers(
    int kernel, csv_column_place place, view_u8 memory, view_u32 ends, uint8_t decimal, room_u32 rows) {
    const csv_column column = column_of(place, memory, ends);
    view_require(place.row_count <= rows.count);
    csv_column_number_result result = {0};
    result.row_count = csv_column_numbers(kernel, &column, decimal, rows.start, &result.counts);
    return result;
}

static const csv_number_window *windows_of(view_u64 windows) {
    view_require(windows.count >= 2 * 2 * CSV_NUMBER_WINDOWS);
    return (const csv_number_window *)windows.start;
}

csv_column_beyond_result csv_find_beyond(
    csv_column_place place, view_u8 memory, view_u32 ends, view_u64 windows, uint8_t separator, room_u32 rows) {
    const csv_column column = column_of(place, memory, ends);
    view_require(place.row_count <= rows.count);
    csv_column_beyond_result result = {0};
    result.row_count = csv_column_beyond(&column, windows_of(windows), separator, rows.start, &result.counts);
    return result;
}

size_t csv_find_beyond_known(
    csv_column_place place, view_u8 memory, view_u32 ends, view_u64 windows, uint8_t separator, view_u64 words, room_u32 rows) {
    const csv_column column = column_of(place, memory, ends);
    view_require(place.row_count <= rows.count);
    if (place.row_count == 0) return 0;
    view_require((place.first + (place.row_count - 1) * place.width) / 64 < words.count / CSV_FORM_WORDS);
    return csv_column_beyond_known(&column, windows_of(windows), separator, words.start, rows.start);
}

size_t csv_find_beyond_all(
    csv_column_place place, view_u8 memory, view_u32 ends, view_u64 windows, uint8_t separator, room_u32 rows) {
    const csv_column column = column_of(place, memory, ends);
    view_require(place.row_count <= rows.count);
    return csv_column_beyond_all(&column, windows_of(windows), separator, rows.start);
}

void csv_widen_windows(room_u64 windows, uint8_t separator, view_u8 text) {
    view_require(windows.count >= 2 * 2 * CSV_NUMBER_WINDOWS);
    // No number that is kept is longer than 15 bytes.
    uint8_t bytes[16] = {0};
    if (text.count > 15) return;
    memcpy(bytes, text.start, text.count);
    csv_windows_add((csv_number_window *)windows.start, separator, bytes, text.count);
}

csv_column_date_result csv_test_dates(
    int kernel, csv_column_place place, view_u8 memory, view_u32 ends, csv_date_shape shape, room_u32 rows) {
    const csv_column column = column_of(place, memory, ends);
    view_require(place.row_count <= rows.count);
    csv_column_date_result result = {0};
    result.row_count = csv_column_dates(kernel, &column, &shape, rows.start, &result.counts);
    return result;
}

void csv_find_forms(
    int kernel, csv_column_place place, view_u8 memory, view_u32 ends, csv_date_shape date, room_u8 forms, room_u32 counts) {
    const csv_column column = column_of(place, memory, ends);
    view_require(place.row_count <= forms.count && counts.count >= CSV_FORM_COUNT);
    csv_column_forms(kernel, &column, &date, forms.start, counts.start);
}

csv_column_sum_result csv_add_up(
    int kernel, csv_column_place place, view_u8 memory, view_u32 ends, uint8_t decimal, size_t scale, room_u32 rows) {
    const csv_column column = column_of(place, memory, ends);
    view_require(place.row_count <= rows.count);
    csv_column_sum_result result = {0};
    result.row_count = csv_column_sum(kernel, &column, decimal, scale, rows.start, &result.sum);
    return result;
}

size_t csv_search_bytes(view_u8 bytes, size_t position, csv_byte_pair pair) {
    view_require(position <= bytes.count);
    return csv_search(bytes.start, position, bytes.count, pair);
}
