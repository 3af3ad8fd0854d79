#pragma once
#include <isa-l/igzip_lib.h>
#include <string.h>

/// Bytes that are decoded but were not yet given out, for want of room.
static inline uint32_t preflight_isal_pending(const struct inflate_state *state) {
    return (uint32_t)(state->tmp_out_valid - state->tmp_out_processed);
}

/// Gives out pending bytes without decoding anything, which `isal_inflate` cannot: it always decodes ahead.
///
/// The buffer that holds them is also the history that later matches refer to. `isal_inflate` decodes to its end, at least 32 KiB after
/// the history, or, when it is full, straight to the output, where nothing of the history is: it must never be left full.
static inline uint32_t preflight_isal_take_pending(struct inflate_state *state, uint8_t *output, uint32_t room) {
    uint32_t count = preflight_isal_pending(state);
    if (count > room) count = room;
    memcpy(output, state->tmp_out_buffer + state->tmp_out_processed, count);
    state->tmp_out_processed += (int32_t)count;
    if (state->tmp_out_processed == state->tmp_out_valid && state->tmp_out_valid > ISAL_DEF_HIST_SIZE) {
        memmove(state->tmp_out_buffer, state->tmp_out_buffer + state->tmp_out_valid - ISAL_DEF_HIST_SIZE, ISAL_DEF_HIST_SIZE);
        state->tmp_out_valid = ISAL_DEF_HIST_SIZE;
        state->tmp_out_processed = ISAL_DEF_HIST_SIZE;
    }
    return count;
}

/// Whether the block that was marked as the last is decoded to its end. Some of it may be pending.
static inline int preflight_isal_is_at_end(const struct inflate_state *state) {
    return state->block_state == ISAL_BLOCK_INPUT_DONE || state->block_state == ISAL_BLOCK_FINISH;
}

/// Decodes from some input, before which come some bits, into some room. What it leaves is in the state, which points to neither afterwards.
static inline int preflight_isal_inflate(
    struct inflate_state *state, uint64_t bits, int32_t bit_count, const uint8_t *input, uint32_t input_count, uint8_t *room,
    uint32_t room_count) {
    state->next_in = (uint8_t *)input;
    state->avail_in = input_count;
    state->read_in = bits;
    state->read_in_length = bit_count;
    state->next_out = room;
    state->avail_out = room_count;
    int status = isal_inflate(state);
    state->next_in = NULL;
    state->next_out = NULL;
    return status;
}
