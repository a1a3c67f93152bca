#ifndef POSTERN_CXML2_SHIM_H
#define POSTERN_CXML2_SHIM_H

#include <libxml/HTMLparser.h>

#endif
