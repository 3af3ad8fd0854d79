// For callgrind only, preloaded: sigsuspend with a mask that may be written to.
//
// Valgrind takes a signal out of the mask that it is given, in place; the mask of libdispatch lies in memory that cannot be written, and
// valgrind ends there with a signal of its own. The main thread of an asynchronous Swift program waits in that call.

#define _GNU_SOURCE
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

int sigsuspend(const sigset_t *mask) {
    sigset_t copy = *mask;
    return (int)syscall(SYS_rt_sigsuspend, &copy, _NSIG / 8);
}
