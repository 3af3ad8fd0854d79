#include "include/ProcessCalls.h"

#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

extern char **environ;

static ptrdiff_t write_text(const char *text, room_u8 room) {
    if (text == NULL) return -1;
    const size_t count = strlen(text);
    if (count > 0 && count <= room.count) memcpy(room.start, text, count);
    return (ptrdiff_t)count;
}

static const char *name_of(view_u8 name) { return name.count > 0 && name.start[name.count - 1] == 0 ? (const char *)name.start : NULL; }

ptrdiff_t system_variable(view_u8 name, room_u8 value) { return name_of(name) ? write_text(getenv(name_of(name)), value) : -1; }

ptrdiff_t system_environment(room_u8 variables) {
    size_t count = 0;
    for (char **entry = environ; entry != NULL && *entry != NULL; entry++) {
        const size_t length = strlen(*entry) + 1;
        if (count <= variables.count && length <= variables.count - count) memcpy(variables.start + count, *entry, length);
        count += length;
    }
    return (ptrdiff_t)count;
}

void system_remove_variable(view_u8 name) {
    if (name_of(name)) unsetenv(name_of(name));
}

ptrdiff_t system_error_text(int number, room_u8 text) { return write_text(strerror(number), text); }

ptrdiff_t system_host_name(room_u8 name) {
    char found[256] = {0};
    return gethostname(found, sizeof found - 1) == 0 ? write_text(found, name) : -1;
}

static int64_t microseconds(struct timeval time) { return (int64_t)time.tv_sec * 1000000 + time.tv_usec; }

system_usage system_current_usage(void) {
    struct rusage usage = {0};
    // It fails for other processes only.
    getrusage(RUSAGE_SELF, &usage);
#if defined(__APPLE__)
    const int64_t unit = 1;
#else
    const int64_t unit = 1024;
#endif
    return (system_usage){microseconds(usage.ru_utime), microseconds(usage.ru_stime), (int64_t)usage.ru_maxrss * unit};
}

void system_forbid_core_files(void) {
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

void system_share_memory(void) {
#if defined(__GLIBC__)
    // Each thread has an arena of its own otherwise, and the size from which freed blocks go back to the system rises: with eight threads that is
    // half of what a file with many columns takes.
    mallopt(M_ARENA_MAX, 2);
    mallopt(M_MMAP_THRESHOLD, 256 << 10);
#endif
}

int system_look_up(view_u8 host) {
    if (!name_of(host)) return EAI_NONAME;
    const struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *list = NULL;
    const int code = getaddrinfo(name_of(host), NULL, &hints, &list);
    if (list != NULL) freeaddrinfo(list);
    return code;
}
