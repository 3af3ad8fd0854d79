#pragma once

#include <CViews.h>
#include <stdint.h>
#include <stddef.h>

// Texts are written without a zero. Returned is how many bytes they have, also where the room is too small for them; -1 where there is none.

/// The value of a variable of the environment, whose name ends with a zero.
ptrdiff_t system_variable(view_u8 name CLENT, room_u8 value CLENT);
/// All variables of the environment, `NAME=VALUE` and a zero after each.
ptrdiff_t system_environment(room_u8 variables CLENT);
/// Removes a variable of the environment, whose name ends with a zero.
void system_remove_variable(view_u8 name CLENT);
/// The words for an error number.
ptrdiff_t system_error_text(int number, room_u8 text CLENT);
ptrdiff_t system_host_name(room_u8 name CLENT);

/// What the process has used since it began.
typedef struct system_usage {
    int64_t user_microseconds;
    int64_t system_microseconds;
    /// The most memory that was resident at any time.
    int64_t peak_byte_count;
} system_usage;

system_usage system_current_usage(void);

/// A crash leaves no memory of the process in a file.
void system_forbid_core_files(void);

/// Makes the memory of a run nearly independent of the number of threads, where the C library is that of GNU.
void system_share_memory(void);

/// Asks for the addresses of a host, whose name ends with a zero, and drops them. Returns: 0, or a code of `getaddrinfo`.
int system_look_up(view_u8 host CLENT);
