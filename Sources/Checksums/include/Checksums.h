#ifndef CHECKSUMS_H
#define CHECKSUMS_H

#include <CViews.h>
#include <stdbool.h>
#include <stdint.h>

/// Whether this processor multiplies without carries, or has an instruction for the checksum.
bool checksums_have_crc32(void);

/// The checksum of gzip (RFC 1952, section 8) of some bytes and those that follow them; that of no bytes is 0. Only where `checksums_have_crc32`.
uint32_t checksums_crc32(uint32_t checksum, view_u8 bytes CLENT);

#endif
