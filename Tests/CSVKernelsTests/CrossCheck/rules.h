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

/// Marks where ill-formed sequences show: at the byte that cannot be, or after a byte that begins none.
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
