#pragma once
#include <CViews.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

// What Swift asks of zlib. Memory is handed over as a view, and a stream is an object whose references Swift counts: so no call needs a pointer there.

/// A stream of zlib, for either direction. zlib keeps a pointer from its state back to the stream and refuses a stream that moved: it stays where
/// it was made, until the last reference to it is gone.
struct __attribute__((swift_attr("import_reference"), swift_attr("retain:preflight_zlib_retain"), swift_attr("release:preflight_zlib_release")))
preflight_zlib {
    z_stream stream;
    int (*end)(z_stream *);
    int reference_count;
};
typedef struct preflight_zlib preflight_zlib;

static inline void preflight_zlib_retain(preflight_zlib *_Nonnull zlib) { __atomic_fetch_add(&zlib->reference_count, 1, __ATOMIC_RELAXED); }

static inline void preflight_zlib_release(preflight_zlib *_Nonnull zlib) {
    if (__atomic_fetch_sub(&zlib->reference_count, 1, __ATOMIC_ACQ_REL) > 1) return;
    zlib->end(&zlib->stream);
    free(zlib);
}

/// \param status of beginning a stream: where it is no success, the memory is given back.
static inline preflight_zlib *_Nullable preflight_zlib_begun(preflight_zlib *_Nonnull zlib, int status, int (*_Nonnull end)(z_stream *)) {
    if (status != Z_OK) {
        free(zlib);
        return NULL;
    }
    zlib->end = end;
    zlib->reference_count = 1;
    return zlib;
}

/// Decodes deflate data. NULL where there is no memory, or zlib is another version than this was built with.
///
/// \param window_bits 15 is the largest window, which all deflate data fits; negative: no header and no trailer around the data.
static inline preflight_zlib *_Nullable preflight_inflater(int window_bits) __attribute__((swift_attr("returns_retained"))) {
    preflight_zlib *zlib = (preflight_zlib *)calloc(1, sizeof *zlib);
    return zlib == NULL ? NULL : preflight_zlib_begun(zlib, inflateInit2(&zlib->stream, window_bits), inflateEnd);
}

/// Encodes gzip data. NULL as above. 31 is the largest window, with a gzip header and trailer around the data.
static inline preflight_zlib *_Nullable preflight_gzip_deflater(void) __attribute__((swift_attr("returns_retained"))) {
    preflight_zlib *zlib = (preflight_zlib *)calloc(1, sizeof *zlib);
    if (zlib == NULL) return NULL;
    return preflight_zlib_begun(
        zlib, deflateInit2(&zlib->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), deflateEnd);
}

/// What one call did: how much of the input it took, and how much it wrote.
typedef struct preflight_zlib_run {
    int status;
    size_t input_count;
    size_t output_count;
} preflight_zlib_run;

static inline uInt preflight_zlib_count(size_t count) { return count > UINT32_MAX ? UINT32_MAX : (uInt)count; }

/// The stream points to neither memory afterwards.
static inline preflight_zlib_run preflight_zlib_step(
    preflight_zlib *_Nonnull zlib, int (*_Nonnull step)(z_stream *, int), view_u8 input CLENT, room_u8 room CLENT, int flush) {
    // zlib wants to be given a place also where there is no room.
    uint8_t nowhere;
    z_stream *stream = &zlib->stream;
    stream->next_in = (Bytef *)input.start;
    const uInt given = stream->avail_in = preflight_zlib_count(input.count);
    stream->next_out = room.count == 0 ? &nowhere : room.start;
    const uInt free_count = stream->avail_out = preflight_zlib_count(room.count);
    const int status = step(stream, flush);
    stream->next_in = NULL;
    stream->next_out = NULL;
    return (preflight_zlib_run){status, given - stream->avail_in, free_count - stream->avail_out};
}

/// Decodes from some input into some room.
static inline preflight_zlib_run preflight_inflate(
    preflight_zlib *_Nonnull zlib, view_u8 input CLENT, room_u8 room CLENT, int flush) {
    return preflight_zlib_step(zlib, inflate, input, room, flush);
}

/// Encodes some input into some room.
static inline preflight_zlib_run preflight_deflate(
    preflight_zlib *_Nonnull zlib, view_u8 input CLENT, room_u8 room CLENT, int flush) {
    return preflight_zlib_step(zlib, deflate, input, room, flush);
}

/// What `inflate` says of bits and blocks: see `data_type` in its manual.
static inline int preflight_inflate_place(preflight_zlib *_Nonnull zlib) { return zlib->stream.data_type; }

static inline void preflight_inflate_reset(preflight_zlib *_Nonnull zlib) { inflateReset(&zlib->stream); }

/// Bits that come before the input; a negative count drops those that zlib holds.
static inline void preflight_inflate_prime(preflight_zlib *_Nonnull zlib, int bit_count, int bits) {
    inflatePrime(&zlib->stream, bit_count, bits);
}

/// The content before, which matches may refer to. It is copied.
static inline void preflight_inflate_set_history(
    preflight_zlib *_Nonnull zlib, view_u8 history CLENT) {
    inflateSetDictionary(&zlib->stream, history.start, (uInt)history.count);
}

/// The checksum of some bytes after those of another checksum.
static inline uint32_t preflight_crc32(uint32_t checksum, view_u8 bytes CLENT) {
    return (uint32_t)crc32_z(checksum, bytes.start, bytes.count);
}
