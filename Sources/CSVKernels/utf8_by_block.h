// The check of characters for instruction sets without a shuffle: a block of ASCII costs one test, any other is looked up byte by byte.

typedef struct {
    bool is_first;
    bool may_continue;
    bool has_errors;
} utf8_state;

CSV_INLINE utf8_state begin_utf8(const uint8_t *bytes) {
    return (utf8_state){.is_first = bytes == NULL, .may_continue = bytes != NULL};
}

CSV_INLINE void check_utf8_partly(utf8_state *state, vectors v, uint64_t valid) {
    const uint64_t high = high_bytes(&v);
    if (high != 0 || state->may_continue) {
        state->has_errors |= (csv_utf8_errors(v.bytes, state->is_first) & valid) != 0;
    }
    state->is_first = false;
    state->may_continue = high >> 61 != 0;
}

CSV_INLINE void check_utf8(utf8_state *state, vectors v) { check_utf8_partly(state, v, ~UINT64_C(0)); }

CSV_INLINE bool has_invalid_utf8(utf8_state state) { return state.has_errors; }
