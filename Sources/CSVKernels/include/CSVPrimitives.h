#ifndef CSV_PRIMITIVES_H
#define CSV_PRIMITIVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// What is asked of single fields, small enough to be compiled into the loop that asks.

/// The bytes of a number in a field of up to 16 bytes, one bit each.
typedef struct csv_number_bytes {
    uint32_t digit, point, comma;
} csv_number_bytes;

/// 16 bytes are readable at `text`.
static inline csv_number_bytes csv_find_number_bytes(const uint8_t *text) {
    csv_number_bytes found;
#if defined(__SSE2__)
    const __m128i v = _mm_loadu_si128((const __m128i *)text);
    const __m128i value = _mm_sub_epi8(v, _mm_set1_epi8('0'));
    found.digit = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value));
    found.point = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8('.')));
    found.comma = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(',')));
#else
    found.digit = found.point = found.comma = 0;
    for (int i = 0; i < 16; i++) {
        found.digit |= (uint32_t)((uint8_t)(text[i] - '0') < 10) << i;
        found.point |= (uint32_t)(text[i] == '.') << i;
        found.comma |= (uint32_t)(text[i] == ',') << i;
    }
#endif
    return found;
}

/// What a field of 1 to 15 bytes is that holds digits, perhaps a minus in front, and at most one point or comma between them.
typedef struct csv_number_form {
    /// 0: it is no such number. 1: without a separator. 2: with a point. 3: with a comma.
    uint32_t kind;
    /// Digits in front of the separator, and in all with it.
    uint32_t leading, length;
} csv_number_form;

/// 16 bytes are readable at `text`. Lengths of 0 and above 15 give kind 0.
static inline csv_number_form csv_form_of_number(const uint8_t *text, size_t length) {
    csv_number_form form = {0, 0, 0};
    if (length - 1 >= 15) return form;
    const csv_number_bytes found = csv_find_number_bytes(text);
    const uint32_t minus = text[0] == '-';
    const uint32_t body = ((UINT32_C(1) << length) - 1) & ~minus;
    const uint32_t separator = (found.point | found.comma) & body;
    const uint32_t edges = UINT32_C(1) << minus | UINT32_C(1) << (length - 1);
    const uint32_t violations = (body & ~(found.digit | separator)) | (separator & (separator - 1)) | (separator & edges);
    if (violations != 0 || body == 0) return form;
    form.kind = separator == 0 ? 1 : (separator & found.point) != 0 ? 2 : 3;
    form.length = (uint32_t)length - minus;
    form.leading = separator == 0 ? form.length : (uint32_t)__builtin_ctz(separator) - minus;
    return form;
}

/// 0 if a field is `-?d+`, or with a separator other than 0 also `-?d+.d+` with that separator, a point or comma, in 1 to 15 bytes.
///
/// 16 bytes are readable at `text`.
static inline uint32_t csv_number_faults(const uint8_t *text, size_t length, uint8_t decimal) {
#if defined(__SSE2__)
    const __m128i v = _mm_loadu_si128((const __m128i *)text);
    const __m128i value = _mm_sub_epi8(v, _mm_set1_epi8('0'));
    const uint32_t digit = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value));
    const uint32_t found = decimal == 0 ? 0 : (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)decimal)));
#else
    const csv_number_bytes bytes = csv_find_number_bytes(text);
    const uint32_t digit = bytes.digit, found = decimal == '.' ? bytes.point : decimal == ',' ? bytes.comma : 0;
#endif
    const uint32_t minus = text[0] == '-';
    const uint32_t body = ((UINT32_C(1) << (length & 31)) - 1) & ~minus;
    const uint32_t separator = found & body;
    const uint32_t edges = UINT32_C(1) << minus | (UINT32_C(1) << (length & 31)) >> 1;
    const uint32_t too_long = length > 15;
    return (body & ~(digit | separator)) | (separator & (separator - 1)) | (separator & edges) | (uint32_t)(body == 0) | too_long;
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
