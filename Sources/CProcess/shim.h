#ifndef POSTERN_CPROCESS_SHIM_H
#define POSTERN_CPROCESS_SHIM_H

#include <fcntl.h>
#include <spawn.h>
#include <sys/prctl.h>

/* What Swift's Glibc module leaves out: variadic functions, and those that the C library shows only to who asks for
   GNU's names. The latter are declared here as their manual pages have them. */

int pipe2(int ends[2], int flags);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

/* 0 when it worked. */
static inline int postern_forbid_dumps(void) {
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/* A pipe that no child inherits. */
static inline int postern_pipe(int *ends) {
    return pipe2(ends, O_CLOEXEC);
}

static inline int postern_spawn_closes(posix_spawn_file_actions_t *actions, int from) {
    return posix_spawn_file_actions_addclosefrom_np(actions, from);
}

#endif
