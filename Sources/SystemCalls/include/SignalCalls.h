#pragma once

/// From now on SIGINT and SIGTERM are written down, and SIGPIPE and SIGXFSZ do nothing. A signal that the caller set to be ignored, as `nohup` does,
/// stays ignored.
///
/// Call once. Returns: a descriptor from which the numbers of the signals can be read, a byte each; -1 where the system has none left.
int system_catch_signals(void);
