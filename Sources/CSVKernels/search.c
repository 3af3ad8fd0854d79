#include "include/CSVKernels.h"

#include <string.h>

// Two bytes of a text are compared in 16 places at once; where both agree the caller looks at the rest. A text in which both are frequent is
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

size_t csv_search(const uint8_t *bytes, size_t position, size_t end, csv_byte_pair pair) {
    if (end < pair.distance) return end;
    const size_t last = end - pair.distance;
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
