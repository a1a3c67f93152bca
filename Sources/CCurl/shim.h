#ifndef POSTERN_CCURL_SHIM_H
#define POSTERN_CCURL_SHIM_H

#include <curl/curl.h>

#endif
