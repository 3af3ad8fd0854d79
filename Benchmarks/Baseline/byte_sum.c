// The machine's own yardstick: each byte of a file is looked at once, and nothing is asked of it.
//
// Blocks of 256 KiB are read into one buffer that is used again, and summed. Compiled with -O2 and no -m flags, as SwiftPM compiles C.

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BLOCK = 256 << 10 };

static uint64_t sum(const unsigned char *p, size_t count) {
    uint64_t s = 0;
    for (size_t i = 0; i < count; i++) s += p[i];
    return s;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: byte_sum FILE\n");
        return 64;
    }
    int file = open(argv[1], O_RDONLY);
    // On a page: copying into a buffer that is not aligned takes the kernel several times as long on some processors, and the yardstick would
    // be too short.
    unsigned char *block = NULL;
    if (file < 0 || posix_memalign((void **)&block, 4096, BLOCK) != 0) {
        perror(argv[1]);
        return 2;
    }
    uint64_t total = 0, bytes = 0;
    ssize_t count;
    while ((count = read(file, block, BLOCK)) > 0) {
        total += sum(block, (size_t)count);
        bytes += (uint64_t)count;
    }
    if (count < 0) {
        perror(argv[1]);
        return 2;
    }
    printf("{\"sum\": %llu, \"bytes\": %llu}\n", (unsigned long long)total, (unsigned long long)bytes);
    return 0;
}
