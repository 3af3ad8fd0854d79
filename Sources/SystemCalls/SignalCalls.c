#include "include/SignalCalls.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/// The end of a pipe: a handler can safely do little else than to write into it.
static int writing_end = -1;

static void write_down(int number) {
    const int error = errno;
    const char byte = (char)number;
    (void)!write(writing_end, &byte, 1);
    errno = error;
}

int system_catch_signals(void) {
    signal(SIGPIPE, SIG_IGN);
    // A file that reaches its size limit is an error when writing, and does not end the process.
    signal(SIGXFSZ, SIG_IGN);
    int ends[2];
    if (pipe(ends) != 0) return -1;
    for (int i = 0; i < 2; i++) fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    writing_end = ends[1];
    const int numbers[2] = {SIGINT, SIGTERM};
    // A program may be started with its signals blocked, by a thread that blocks them.
    sigset_t caught;
    sigemptyset(&caught);
    for (int i = 0; i < 2; i++) {
        sigaddset(&caught, numbers[i]);
        struct sigaction old;
        if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler == SIG_IGN) continue;
        signal(numbers[i], write_down);
    }
    pthread_sigmask(SIG_UNBLOCK, &caught, NULL);
    return ends[0];
}
