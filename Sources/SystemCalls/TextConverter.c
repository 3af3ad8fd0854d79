#include "include/TextConverter.h"

#include <iconv.h>
#include <stdlib.h>

struct system_converter {
    iconv_t converter;
    int reference_count;
};

system_converter *system_converter_from(view_u8 name) {
    if (name.count == 0 || name.start[name.count - 1] != 0) return NULL;
    system_converter *made = calloc(1, sizeof *made);
    if (made == NULL) return NULL;
    made->converter = iconv_open("UTF-16LE", (const char *)name.start);
    made->reference_count = 1;
    if (made->converter != (iconv_t)-1) return made;
    free(made);
    return NULL;
}

void system_converter_retain(system_converter *converter) { __atomic_fetch_add(&converter->reference_count, 1, __ATOMIC_RELAXED); }

void system_converter_release(system_converter *converter) {
    if (__atomic_fetch_sub(&converter->reference_count, 1, __ATOMIC_ACQ_REL) > 1) return;
    iconv_close(converter->converter);
    free(converter);
}

uint16_t system_converter_character(system_converter *converter, uint32_t code, int byte_count) {
    view_require(byte_count >= 1 && byte_count <= 4);
    unsigned char bytes[4] = {code & 0xFF, code >> 8 & 0xFF, code >> 16 & 0xFF, code >> 24};
    unsigned char units[8] = {0};
    char *from = (char *)bytes, *to = (char *)units;
    size_t input_left = (size_t)byte_count, output_left = sizeof units;
    const size_t result = iconv(converter->converter, &from, &input_left, &to, &output_left);
    if (result == 0 && input_left == 0 && output_left == 6) return (uint16_t)(units[0] | units[1] << 8);
    // What it left open is forgotten.
    iconv(converter->converter, NULL, NULL, NULL, NULL);
    return 0;
}
