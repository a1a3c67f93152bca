#ifndef POSTERN_CALLOCATOR_SHIM_H
#define POSTERN_CALLOCATOR_SHIM_H

#include <malloc.h>

/// Swift's Glibc module leaves <malloc.h> out; this is all that is wanted of it.
static inline int postern_limit_arenas(int count) {
    return mallopt(M_ARENA_MAX, count);
}

#endif
