#include "include/CSVKernels.h"

// Which kernels this build has, and which of them this processor can run. Another kernel is another row in `kernels`.

typedef struct kernel {
    int number;
    void (*scan)(csv_scan *);
    size_t (*numbers)(csv_numbers *);
    void (*count_numbers)(const uint64_t *, size_t, size_t, uint32_t *);
    size_t (*forms)(csv_numbers *);
    void (*count_forms)(const uint64_t *, size_t, size_t, uint32_t *);
    size_t (*positions)(const uint64_t *, size_t, uint32_t *);
    size_t (*count)(const uint64_t *, size_t);
    bool (*have_width)(const uint64_t *, const uint64_t *, size_t, size_t);
    size_t (*column_numbers)(const csv_column *, uint8_t, uint32_t *, csv_number_counts *);
    size_t (*column_dates)(const csv_column *, const csv_date_shape *, uint32_t *, csv_date_counts *);
    void (*column_forms)(const csv_column *, const csv_date_shape *, uint8_t *, uint32_t *);
    size_t (*column_sum)(const csv_column *, uint8_t, size_t, uint32_t *, int64_t *);
} kernel;

#define DECLARE(name) \
    void csv_scan_##name(csv_scan *); \
    size_t csv_numbers_##name(csv_numbers *); \
    void csv_count_numbers_##name(const uint64_t *, size_t, size_t, uint32_t *); \
    size_t csv_forms_##name(csv_numbers *); \
    void csv_count_forms_##name(const uint64_t *, size_t, size_t, uint32_t *); \
    size_t csv_positions_##name(const uint64_t *, size_t, uint32_t *); \
    size_t csv_count_##name(const uint64_t *, size_t); \
    bool csv_have_width_##name(const uint64_t *, const uint64_t *, size_t, size_t); \
    size_t csv_column_numbers_##name(const csv_column *, uint8_t, uint32_t *, csv_number_counts *); \
    size_t csv_column_dates_##name(const csv_column *, const csv_date_shape *, uint32_t *, csv_date_counts *); \
    void csv_column_forms_##name(const csv_column *, const csv_date_shape *, uint8_t *, uint32_t *); \
    size_t csv_column_sum_##name(const csv_column *, uint8_t, size_t, uint32_t *, int64_t *);
#define ROW(number, name) \
    { \
        number, csv_scan_##name, csv_numbers_##name, csv_count_numbers_##name, csv_forms_##name, csv_count_forms_##name, \
            csv_positions_##name, csv_count_##name, csv_have_width_##name, csv_column_numbers_##name, csv_column_dates_##name, \
            csv_column_forms_##name, csv_column_sum_##name \
    }

/// With AVX-512 columns are tested as with AVX2.
#define MIXED_ROW(number, name, others) \
    { \
        number, csv_scan_##name, csv_numbers_##name, csv_count_numbers_##name, csv_forms_##name, csv_count_forms_##name, \
            csv_positions_##name, csv_count_##name, csv_have_width_##name, csv_column_numbers_##others, csv_column_dates_##others, \
            csv_column_forms_##others, csv_column_sum_##others \
    }

#if defined(__x86_64__)
DECLARE(sse2)
DECLARE(avx2)
void csv_scan_avx512(csv_scan *);
size_t csv_positions_avx512(const uint64_t *, size_t, uint32_t *);
size_t csv_count_avx512(const uint64_t *, size_t);
bool csv_have_width_avx512(const uint64_t *, const uint64_t *, size_t, size_t);
size_t csv_numbers_avx512(csv_numbers *);
void csv_count_numbers_avx512(const uint64_t *, size_t, size_t, uint32_t *);
size_t csv_forms_avx512(csv_numbers *);
void csv_count_forms_avx512(const uint64_t *, size_t, size_t, uint32_t *);
static const kernel kernels[] = {ROW(CSV_KERNEL_SSE2, sse2), ROW(CSV_KERNEL_AVX2, avx2), MIXED_ROW(CSV_KERNEL_AVX512, avx512, avx2)};
#elif defined(__aarch64__)
DECLARE(neon)
static const kernel kernels[] = {ROW(CSV_KERNEL_NEON, neon)};
#else
static const kernel kernels[] = {{0}};
#endif

static const kernel *find(int number) {
    for (size_t i = 0; i < sizeof kernels / sizeof kernels[0]; i++) {
        if (kernels[i].number == number) return &kernels[i];
    }
    return NULL;
}

static bool processor_has(int number) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (number == CSV_KERNEL_AVX2 || number == CSV_KERNEL_AVX512) {
        if (number == CSV_KERNEL_AVX512
            && !(__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
                && __builtin_cpu_supports("avx512vbmi2")))
            return false;
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2")
            && __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("lzcnt");
    }
#else
    (void)number;
#endif
    return true;
}

bool csv_kernel_is_available(int number) { return number != 0 && find(number) != NULL && processor_has(number); }

void csv_scan_run(int number, csv_scan *scan) { find(number)->scan(scan); }

size_t csv_numbers_run(int number, csv_numbers *numbers) { return find(number)->numbers(numbers); }

void csv_count_numbers(int number, const uint64_t *words, size_t row_count, size_t width, uint32_t *counts) {
    find(number)->count_numbers(words, row_count, width, counts);
}

size_t csv_forms_run(int number, csv_numbers *numbers) { return find(number)->forms(numbers); }

void csv_count_forms(int number, const uint64_t *words, size_t row_count, size_t width, uint32_t *counts) {
    find(number)->count_forms(words, row_count, width, counts);
}

size_t csv_positions(int number, const uint64_t *words, size_t word_count, uint32_t *positions) {
    return find(number)->positions(words, word_count, positions);
}

size_t csv_count(int number, const uint64_t *words, size_t word_count) { return find(number)->count(words, word_count); }

bool csv_have_width(int number, const uint64_t *ends, const uint64_t *row_ends, size_t word_count, size_t width) {
    return find(number)->have_width(ends, row_ends, word_count, width);
}

size_t csv_column_numbers(int number, const csv_column *column, uint8_t decimal, uint32_t *rows, csv_number_counts *counts) {
    return find(number)->column_numbers(column, decimal, rows, counts);
}

size_t csv_column_dates(
    int number, const csv_column *column, const csv_date_shape *shape, uint32_t *rows, csv_date_counts *counts) {
    return find(number)->column_dates(column, shape, rows, counts);
}

void csv_column_forms(int number, const csv_column *column, const csv_date_shape *date, uint8_t *forms, uint32_t *counts) {
    find(number)->column_forms(column, date, forms, counts);
}

size_t csv_column_sum(int number, const csv_column *column, uint8_t decimal, size_t scale, uint32_t *rows, int64_t *sum) {
    return find(number)->column_sum(column, decimal, scale, rows, sum);
}
