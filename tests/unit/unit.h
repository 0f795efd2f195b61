/* unit.h: what every unit test includes: cmocka in the order it wants, and the base. */
#ifndef BOTTEGA_UNIT_H
#define BOTTEGA_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"

#endif
