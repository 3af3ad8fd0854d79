// Tests of whole columns, compiled once for each instruction set. Who includes it defines COLUMN_NUMBERS_NAME, COLUMN_DATES_NAME and
// COLUMN_FORMS_NAME.
//
// The pattern is one integer that is 0 where a field passes, and no early exit: a branch that depends on the data costs more than all the
// rest. The row is written each time, and counted where it failed.

/// A field of a column: where its text begins, and how long it is.
typedef struct column_text {
    const uint8_t *start;
    size_t length;
} column_text;

CSV_INLINE column_text text_of_field(const csv_column *column, size_t field, const bool strips_quotes) {
    const uint8_t *bytes = column->bytes;
    const size_t start = field == 0 ? 0 : (size_t)column->ends[field - 1] + 1;
    size_t end = column->ends[field];
    if (column->is_last) end -= (size_t)((end > start) & (bytes[end] == '\n') & (bytes[end - 1] == '\r'));
    column_text text = {bytes + start, end - start};
    if (strips_quotes) {
        const size_t is_quoted = (size_t)((text.length >= 2) & (text.start[0] == column->quote) & (bytes[end - 1] == column->quote));
        text.start += is_quoted;
        text.length -= 2 * is_quoted;
    }
    return text;
}

size_t COLUMN_NUMBERS_NAME(const csv_column *column, uint8_t decimal, uint32_t *rows) {
    const bool is_required = column->is_required;
    size_t count = 0, field = column->first;
    for (size_t row = 0; row < column->row_count; row++, field += column->width) {
        const column_text text = text_of_field(column, field, true);
        const uint32_t violations = csv_number_faults(text.start, text.length, decimal);
        rows[count] = (uint32_t)row;
        count += (violations != 0) & ((text.length != 0) | is_required);
    }
    return count;
}

CSV_INLINE uint64_t date_faults_in_word(const csv_date_shape *shape, const uint8_t *text, int word) {
    uint64_t bytes;
    __builtin_memcpy(&bytes, text + 8 * word, 8);
    // What is left of a digit is 0 to 9; adding 0x76 lifts all else to the highest bit. No byte carries into the next.
    const uint64_t values = (bytes ^ UINT64_C(0x3030303030303030)) & shape->digits[word];
    const uint64_t lifted = (values & UINT64_C(0x7F7F7F7F7F7F7F7F)) + UINT64_C(0x7676767676767676);
    return ((lifted | values) & UINT64_C(0x8080808080808080) & shape->digits[word])
        | ((bytes ^ shape->literals[word]) & shape->literal_masks[word]);
}

CSV_INLINE uint32_t two_digits(const uint8_t *text, int place) {
    return (uint32_t)((uint8_t)(text[place] - '0') * 10 + (uint8_t)(text[place + 1] - '0'));
}

/// 0 for a text that surely is a date of the shape.
CSV_INLINE uint64_t date_faults(const csv_date_shape *shape, const uint8_t *text, size_t length) {
    uint64_t faults = length ^ shape->length;
    faults |= date_faults_in_word(shape, text, 0);
    if (shape->length > 8) faults |= date_faults_in_word(shape, text, 1);
    if (shape->length > 16) faults |= date_faults_in_word(shape, text, 2);
    if (shape->year >= 0 && shape->year_length == 4) {
        uint32_t year;
        __builtin_memcpy(&year, text + shape->year, 4);
        faults |= year == UINT32_C(0x30303030);
    }
    if (shape->month >= 0) faults |= two_digits(text, shape->month) - 1 >= 12;
    if (shape->day >= 0) faults |= two_digits(text, shape->day) - 1 >= 28;
    if (shape->hour >= 0) faults |= two_digits(text, shape->hour) - shape->lowest_hour >= shape->hour_count;
    if (shape->minute >= 0) faults |= two_digits(text, shape->minute) >= 60;
    if (shape->second >= 0) faults |= two_digits(text, shape->second) >= 60;
    return faults;
}

size_t COLUMN_DATES_NAME(const csv_column *column, const csv_date_shape *date, uint32_t *rows) {
    const bool is_required = column->is_required;
    const csv_date_shape shape = *date;
    size_t count = 0, field = column->first;
    for (size_t row = 0; row < column->row_count; row++, field += column->width) {
        const column_text text = text_of_field(column, field, true);
        rows[count] = (uint32_t)row;
        count += (date_faults(&shape, text.start, text.length) != 0) & ((text.length != 0) | is_required);
    }
    return count;
}

/// First bytes of a short text that is not just text: a number, a quoted field, or a word for a boolean or for no value.
static const bool is_telling[256] = {
    ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true, ['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true,
    ['9'] = true, ['-'] = true, ['n'] = true, ['N'] = true, ['t'] = true, ['T'] = true, ['f'] = true, ['F'] = true, ['#'] = true,
    ['('] = true, ['\\'] = true, ['.'] = true, ['?'] = true,
};

CSV_INLINE uint8_t form_of_text(const csv_date_shape *date, column_text text, uint8_t quote) {
    if (text.length == 0) return CSV_FORM_EMPTY;
    const uint8_t first = text.start[0];
    const bool is_number_like = (uint8_t)(first - '0') < 10 || first == '-';
    if (!is_number_like) {
        if (first == quote) return CSV_FORM_UNKNOWN;
        return text.length > 6 || !is_telling[first] ? CSV_FORM_TEXT : CSV_FORM_UNKNOWN;
    }
    const csv_number_form form = csv_form_of_number(text.start, text.length);
    if (form.kind == 0) return date_faults(date, text.start, text.length) == 0 ? CSV_FORM_DATE : CSV_FORM_UNKNOWN;
    const uint8_t *digits = text.start + (first == '-');
    const uint8_t zeros = digits[0] == '0' && form.leading > 1 ? CSV_FORM_LEADING_ZEROS : 0;
    const bool may_group = form.leading <= 3 && form.length - form.leading == 4;
    if (form.kind == 1) return CSV_FORM_INTEGER + zeros;
    return (uint8_t)((form.kind == 2 ? CSV_FORM_POINT : CSV_FORM_COMMA) + may_group + zeros);
}

void COLUMN_FORMS_NAME(const csv_column *column, const csv_date_shape *date, uint8_t *forms, uint32_t *counts) {
    const csv_date_shape shape = *date;
    size_t field = column->first;
    for (size_t row = 0; row < column->row_count; row++, field += column->width) {
        const uint8_t form = form_of_text(&shape, text_of_field(column, field, false), column->quote);
        forms[row] = form;
        counts[form]++;
    }
}
