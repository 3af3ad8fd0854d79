#ifndef CSV_BITS_H
#define CSV_BITS_H

#include "include/CSVKernels.h"

// The logic on masks of 64 bytes, the same for every instruction set: bit i represents byte i of the block.
//
//     text    a , " b , c " " d " \n e
//     quote   . . 1 . . . 1 1 . 1 .  .
//     inside  . . 1 1 1 1 . 1 1 . .  .     prefix xor of `quote`: set from an opening quote up to the byte before the closing one
//     ends    . 1 . . . . . . . . 1  .     (delimiter | line feed) & ~inside
//     opens   . . 1 . . . . 1 . . .  .     quote & inside: legal at the start of a field, and after a quote, where the two are one
//     closes  . . . . . . 1 . . 1 .  .     quote & ~inside: a delimiter, line end or quote must follow
//
// A doubled quote needs no rule: it closes the field and opens it again.

#define CSV_INLINE static inline __attribute__((always_inline))

/// The bytes of a block that may be structure.
typedef struct csv_masks {
    uint64_t delimiter, line_feed, quote, carriage;
} csv_masks;

/// What one block hands to the next: `inside` is all zeros or all ones, the others are the lowest bit or, in the first block, that of the
/// first byte.
typedef struct csv_carry {
    uint64_t inside;
    /// Whether the byte before it is a delimiter, line feed or quote; a closing quote; a carriage return outside quotes.
    uint64_t may_open, closed, carriage;
} csv_carry;

CSV_INLINE csv_carry csv_carry_of(uint8_t state, unsigned first) {
    csv_carry carry;
    carry.inside = state == CSV_QUOTED ? ~UINT64_C(0) : 0;
    carry.may_open = (uint64_t)(state == CSV_FIELD_START || state == CSV_QUOTE_IN_QUOTED) << first;
    carry.closed = (uint64_t)(state == CSV_QUOTE_IN_QUOTED) << first;
    carry.carriage = (uint64_t)(state == CSV_UNQUOTED_CARRIAGE || state == CSV_CLOSED_CARRIAGE) << first;
    return carry;
}

/// The state after the byte at `at - 1` of a scan that began at `from` and is there inside quotes or not.
CSV_INLINE uint8_t csv_state_at(const csv_scan *scan, size_t from, size_t at, bool inside) {
    if (at == from) return scan->state;
    if (inside) return CSV_QUOTED;
    const uint8_t last = scan->bytes[at - 1];
    if (last == scan->quote) return CSV_QUOTE_IN_QUOTED;
    if (last == scan->delimiter || last == '\n') return CSV_FIELD_START;
    if (last != '\r') return CSV_UNQUOTED;
    const bool is_closed = at - 1 == from ? scan->state == CSV_QUOTE_IN_QUOTED : scan->bytes[at - 2] == scan->quote;
    return is_closed ? CSV_CLOSED_CARRIAGE : CSV_UNQUOTED_CARRIAGE;
}

/// What the logic finds in a block.
typedef struct csv_block {
    /// Bytes that end fields; bytes inside quotes; line feeds that end rows; those after a carriage return.
    uint64_t ends, inside, row_ends, crlf;
    /// Bytes that only the scalar machine can explain.
    uint64_t odd;
} csv_block;

/// `parity` is the prefix xor of the quotes: bit i tells whether an odd number of them is up to byte i.
CSV_INLINE csv_block csv_structure(const csv_masks m, uint64_t parity, csv_carry *carry) {
    csv_block block;
    const uint64_t inside = parity ^ carry->inside;
    const uint64_t separator = m.delimiter | m.line_feed;
    const uint64_t opens = m.quote & inside;
    const uint64_t closes = m.quote & ~inside;
    const uint64_t may_open = separator | m.quote;
    const uint64_t carriage = m.carriage & ~inside;
    const uint64_t behind_closed = (closes << 1) | carry->closed;
    const uint64_t behind_carriage = (carriage << 1) | carry->carriage;
    block.inside = inside;
    block.ends = separator & ~inside;
    block.row_ends = m.line_feed & ~inside;
    block.crlf = block.row_ends & behind_carriage;
    block.odd = (opens & ~((may_open << 1) | carry->may_open)) | (behind_closed & ~(may_open | m.carriage))
        | (behind_carriage & ~m.line_feed);
    carry->inside = (uint64_t)((int64_t)inside >> 63);
    carry->may_open = may_open >> 63;
    carry->closed = closes >> 63;
    carry->carriage = carriage >> 63;
    return block;
}

#endif
