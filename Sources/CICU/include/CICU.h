#ifndef POSTERN_CICU_H
#define POSTERN_CICU_H

#include <stdint.h>

/* What we ask of ICU, without ICU's headers: they clash with those of the ICU that Foundation carries, and their
   functions are macros that add ICU's version to the name, which Swift can't import. Texts are UTF-8 of `length` octets. */

/* Errors of the conversions, as bits. Each stands for one or more of ICU's UIDNA_ERROR_. */
enum postern_idna_error {
    POSTERN_IDNA_BIDI = 1,      /* RFC 5893 */
    POSTERN_IDNA_JOINER = 2,    /* RFC 5892, appendix A.1 and A.2 */
    POSTERN_IDNA_OTHER = 4
};

/* UTS 46 ToASCII and ToUnicode: nontransitional, CheckBidi, CheckJoiners, UseSTD3ASCIIRules; hyphens are left alone.
   Returns the octets written to `out`, or -1 when they are more than `capacity`. */
int32_t postern_idna_to_ascii(const char *name, int32_t length, char *out, int32_t capacity, uint32_t *errors);
int32_t postern_idna_to_unicode(const char *name, int32_t length, char *out, int32_t capacity, uint32_t *errors);

/* UTS 39 §4, the skeleton. Returns the octets written to `out`, or -1 when they are more than `capacity`. */
int32_t postern_skeleton(const char *text, int32_t length, char *out, int32_t capacity);

/* Signs that a text's letters belong to no one writing system, as bits; -1 when ICU can't tell. */
enum postern_mixture {
    POSTERN_MIXED_SCRIPTS = 1,  /* UTS 39 §5.2: beyond "highly restrictive" */
    POSTERN_MIXED_DIGITS = 2    /* UTS 39 §5.3 */
};
int32_t postern_mixtures(const char *text, int32_t length);

/* The version of Unicode whose tables these are: 15.0 is 0x0f00. */
uint32_t postern_unicode_version(void);

#endif
