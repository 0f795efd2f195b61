/* sign.h: the signs and inks of states: a word, its sign, its role. */
#ifndef BOTTEGA_UI_SIGN_H
#define BOTTEGA_UI_SIGN_H

#include "ui/ink.h"

/* Of an instance's state, of a batch's, or of an attempt's outcome. Unknown words have the sign
 * "?". */
const char *state_sign(const char *state);
ink_t state_ink(const char *state);

#endif
