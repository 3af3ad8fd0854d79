#if defined(__x86_64__)

#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx2,bmi,bmi2,popcnt,pclmul,lzcnt,avx512f,avx512bw,avx512dq,avx512vbmi2"))), apply_to = function)

#include "utf8.h"

// Structure 64 bytes at a time, numbers eight times as many: what costs most of them is logic on masks, and that is the same for one word and for
// eight. Columns are those of AVX2: see `dispatch.c`.

typedef __m512i vectors;

CSV_INLINE vectors load_vectors(const uint8_t *bytes) { return _mm512_loadu_si512(bytes); }

CSV_INLINE uint64_t equal(vectors v, char byte) { return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(byte)); }

typedef struct { char delimiter, quote; } needles;

CSV_INLINE needles prepare(const csv_scan *scan) { return (needles){(char)scan->delimiter, (char)scan->quote}; }

CSV_INLINE csv_masks masks_of(vectors v, needles k) {
    return (csv_masks){
        .delimiter = equal(v, k.delimiter), .line_feed = equal(v, '\n'), .quote = equal(v, k.quote), .carriage = equal(v, '\r')};
}

CSV_INLINE uint64_t parity_of(uint64_t bits) {
    return (uint64_t)_mm_cvtsi128_si64(_mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)bits), _mm_set1_epi8(-1), 0));
}

// The check of characters.

typedef struct {
    /// The 64 bytes before it.
    __m512i previous;
    __m512i errors;
} utf8_state;

CSV_INLINE utf8_state begin_utf8(const uint8_t *bytes) {
    utf8_state state;
    state.previous = bytes == NULL ? _mm512_setzero_si512() : _mm512_loadu_si512(bytes - 64);
    state.errors = _mm512_setzero_si512();
    return state;
}

CSV_INLINE __m512i look_up(const uint8_t table[16], __m512i index) {
    return _mm512_shuffle_epi8(_mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)table)), index);
}

CSV_INLINE __m512i high_halves(__m512i v) { return _mm512_and_si512(_mm512_srli_epi16(v, 4), _mm512_set1_epi8(0x0F)); }

CSV_INLINE __m512i utf8_errors(__m512i v, __m512i previous) {
    static const uint8_t first_high[16] = {UTF8_FIRST_HIGH};
    static const uint8_t first_low[16] = {UTF8_FIRST_LOW};
    static const uint8_t second_high[16] = {UTF8_SECOND_HIGH};
    // Each 16 bytes, those before them.
    const __m512i across = _mm512_alignr_epi32(v, previous, 12);
    const __m512i first = _mm512_alignr_epi8(v, across, 15);
    const __m512i second = _mm512_alignr_epi8(v, across, 14);
    const __m512i third = _mm512_alignr_epi8(v, across, 13);
    const __m512i errors = _mm512_and_si512(
        _mm512_and_si512(
            look_up(first_high, high_halves(first)), look_up(first_low, _mm512_and_si512(first, _mm512_set1_epi8(0x0F)))),
        look_up(second_high, high_halves(v)));
    const __m512i is_third = _mm512_subs_epu8(second, _mm512_set1_epi8((char)(0xE0 - 0x80)));
    const __m512i is_fourth = _mm512_subs_epu8(third, _mm512_set1_epi8((char)(0xF0 - 0x80)));
    const __m512i must_continue = _mm512_and_si512(_mm512_or_si512(is_third, is_fourth), _mm512_set1_epi8((char)0x80));
    return _mm512_xor_si512(must_continue, errors);
}

CSV_INLINE void check_utf8(utf8_state *state, vectors v) {
    state->errors = _mm512_or_si512(state->errors, utf8_errors(v, state->previous));
    state->previous = v;
}

CSV_INLINE void check_utf8_partly(utf8_state *state, vectors v, uint64_t valid) {
    state->errors = _mm512_or_si512(state->errors, _mm512_maskz_mov_epi8(valid, utf8_errors(v, state->previous)));
    state->previous = v;
}

CSV_INLINE bool has_invalid_utf8(utf8_state state) { return _mm512_test_epi64_mask(state.errors, state.errors) != 0; }

CSV_INLINE uint64_t bytes_below_space(vectors v) { return _mm512_cmplt_epu8_mask(v, _mm512_set1_epi8(' ')); }

CSV_INLINE uint64_t zero_bytes(vectors v) { return equal(v, 0); }

CSV_INLINE uint64_t trailing_zeros(uint64_t bits) { return _tzcnt_u64(bits); }

CSV_INLINE uint64_t extract(uint64_t bits, uint64_t mask) { return _pext_u64(bits, mask); }

#define SCAN_NAME csv_scan_avx512
#define COUNT_NAME csv_count_avx512
#define HAVE_WIDTH_NAME csv_have_width_avx512
#include "kernel.h"

static const uint8_t places[64] = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
    32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};

size_t csv_positions_avx512(const uint64_t *words, size_t word_count, uint32_t *positions) {
    uint32_t *next = positions;
    const __m512i all = _mm512_loadu_si512(places);
    for (size_t word = 0; word < word_count; word++) {
        const uint64_t bits = words[word];
        const size_t count = (size_t)__builtin_popcountll(bits);
        const __m512i base = _mm512_set1_epi32((int)(word * 64));
        // To a register: to memory it takes far longer.
        const __m512i found = _mm512_maskz_compress_epi8(bits, all);
        _mm512_storeu_si512(next, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(found))));
        if (__builtin_expect(count > 16, 0)) {
            _mm512_storeu_si512(next + 16, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(found, 1))));
            _mm512_storeu_si512(next + 32, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(found, 2))));
            _mm512_storeu_si512(next + 48, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(found, 3))));
        }
        next += count;
    }
    return (size_t)(next - positions);
}

typedef uint64_t word __attribute__((vector_size(64)));
#define BLOCKS 8

CSV_INLINE word up(word bits, word before, int count) {
    const __m512i lower = _mm512_alignr_epi64((__m512i)bits, (__m512i)before, 7);
    return (word)_mm512_shldv_epi64((__m512i)bits, lower, _mm512_set1_epi64(count));
}

CSV_INLINE word add(word a, word b, uint64_t *carry) {
    const __m512i sum = _mm512_add_epi64((__m512i)a, (__m512i)b);
    // A word that overflows carries into the next, through words that are all ones.
    const uint64_t overflows = _mm512_cmplt_epu64_mask(sum, (__m512i)a);
    const uint64_t passes_on = _mm512_cmpeq_epi64_mask(sum, _mm512_set1_epi64(-1));
    const uint64_t carries = ((overflows << 1 | *carry) + passes_on) ^ passes_on;
    *carry = carries >> 8 & 1;
    return (word)_mm512_mask_sub_epi64(sum, (__mmask8)carries, sum, _mm512_set1_epi64(-1));
}

CSV_INLINE bool has_any(word bits) { return _mm512_test_epi64_mask((__m512i)bits, (__m512i)bits) != 0; }

CSV_INLINE void store_blocks(uint64_t blocks[BLOCKS], word bits) { _mm512_storeu_si512(blocks, (__m512i)bits); }

CSV_INLINE word load_blocks(const uint64_t *blocks) { return (word)_mm512_loadu_si512(blocks); }

#include "numbers.h"

/// Masks of eight blocks, one kind after the other.
typedef struct mask_list {
    uint64_t blocks[BLOCKS];
} mask_list;

/// Whether a byte is one of `count` from `first` on.
CSV_INLINE uint64_t is_in(__m512i v, char first, char count) {
    return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8(first)), _mm512_set1_epi8(count));
}

CSV_INLINE word word_of(const mask_list *list) { return load_blocks(list->blocks); }

typedef struct { char quote, decimal; } number_needles;

CSV_INLINE number_needles prepare_numbers(const csv_numbers *numbers) {
    return (number_needles){(char)numbers->quote, (char)numbers->decimal};
}

CSV_INLINE number_masks number_masks_of(const uint8_t *bytes, number_needles k) {
    mask_list digit, zero, decimal, minus, quote, carriage;
    for (int i = 0; i < BLOCKS; i++) {
        const __m512i v = _mm512_loadu_si512(bytes + 64 * i);
        digit.blocks[i] = is_in(v, '0', 10);
        zero.blocks[i] = equal(v, '0');
        decimal.blocks[i] = equal(v, k.decimal);
        minus.blocks[i] = equal(v, '-');
        quote.blocks[i] = equal(v, k.quote);
        carriage.blocks[i] = equal(v, '\r');
    }
    return (number_masks){word_of(&digit), word_of(&zero), word_of(&decimal), word_of(&minus), word_of(&quote), word_of(&carriage)};
}

CSV_INLINE form_masks form_masks_of(const uint8_t *bytes) {
    mask_list digit, zero, point, comma, minus, carriage, one, two, nine, two_to_seven;
    for (int i = 0; i < BLOCKS; i++) {
        const __m512i v = _mm512_loadu_si512(bytes + 64 * i);
        digit.blocks[i] = is_in(v, '0', 10);
        zero.blocks[i] = equal(v, '0');
        point.blocks[i] = equal(v, '.');
        comma.blocks[i] = equal(v, ',');
        minus.blocks[i] = equal(v, '-');
        carriage.blocks[i] = equal(v, '\r');
        one.blocks[i] = equal(v, '1');
        two.blocks[i] = equal(v, '2');
        nine.blocks[i] = equal(v, '9');
        two_to_seven.blocks[i] = is_in(v, '2', 6);
    }
    const word either = word_of(&comma);
    const number_masks number = {
        word_of(&digit), word_of(&zero), word_of(&point) | either, word_of(&minus), (word){0}, word_of(&carriage)};
    return (form_masks){number, either, word_of(&one), word_of(&two), word_of(&nine), word_of(&two_to_seven)};
}

#define NUMBERS_NAME csv_numbers_avx512
#define COUNT_NUMBERS_NAME csv_count_numbers_avx512
#define FORMS_NAME csv_forms_avx512
#define COUNT_FORMS_NAME csv_count_forms_avx512
#include "fields.h"

#pragma clang attribute pop

#endif
