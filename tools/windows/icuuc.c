/* A stand-in for Windows' icuuc.dll, which Wine 10 does not have and Qt6Core links to.
 *
 * `tools.windows.root` compiles it into the Wine prefix. Qt asks ICU only for text encodings that it does not know by
 * itself (QStringConverter); this library says that there are none. UTF-8, UTF-16, Latin-1 and the system's own code
 * page do not go through ICU. Names and types are those of ICU's ucnv.h; Windows exports them without version numbers.
 */

#define EXPORT __declspec(dllexport)
#define U_UNSUPPORTED_ERROR 16

typedef int UErrorCode;

EXPORT void *ucnv_open(const char *name, UErrorCode *error)
{
    (void)name;
    *error = U_UNSUPPORTED_ERROR;
    return 0;
}

EXPORT int ucnv_countAvailable(void) { return 0; }
EXPORT const char *ucnv_getAvailableName(int n) { (void)n; return 0; }

/* The others need a converter, and nobody can have one. */
EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, UErrorCode *error)
{
    (void)name, (void)standard;
    *error = U_UNSUPPORTED_ERROR;
    return 0;
}
EXPORT const char *ucnv_getName(const void *converter, UErrorCode *error)
{
    (void)converter;
    *error = U_UNSUPPORTED_ERROR;
    return 0;
}
EXPORT void ucnv_close(void *converter) { (void)converter; }
EXPORT void ucnv_reset(void *converter) { (void)converter; }
EXPORT signed char ucnv_getMaxCharSize(const void *converter) { (void)converter; return 1; }

#define UNSUPPORTED(name) EXPORT int name(void) { return 0; }
UNSUPPORTED(ucnv_getToUCallBack)
UNSUPPORTED(ucnv_getFromUCallBack)
UNSUPPORTED(ucnv_setToUCallBack)
UNSUPPORTED(ucnv_setFromUCallBack)
UNSUPPORTED(ucnv_cbToUWriteUChars)
UNSUPPORTED(ucnv_cbFromUWriteUChars)
UNSUPPORTED(ucnv_toUnicode)
UNSUPPORTED(ucnv_fromUnicode)
UNSUPPORTED(ucnv_toUCountPending)
UNSUPPORTED(ucnv_fromUCountPending)
UNSUPPORTED(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
UNSUPPORTED(UCNV_TO_U_CALLBACK_SUBSTITUTE)
