#include "portable.h"

#if defined(__x86_64__)

#include <emmintrin.h>

typedef struct {
    __m128i v[4];
    const uint8_t *bytes;
} vectors;

CSV_INLINE vectors load_vectors(const uint8_t *bytes) {
    vectors v;
    for (int i = 0; i < 4; i++) v.v[i] = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
    v.bytes = bytes;
    return v;
}

CSV_INLINE uint64_t mask_of(const __m128i v[4]) {
    return (uint64_t)(uint32_t)_mm_movemask_epi8(v[0]) | (uint64_t)(uint32_t)_mm_movemask_epi8(v[1]) << 16
        | (uint64_t)(uint32_t)_mm_movemask_epi8(v[2]) << 32 | (uint64_t)(uint32_t)_mm_movemask_epi8(v[3]) << 48;
}

CSV_INLINE uint64_t equal(const vectors *v, __m128i byte) {
    __m128i same[4];
    for (int i = 0; i < 4; i++) same[i] = _mm_cmpeq_epi8(v->v[i], byte);
    return mask_of(same);
}

CSV_INLINE uint64_t digits(const vectors *v) {
    __m128i digit[4];
    for (int i = 0; i < 4; i++) {
        const __m128i value = _mm_sub_epi8(v->v[i], _mm_set1_epi8('0'));
        digit[i] = _mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(9)), value);
    }
    return mask_of(digit);
}

typedef struct { __m128i delimiter, quote; } needles;

CSV_INLINE needles prepare(const csv_scan *scan) {
    return (needles){_mm_set1_epi8((char)scan->delimiter), _mm_set1_epi8((char)scan->quote)};
}

CSV_INLINE csv_masks masks_of(vectors v, needles k) {
    return (csv_masks){
        .delimiter = equal(&v, k.delimiter),
        .line_feed = equal(&v, _mm_set1_epi8('\n')),
        .quote = equal(&v, k.quote),
        .carriage = equal(&v, _mm_set1_epi8('\r')),
    };
}

#include "word64.h"

#include "numbers.h"

typedef struct { __m128i quote, decimal; } number_needles;

CSV_INLINE number_needles prepare_numbers(const csv_numbers *numbers) {
    return (number_needles){_mm_set1_epi8((char)numbers->quote), _mm_set1_epi8((char)numbers->decimal)};
}

CSV_INLINE number_masks number_masks_of(const uint8_t *bytes, number_needles k) {
    const vectors v = load_vectors(bytes);
    return (number_masks){
        .digit = digits(&v),
        .zero = equal(&v, _mm_set1_epi8('0')),
        .decimal = equal(&v, k.decimal),
        .minus = equal(&v, _mm_set1_epi8('-')),
        .quote = equal(&v, k.quote),
        .carriage = equal(&v, _mm_set1_epi8('\r')),
    };
}

CSV_INLINE uint64_t two_to_seven(const vectors *v) {
    __m128i found[4];
    for (int i = 0; i < 4; i++) {
        const __m128i value = _mm_sub_epi8(v->v[i], _mm_set1_epi8('2'));
        found[i] = _mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(5)), value);
    }
    return mask_of(found);
}

CSV_INLINE form_masks form_masks_of(const uint8_t *bytes) {
    const vectors v = load_vectors(bytes);
    const uint64_t comma = equal(&v, _mm_set1_epi8(','));
    return (form_masks){
        .number = {
            .digit = digits(&v),
            .zero = equal(&v, _mm_set1_epi8('0')),
            .decimal = comma | equal(&v, _mm_set1_epi8('.')),
            .minus = equal(&v, _mm_set1_epi8('-')),
            .quote = 0,
            .carriage = equal(&v, _mm_set1_epi8('\r')),
        },
        .comma = comma,
        .one = equal(&v, _mm_set1_epi8('1')),
        .two = equal(&v, _mm_set1_epi8('2')),
        .nine = equal(&v, _mm_set1_epi8('9')),
        .two_to_seven = two_to_seven(&v),
    };
}

CSV_INLINE uint64_t high_bytes(const vectors *v) { return mask_of(v->v); }

CSV_INLINE uint64_t bytes_below_space(vectors v) {
    __m128i below[4];
    for (int i = 0; i < 4; i++) below[i] = _mm_cmpeq_epi8(_mm_min_epu8(v.v[i], _mm_set1_epi8(0x1F)), v.v[i]);
    return mask_of(below);
}

CSV_INLINE uint64_t zero_bytes(vectors v) { return equal(&v, _mm_setzero_si128()); }

#include "utf8_by_block.h"

CSV_INLINE uint64_t parity_of(uint64_t bits) { return csv_portable_parity(bits); }

CSV_INLINE uint64_t trailing_zeros(uint64_t bits) { return csv_portable_trailing_zeros(bits); }

CSV_INLINE uint64_t extract(uint64_t bits, uint64_t mask) { return csv_portable_extract(bits, mask); }

#define SCAN_NAME csv_scan_sse2
#define POSITIONS_NAME csv_positions_sse2
#define COUNT_NAME csv_count_sse2
#define HAVE_WIDTH_NAME csv_have_width_sse2
#include "kernel.h"

#define NUMBERS_NAME csv_numbers_sse2
#define COUNT_NUMBERS_NAME csv_count_numbers_sse2
#define FORMS_NAME csv_forms_sse2
#define COUNT_FORMS_NAME csv_count_forms_sse2
#include "fields.h"

#define COLUMN_NUMBERS_NAME csv_column_numbers_sse2
#define COLUMN_DATES_NAME csv_column_dates_sse2
#define COLUMN_FORMS_NAME csv_column_forms_sse2
#define COLUMN_SUM_NAME csv_column_sum_sse2
#include "columns.h"

#endif
