#pragma once

/// A mutex with a condition, which stay where they were made until the last reference is gone: Swift counts them.
///
/// A thread that waits sleeps at once. What Swift has tries again and again for a while first, which costs a processor where waits are long.
struct __attribute__((swift_attr("import_reference"), swift_attr("retain:system_gate_retain"), swift_attr("release:system_gate_release"))) system_gate;
typedef struct system_gate system_gate;

/// NULL where there is no memory.
system_gate *_Nullable system_gate_make(void) __attribute__((swift_attr("returns_retained")));
void system_gate_retain(system_gate *_Nonnull gate);
void system_gate_release(system_gate *_Nonnull gate);

void system_gate_lock(system_gate *_Nonnull gate);
void system_gate_unlock(system_gate *_Nonnull gate);
/// Unlocks, sleeps until some thread wakes those that wait, and locks. The gate must be locked.
void system_gate_wait(system_gate *_Nonnull gate);
void system_gate_wake(system_gate *_Nonnull gate);
