/* color.h: colours as people write them, at four depths.
 *
 * A style is "FG", "FG on BG", "default on BG", with attributes (bold dim italic underline
 * reverse) anywhere. A colour is rrggbb in hex (a # begins a comment in config files), a number
 * below 256, or one of the 16 names.
 */
#ifndef BOTTEGA_UI_COLOR_H
#define BOTTEGA_UI_COLOR_H

#include "base/base.h"

enum depth { DEPTH_MONO, DEPTH_16, DEPTH_256, DEPTH_RGB };

enum attribute {
    ATTR_BOLD = 1,
    ATTR_DIM = 2,
    ATTR_ITALIC = 4,
    ATTR_UNDERLINE = 8,
    ATTR_REVERSE = 16
};

enum { COLOR_NONE = -1, COLOR_IS_RGB = 0x1000000 };

/* COLOR_NONE, a palette number, or COLOR_IS_RGB | rgb. */
struct style {
    int32_t fg, bg;
    unsigned attributes;
};

/* E_PARSE names the word that is none. */
WARN_UNUSED int style_parse(const char *text, struct style *out, struct error *err);

/* The colour as a palette number of that depth. */
int32_t color_at_depth(int32_t color, enum depth depth);
/* The palette's usual look, for pictures: 0xrrggbb. */
uint32_t color_rgb(int32_t color);

#endif
