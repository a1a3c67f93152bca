#ifndef POSTERN_CGMIME_SHIM_H
#define POSTERN_CGMIME_SHIM_H

#include <gmime/gmime.h>

#endif
