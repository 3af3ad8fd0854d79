#include "include/DescriptorCalls.h"

#include "Attributes.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

static size_t limited(size_t count) { return count < (size_t)1 << 30 ? count : (size_t)1 << 30; }

ptrdiff_t system_read(int descriptor, room_u8 room) { return read(descriptor, room.start, limited(room.count)); }

ptrdiff_t system_read_at(int descriptor, int64_t offset, room_u8 room) { return pread(descriptor, room.start, limited(room.count), offset); }

ptrdiff_t system_write(int descriptor, view_u8 bytes) { return write(descriptor, bytes.start, limited(bytes.count)); }

system_attributes system_attributes_of_descriptor(int descriptor) {
    struct stat found;
    const int status = fstat(descriptor, &found);
    return system_attributes_from(status, &found);
}

int system_wait(int descriptor, short events, int milliseconds) {
    struct pollfd request = {.fd = descriptor, .events = events};
    const int count = poll(&request, 1, milliseconds);
    return count > 0 ? request.revents : count;
}

static struct flock lock_of(int64_t byte, short type) {
    return (struct flock){.l_type = type, .l_whence = SEEK_SET, .l_start = (off_t)byte, .l_len = 1};
}

int system_set_lock(int descriptor, int command, int64_t byte, short type) {
    struct flock request = lock_of(byte, type);
    return fcntl(descriptor, command, &request);
}

int system_lock(int descriptor, int command, int64_t byte, short type) {
    struct flock request = lock_of(byte, type);
    return fcntl(descriptor, command, &request) == 0 ? request.l_type : -1;
}

unsigned system_terminal_width(int descriptor) {
    struct winsize size;
    return isatty(descriptor) && ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
