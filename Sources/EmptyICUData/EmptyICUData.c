// Takes the place of ICU's data in a statically linked command: 34 MB of its 87.
//
// Foundation, which libraries of this package use for dates and text, carries the data of all languages for its localized formats. Nothing here
// formats for a language. An empty table is what ICU provides for such programs (its "stub data"): a look-up in it finds nothing and says so.
// The linker takes this definition and leaves the one of the archive out. With a dynamically linked Foundation, or one that has data of another
// version, nothing refers to it.

#ifdef __linux__

#include <stdint.h>

typedef struct {
    uint16_t headerSize;
    uint8_t magic[2];
    struct {
        uint16_t size;
        uint16_t reserved;
        uint8_t isBigEndian;
        uint8_t charsetFamily;
        uint8_t sizeOfUChar;
        uint8_t reservedByte;
        uint8_t format[4];
        uint8_t formatVersion[4];
        uint8_t dataVersion[4];
    } info;
    uint8_t padding[8];
    uint32_t count;
    uint32_t reserved;
} DataTable;

__attribute__((visibility("hidden"), aligned(16))) extern const DataTable icudt76_dat;

const DataTable icudt76_dat = {
    .headerSize = 32,
    .magic = {0xDA, 0x27},
    .info = {
        .size = 20,
        .isBigEndian = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__,
        .sizeOfUChar = 2,
        .format = {'T', 'o', 'C', 'P'},
        .formatVersion = {1},
    },
};

#endif
