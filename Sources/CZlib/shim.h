#pragma once
#include <zlib.h>

/// `inflateInit2` is a macro, which Swift cannot import.
static inline int preflight_inflate_init(z_stream *stream, int window_bits) {
    return inflateInit2(stream, window_bits);
}

/// The same of `deflateInit2`; 31: the largest window, and a gzip header and trailer around the data.
static inline int preflight_gzip_init(z_stream *stream) {
    return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
}
