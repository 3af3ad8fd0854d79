#ifndef CSV_PRIMITIVES_H
#define CSV_PRIMITIVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/// Fetches the line of a cache that an address lies in, without waiting for it.
static inline __attribute__((always_inline)) void csv_prefetch(const void *address) { __builtin_prefetch(address); }

// What is asked of single fields, small enough to be compiled into the loop that asks.

/// The digits among 16 bytes, and the places of two other bytes, one bit each.
typedef struct csv_number_bytes {
    uint32_t digit, first, second;
} csv_number_bytes;

/// 16 bytes are readable at `text`. What a caller does not use is not computed.
static inline __attribute__((always_inline)) csv_number_bytes csv_find_number_bytes(const uint8_t *text, uint8_t first, uint8_t second) {
    csv_number_bytes found;
#if defined(__SSE2__)
    const __m128i v = _mm_loadu_si128((const __m128i *)text);
    const __m128i value = _mm_sub_epi8(v, _mm_set1_epi8('0'));
    found.digit = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value));
    found.first = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)first)));
    found.second = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)second)));
#elif defined(__aarch64__)
    static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t bit = vld1q_u8(bits);
    const uint8x16_t v = vld1q_u8(text);
    const uint8x16_t digit = vandq_u8(vcltq_u8(vsubq_u8(v, vdupq_n_u8('0')), vdupq_n_u8(10)), bit);
    const uint8x16_t at_first = vandq_u8(vceqq_u8(v, vdupq_n_u8(first)), bit);
    const uint8x16_t at_second = vandq_u8(vceqq_u8(v, vdupq_n_u8(second)), bit);
    // Each byte keeps the bit of its place; sums of eight neighbours are the masks, two bytes each.
    const uint8x16_t pairs = vpaddq_u8(digit, at_first), other_pairs = vpaddq_u8(at_second, at_second);
    const uint8x16_t fours = vpaddq_u8(pairs, other_pairs);
    const uint64_t masks = vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(fours, fours)), 0);
    found.digit = (uint32_t)(masks & 0xFFFF);
    found.first = (uint32_t)(masks >> 16 & 0xFFFF);
    found.second = (uint32_t)(masks >> 32 & 0xFFFF);
#else
    found.digit = found.first = found.second = 0;
    for (int i = 0; i < 16; i++) {
        found.digit |= (uint32_t)((uint8_t)(text[i] - '0') < 10) << i;
        found.first |= (uint32_t)(text[i] == first) << i;
        found.second |= (uint32_t)(text[i] == second) << i;
    }
#endif
    return found;
}

/// 0 for `-?d+(s d+)?` in up to 15 bytes, s being a byte of `separator`; also for no byte at all.
static inline __attribute__((always_inline)) uint32_t csv_form_faults(
    uint32_t digit, uint32_t separator, uint32_t minus, uint32_t text, size_t length) {
    const uint32_t joint = separator | minus;
    return (text & ~(digit | joint))        // nothing else is in a number
        | (separator & (separator - 1))     // more than one
        | (separator & ~(digit << 1))       // not after a digit
        | ((joint << 1) & ~(digit & text))  // not before one
        | (uint32_t)(length > 15);
}

/// What a field is made of, if it is a number with at most one point or comma.
typedef struct csv_number_form {
    /// 0 if it is.
    uint32_t faults;
    /// The digits; the separator, and which of the commas may be it; 1 if a minus is before it.
    uint32_t digit, separator, comma, minus;
} csv_number_form;

/// 16 bytes are readable at `text`.
static inline __attribute__((always_inline)) csv_number_form csv_form_of_number(const uint8_t *text, size_t length) {
    const csv_number_bytes found = csv_find_number_bytes(text, '.', ',');
    const uint32_t body = (UINT32_C(1) << (length & 31)) - 1;
    csv_number_form form;
    form.digit = found.digit & body;
    form.separator = (found.first | found.second) & body;
    form.comma = found.second;
    form.minus = (uint32_t)(text[0] == '-') & body;
    form.faults = csv_form_faults(form.digit, form.separator, form.minus, body, length);
    return form;
}

/// The faults of `csv_number_faults`, and the separator.
typedef struct csv_plain_number {
    uint32_t faults, separator;
} csv_plain_number;

/// 16 bytes are readable at `text`.
static inline __attribute__((always_inline)) csv_plain_number csv_plain_number_of(const uint8_t *text, size_t length, uint8_t decimal) {
    const csv_number_bytes found = csv_find_number_bytes(text, decimal, decimal);
    const uint32_t body = (UINT32_C(1) << (length & 31)) - 1;
    const uint32_t separator = decimal == 0 ? 0 : found.first & body;
    const uint32_t minus = (uint32_t)(text[0] == '-') & body;
    return (csv_plain_number){csv_form_faults(found.digit, separator, minus, body, length), separator};
}

/// 0 if a field is `-?d+`, or with a separator other than 0 also `-?d+.d+` with that separator, a point or comma, in up to 15 bytes. Also for
/// the empty field.
///
/// 16 bytes are readable at `text`.
static inline __attribute__((always_inline)) uint32_t csv_number_faults(const uint8_t *text, size_t length, uint8_t decimal) {
    return csv_plain_number_of(text, length, decimal).faults;
}

/// Whether the one separator of such a number could also be between thousands: three digits after it, one to three before it, of which the
/// first is not 0.
///
/// \param separator its place, one bit.
static inline __attribute__((always_inline)) uint32_t csv_may_group(uint32_t separator, const uint8_t *text, size_t length) {
    const uint32_t minus = text[0] == '-';
    // In a text too short for it the place is past the end.
    return (separator >> ((length - 4) & 31)) & (uint32_t)(length - minus <= 7) & (uint32_t)(text[minus] != '0');
}

/// Whether a bit is set from `first` to `last`, both included.
static inline bool csv_any_bit(const uint64_t *words, size_t first, size_t last) {
    const size_t first_word = first / 64, last_word = last / 64;
    const uint64_t from = ~UINT64_C(0) << (first % 64), to = ~UINT64_C(0) >> (63 - last % 64);
    if (first_word == last_word) return (words[first_word] & from & to) != 0;
    uint64_t bits = (words[first_word] & from) | (words[last_word] & to);
    for (size_t word = first_word + 1; word < last_word; word++) bits |= words[word];
    return bits != 0;
}

#endif
