#include "index/store.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static struct query_bind *add_bind(struct query_word *w)
{
    w->binds = xrealloc(w->binds, (w->n_binds + 1) * sizeof(*w->binds));
    return &w->binds[w->n_binds++];
}

static void bind_text(struct query_word *w, const char *text)
{
    *add_bind(w) = (struct query_bind){ xstrdup(text), 0 };
}

static void add_compare(struct query_word *w, const char *column, const char *op, double x)
{
    str_addf(&w->sql, "%s %s ?", column, op);
    *add_bind(w) = (struct query_bind){ NULL, x };
}

/* ">5" ">=5" "<5" "<=5"; a date is a span, so ">2024" begins after its end. */
static bool add_inequality(struct query_word *w, enum key_type type, const char *column,
                           const char *text)
{
    double first, after;
    bool above = *text == '>', equal = text[1] == '=';
    if (!value_range(type, text + 1 + equal, &first, &after))
        return false;
    bool span = after > first;
    if (above)
        add_compare(w, column, equal || span ? ">=" : ">", equal ? first : after);
    else
        add_compare(w, column, equal && !span ? "<=" : "<", equal ? after : first);
    return true;
}

/* "1..2" "..2" "1.."; both ends belong to it. */
static bool add_between(struct query_word *w, enum key_type type, const char *column,
                        const char *text, const char *dots)
{
    double first, after;
    char *low = xstrndup(text, (size_t)(dots - text));
    const char *high = dots + 2;
    bool ok = *low || *high;
    if (ok && *low && (ok = value_range(type, low, &first, &after)))
        add_compare(w, column, ">=", first);
    if (ok && *low && *high)
        str_add(&w->sql, " AND ");
    if (ok && *high && (ok = value_range(type, high, &first, &after)))
        add_compare(w, column, after > first ? "<" : "<=", after);
    free(low);
    return ok;
}

static bool add_equal(struct query_word *w, enum key_type type, const char *column,
                      const char *text)
{
    double first, after;
    if (!value_range(type, text, &first, &after))
        return false;
    if (after > first) {
        add_compare(w, column, ">=", first);
        str_add(&w->sql, " AND ");
        add_compare(w, column, "<", after);
    } else {
        /* An age alone means "since then". */
        add_compare(w, column, type == KEY_TIME ? ">=" : "=", first);
    }
    return true;
}

bool condition_add_number(struct query_word *w, enum key_type type, const char *column,
                          const char *text)
{
    const char *dots = strstr(text, "..");
    if (type == KEY_TIME)
        str_addf(&w->sql, "%s > 0 AND ", column); /* 0 is never */
    if (*text == '<' || *text == '>')
        return add_inequality(w, type, column, text);
    return dots ? add_between(w, type, column, text, dots) : add_equal(w, type, column, text);
}

/* GLOB knows [sets]; here only * and ? are special. */
void condition_add_text(struct query_word *w, const char *column, const char *text, bool quoted)
{
    struct str glob = STR_INIT;
    bool pattern = !quoted && strpbrk(text, "*?");
    str_addf(&w->sql, "%s %s ?", column, pattern ? "GLOB" : "=");
    for (; *text; text++) {
        if (pattern && *text == '[')
            str_add(&glob, "[[]");
        else
            str_addc(&glob, *text);
    }
    bind_text(w, glob.s);
    str_release(&glob);
}

static void add_like(struct query_word *w, const char *text, bool quoted,
                     const char *const *columns)
{
    struct str like = STR_INIT;
    str_addc(&like, '%');
    for (; *text; text++) {
        if (!quoted && (*text == '*' || *text == '?')) {
            str_addc(&like, *text == '*' ? '%' : '_');
            continue;
        }
        if (strchr("%_\\", *text))
            str_addc(&like, '\\');
        str_addc(&like, *text);
    }
    str_addc(&like, '%');
    for (size_t i = 0; columns[i]; i++) {
        str_addf(&w->sql, "%s%s LIKE ? ESCAPE '\\'", i ? " OR " : "", columns[i]);
        bind_text(w, like.s);
    }
    str_release(&like);
}

/* A phrase of FTS5; a word that is not quoted may go on. */
static void add_match(struct query_word *w, const char *text, bool quoted)
{
    struct str phrase = STR_INIT;
    str_addc(&phrase, '"');
    for (; *text; text++) {
        if (*text == '"')
            str_addc(&phrase, '"');
        str_addc(&phrase, *text);
    }
    str_add(&phrase, quoted ? "\"" : "\"*");
    str_add(&w->sql, "t.id IN (SELECT rowid FROM words WHERE words MATCH ?)");
    bind_text(w, phrase.s);
    w->is_match = true;
    str_release(&phrase);
}

static bool has_token(const char *s)
{
    for (; *s; s++)
        if (isalnum((unsigned char)*s) || (unsigned char)*s >= 0x80)
            return true;
    return false;
}

void condition_add_free(struct query_word *w, enum list_kind kind, const char *text, bool quoted)
{
    static const char *const columns[LIST_KINDS][5] = {
        [LIST_REPOSITORIES] = { "t.repo" },
        [LIST_INSTANCES] = { "t.instance_id", "t.title", "t.reason" },
        [LIST_RUNS] = { "t.run" },
        [LIST_BATCHES] = { "t.batch", "t.stage", "t.run" },
        [LIST_ROUNDS] = { "e.instance_id", "t.rule", "t.reason" },
        [LIST_FAILURES] = { "t.signature", "t.failure_class" },
        [LIST_TRAJECTORIES] = { "t.instance_id", "t.run", "t.model", "t.exit_status" },
    };
    bool pattern = !quoted && strpbrk(text, "*?");
    if (kind == LIST_INSTANCES && !pattern && has_token(text))
        add_match(w, text, quoted);
    else
        add_like(w, text, quoted, columns[kind]);
}
