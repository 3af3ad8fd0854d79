#ifndef CSV_PORTABLE_H
#define CSV_PORTABLE_H

#include "utf8.h"

// What some instruction sets have no instruction for.

CSV_INLINE uint64_t csv_portable_parity(uint64_t bits) {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^= bits << 32;
    return bits;
}

CSV_INLINE uint64_t csv_portable_trailing_zeros(uint64_t bits) { return (uint64_t)__builtin_ctzll(bits | UINT64_C(1) << 63); }

CSV_INLINE uint64_t csv_portable_extract(uint64_t bits, uint64_t mask) {
    uint64_t extracted = 0;
    if (bits == 0) return 0;
    for (int place = 0; mask != 0; mask &= mask - 1) extracted |= (uint64_t)((bits & mask & -mask) != 0) << place++;
    return extracted;
}

/// The places of a block where `utf8.h`'s tables find an error, looked up byte by byte: for instruction sets without a shuffle.
///
/// `bytes` begins the block; the three bytes before it belong to the text unless `is_first`.
static inline __attribute__((noinline)) uint64_t csv_utf8_errors(const uint8_t *bytes, bool is_first) {
    static const uint8_t first_high[16] = {UTF8_FIRST_HIGH};
    static const uint8_t first_low[16] = {UTF8_FIRST_LOW};
    static const uint8_t second_high[16] = {UTF8_SECOND_HIGH};
    uint8_t third = is_first ? 0 : bytes[-3], second = is_first ? 0 : bytes[-2], first = is_first ? 0 : bytes[-1];
    uint64_t places = 0;
    for (int i = 0; i < 64; i++) {
        const uint8_t byte = bytes[i];
        const uint8_t errors = first_high[first >> 4] & first_low[first & 15] & second_high[byte >> 4];
        const uint8_t must_continue = second >= 0xE0 || third >= 0xF0 ? 0x80 : 0;
        places |= (uint64_t)((errors ^ must_continue) != 0) << i;
        third = second;
        second = first;
        first = byte;
    }
    return places;
}

#endif
