#pragma once

#include <stddef.h>
#include <stdint.h>

// What Swift's spans are to functions of C: memory, and how much of it there is. Swift lets none of these live longer than the span that it was made
// of, and a function that takes one keeps nothing of it after it has returned. So a call needs no pointer in Swift, and the function can check what it
// is asked to read or write.

#if defined(__clang__)
#define CVIEW __attribute__((swift_attr("~Escapable"), swift_attr("safe")))
/// A parameter that the function does not keep.
#define CLENT __attribute__((noescape))
#else
#define CVIEW
#define CLENT
#endif

/// To be read.
typedef struct CVIEW view_u8 {
    const uint8_t *start;
    size_t count;
} view_u8;

typedef struct CVIEW view_u32 {
    const uint32_t *start;
    size_t count;
} view_u32;

typedef struct CVIEW view_u64 {
    const uint64_t *start;
    size_t count;
} view_u64;

/// To be written.
typedef struct CVIEW room_u8 {
    uint8_t *start;
    size_t count;
} room_u8;

typedef struct CVIEW room_u32 {
    uint32_t *start;
    size_t count;
} room_u32;

typedef struct CVIEW room_u64 {
    uint64_t *start;
    size_t count;
} room_u64;

/// Ends the process where a caller is mistaken about its memory.
static inline void view_require(int is_right) {
    if (!is_right) __builtin_trap();
}
