// What `numbers.h` and `fields.h` need, for words of one block.

typedef uint64_t word;
#define BLOCKS 1

CSV_INLINE word up(word bits, word before, int count) { return bits << count | before >> (64 - count); }

CSV_INLINE word add(word a, word b, uint64_t *carry) {
    word sum;
    uint64_t carried = __builtin_add_overflow(a, b, &sum);
    carried |= (uint64_t)__builtin_add_overflow(sum, *carry, &sum);
    *carry = carried;
    return sum;
}

CSV_INLINE bool has_any(word bits) { return bits != 0; }

/// Of one of the blocks.
CSV_INLINE void store_blocks(uint64_t blocks[BLOCKS], word bits) { blocks[0] = bits; }

CSV_INLINE word load_blocks(const uint64_t *blocks) { return blocks[0]; }
