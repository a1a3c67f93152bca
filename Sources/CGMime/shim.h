#ifndef POSTERN_CGMIME_SHIM_H
#define POSTERN_CGMIME_SHIM_H

#include <gmime/gmime.h>
#include <iconv.h>

/* What a node of the part tree is. GMime answers that by type-check macros, which Swift can't import. */
enum postern_part_kind {
    POSTERN_PART_LEAF = 0,
    POSTERN_PART_MULTIPART = 1,
    POSTERN_PART_MESSAGE = 2,
    POSTERN_PART_OTHER = 3
};

static inline int postern_part_kind(GMimeObject *object) {
    if (GMIME_IS_MULTIPART(object)) return POSTERN_PART_MULTIPART;
    if (GMIME_IS_MESSAGE_PART(object)) return POSTERN_PART_MESSAGE;
    if (GMIME_IS_PART(object)) return POSTERN_PART_LEAF;
    return POSTERN_PART_OTHER;
}

/* The casts between GObject classes are macros too. Call these only after postern_part_kind() said so. */
static inline GMimeMultipart *postern_as_multipart(GMimeObject *object) {
    return GMIME_MULTIPART(object);
}

static inline GMimePart *postern_as_leaf(GMimeObject *object) {
    return GMIME_PART(object);
}

/* A stream that reads `array` where it lies. The constructor that takes a buffer would copy the whole mail; this
   one leaves the array with its owner, who must outlive the stream and everything parsed from it. */
static inline GMimeStream *postern_stream_over(GByteArray *array) {
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(array);
    if (stream != NULL) g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    return stream;
}

/* Where a leaf's content lies in the parsed stream: the parser makes substreams of it, whose bounds are struct
   fields reached through a cast macro. False when the leaf has no content; `end` is -1 for "to the end". */
static inline gboolean postern_content_bounds(GMimePart *part, gint64 *start, gint64 *end) {
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    GMimeStream *stream = content == NULL ? NULL : g_mime_data_wrapper_get_stream(content);
    if (stream == NULL) return FALSE;
    *start = stream->bound_start;
    *end = stream->bound_end;
    return TRUE;
}

/* iconv_open() reports failure as (iconv_t) -1, which Swift can't write without inventing a pointer. */
static inline iconv_t postern_iconv_open(const char *to, const char *from) {
    iconv_t descriptor = iconv_open(to, from);
    return descriptor == (iconv_t) -1 ? NULL : descriptor;
}

#endif
