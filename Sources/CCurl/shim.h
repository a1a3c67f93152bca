#ifndef POSTERN_CCURL_SHIM_H
#define POSTERN_CCURL_SHIM_H

#include <curl/curl.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* curl_easy_setopt and curl_easy_getinfo are variadic, and variadic C functions are invisible to Swift: one
   function here for each kind of argument that they take. */

static inline CURLcode postern_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode postern_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode postern_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode postern_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *list) {
    return curl_easy_setopt(handle, option, list);
}

static inline CURLcode postern_curl_set_pointer(CURL *handle, CURLoption option, void *pointer) {
    return curl_easy_setopt(handle, option, pointer);
}

/* What curl_read_callback and the header callback have in common, under one name so that both fit one setter. */
typedef size_t (*postern_curl_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode postern_curl_set_callback(CURL *handle, CURLoption option, postern_curl_callback callback) {
    return curl_easy_setopt(handle, option, callback);
}

static inline CURLcode postern_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode postern_curl_get_socket(CURL *handle, curl_socket_t *socket) {
    return curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, socket);
}

/* Swift's Glibc module leaves out eventfd, which wakes a poll() on a connection's socket. */

static inline int postern_bell_make(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

static inline void postern_bell_ring(int bell) {
    (void)eventfd_write(bell, 1);
}

/* Takes all ringing away; returns whether there was any. */
static inline int postern_bell_silence(int bell) {
    eventfd_t count = 0;
    return eventfd_read(bell, &count) == 0 && count > 0;
}

#endif
