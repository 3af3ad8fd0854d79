#include "portable.h"

#if defined(__aarch64__)

#include <arm_neon.h>

typedef struct { uint8x16_t v[4]; } vectors;

CSV_INLINE vectors load_vectors(const uint8_t *bytes) {
    return (vectors){{vld1q_u8(bytes), vld1q_u8(bytes + 16), vld1q_u8(bytes + 32), vld1q_u8(bytes + 48)}};
}

/// One bit for each byte that is all ones: each byte keeps the bit of its place in a group of eight, then groups are added up.
CSV_INLINE uint64_t mask_of(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
    static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t bit = vld1q_u8(bits);
    const uint8x16_t pairs = vpaddq_u8(vandq_u8(a, bit), vandq_u8(b, bit));
    const uint8x16_t other_pairs = vpaddq_u8(vandq_u8(c, bit), vandq_u8(d, bit));
    const uint8x16_t fours = vpaddq_u8(pairs, other_pairs);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(fours, fours)), 0);
}

CSV_INLINE uint64_t equal(vectors v, uint8x16_t byte) {
    return mask_of(vceqq_u8(v.v[0], byte), vceqq_u8(v.v[1], byte), vceqq_u8(v.v[2], byte), vceqq_u8(v.v[3], byte));
}

CSV_INLINE uint8x16_t is_digit(uint8x16_t v) { return vcltq_u8(vsubq_u8(v, vdupq_n_u8('0')), vdupq_n_u8(10)); }

typedef struct { uint8x16_t delimiter, quote; } needles;

CSV_INLINE needles prepare(const csv_scan *scan) { return (needles){vdupq_n_u8(scan->delimiter), vdupq_n_u8(scan->quote)}; }

CSV_INLINE csv_masks masks_of(vectors v, needles k) {
    return (csv_masks){
        .delimiter = equal(v, k.delimiter),
        .line_feed = equal(v, vdupq_n_u8('\n')),
        .quote = equal(v, k.quote),
        .carriage = equal(v, vdupq_n_u8('\r')),
    };
}

#include "word64.h"

#include "numbers.h"

typedef struct { uint8x16_t quote, decimal; } number_needles;

CSV_INLINE number_needles prepare_numbers(const csv_numbers *numbers) {
    return (number_needles){vdupq_n_u8(numbers->quote), vdupq_n_u8(numbers->decimal)};
}

CSV_INLINE number_masks number_masks_of(const uint8_t *bytes, number_needles k) {
    const vectors v = load_vectors(bytes);
    return (number_masks){
        .digit = mask_of(is_digit(v.v[0]), is_digit(v.v[1]), is_digit(v.v[2]), is_digit(v.v[3])),
        .zero = equal(v, vdupq_n_u8('0')),
        .decimal = equal(v, k.decimal),
        .minus = equal(v, vdupq_n_u8('-')),
        .quote = equal(v, k.quote),
        .carriage = equal(v, vdupq_n_u8('\r')),
    };
}

CSV_INLINE uint8x16_t is_two_to_seven(uint8x16_t v) { return vcltq_u8(vsubq_u8(v, vdupq_n_u8('2')), vdupq_n_u8(6)); }

CSV_INLINE form_masks form_masks_of(const uint8_t *bytes) {
    const vectors v = load_vectors(bytes);
    const uint64_t comma = equal(v, vdupq_n_u8(','));
    return (form_masks){
        .number = {
            .digit = mask_of(is_digit(v.v[0]), is_digit(v.v[1]), is_digit(v.v[2]), is_digit(v.v[3])),
            .zero = equal(v, vdupq_n_u8('0')),
            .decimal = comma | equal(v, vdupq_n_u8('.')),
            .minus = equal(v, vdupq_n_u8('-')),
            .quote = 0,
            .carriage = equal(v, vdupq_n_u8('\r')),
        },
        .comma = comma,
        .one = equal(v, vdupq_n_u8('1')),
        .two = equal(v, vdupq_n_u8('2')),
        .nine = equal(v, vdupq_n_u8('9')),
        .two_to_seven = mask_of(is_two_to_seven(v.v[0]), is_two_to_seven(v.v[1]), is_two_to_seven(v.v[2]), is_two_to_seven(v.v[3])),
    };
}

CSV_INLINE uint64_t parity_of(uint64_t bits) { return csv_portable_parity(bits); }

CSV_INLINE uint64_t trailing_zeros(uint64_t bits) { return csv_portable_trailing_zeros(bits); }

CSV_INLINE uint64_t extract(uint64_t bits, uint64_t mask) { return csv_portable_extract(bits, mask); }

// The check of characters.

typedef struct {
    uint8x16_t previous;
    uint8x16_t errors;
} utf8_state;

CSV_INLINE utf8_state begin_utf8(const uint8_t *bytes) {
    return (utf8_state){bytes == NULL ? vdupq_n_u8(0) : vld1q_u8(bytes - 16), vdupq_n_u8(0)};
}

CSV_INLINE uint8x16_t utf8_errors(uint8x16_t v, uint8x16_t previous) {
    static const uint8_t first_high[16] = {UTF8_FIRST_HIGH};
    static const uint8_t first_low[16] = {UTF8_FIRST_LOW};
    static const uint8_t second_high[16] = {UTF8_SECOND_HIGH};
    const uint8x16_t first = vextq_u8(previous, v, 15);
    const uint8x16_t second = vextq_u8(previous, v, 14);
    const uint8x16_t third = vextq_u8(previous, v, 13);
    const uint8x16_t errors = vandq_u8(
        vandq_u8(
            vqtbl1q_u8(vld1q_u8(first_high), vshrq_n_u8(first, 4)), vqtbl1q_u8(vld1q_u8(first_low), vandq_u8(first, vdupq_n_u8(0x0F)))),
        vqtbl1q_u8(vld1q_u8(second_high), vshrq_n_u8(v, 4)));
    const uint8x16_t must_continue =
        vandq_u8(vorrq_u8(vqsubq_u8(second, vdupq_n_u8(0xE0 - 0x80)), vqsubq_u8(third, vdupq_n_u8(0xF0 - 0x80))), vdupq_n_u8(0x80));
    return veorq_u8(must_continue, errors);
}

CSV_INLINE void check_utf8_partly(utf8_state *state, vectors v, uint64_t valid) {
    static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t previous = state->previous;
    for (int i = 0; i < 4; i++) {
        const uint8x16_t spread = vcombine_u8(vdup_n_u8((uint8_t)(valid >> (16 * i))), vdup_n_u8((uint8_t)(valid >> (16 * i + 8))));
        const uint8x16_t counts = vtstq_u8(spread, vld1q_u8(bits));
        state->errors = vorrq_u8(state->errors, vandq_u8(utf8_errors(v.v[i], previous), counts));
        previous = v.v[i];
    }
    state->previous = previous;
}

CSV_INLINE void check_utf8(utf8_state *state, vectors v) {
    const uint8x16_t low = vorrq_u8(utf8_errors(v.v[0], state->previous), utf8_errors(v.v[1], v.v[0]));
    const uint8x16_t high = vorrq_u8(utf8_errors(v.v[2], v.v[1]), utf8_errors(v.v[3], v.v[2]));
    state->errors = vorrq_u8(state->errors, vorrq_u8(low, high));
    state->previous = v.v[3];
}

CSV_INLINE bool has_invalid_utf8(utf8_state state) { return vmaxvq_u8(state.errors) != 0; }

CSV_INLINE uint64_t bytes_below_space(vectors v) {
    const uint8x16_t space = vdupq_n_u8(0x20);
    return mask_of(vcltq_u8(v.v[0], space), vcltq_u8(v.v[1], space), vcltq_u8(v.v[2], space), vcltq_u8(v.v[3], space));
}

CSV_INLINE uint64_t zero_bytes(vectors v) { return equal(v, vdupq_n_u8(0)); }

#define SCAN_NAME csv_scan_neon
#define POSITIONS_NAME csv_positions_neon
#define COUNT_NAME csv_count_neon
#define HAVE_WIDTH_NAME csv_have_width_neon
#include "kernel.h"

#define NUMBERS_NAME csv_numbers_neon
#define COUNT_NUMBERS_NAME csv_count_numbers_neon
#define FORMS_NAME csv_forms_neon
#define COUNT_FORMS_NAME csv_count_forms_neon
#include "fields.h"

#define COLUMN_NUMBERS_NAME csv_column_numbers_neon
#define COLUMN_DATES_NAME csv_column_dates_neon
#define COLUMN_FORMS_NAME csv_column_forms_neon
#define COLUMN_SUM_NAME csv_column_sum_neon
#include "columns.h"

#endif
