#include "include/CSVKernels.h"

#include <string.h>

// Two bytes of a text are compared in many places at once; where both agree the caller looks at the rest. A text in which both are frequent is
// rare, whatever the file holds.

typedef uint8_t block __attribute__((vector_size(16)));

static inline block load(const uint8_t *bytes) {
    block loaded;
    memcpy(&loaded, bytes, sizeof loaded);
    return loaded;
}

static inline block repeated(uint8_t byte) {
    return (block){byte, byte, byte, byte, byte, byte, byte, byte, byte, byte, byte, byte, byte, byte, byte, byte};
}

#if defined(__x86_64__)

#include <immintrin.h>

/// The first position from which on 64 bytes have a place, or less than 64 bytes are left.
__attribute__((target("avx2"))) static size_t skip_blocks(const uint8_t *bytes, size_t position, size_t last, csv_byte_pair pair) {
    const __m256i first = _mm256_set1_epi8((char)pair.first), first_mask = _mm256_set1_epi8((char)pair.first_mask);
    const __m256i second = _mm256_set1_epi8((char)pair.second), second_mask = _mm256_set1_epi8((char)pair.second_mask);
    for (; position + 64 <= last; position += 64) {
        __m256i equal[2];
        for (int i = 0; i < 2; i++) {
            const __m256i one = _mm256_loadu_si256((const __m256i *)(bytes + position + 32 * i));
            const __m256i other = _mm256_loadu_si256((const __m256i *)(bytes + position + 32 * i + pair.distance));
            equal[i] = _mm256_and_si256(
                _mm256_cmpeq_epi8(_mm256_or_si256(one, first_mask), first), _mm256_cmpeq_epi8(_mm256_or_si256(other, second_mask), second));
        }
        const __m256i any = _mm256_or_si256(equal[0], equal[1]);
        if (!_mm256_testz_si256(any, any)) break;
    }
    return position;
}

#endif

size_t csv_search(const uint8_t *bytes, size_t position, size_t end, csv_byte_pair pair) {
    if (end < pair.distance) return end;
    const size_t last = end - pair.distance;
#if defined(__x86_64__)
    if (csv_kernel_is_available(CSV_KERNEL_AVX2)) position = skip_blocks(bytes, position, last, pair);
#endif
    const block first = repeated(pair.first), first_mask = repeated(pair.first_mask);
    const block second = repeated(pair.second), second_mask = repeated(pair.second_mask);
    while (position + 16 <= last) {
        const block equal = ((load(bytes + position) | first_mask) == first)
            & ((load(bytes + position + pair.distance) | second_mask) == second);
        uint64_t halves[2];
        memcpy(halves, &equal, sizeof halves);
        if (halves[0] | halves[1]) break;
        position += 16;
    }
    for (; position < last; position++) {
        if ((bytes[position] | pair.first_mask) != pair.first) continue;
        if ((bytes[position + pair.distance] | pair.second_mask) == pair.second) return position;
    }
    return end;
}
