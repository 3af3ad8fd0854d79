#ifndef CSV_UTF8_H
#define CSV_UTF8_H

#include "bits.h"

// Validation of UTF-8 by table lookup (Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte", 2020). A byte and the
// one before it select three sets of errors by their half bytes; an error in all three is one. What remains, that a third or fourth
// byte is there exactly where a sequence asks for it, is the high bit: the tables set it for two continuation bytes in a row.

enum {
    TOO_SHORT = 1 << 0,       // a first byte, then none that continues it
    TOO_LONG = 1 << 1,        // ASCII, then a continuation
    OVERLONG_3 = 1 << 2,      // E0 80…9F
    TOO_LARGE = 1 << 3,       // F4 90… and F5…FF
    SURROGATE = 1 << 4,       // ED A0…BF
    OVERLONG_2 = 1 << 5,      // C0, C1
    TOO_LARGE_1000 = 1 << 6,  // F5…FF 80…8F
    OVERLONG_4 = 1 << 6,      // F0 80…8F
    TWO_CONTINUATIONS = 1 << 7,
    ANY_SECOND = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS,
};

#define UTF8_FIRST_HIGH \
    TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, \
    TWO_CONTINUATIONS, TWO_CONTINUATIONS, TWO_CONTINUATIONS, TWO_CONTINUATIONS, \
    TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4

#define UTF8_FIRST_LOW \
    ANY_SECOND | OVERLONG_3 | OVERLONG_2 | OVERLONG_4, ANY_SECOND | OVERLONG_2, ANY_SECOND, ANY_SECOND, ANY_SECOND | TOO_LARGE, \
    ANY_SECOND | TOO_LARGE | TOO_LARGE_1000, ANY_SECOND | TOO_LARGE | TOO_LARGE_1000, ANY_SECOND | TOO_LARGE | TOO_LARGE_1000, \
    ANY_SECOND | TOO_LARGE | TOO_LARGE_1000, ANY_SECOND | TOO_LARGE | TOO_LARGE_1000, ANY_SECOND | TOO_LARGE | TOO_LARGE_1000, \
    ANY_SECOND | TOO_LARGE | TOO_LARGE_1000, ANY_SECOND | TOO_LARGE | TOO_LARGE_1000, \
    ANY_SECOND | TOO_LARGE | TOO_LARGE_1000 | SURROGATE, ANY_SECOND | TOO_LARGE | TOO_LARGE_1000, ANY_SECOND | TOO_LARGE | TOO_LARGE_1000

#define UTF8_SECOND_HIGH \
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, \
    TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4, \
    TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | OVERLONG_3 | TOO_LARGE, \
    TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | SURROGATE | TOO_LARGE, TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | SURROGATE | TOO_LARGE, \
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT

#endif
