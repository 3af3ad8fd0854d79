#pragma once

#include <CViews.h>
#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

// Calls that take a path: bytes with a zero after them. Without one the call fails with EINVAL.

/// What `stat` says of a file; `status` is 0 where it succeeded.
typedef struct system_attributes {
    int status;
    uint32_t mode;
    uint32_t owner;
    uint32_t group;
    uint64_t device;
    uint64_t inode;
    /// The device that the file is, if it is one.
    uint64_t special_device;
    uint64_t link_count;
    int64_t byte_count;
    int64_t modified_seconds, modified_nanoseconds;
    int64_t changed_seconds, changed_nanoseconds;
} system_attributes;

/// Returns: a descriptor, or -1.
int system_open(view_u8 path CLENT, int flags, uint32_t mode);
/// These return 0, or -1.
int system_access(view_u8 path CLENT, int mode);
int system_make_folder(view_u8 path CLENT, uint32_t mode);
int system_unlink(view_u8 path CLENT);
int system_set_permissions(view_u8 path CLENT, uint32_t mode);
int system_rename(view_u8 from CLENT, view_u8 to CLENT);
int system_link(view_u8 from CLENT, view_u8 to CLENT);
system_attributes system_attributes_of(view_u8 path CLENT, bool follows_link);
/// Makes a file whose name ends in other characters than the `XXXXXX` of the template, and writes them there. Returns: a descriptor, or -1.
int system_make_unique(room_u8 template CLENT);
/// Writes what a link holds, or the path without links. Returns: how many bytes that is, without a zero; -1 where it fails or the room is too small.
ptrdiff_t system_read_link(view_u8 path CLENT, room_u8 target CLENT);
ptrdiff_t system_real_path(view_u8 path CLENT, room_u8 real CLENT);
