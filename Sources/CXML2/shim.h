#ifndef POSTERN_CXML2_SHIM_H
#define POSTERN_CXML2_SHIM_H

// Debian's libxml2 is built with ICU and would include the system's ICU headers, which clash with the ICU that
// Foundation carries. Only the insides of structs that are never looked into differ without them.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>

#endif
