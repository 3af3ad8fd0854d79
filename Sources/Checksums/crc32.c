#include "include/Checksums.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_acle.h>
#if defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif
#endif

// The bytes are a polynomial over the field of two elements, its highest power first and the lowest bit of each byte before the others; the checksum is
// its remainder modulo P, of degree 32.

/// P without its highest power, the highest bit first.
static const uint32_t polynomial = 0xEDB88320;

/// Bit by bit: for the few bytes at an end.
static uint32_t add_bytes(uint32_t remainder, const uint8_t *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        remainder ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) remainder = remainder >> 1 ^ (polynomial & (0 - (remainder & 1)));
    }
    return remainder;
}

#if defined(__x86_64__)

bool checksums_have_crc32(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("pclmul");
}

#define WITH_MULTIPLICATION __attribute__((target("pclmul")))

/// Moves 128 bits over others that follow so far behind as the factors say: x^(d + 32) mod P for the first half and x^(d - 32) mod P for the second,
/// where d is the distance in bits (V. Gopal and others, "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction", Intel, 2009).
WITH_MULTIPLICATION static inline __m128i fold(__m128i bits, __m128i factors, __m128i others) {
    __m128i first = _mm_clmulepi64_si128(bits, factors, 0x00);
    __m128i second = _mm_clmulepi64_si128(bits, factors, 0x11);
    return _mm_xor_si128(_mm_xor_si128(first, second), others);
}

WITH_MULTIPLICATION static inline __m128i load(const uint8_t *bytes) { return _mm_loadu_si128((const __m128i *)bytes); }

WITH_MULTIPLICATION uint32_t checksums_crc32(uint32_t checksum, view_u8 view) {
    const uint8_t *bytes = view.start;
    const size_t count = view.count;
    uint32_t remainder = ~checksum;
    if (count < 64) return ~add_bytes(remainder, bytes, count);
    const __m128i over_64_bytes = _mm_set_epi64x(0x1C6E41596, 0x154442BD4);
    const __m128i over_16_bytes = _mm_set_epi64x(0x0CCAA009E, 0x1751997D0);
    // What came before is added to the first 32 bits.
    __m128i a = _mm_xor_si128(load(bytes), _mm_cvtsi32_si128((int)remainder));
    __m128i b = load(bytes + 16), c = load(bytes + 32), d = load(bytes + 48);
    size_t index = 64;
    for (; count - index >= 64; index += 64) {
        a = fold(a, over_64_bytes, load(bytes + index));
        b = fold(b, over_64_bytes, load(bytes + index + 16));
        c = fold(c, over_64_bytes, load(bytes + index + 32));
        d = fold(d, over_64_bytes, load(bytes + index + 48));
    }
    __m128i bits = fold(fold(fold(a, over_16_bytes, b), over_16_bytes, c), over_16_bytes, d);
    for (; count - index >= 16; index += 16) bits = fold(bits, over_16_bytes, load(bytes + index));
    // These 16 bytes have the remainder of all so far.
    uint8_t last[16];
    _mm_storeu_si128((__m128i *)last, bits);
    return ~add_bytes(add_bytes(0, last, sizeof last), bytes + index, count - index);
}

#elif defined(__aarch64__)

bool checksums_have_crc32(void) {
#if defined(__linux__)
    return (getauxval(AT_HWCAP) & HWCAP_CRC32) != 0;
#elif defined(__APPLE__)
    return true;
#else
    return false;
#endif
}

__attribute__((target("crc"))) uint32_t checksums_crc32(uint32_t checksum, view_u8 view) {
    const uint8_t *bytes = view.start;
    const size_t count = view.count;
    uint32_t remainder = ~checksum;
    size_t index = 0;
    for (; count - index >= 8; index += 8) {
        uint64_t word;
        memcpy(&word, bytes + index, sizeof word);
        remainder = __builtin_arm_crc32d(remainder, word);
    }
    return ~add_bytes(remainder, bytes + index, count - index);
}

#else

bool checksums_have_crc32(void) { return false; }

uint32_t checksums_crc32(uint32_t checksum, view_u8 view) { return ~add_bytes(~checksum, view.start, view.count); }

#endif
