#if defined(__x86_64__)

#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,popcnt,pclmul,lzcnt"))), apply_to = function)

#include "utf8.h"

typedef struct { __m256i low, high; } vectors;

CSV_INLINE vectors load_vectors(const uint8_t *bytes) {
    return (vectors){_mm256_loadu_si256((const __m256i *)bytes), _mm256_loadu_si256((const __m256i *)(bytes + 32))};
}

CSV_INLINE uint64_t mask_of(__m256i low, __m256i high) {
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

CSV_INLINE uint64_t equal(vectors v, __m256i byte) {
    return mask_of(_mm256_cmpeq_epi8(v.low, byte), _mm256_cmpeq_epi8(v.high, byte));
}

typedef struct { __m256i delimiter, quote; } needles;

CSV_INLINE needles prepare(const csv_scan *scan) {
    return (needles){_mm256_set1_epi8((char)scan->delimiter), _mm256_set1_epi8((char)scan->quote)};
}

CSV_INLINE csv_masks masks_of(vectors v, needles k) {
    return (csv_masks){
        .delimiter = equal(v, k.delimiter),
        .line_feed = equal(v, _mm256_set1_epi8('\n')),
        .quote = equal(v, k.quote),
        .carriage = equal(v, _mm256_set1_epi8('\r')),
    };
}

#include "word64.h"

#include "numbers.h"

typedef struct { __m256i quote, decimal; } number_needles;

CSV_INLINE number_needles prepare_numbers(const csv_numbers *numbers) {
    return (number_needles){_mm256_set1_epi8((char)numbers->quote), _mm256_set1_epi8((char)numbers->decimal)};
}

CSV_INLINE __m256i is_digit(__m256i v) {
    const __m256i value = _mm256_sub_epi8(v, _mm256_set1_epi8('0'));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(value, _mm256_set1_epi8(9)), value);
}

CSV_INLINE number_masks number_masks_of(const uint8_t *bytes, number_needles k) {
    const vectors v = load_vectors(bytes);
    return (number_masks){
        .digit = mask_of(is_digit(v.low), is_digit(v.high)),
        .zero = equal(v, _mm256_set1_epi8('0')),
        .decimal = equal(v, k.decimal),
        .minus = equal(v, _mm256_set1_epi8('-')),
        .quote = equal(v, k.quote),
        .carriage = equal(v, _mm256_set1_epi8('\r')),
    };
}

CSV_INLINE __m256i is_two_to_seven(__m256i v) {
    const __m256i value = _mm256_sub_epi8(v, _mm256_set1_epi8('2'));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(value, _mm256_set1_epi8(5)), value);
}

CSV_INLINE form_masks form_masks_of(const uint8_t *bytes) {
    const vectors v = load_vectors(bytes);
    const uint64_t comma = equal(v, _mm256_set1_epi8(','));
    return (form_masks){
        .number = {
            .digit = mask_of(is_digit(v.low), is_digit(v.high)),
            .zero = equal(v, _mm256_set1_epi8('0')),
            .decimal = comma | equal(v, _mm256_set1_epi8('.')),
            .minus = equal(v, _mm256_set1_epi8('-')),
            .quote = 0,
            .carriage = equal(v, _mm256_set1_epi8('\r')),
        },
        .comma = comma,
        .one = equal(v, _mm256_set1_epi8('1')),
        .two = equal(v, _mm256_set1_epi8('2')),
        .nine = equal(v, _mm256_set1_epi8('9')),
        .two_to_seven = mask_of(is_two_to_seven(v.low), is_two_to_seven(v.high)),
    };
}

CSV_INLINE uint64_t parity_of(uint64_t bits) {
    return (uint64_t)_mm_cvtsi128_si64(_mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)bits), _mm_set1_epi8(-1), 0));
}

// The check of characters.

typedef struct {
    /// The 32 bytes before it.
    __m256i previous;
    __m256i errors;
} utf8_state;

CSV_INLINE utf8_state begin_utf8(const uint8_t *bytes) {
    utf8_state state;
    state.previous = bytes == NULL ? _mm256_setzero_si256() : _mm256_loadu_si256((const __m256i *)(bytes - 32));
    state.errors = _mm256_setzero_si256();
    return state;
}

CSV_INLINE __m256i look_up(const uint8_t table[16], __m256i index) {
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table)), index);
}

CSV_INLINE __m256i high_halves(__m256i v) { return _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(0x0F)); }

CSV_INLINE __m256i utf8_errors(__m256i v, __m256i previous) {
    static const uint8_t first_high[16] = {UTF8_FIRST_HIGH};
    static const uint8_t first_low[16] = {UTF8_FIRST_LOW};
    static const uint8_t second_high[16] = {UTF8_SECOND_HIGH};
    const __m256i across = _mm256_permute2x128_si256(previous, v, 0x21);
    const __m256i first = _mm256_alignr_epi8(v, across, 15);
    const __m256i second = _mm256_alignr_epi8(v, across, 14);
    const __m256i third = _mm256_alignr_epi8(v, across, 13);
    const __m256i errors = _mm256_and_si256(
        _mm256_and_si256(
            look_up(first_high, high_halves(first)), look_up(first_low, _mm256_and_si256(first, _mm256_set1_epi8(0x0F)))),
        look_up(second_high, high_halves(v)));
    const __m256i is_third = _mm256_subs_epu8(second, _mm256_set1_epi8((char)(0xE0 - 0x80)));
    const __m256i is_fourth = _mm256_subs_epu8(third, _mm256_set1_epi8((char)(0xF0 - 0x80)));
    const __m256i must_continue = _mm256_and_si256(_mm256_or_si256(is_third, is_fourth), _mm256_set1_epi8((char)0x80));
    return _mm256_xor_si256(must_continue, errors);
}

CSV_INLINE void check_utf8(utf8_state *state, vectors v) {
    const __m256i low = utf8_errors(v.low, state->previous);
    const __m256i high = utf8_errors(v.high, v.low);
    state->errors = _mm256_or_si256(state->errors, _mm256_or_si256(low, high));
    state->previous = v.high;
}

/// All ones in the bytes whose bit is set.
CSV_INLINE __m256i spread(uint32_t bits) {
    const __m256i places = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    const __m256i bit = _mm256_set1_epi64x((long long)0x8040201008040201);
    return _mm256_cmpeq_epi8(_mm256_and_si256(_mm256_shuffle_epi8(_mm256_set1_epi32((int)bits), places), bit), bit);
}

CSV_INLINE void check_utf8_partly(utf8_state *state, vectors v, uint64_t valid) {
    const __m256i low = spread((uint32_t)valid), high = spread((uint32_t)(valid >> 32));
    const __m256i errors = _mm256_or_si256(
        _mm256_and_si256(utf8_errors(v.low, state->previous), low), _mm256_and_si256(utf8_errors(v.high, v.low), high));
    state->errors = _mm256_or_si256(state->errors, errors);
    state->previous = v.high;
}

CSV_INLINE bool has_invalid_utf8(utf8_state state) { return !_mm256_testz_si256(state.errors, state.errors); }

CSV_INLINE uint64_t bytes_below_space(vectors v) {
    const __m256i most = _mm256_set1_epi8(0x1F);
    return mask_of(_mm256_cmpeq_epi8(_mm256_min_epu8(v.low, most), v.low), _mm256_cmpeq_epi8(_mm256_min_epu8(v.high, most), v.high));
}

CSV_INLINE uint64_t zero_bytes(vectors v) { return equal(v, _mm256_setzero_si256()); }

CSV_INLINE uint64_t trailing_zeros(uint64_t bits) { return _tzcnt_u64(bits); }

CSV_INLINE uint64_t extract(uint64_t bits, uint64_t mask) { return _pext_u64(bits, mask); }

#define SCAN_NAME csv_scan_avx2
#define POSITIONS_NAME csv_positions_avx2
#define COUNT_NAME csv_count_avx2
#define HAVE_WIDTH_NAME csv_have_width_avx2
#include "kernel.h"

#define NUMBERS_NAME csv_numbers_avx2
#define COUNT_NUMBERS_NAME csv_count_numbers_avx2
#define FORMS_NAME csv_forms_avx2
#define COUNT_FORMS_NAME csv_count_forms_avx2
#include "fields.h"

#define COLUMN_NUMBERS_NAME csv_column_numbers_avx2
#define COLUMN_DATES_NAME csv_column_dates_avx2
#define COLUMN_FORMS_NAME csv_column_forms_avx2
#include "columns.h"

/// How 16 bytes look that end with a number: what each byte is compared with, how much it may be above that, and where the digits are.
typedef struct sum_shape {
    __m256i expected, most, digits;
} sum_shape;

static const uint8_t kept_bytes[32] = {[16] = 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
static const int32_t signs[2][4] = {{1, 1, 1, 1}, {-1, -1, -1, -1}};

static sum_shape make_sum_shape(uint8_t decimal, size_t scale) {
    uint8_t expected[16], most[16], digits[16];
    const size_t point = 15 - scale;
    for (size_t i = 0; i < 16; i++) {
        const bool is_point = scale > 0 && i == point;
        expected[i] = is_point ? decimal : '0';
        most[i] = is_point ? 0 : 9;
        digits[i] = scale > 0 && i <= point ? (uint8_t)(i - 1) : (uint8_t)i;
    }
    return (sum_shape){
        _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)expected)),
        _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)most)),
        _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)digits))};
}

/// Two vectors of 16 bytes.
CSV_INLINE __m256i load_both(const void *low, const void *high) {
    return _mm256_inserti128_si256(
        _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)low)), _mm_loadu_si128((const __m128i *)high), 1);
}

/// The digits of a field without its sign, and where they end.
typedef struct amount_text {
    const uint8_t *end;
    size_t length, minus;
} amount_text;

CSV_INLINE amount_text amount_of_field(const csv_column *column, size_t field, bool is_last) {
    const uint8_t *bytes = column->bytes;
    const uint32_t start = column->ends[(ptrdiff_t)field - 1] + 1;
    uint32_t end = column->ends[field];
    // A carriage return before the end of a row belongs to it. Before an empty field may be whatever is before the content.
    if (is_last) end -= (uint32_t)((end > start) & (bytes[(ptrdiff_t)end - 1] == '\r'));
    const size_t minus = bytes[start] == '-';
    return (amount_text){bytes + end, end - start - minus, minus};
}

CSV_INLINE size_t sum_column(const csv_column *column, uint8_t decimal, size_t scale, uint32_t *rows, int64_t *sum, bool is_last) {
    const csv_column c = *column;
    const sum_shape shape = make_sum_shape(decimal, scale);
    const size_t least = scale > 0 ? scale + 2 : 1;
    // Pairs of digits, then four, then eight, each ten, a hundred and ten thousand times what is before it.
    const __m256i tens = _mm256_set1_epi16(0x010A), hundreds = _mm256_set1_epi32(0x00010064), thousands = _mm256_set1_epi32(0x00012710);
    // By row of a pair: eight digits, and the eight after them.
    __m256i totals = _mm256_setzero_si256();
    size_t count = 0, field = c.first;
    for (size_t row = 0; row < c.row_count; row += 2, field += 2 * c.width) {
        amount_text low = amount_of_field(&c, field, is_last), high = {low.end, 0, 0};
        if (row + 1 < c.row_count) high = amount_of_field(&c, field + c.width, is_last);
        // Of an empty field the length is 0, or beyond any before a delimiter that is a minus.
        bool has_low = low.length - least <= 16 - least, has_high = high.length - least <= 16 - least;
        while (has_low | has_high) {
            const __m256i text = load_both(low.end - 16, high.end - 16);
            const __m256i kept = load_both(kept_bytes + (has_low ? low.length : 0), kept_bytes + (has_high ? high.length : 0));
            const __m256i values = _mm256_and_si256(_mm256_xor_si256(text, shape.expected), kept);
            const __m256i faults = _mm256_subs_epu8(values, shape.most);
            if (__builtin_expect(!_mm256_testz_si256(faults, faults), 0)) {
                const uint32_t faulty = ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(faults, _mm256_setzero_si256()));
                has_low = has_low && (faulty & 0xFFFF) == 0;
                has_high = has_high && faulty >> 16 == 0;
                continue;
            }
            const __m256i fours = _mm256_madd_epi16(_mm256_maddubs_epi16(_mm256_shuffle_epi8(values, shape.digits), tens), hundreds);
            const __m256i eights = _mm256_madd_epi16(_mm256_packus_epi32(fours, fours), thousands);
            const __m256i amounts = _mm256_sign_epi32(eights, load_both(signs[low.minus], signs[high.minus]));
            totals = _mm256_add_epi64(totals, _mm256_cvtepi32_epi64(_mm256_castsi256_si128(_mm256_permute4x64_epi64(amounts, 0x08))));
            break;
        }
        if (__builtin_expect(has_low & has_high, 1)) continue;
        if (!has_low && low.length + low.minus != 0) rows[count++] = (uint32_t)row;
        if (!has_high && row + 1 < c.row_count && high.length + high.minus != 0) rows[count++] = (uint32_t)row + 1;
    }
    int64_t parts[4];
    _mm256_storeu_si256((__m256i *)parts, totals);
    *sum += (parts[0] + parts[2]) * 100000000 + parts[1] + parts[3];
    return count;
}

size_t csv_column_sum_avx2(const csv_column *column, uint8_t decimal, size_t scale, uint32_t *rows, int64_t *sum) {
    return column->is_last ? sum_column(column, decimal, scale, rows, sum, true) : sum_column(column, decimal, scale, rows, sum, false);
}

#pragma clang attribute pop

#endif
