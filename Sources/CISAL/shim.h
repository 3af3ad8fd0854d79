#pragma once
#include <CViews.h>
#include <isa-l/igzip_lib.h>
#include <stdlib.h>
#include <string.h>

// What Swift asks of ISA-L. Memory is handed over as a view, and a decoder is an object whose references Swift counts: so no call needs a pointer there.

/// A decoder of deflate data, some 80 KiB.
struct __attribute__((swift_attr("import_reference"), swift_attr("retain:preflight_isal_retain"), swift_attr("release:preflight_isal_release")))
preflight_isal {
    struct inflate_state state;
    int reference_count;
};
typedef struct preflight_isal preflight_isal;

static inline void preflight_isal_retain(preflight_isal *_Nonnull isal) { __atomic_fetch_add(&isal->reference_count, 1, __ATOMIC_RELAXED); }

static inline void preflight_isal_release(preflight_isal *_Nonnull isal) {
    if (__atomic_fetch_sub(&isal->reference_count, 1, __ATOMIC_ACQ_REL) == 1) free(isal);
}

/// NULL where there is no memory.
static inline preflight_isal *_Nullable preflight_isal_decoder(void) __attribute__((swift_attr("returns_retained"))) {
    preflight_isal *isal = (preflight_isal *)malloc(sizeof *isal);
    if (isal == NULL) return NULL;
    isal_inflate_init(&isal->state);
    isal->reference_count = 1;
    return isal;
}

/// Begins anew, after this content. It is copied.
static inline void preflight_isal_begin(
    preflight_isal *_Nonnull isal, view_u8 history CLENT) {
    isal_inflate_reset(&isal->state);
    // The library does not say that it is not changed.
    isal_inflate_set_dict(&isal->state, (uint8_t *)history.start, (uint32_t)history.count);
}

/// Bytes that are decoded but were not yet given out, for want of room.
static inline uint32_t preflight_isal_pending(preflight_isal *_Nonnull isal) {
    return (uint32_t)(isal->state.tmp_out_valid - isal->state.tmp_out_processed);
}

/// Gives out pending bytes without decoding anything, which `isal_inflate` cannot: it always decodes ahead.
///
/// The buffer that holds them is also the history that later matches refer to. `isal_inflate` decodes to its end, at least 32 KiB after
/// the history, or, when it is full, straight to the output, where nothing of the history is: it must never be left full.
static inline size_t preflight_isal_take_pending(
    preflight_isal *_Nonnull isal, room_u8 room CLENT) {
    struct inflate_state *state = &isal->state;
    size_t count = preflight_isal_pending(isal);
    if (count > room.count) count = room.count;
    if (count == 0) return 0;
    memcpy(room.start, state->tmp_out_buffer + state->tmp_out_processed, count);
    state->tmp_out_processed += (int32_t)count;
    if (state->tmp_out_processed == state->tmp_out_valid && state->tmp_out_valid > ISAL_DEF_HIST_SIZE) {
        memmove(state->tmp_out_buffer, state->tmp_out_buffer + state->tmp_out_valid - ISAL_DEF_HIST_SIZE, ISAL_DEF_HIST_SIZE);
        state->tmp_out_valid = ISAL_DEF_HIST_SIZE;
        state->tmp_out_processed = ISAL_DEF_HIST_SIZE;
    }
    return count;
}

/// Whether the block that was marked as the last is decoded to its end. Some of it may be pending.
static inline int preflight_isal_is_at_end(preflight_isal *_Nonnull isal) {
    return isal->state.block_state == ISAL_BLOCK_INPUT_DONE || isal->state.block_state == ISAL_BLOCK_FINISH;
}

/// What one call did: how much of the input it took, how much it wrote, and the bits that it took but has not used.
typedef struct preflight_isal_run {
    int status;
    size_t input_count;
    size_t output_count;
    uint64_t unused_bits;
    int32_t unused_bit_count;
} preflight_isal_run;

/// Decodes from some input, before which come some bits, into some room. The state points to neither memory afterwards.
static inline preflight_isal_run preflight_isal_inflate(
    preflight_isal *_Nonnull isal, uint64_t bits, int32_t bit_count,
    view_u8 input CLENT,
    room_u8 room CLENT) {
    struct inflate_state *state = &isal->state;
    const uint32_t given = input.count > UINT32_MAX ? UINT32_MAX : (uint32_t)input.count;
    const uint32_t free_count = room.count > UINT32_MAX ? UINT32_MAX : (uint32_t)room.count;
    state->next_in = (uint8_t *)input.start;
    state->avail_in = given;
    state->read_in = bits;
    state->read_in_length = bit_count;
    state->next_out = room.start;
    state->avail_out = free_count;
    const int status = isal_inflate(state);
    state->next_in = NULL;
    state->next_out = NULL;
    return (preflight_isal_run){status, given - state->avail_in, free_count - state->avail_out, state->read_in, state->read_in_length};
}
