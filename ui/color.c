#include "ui/color.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    uint32_t rgb;
} names[16] = {
    { "black", 0x000000 },        { "red", 0xcd3131 },
    { "green", 0x0dbc79 },        { "yellow", 0xe5e510 },
    { "blue", 0x2472c8 },         { "magenta", 0xbc3fbc },
    { "cyan", 0x11a8cd },         { "white", 0xe5e5e5 },
    { "bright-black", 0x666666 }, { "bright-red", 0xf14c4c },
    { "bright-green", 0x23d18b }, { "bright-yellow", 0xf5f543 },
    { "bright-blue", 0x3b8eea },  { "bright-magenta", 0xd670d6 },
    { "bright-cyan", 0x29b8db },  { "bright-white", 0xffffff },
};

static const struct {
    const char *name;
    unsigned bit;
} attributes[] = {
    { "bold", ATTR_BOLD },           { "dim", ATTR_DIM },         { "italic", ATTR_ITALIC },
    { "underline", ATTR_UNDERLINE }, { "reverse", ATTR_REVERSE },
};

static bool parse_number(const char *word, int base, long limit, int32_t *out)
{
    char *end;
    long n = strtol(word, &end, base);
    if (end == word || *end || n < 0 || n > limit)
        return false;
    *out = (int32_t)n;
    return true;
}

static bool parse_color(const char *word, int32_t *out)
{
    for (int32_t i = 0; i < 16; i++) {
        if (strcmp(word, names[i].name) == 0) {
            *out = i;
            return true;
        }
    }
    if (strcmp(word, "default") == 0) {
        *out = COLOR_NONE;
        return true;
    }
    word += *word == '#';
    if (strlen(word) == 6 && parse_number(word, 16, 0xffffff, out)) {
        *out |= COLOR_IS_RGB;
        return true;
    }
    return parse_number(word, 10, 255, out);
}

static bool parse_attribute(const char *word, unsigned *out)
{
    for (size_t i = 0; i < ARRAY_LEN(attributes); i++) {
        if (strcmp(word, attributes[i].name) == 0) {
            *out |= attributes[i].bit;
            return true;
        }
    }
    return false;
}

int style_parse(const char *text, struct style *out, struct error *err)
{
    struct strv words = STRV_INIT;
    int32_t *to = &out->fg;
    int rc = 0;
    *out = (struct style){ COLOR_NONE, COLOR_NONE, 0 };
    strv_split(&words, text, " ");
    for (size_t i = 0; rc == 0 && i < words.n; i++) {
        if (strcmp(words.v[i], "on") == 0)
            to = &out->bg;
        else if (!parse_attribute(words.v[i], &out->attributes) && !parse_color(words.v[i], to))
            rc = error_set(err, E_PARSE,
                           "%s is no colour (rrggbb, 0..255, red, bright-red …, default) and no "
                           "attribute (bold dim italic underline reverse)",
                           words.v[i]);
    }
    strv_release(&words);
    return rc;
}

/* ---- from one depth to another ---- */

static const unsigned char cube[] = { 0, 95, 135, 175, 215, 255 };

uint32_t color_rgb(int32_t color)
{
    if (color & COLOR_IS_RGB)
        return (uint32_t)color & 0xffffff;
    if (color < 16)
        return names[color < 0 ? 7 : color].rgb;
    if (color >= 232) {
        uint32_t grey = (uint32_t)(8 + (color - 232) * 10);
        return grey << 16 | grey << 8 | grey;
    }
    color -= 16;
    return (uint32_t)cube[color / 36] << 16 | (uint32_t)cube[color / 6 % 6] << 8 | cube[color % 6];
}

static int channel(uint32_t rgb, int shift)
{
    return (int)(rgb >> shift & 0xff);
}

static int distance(uint32_t a, uint32_t b)
{
    int r = channel(a, 16) - channel(b, 16), g = channel(a, 8) - channel(b, 8),
        bl = channel(a, 0) - channel(b, 0);
    return 2 * r * r + 4 * g * g + 3 * bl * bl;
}

static int32_t nearest(uint32_t rgb, int32_t from, int32_t to)
{
    int32_t best = from;
    for (int32_t i = from; i < to; i++)
        if (distance(rgb, color_rgb(i)) < distance(rgb, color_rgb(best)))
            best = i;
    return best;
}

int32_t color_at_depth(int32_t color, enum depth depth)
{
    if (color == COLOR_NONE || depth == DEPTH_MONO)
        return COLOR_NONE;
    if (depth == DEPTH_RGB) /* only the first eight are still a palette's */
        return color < 8 ? color : (int32_t)color_rgb(color) | COLOR_IS_RGB;
    if (depth == DEPTH_256)
        return color & COLOR_IS_RGB ? nearest(color_rgb(color), 16, 256) : color;
    return color < 16 ? color : nearest(color_rgb(color), 0, 16);
}
