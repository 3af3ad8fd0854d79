#ifndef CSV_COLUMN_TEXT_H
#define CSV_COLUMN_TEXT_H

#include "bits.h"

/// A field of a column: where its text begins, and how long it is.
typedef struct column_text {
    const uint8_t *start;
    size_t length;
} column_text;

CSV_INLINE column_text text_of_field(const csv_column *column, size_t field) {
    const uint8_t *bytes = column->bytes;
    // The entry before the first is the highest number: one more is 0.
    const uint32_t start = column->ends[(ptrdiff_t)field - 1] + 1;
    uint32_t end = column->ends[field];
    if (column->is_last) end -= (uint32_t)((end > start) & (bytes[end] == '\n') & (bytes[(ptrdiff_t)end - 1] == '\r'));
    return (column_text){bytes + start, end - start};
}

/// The text inside quotes; as it is where there are none.
CSV_INLINE column_text without_quotes(column_text text, uint8_t quote) {
    if (text.length < 2 || text.start[0] != quote || text.start[text.length - 1] != quote) return text;
    return (column_text){text.start + 1, text.length - 2};
}

#endif
