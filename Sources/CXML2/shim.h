#ifndef POSTERN_CXML2_SHIM_H
#define POSTERN_CXML2_SHIM_H

// Debian's libxml2 is built with ICU, and its headers then bring in ICU's, whose types clash with those of the ICU inside
// Swift's Foundation as soon as one file sees both. Without the macro they stay out. It changes the inside of
// xmlCharEncodingHandler only, which is never touched from here.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#endif
