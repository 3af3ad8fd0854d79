// Random content in buffers of their own, and what is said of it at the first difference.

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CSVKernels.h"

enum { PADDING = 64, MOST_ROWS = 12, MOST_WIDTH = 9, MOST_FIELD = 40 };

static uint64_t random_state;
static uint64_t seed;
static int kernel;

static uint64_t next_random(void) {
    uint64_t z = random_state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static size_t below(size_t bound) { return (size_t)(next_random() % bound); }

static bool once_in(size_t count) { return below(count) == 0; }

// Content.

typedef struct content {
    uint8_t *bytes;
    size_t count;
    uint8_t delimiter, quote, decimal;
} content;

/// A block of exactly the size that is wanted; C leaves open what `malloc(0)` does.
static void *allocate(size_t size) {
    void *block = malloc(size > 0 ? size : 1);
    if (block == NULL) abort();
    return block;
}

static content make_content(size_t count, uint8_t delimiter, uint8_t quote, uint8_t decimal) {
    content c = {(uint8_t *)allocate(count + 2 * PADDING) + PADDING, count, delimiter, quote, decimal};
    const uint8_t hostile[] = {quote, delimiter, 0x80, 0, '\n', '\r', 0xF0, 0xE2, 0xC3, '9', '.', '-'};
    const bool is_mixed = once_in(2);
    uint8_t byte = hostile[below(sizeof hostile)];
    for (size_t i = 0; i < 2 * PADDING; i++) {
        if (is_mixed) byte = hostile[below(sizeof hostile)];
        if (i < PADDING) c.bytes[(ptrdiff_t)i - PADDING] = byte;
        else c.bytes[count + i - PADDING] = byte;
    }
    return c;
}

static void free_content(content c) { free(c.bytes - PADDING); }

static void fail(const content *c, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    printf("seed %" PRIu64 ", kernel %d: ", seed, kernel);
    vprintf(format, arguments);
    va_end(arguments);
    if (c != NULL) {
        printf("\ndelimiter %02X, quote %02X, decimal %02X, bytes", c->delimiter, c->quote, c->decimal);
        for (size_t i = 0; i < c->count; i++) printf(" %02X", c->bytes[i]);
    }
    printf("\n");
    exit(1);
}

static size_t random_length(void) {
    switch (below(4)) {
    case 0: return below(210);
    case 1: return below(24);
    default: return 64 * (1 + below(3)) + below(7) - 3;
    }
}

static const char delimiters[] = ",;\t,|";
static const char quotes[] = "\"\"\"''";

/// Structure and pieces of characters in no sensible order, or fields as exports have them.
static void fill(content c) {
    static const char *const pieces[] = {
        "\r", "\n", "\r\n", "0", "9", "-", ".", ",", "a", " ", "/", ":", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\x80", "\xBF",
        "\xC0", "\xC1", "\xC2", "\xE0\xA0", "\xE0", "\xED\xA0", "\xEF\xBF", "\xF0\x90", "\xF0", "\xF4\x8F", "\xF4\x90", "\xF5", "\xFF", "\x8D\x8A",
    };
    static const char *const texts[] = {"a", "0", "b", "\xC3\xA9", "\n", "\xE2\x82\xAC"};
    static const size_t calms[] = {0, 0, 10, 50, 250};
    const size_t calm = calms[below(5)];
    const bool is_export = once_in(3);
    bool is_quoted = false;
    size_t at = 0;
    while (at < c.count) {
        const char *piece = "";
        if (is_export) {
            if (once_in(8)) {
                const bool opens = once_in(3);
                if (is_quoted) c.bytes[at++] = c.quote;
                if (at < c.count) c.bytes[at++] = once_in(4) ? '\n' : c.delimiter;
                if (opens && at < c.count) c.bytes[at++] = c.quote;
                is_quoted = opens;
            } else if (is_quoted && once_in(5)) {
                c.bytes[at++] = c.quote;
                if (at < c.count) c.bytes[at++] = c.quote;
            }
            piece = texts[below(is_quoted ? 6 : 4)];
        } else if (calm > 0 && !once_in(calm)) {
            if (once_in(5)) c.bytes[at++] = c.delimiter;
            else piece = texts[below(6)];
        } else {
            switch (below(6)) {
            case 0: c.bytes[at++] = c.quote; break;
            case 1: c.bytes[at++] = c.delimiter; break;
            case 2: c.bytes[at++] = once_in(3) ? 0 : c.quote; break;
            default: piece = pieces[below(sizeof pieces / sizeof pieces[0])];
            }
        }
        for (; *piece != 0 && at < c.count; piece++) c.bytes[at++] = (uint8_t)*piece;
    }
}
