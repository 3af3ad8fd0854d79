#include "include/PathCalls.h"

#include "Attributes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/// The path as the C library takes it; NULL without a zero at the end, which the C library refuses as an address.
static const char *text(view_u8 path) { return path.count > 0 && path.start[path.count - 1] == 0 ? (const char *)path.start : NULL; }

static int refuse(void) {
    errno = EINVAL;
    return -1;
}

system_attributes system_attributes_from(int status, const struct stat *found) {
    if (status != 0) return (system_attributes){.status = status};
#if defined(__APPLE__)
    const struct timespec modified = found->st_mtimespec, changed = found->st_ctimespec;
#else
    const struct timespec modified = found->st_mtim, changed = found->st_ctim;
#endif
    return (system_attributes){
        .mode = found->st_mode,
        .owner = found->st_uid,
        .group = found->st_gid,
        .device = (uint64_t)found->st_dev,
        .inode = (uint64_t)found->st_ino,
        .special_device = (uint64_t)found->st_rdev,
        .link_count = (uint64_t)found->st_nlink,
        .byte_count = (int64_t)found->st_size,
        .modified_seconds = (int64_t)modified.tv_sec,
        .modified_nanoseconds = (int64_t)modified.tv_nsec,
        .changed_seconds = (int64_t)changed.tv_sec,
        .changed_nanoseconds = (int64_t)changed.tv_nsec,
    };
}

int system_open(view_u8 path, int flags, uint32_t mode) { return text(path) ? open(text(path), flags, (mode_t)mode) : refuse(); }

int system_access(view_u8 path, int mode) { return text(path) ? access(text(path), mode) : refuse(); }

int system_make_folder(view_u8 path, uint32_t mode) { return text(path) ? mkdir(text(path), (mode_t)mode) : refuse(); }

int system_unlink(view_u8 path) { return text(path) ? unlink(text(path)) : refuse(); }

int system_set_permissions(view_u8 path, uint32_t mode) { return text(path) ? chmod(text(path), (mode_t)mode) : refuse(); }

int system_rename(view_u8 from, view_u8 to) { return text(from) && text(to) ? rename(text(from), text(to)) : refuse(); }

int system_link(view_u8 from, view_u8 to) { return text(from) && text(to) ? link(text(from), text(to)) : refuse(); }

system_attributes system_attributes_of(view_u8 path, bool follows_link) {
    struct stat found;
    const int status = !text(path) ? refuse() : follows_link ? stat(text(path), &found) : lstat(text(path), &found);
    return system_attributes_from(status, &found);
}

int system_make_unique(room_u8 template) {
    const view_u8 path = {template.start, template.count};
    return text(path) ? mkstemp((char *)template.start) : refuse();
}

ptrdiff_t system_read_link(view_u8 path, room_u8 target) {
    if (!text(path)) return refuse();
    const ptrdiff_t count = readlink(text(path), (char *)target.start, target.count);
    // What fills the room may have been cut.
    return count < (ptrdiff_t)target.count ? count : -1;
}

ptrdiff_t system_real_path(view_u8 path, room_u8 real) {
    if (!text(path)) return refuse();
    char *found = realpath(text(path), NULL);
    if (found == NULL) return -1;
    const size_t count = strlen(found);
    if (count <= real.count) memcpy(real.start, found, count);
    free(found);
    return count <= real.count ? (ptrdiff_t)count : -1;
}
