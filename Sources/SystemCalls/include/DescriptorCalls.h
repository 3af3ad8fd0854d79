#pragma once

#include <CViews.h>
#include <stdbool.h>
#include <stddef.h>

#include "PathCalls.h"

/// These move at most 1 GiB: Linux cuts calls for more than 2 GiB, Darwin refuses them. They return how many bytes that was, or -1.
ptrdiff_t system_read(int descriptor, room_u8 room CLENT);
ptrdiff_t system_read_at(int descriptor, int64_t offset, room_u8 room CLENT);
ptrdiff_t system_write(int descriptor, view_u8 bytes CLENT);

system_attributes system_attributes_of_descriptor(int descriptor);

/// Waits for events of `poll`, no more than the milliseconds; -1 for ever. Returns: those that came, 0 where none did in time, or -1.
int system_wait(int descriptor, short events, int milliseconds);

/// Locks one byte for a type of `fcntl`, or asks what lock of it is there, by a command of `fcntl`. Returns: -1 where it fails; otherwise 0, or the type
/// of the lock.
int system_set_lock(int descriptor, int command, int64_t byte, short type);
int system_lock(int descriptor, int command, int64_t byte, short type);

/// The columns of the terminal that a descriptor is; 0 where they are unknown.
unsigned system_terminal_width(int descriptor);
