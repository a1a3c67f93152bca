#include "CICU.h"

#include <unicode/uchar.h>
#include <unicode/uidna.h>
#include <unicode/uspoof.h>

/* Objects of ICU are opened for each call: that takes a microsecond, as ICU keeps its tables, and no state is left. */

static uint32_t errors_of(const UIDNAInfo *info) {
    /* A label such as r3---sn is in use, and is no A-label (UTS 46 §4.1: CheckHyphens is off). */
    uint32_t left = info->errors & ~(uint32_t) UIDNA_ERROR_HYPHEN_3_4;
    uint32_t errors = 0;
    if (left & UIDNA_ERROR_BIDI) errors |= POSTERN_IDNA_BIDI;
    if (left & UIDNA_ERROR_CONTEXTJ) errors |= POSTERN_IDNA_JOINER;
    if (left & ~(uint32_t) (UIDNA_ERROR_BIDI | UIDNA_ERROR_CONTEXTJ)) errors |= POSTERN_IDNA_OTHER;
    return errors;
}

static UIDNA *open_idna(UErrorCode *status) {
    return uidna_openUTS46(
        UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII
            | UIDNA_NONTRANSITIONAL_TO_UNICODE,
        status);
}

int32_t postern_idna_to_ascii(const char *name, int32_t length, char *out, int32_t capacity, uint32_t *errors) {
    UErrorCode status = U_ZERO_ERROR;
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UIDNA *idna = open_idna(&status);
    int32_t written = uidna_nameToASCII_UTF8(idna, name, length, out, capacity, &info, &status);
    uidna_close(idna);
    *errors = errors_of(&info);
    return U_FAILURE(status) || written > capacity ? -1 : written;
}

int32_t postern_idna_to_unicode(const char *name, int32_t length, char *out, int32_t capacity, uint32_t *errors) {
    UErrorCode status = U_ZERO_ERROR;
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UIDNA *idna = open_idna(&status);
    int32_t written = uidna_nameToUnicodeUTF8(idna, name, length, out, capacity, &info, &status);
    uidna_close(idna);
    *errors = errors_of(&info);
    return U_FAILURE(status) || written > capacity ? -1 : written;
}

int32_t postern_skeleton(const char *text, int32_t length, char *out, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    USpoofChecker *checker = uspoof_open(&status);
    /* The type is deprecated and must be zero. */
    int32_t written = uspoof_getSkeletonUTF8(checker, 0, text, length, out, capacity, &status);
    uspoof_close(checker);
    return U_FAILURE(status) || written > capacity ? -1 : written;
}

int32_t postern_mixtures(const char *text, int32_t length) {
    UErrorCode status = U_ZERO_ERROR;
    USpoofChecker *checker = uspoof_open(&status);
    uspoof_setRestrictionLevel(checker, USPOOF_HIGHLY_RESTRICTIVE);
    uspoof_setChecks(checker, USPOOF_RESTRICTION_LEVEL | USPOOF_MIXED_NUMBERS, &status);
    int32_t found = uspoof_check2UTF8(checker, text, length, NULL, &status);
    uspoof_close(checker);
    if (U_FAILURE(status)) return -1;
    return (found & USPOOF_RESTRICTION_LEVEL ? POSTERN_MIXED_SCRIPTS : 0)
        | (found & USPOOF_MIXED_NUMBERS ? POSTERN_MIXED_DIGITS : 0);
}

uint32_t postern_unicode_version(void) {
    UVersionInfo version;
    u_getUnicodeVersion(version);
    return (uint32_t) version[0] << 8 | version[1];
}
