// Numbers as bits, compiled once for each width of a word. Who includes it defines
//
//     word                          one bit for each byte of some blocks of 64
//     BLOCKS                        how many
//     up(bits, before, count)       the bits moved to later bytes, after them those of the word before
//     add(a, b, carry)              the sum of two words and a bit, which is replaced by the one carried out
//     has_any(bits)
//
// Numbers. A field is plain if each of its bytes is allowed where it is; what is not is flagged, some of it on the next byte.

/// The bytes of a block that numbers are made of, and what frames them.
typedef struct number_masks {
    word digit, zero, decimal, minus, quote, carriage;
} number_masks;

/// What blocks hand on: the masks of the block before it (only their last bits matter), and whether the open field has a decimal separator, a fault,
/// and a separator that may be between thousands.
typedef struct number_carry {
    word ends, opening, closing, joint, digit, number, carriage, empty_quotes, empty_line, minus, first, may_group;
    uint64_t has_decimal, has_fault, has_group;
} number_carry;

/// Properties of the fields that end in a block, at the byte that ends the field.
typedef struct number_fields {
    word odd, separated, empty, grouped;
} number_fields;

/// Bytes at which a run of set bits is 16 long or longer.
CSV_INLINE word long_runs(word bits, word before) {
    bits &= up(bits, before, 1);
    before &= before << 1;
    bits &= up(bits, before, 2);
    before &= before << 2;
    bits &= up(bits, before, 4);
    before &= before << 4;
    return bits & up(bits, before, 8);
}

// From bytes to fields: adding to all bytes that end no field carries a bit up to the end of its field, where there is a 0.
//
//     text       1 . 5 , 7 , - . 2 \n
//     inside     1 1 1 . 1 . 1 1 1 .
//     decimal    . 1 . . . . . 1 . .
//     sum        1 . . 1 1 . 1 . . 1      at the ends: which fields have one

/// At the ends: whether any byte of the field has the bit, or the end itself.
CSV_INLINE word any_of_field(word bits, word ends, uint64_t *carry) { return (add(~ends, bits & ~ends, carry) | bits) & ends; }

CSV_INLINE number_fields numbers_of(number_masks m, word ends, word row_ends, number_carry *before) {
    number_fields fields;
    m.decimal &= ~ends;
    m.minus &= ~ends;
    const word field_start = up(ends, before->ends, 1);
    const word opening = m.quote & field_start;
    const word closing = m.quote & ~field_start;
    const word behind_opening = up(opening, before->opening, 1);
    const word number_start = field_start | behind_opening;
    const word joint = m.decimal | m.minus;
    const word number = m.digit | joint;
    const word behind_digit = up(m.digit, before->digit, 1);
    // A second decimal separator meets the flood that the first one began.
    const word flood = add(~ends, m.decimal, &before->has_decimal);
    const word faults = ~(number | ends | m.quote | m.carriage)
        | (m.minus & ~number_start)
        | (m.decimal & ~behind_digit)
        | (up(joint, before->joint, 1) & ~m.digit)
        | (up(closing, before->closing, 1) & ~(ends | m.carriage))
        | (up(m.carriage, before->carriage, 1) & ~row_ends)
        | (flood & m.decimal)
        | long_runs(number, before->number);
    fields.odd = any_of_field(faults, ends, &before->has_fault);
    fields.separated = flood & ends;
    // An end here ends an empty field, or two quotes; or a carriage return is between.
    const word empty_quotes = closing & behind_opening;
    const word may_end_empty = field_start | up(empty_quotes, before->empty_quotes, 1);
    const word empty_line = m.carriage & may_end_empty;
    fields.empty = (ends & may_end_empty) | (row_ends & up(empty_line, before->empty_line, 1));
    // One to three digits before the decimal separator, the first not 0, and three after it.
    const word minus = m.minus & number_start;
    const word first = m.digit & ~m.zero & (number_start | up(minus, before->minus, 1));
    const word may_group = m.decimal
        & (up(first, before->first, 1)
            | (behind_digit
                & (up(first, before->first, 2) | (up(m.digit, before->digit, 2) & up(first, before->first, 3)))));
    const word candidates = up(may_group, before->may_group, 4) & behind_digit & ~m.digit;
    fields.grouped = (word){0};
    if (before->has_group != 0 || has_any(candidates)) {
        const word grouped = candidates & up(m.digit, before->digit, 2) & up(m.digit, before->digit, 3);
        fields.grouped = any_of_field(grouped, ends, &before->has_group);
    }
    before->ends = ends;
    before->opening = opening;
    before->closing = closing;
    before->joint = joint;
    before->digit = m.digit;
    before->number = number;
    before->carriage = m.carriage;
    before->empty_quotes = empty_quotes;
    before->empty_line = empty_line;
    before->minus = minus;
    before->first = first;
    before->may_group = may_group;
    return fields;
}

// Forms of numbers, without a profile: a point or a comma may be the separator. No quote is told from other bytes, so that what is in quotes is odd.

/// The bytes that tell forms apart, beside those of numbers, whose `decimal` has points and commas.
typedef struct form_masks {
    number_masks number;
    word comma, one, two, nine, two_to_seven;
} form_masks;

typedef struct form_carry {
    number_carry number;
    /// The masks of the block before it, and of the open field whether it has a comma, and begins with 0 and another digit.
    word starts, signs, zeros, serial, one, two, year, cut_serial, cut_day;
    uint64_t has_comma, has_zeros;
} form_carry;

/// Properties of the fields that end in a block, at the byte that ends the field; the last two of whole numbers only.
typedef struct form_fields {
    number_fields number;
    /// The separator is a comma. A digit is behind a 0 at the beginning. Five digits, the first of them 2 to 7. Eight, the first of them 19 or 20.
    word comma, zeros, serial, day;
} form_fields;

CSV_INLINE form_fields forms_of(form_masks m, word ends, word row_ends, form_carry *before) {
    form_fields fields;
    const word starts = up(ends, before->number.ends, 1);
    const word signs = m.number.minus & ~ends & starts;
    const word first_zeros = m.number.zero & (starts | up(signs, before->signs, 1));
    fields.comma = any_of_field(m.comma & ~ends, ends, &before->has_comma);
    fields.zeros = any_of_field(m.number.digit & up(first_zeros, before->zeros, 1), ends, &before->has_zeros);
    // No field begins at an end or so many bytes before it.
    const word near_2 = starts | up(starts, before->starts, 1);
    const word near_2_before = before->starts | before->starts << 1;
    const word near_4 = near_2 | up(near_2, near_2_before, 2);
    const word near_4_before = near_2_before | near_2_before << 2;
    const word near_5 = near_4 | up(starts, before->starts, 4);
    const word near_8 = near_4 | up(near_4, near_4_before, 4);
    const word serial = starts & m.two_to_seven, one = starts & m.one, two = starts & m.two;
    const word year = (up(one, before->one, 1) & m.nine) | (up(two, before->two, 1) & m.number.zero);
    const word behind_serial = up(serial, before->serial, 5) & ~near_5, behind_day = up(year, before->year, 7) & ~near_8;
    // A carriage return before a line feed is no part of the field.
    const word crlf = row_ends & up(m.number.carriage, before->number.carriage, 1);
    const word cut_serial = behind_serial & m.number.carriage, cut_day = behind_day & m.number.carriage;
    fields.serial = (ends & ~crlf & behind_serial) | (crlf & up(cut_serial, before->cut_serial, 1));
    fields.day = (ends & ~crlf & behind_day) | (crlf & up(cut_day, before->cut_day, 1));
    before->cut_serial = cut_serial;
    before->cut_day = cut_day;
    before->starts = starts;
    before->signs = signs;
    before->zeros = first_zeros;
    before->serial = serial;
    before->one = one;
    before->two = two;
    before->year = year;
    fields.number = numbers_of(m.number, ends, row_ends, &before->number);
    return fields;
}
