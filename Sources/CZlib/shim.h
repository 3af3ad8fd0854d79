#pragma once
#include <stdint.h>
#include <zlib.h>

/// `inflateInit2` is a macro, which Swift cannot import.
static inline int preflight_inflate_init(z_stream *stream, int window_bits) {
    return inflateInit2(stream, window_bits);
}

/// The same of `deflateInit2`; 31: the largest window, and a gzip header and trailer around the data.
static inline int preflight_gzip_init(z_stream *stream) {
    return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
}

/// Decodes from some input into some room. What it leaves of both is in the stream, which points to neither afterwards.
static inline int preflight_inflate(
    z_stream *stream, const uint8_t *input, uint32_t input_count, uint8_t *room, uint32_t room_count, int flush) {
    stream->next_in = (Bytef *)input;
    stream->avail_in = input_count;
    stream->next_out = room;
    stream->avail_out = room_count;
    int status = inflate(stream, flush);
    stream->next_in = NULL;
    stream->next_out = NULL;
    return status;
}

/// Encodes some input into some room. What it leaves of both is in the stream, which points to neither afterwards.
static inline int preflight_deflate(
    z_stream *stream, const uint8_t *input, uint32_t input_count, uint8_t *room, uint32_t room_count, int flush) {
    stream->next_in = (Bytef *)input;
    stream->avail_in = input_count;
    stream->next_out = room;
    stream->avail_out = room_count;
    int status = deflate(stream, flush);
    stream->next_in = NULL;
    stream->next_out = NULL;
    return status;
}
