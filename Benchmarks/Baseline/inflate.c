// The floor of checking a gzip file with the system's zlib: it is inflated in blocks, and nothing is done with the bytes.

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

enum { IN = 256 << 10, OUT = 1 << 20 };

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: inflate FILE.gz\n");
        return 64;
    }
    int file = open(argv[1], O_RDONLY);
    unsigned char *in = malloc(IN), *out = malloc(OUT);
    z_stream stream = {0};
    if (file < 0 || in == NULL || out == NULL || inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) {
        perror(argv[1]);
        return 2;
    }
    unsigned long long bytes = 0;
    int status = Z_OK;
    ssize_t count;
    while ((count = read(file, in, IN)) > 0) {
        stream.next_in = in;
        stream.avail_in = (uInt)count;
        while (stream.avail_in > 0) {
            if (status == Z_STREAM_END && inflateReset(&stream) != Z_OK) return 1;
            stream.next_out = out;
            stream.avail_out = OUT;
            status = inflate(&stream, Z_NO_FLUSH);
            bytes += OUT - stream.avail_out;
            if (status != Z_OK && status != Z_STREAM_END) {
                fprintf(stderr, "%s: damaged\n", argv[1]);
                return 1;
            }
        }
    }
    if (count < 0 || status != Z_STREAM_END) {
        fprintf(stderr, "%s: cut\n", argv[1]);
        return 1;
    }
    printf("{\"bytes\": %llu}\n", bytes);
    return 0;
}
