/* macros.h: attributes and the few macros that every file may use. */
#ifndef BOTTEGA_MACROS_H
#define BOTTEGA_MACROS_H

#include <stddef.h>

#define WARN_UNUSED     __attribute__((warn_unused_result))
#define PRINTF(fmt, va) __attribute__((format(printf, fmt, va)))
#define UNUSED          __attribute__((unused))
#define NORETURN        __attribute__((noreturn))

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
