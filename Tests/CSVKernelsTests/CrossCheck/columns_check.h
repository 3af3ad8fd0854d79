// The tests of columns against rules for single fields.

static const char *const patterns[] = {
    "yyyy-MM-dd", "yyyyMMdd", "dd.MM.yyyy", "MM/dd/yy", "yyyy", "HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss",
    "yyyy-MM-dd HH:mm:ss.SSSS",
};

/// Letters of parts with two digits, and the range of their values.
static const struct part { char letter; uint32_t lowest, highest; } parts[] = {
    {'M', 1, 12}, {'d', 1, 28}, {'H', 0, 23}, {'m', 0, 59}, {'s', 0, 59},
};

/// Whether the separator of a plain number could be between thousands.
static bool may_group(const uint8_t *text, size_t length) {
    const size_t minus = length > 0 && text[0] == '-';
    size_t front = 0;
    while (minus + front < length && text[minus + front] >= '0' && text[minus + front] <= '9') front++;
    return front >= 1 && front <= 3 && length - minus - front == 4 && text[minus] != '0';
}

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
    const char *day = strstr(pattern, "dd"), *month = strstr(pattern, "MM");
    if (day != NULL && month != NULL) {
        shape.has_order = true;
        shape.day = (uint32_t)(day - pattern);
        shape.month = (uint32_t)(month - pattern);
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

/// Whether a text may be an amount with something before it, a month, a period, a boolean or a word for no value.
static bool may_be_more_than_text_here(const uint8_t *text, size_t length) {
    const uint8_t first = text[0], last = text[length - 1];
    if ((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z')) {
        if (last < '0' || last > '9') {
            static const char *const likes[] = {"n", "no", "nan", "null", "t", "true", "f", "false", "y", "yes", "on", "off"};
            for (size_t i = 0; i < sizeof likes / sizeof likes[0]; i++) {
                if (strlen(likes[i]) == length && (first | 0x20) == likes[i][0]) return true;
            }
            return last <= ' ';
        }
        if (length > 24) return false;
        size_t gap = 2;
        while (gap < length && gap < 10 && text[gap] != ' ' && text[gap] != '-') gap++;
        if (gap >= length || gap == 10) return false;
        if (gap <= 3 || (gap == 4 && (first == 'w' || first == 'W'))) return true;
        const char front[4] = {(char)(text[0] | 0x20), (char)(text[1] | 0x20), (char)(text[2] | 0x20), 0};
        return strstr("jan feb mar apr may jun jul aug sep oct nov dec", front) != NULL && strchr(front, ' ') == NULL;
    }
    if (first < 0x80) return first != 0 && strchr("\t\n\v\f\r #$(+,.?\\", first) != NULL;
    if (length == 1) return false;
    const uint32_t pair = (uint32_t)first << 8 | text[1];
    return pair == 0xC2A0 || pair == 0xC2A3 || pair == 0xC2A5 || (pair >= 0xD9A0 && pair <= 0xD9A9) || (pair >= 0xDBB0 && pair <= 0xDBB9)
        || pair == 0xE19A || (pair >= 0xE280 && pair <= 0xE282) || pair == 0xE288 || pair == 0xE380 || pair == 0xEFBB || pair == 0xEFBC;
}

static uint32_t form_of(const uint8_t *text, size_t length, const char *pattern, uint8_t quote) {
    if (length == 0) return CSV_FORM_EMPTY;
    if (text[0] == quote) return CSV_FORM_UNKNOWN;
    const bool is_digit = text[0] >= '0' && text[0] <= '9';
    if (!is_plain_number(text, length, ".,")) {
        if (is_digit || text[0] == '-') return is_digit && is_date(text, length, pattern) ? CSV_FORM_DATE : CSV_FORM_UNKNOWN;
        return may_be_more_than_text_here(text, length) ? CSV_FORM_UNKNOWN : CSV_FORM_TEXT;
    }
    const size_t minus = text[0] == '-';
    size_t separator = minus;
    while (separator < length && text[separator] >= '0' && text[separator] <= '9') separator++;
    uint32_t form = CSV_FORM_INTEGER;
    if (separator < length) {
        const bool is_group = may_group(text, length);
        if (text[separator] == '.') form = is_group ? CSV_FORM_POINT_OR_GROUP : CSV_FORM_POINT;
        else form = is_group ? CSV_FORM_COMMA_OR_GROUP : CSV_FORM_COMMA;
    }
    if (minus == 0 && form == CSV_FORM_INTEGER) {
        if (length == 8 && (memcmp(text, "19", 2) == 0 || memcmp(text, "20", 2) == 0)) return CSV_FORM_UNKNOWN;
        if (length == 5 && text[0] >= '2' && text[0] <= '7') return CSV_FORM_SERIAL_DAY;
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
    static const char *const words[] = {"true", "null", "#N/A", "text", "Text of more", "n", "(x)", ".x", "\\N", "x", "?", "Jan 26", "Q1 26",
        "AB-1", "Budget 26", "January 26", "Week 1", "Plan 1", "FR01", "F1", "$5", "20260131", "45123", "yes", "text "};
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
    uint64_t empty = 0, separated = 0, grouped = 0, same = 0, swappable = 0;
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
        empty += length == 0;
        if (length > 0 && is_plain_number(text, length, separators) && memchr(text, decimal, length) != NULL) {
            separated++;
            grouped += may_group(text, length);
        }
        if (shape.has_order && length > 0 && is_date(text, length, pattern)) {
            const int is_same = memcmp(text + shape.day, text + shape.month, 2) == 0;
            const int day = (text[shape.day] - '0') * 10 + text[shape.day + 1] - '0';
            same += (uint64_t)is_same;
            swappable += !is_same && day <= 12;
        }
    }
    uint32_t *rows = allocate(tested * sizeof *rows);
    csv_number_counts numbers = {0}, whole = {0};
    size_t count = csv_column_numbers(kernel, &column, 0, rows, &whole);
    check_rows(&c, "whole numbers", rows, count, whole_fails, tested);
    count = csv_column_numbers(kernel, &column, decimal, rows, &numbers);
    check_rows(&c, "numbers", rows, count, number_fails, tested);
    if (whole.empty != empty || numbers.empty != empty || whole.separated != 0) fail(&c, "counts of empty fields");
    if (numbers.separated != separated || numbers.grouped != grouped) fail(&c, "counts of separators");
    csv_date_counts dates = {0};
    count = csv_column_dates(kernel, &column, &shape, rows, &dates);
    check_rows(&c, pattern, rows, count, date_fails, tested);
    if (dates.empty != empty || dates.same != same || dates.swappable != swappable) fail(&c, "counts of dates");
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
