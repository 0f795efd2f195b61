#include "command/where.h"

#include <stdlib.h>
#include <string.h>

int where_parse(const struct workspace *ws, const char *text, enum list_kind kind,
                struct query **out, struct error *err)
{
    struct query_error at;
    int rc = saved_parse(ws, text, kind, out, &at, err);
    if (rc < 0) {
        struct str mark = STR_INIT;
        int before = text_width(text, at.start), width = text_width(text + at.start, at.len);
        str_addf(&mark, "\n  %s\n  %*s", text, before, "");
        for (int i = 0; i < width; i++)
            str_addc(&mark, '^');
        char *said = xstrdup(error_text(err));
        rc = error_set(err, E_USAGE, "--where: %s%s", said, mark.s);
        free(said);
        str_release(&mark);
    }
    return rc;
}
