#pragma once

#include <CViews.h>
#include <stdint.h>

/// The system's converter of an encoding to UTF-16, which lasts until the last reference is gone: Swift counts them. For one thread.
struct __attribute__((swift_attr("import_reference"), swift_attr("retain:system_converter_retain"), swift_attr("release:system_converter_release")))
system_converter;
typedef struct system_converter system_converter;

/// \param name of the encoding, with a zero at the end. NULL where the system has no converter for it.
system_converter *_Nullable system_converter_from(view_u8 name CLENT) __attribute__((swift_attr("returns_retained")));
void system_converter_retain(system_converter *_Nonnull converter);
void system_converter_release(system_converter *_Nonnull converter);

/// The one character up to U+FFFF that a code is; 0 if it is none.
///
/// \param code its bytes, the first of them the lowest, 1 to 4.
uint16_t system_converter_character(system_converter *_Nonnull converter, uint32_t code, int byte_count);
