#include "index/store.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct bind {
    char *text; /* NULL: the number */
    double x;
};

struct query {
    enum list_kind kind;
    struct str where; /* " AND (…)" per word */
    struct bind *binds;
    size_t n_binds;
    struct strv keys; /* named by its words */
};

/* One word of the text, while it is read. */
struct word {
    size_t start, end; /* bytes of the text */
    bool negated, quoted;
    const struct query_key *key; /* NULL: a free word */
    struct str value;            /* without quotes */
    size_t value_start;
};

struct parser {
    const char *text;
    struct query *query;
    struct query_error *where;
    struct error *err;
};

static const struct query_key *key_find(enum list_kind kind, const char *name, size_t n)
{
    size_t count;
    const struct query_key *keys = query_keys(kind, &count);
    for (size_t i = 0; i < count; i++) {
        if ((strlen(keys[i].name) == n && !strncmp(keys[i].name, name, n)) ||
            (strlen(keys[i].column) == n && !strncmp(keys[i].column, name, n)))
            return &keys[i];
    }
    return NULL;
}

static int refuse(struct parser *p, size_t start, size_t end, const char *fmt, ...) PRINTF(4, 5);

static int refuse(struct parser *p, size_t start, size_t end, const char *fmt, ...)
{
    struct str text = STR_INIT;
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(&text, fmt, ap);
    va_end(ap);
    if (p->where)
        *p->where = (struct query_error){ start, end - start };
    error_set(p->err, E_USAGE, "%s", text.s);
    str_release(&text);
    return E_USAGE;
}

static struct bind *add_bind(struct query *q)
{
    q->binds = xrealloc(q->binds, (q->n_binds + 1) * sizeof(*q->binds));
    memset(&q->binds[q->n_binds], 0, sizeof(*q->binds));
    return &q->binds[q->n_binds++];
}

static void bind_text(struct query *q, const char *text)
{
    *add_bind(q) = (struct bind){ .text = xstrdup(text) };
}

/* ---- values ---- */

static const struct unit {
    enum key_type type;
    const char *suffix;
    double factor;
} units[] = {
    { KEY_SECONDS, "s", 1 },         { KEY_SECONDS, "m", 60 },       { KEY_SECONDS, "h", 3600 },
    { KEY_SECONDS, "d", 86400 },     { KEY_TIME, "m", 60 },          { KEY_TIME, "h", 3600 },
    { KEY_TIME, "d", 86400 },        { KEY_TIME, "w", 7 * 86400 },   { KEY_BYTES, "k", 1024 },
    { KEY_BYTES, "m", 1024 * 1024 }, { KEY_BYTES, "g", 1024 << 20 }, { KEY_NUMBER, "k", 1000 },
};

static bool read_number(enum key_type type, const char *text, double *x)
{
    char *end;
    if (!isdigit((unsigned char)*text) && *text != '.')
        return false;
    *x = strtod(text, &end);
    if (!*end)
        return type != KEY_TIME;
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        if (units[i].type == type && strcasecmp(units[i].suffix, end) == 0) {
            *x *= units[i].factor;
            return true;
        }
    }
    return false;
}

/* "2024", "2024-03", "2024-03-01" or a moment: the first second of it, and the first after. */
static bool read_date(const char *text, int64_t *first, int64_t *after)
{
    int year, month, used = 0;
    struct str full = STR_INIT;
    bool ok = false;
    if (sscanf(text, "%4d-%2d%n", &year, &month, &used) == 2 && !text[used]) {
        str_setf(&full, "%04d-%02d-01", year, month);
        ok = clock_parse(full.s, first);
        str_setf(&full, "%04d-%02d-01", month == 12 ? year + 1 : year, month % 12 + 1);
        ok = ok && clock_parse(full.s, after);
    } else if (sscanf(text, "%4d%n", &year, &used) == 1 && used == 4 && !text[used]) {
        str_setf(&full, "%04d-01-01", year);
        ok = clock_parse(full.s, first);
        str_setf(&full, "%04d-01-01", year + 1);
        ok = ok && clock_parse(full.s, after);
    } else if (clock_parse(text, first)) {
        *after = *first + (strlen(text) == 10 ? 86400 : 1);
        ok = true;
    }
    str_release(&full);
    return ok;
}

/* A value as the half-open range that it stands for. */
static bool read_range(enum key_type type, const char *text, double *first, double *after)
{
    if (type == KEY_TIME) {
        int64_t a, b;
        double age;
        if (read_date(text, &a, &b)) {
            *first = (double)a;
            *after = (double)b;
            return true;
        }
        if (!read_number(type, text, &age))
            return false;
        *first = *after = (double)clock_utc() - age;
        return true;
    }
    bool ok = read_number(type, text, first);
    *after = *first;
    return ok;
}

static const char *type_words(enum key_type type)
{
    switch (type) {
    case KEY_SECONDS:
        return "a time span (60, 90s, 2m, 1h)";
    case KEY_BYTES:
        return "a size (500m, 2g)";
    case KEY_TIME:
        return "a date (2024, 2024-03, 2024-03-01) or an age (30m, 24h, 7d)";
    default:
        return "a number";
    }
}

/* ---- SQL ---- */

static const char *column_sql(enum list_kind kind, const struct query_key *key)
{
    size_t n;
    const struct list_column *cols = list_columns(kind, &n);
    return cols[list_column_find(kind, key->column)].sql;
}

static void add_compare(struct query *q, const char *sql, const char *op, double x)
{
    str_addf(&q->where, "%s %s ?", sql, op);
    *add_bind(q) = (struct bind){ .x = x };
}

/* ">5", ">=5", "<5", "<=5", "1..2", "..2", "1..", "5" */
static bool add_number(struct query *q, enum key_type type, const char *sql, const char *text)
{
    double a, after;
    const char *dots = strstr(text, "..");
    bool above = *text == '>', below = *text == '<';
    if (above || below) {
        bool equal = text[1] == '=';
        if (!read_range(type, text + 1 + equal, &a, &after))
            return false;
        bool span = after > a; /* a date is a span: past its end, before its begin */
        if (above)
            add_compare(q, sql, equal || span ? ">=" : ">", equal ? a : after);
        else
            add_compare(q, sql, equal && !span ? "<=" : "<", equal ? after : a);
        return true;
    }
    if (!dots) {
        if (!read_range(type, text, &a, &after))
            return false;
        add_compare(q, sql, after > a ? ">=" : "=", a);
        if (after > a) {
            str_add(&q->where, " AND ");
            add_compare(q, sql, "<", after);
        }
        return true;
    }
    char *low = xstrndup(text, (size_t)(dots - text));
    bool ok = dots[2] || *low;
    str_add(&q->where, "1");
    if (ok && *low && (ok = read_range(type, low, &a, &after))) {
        str_add(&q->where, " AND ");
        add_compare(q, sql, ">=", a);
    }
    if (ok && dots[2] && (ok = read_range(type, dots + 2, &a, &after))) {
        str_add(&q->where, " AND ");
        add_compare(q, sql, after > a ? "<" : "<=", after);
    }
    free(low);
    return ok;
}

/* GLOB knows [sets]; here only * and ? are special. */
static void add_text(struct query *q, const char *sql, const char *text, bool quoted)
{
    bool pattern = !quoted && strpbrk(text, "*?");
    str_addf(&q->where, "%s %s ?", sql, pattern ? "GLOB" : "=");
    if (!pattern) {
        bind_text(q, text);
        return;
    }
    struct str glob = STR_INIT;
    for (; *text; text++) {
        if (*text == '[')
            str_add(&glob, "[[]");
        else
            str_addc(&glob, *text);
    }
    bind_text(q, glob.s);
    str_release(&glob);
}

static int add_value(struct parser *p, const struct word *w, const char *sql, const char *value,
                     size_t start)
{
    struct query *q = p->query;
    if (w->key->type == KEY_TEXT) {
        if (!w->quoted && (*value == '<' || *value == '>'))
            return refuse(p, start, start + strlen(value), "%s: has no order; name the values",
                          w->key->name);
        add_text(q, sql, value, w->quoted);
        return 0;
    }
    if (add_number(q, w->key->type, sql, value))
        return 0;
    return refuse(p, start, start + strlen(value), "%s: %s is not %s", w->key->name, value,
                  type_words(w->key->type));
}

static int add_key_word(struct parser *p, const struct word *w)
{
    struct query *q = p->query;
    const char *sql = column_sql(q->kind, w->key);
    size_t at = 0;
    int rc = 0;
    if (!w->value.len)
        return refuse(p, w->start, w->end, "%s: wants a value", w->key->name);
    str_add(&q->where, w->negated ? " AND NOT (" : " AND (");
    while (rc == 0 && at <= w->value.len) {
        size_t n = w->quoted ? w->value.len : strcspn(w->value.s + at, ",");
        char *value = xstrndup(w->value.s + at, n);
        str_add(&q->where, at ? " OR (" : "(");
        rc = *value ? add_value(p, w, sql, value, w->value_start + at)
                    : refuse(p, w->start, w->end, "%s: an empty value", w->key->name);
        str_addc(&q->where, ')');
        free(value);
        at += n + 1;
    }
    str_addc(&q->where, ')');
    strv_add_once(&q->keys, w->key->name);
    return rc;
}

/* ---- free words ---- */

static bool has_token(const char *s)
{
    for (; *s; s++)
        if (isalnum((unsigned char)*s) || (unsigned char)*s >= 0x80)
            return true;
    return false;
}

static void add_like(struct query *q, const struct word *w, const char *const *columns)
{
    struct str like = STR_INIT;
    str_addc(&like, '%');
    for (const char *s = w->value.s; *s; s++) {
        if (!w->quoted && (*s == '*' || *s == '?')) {
            str_addc(&like, *s == '*' ? '%' : '_');
            continue;
        }
        if (strchr("%_\\", *s))
            str_addc(&like, '\\');
        str_addc(&like, *s);
    }
    str_addc(&like, '%');
    for (size_t i = 0; columns[i]; i++) {
        str_addf(&q->where, "%s%s LIKE ? ESCAPE '\\'", i ? " OR " : "", columns[i]);
        bind_text(q, like.s);
    }
    str_release(&like);
}

static void add_match(struct query *q, const struct word *w, const char *id)
{
    struct str phrase = STR_INIT;
    str_addc(&phrase, '"');
    for (const char *s = w->value.s; *s; s++) {
        if (*s == '"')
            str_addc(&phrase, '"');
        str_addc(&phrase, *s);
    }
    str_add(&phrase, w->quoted ? "\"" : "\"*");
    str_addf(&q->where, "%s IN (SELECT rowid FROM words WHERE words MATCH ?)", id);
    bind_text(q, phrase.s);
    str_release(&phrase);
}

static void add_free_word(struct query *q, const struct word *w)
{
    static const char *const columns[LIST_KINDS][4] = {
        [LIST_REPOSITORIES] = { "t.repo" },
        [LIST_INSTANCES] = { "t.instance_id", "t.title", "t.reason" },
        [LIST_RUNS] = { "t.run" },
        [LIST_BATCHES] = { "t.batch", "t.stage", "t.run" },
        [LIST_ROUNDS] = { "e.instance_id", "t.rule", "t.reason" },
    };
    if (!w->value.len)
        return;
    str_add(&q->where, w->negated ? " AND NOT (" : " AND (");
    bool pattern = !w->quoted && strpbrk(w->value.s, "*?");
    if (q->kind == LIST_INSTANCES && !pattern && has_token(w->value.s))
        add_match(q, w, "t.id");
    else
        add_like(q, w, columns[q->kind]);
    str_addc(&q->where, ')');
}

/* ---- words ---- */

/* `state:x` is a key; `TypeError: x`, `a::b` and `http://x` are free words. */
static size_t key_length(const char *s)
{
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return n && s[n] == ':' && s[n + 1] != ':' && s[n + 1] != '/' ? n : 0;
}

/* Reads the value at p->text[*at] up to a blank outside quotes. */
static void read_value(const char *text, size_t *at, struct word *w)
{
    w->value_start = *at;
    w->quoted = text[*at] == '"';
    if (!w->quoted) {
        size_t n = strcspn(text + *at, " \t\n");
        str_addn(&w->value, text + *at, n);
        *at += n;
        return;
    }
    for (++*at; text[*at] && text[*at] != '"'; ++*at) {
        if (text[*at] == '\\' && text[*at + 1])
            ++*at;
        str_addc(&w->value, text[*at]);
    }
    if (text[*at])
        ++*at;
}

static int read_word(struct parser *p, size_t *at)
{
    struct word w = { .start = *at, .value = STR_INIT };
    const char *s = p->text;
    int rc = 0;
    w.negated = s[*at] == '-' && s[*at + 1] && !isspace((unsigned char)s[*at + 1]);
    *at += w.negated;
    size_t n = key_length(s + *at);
    w.key = n ? key_find(p->query->kind, s + *at, n) : NULL;
    if (w.key)
        *at += n + 1;
    size_t key_at = *at;
    read_value(s, at, &w);
    w.end = *at;
    if (w.key)
        rc = add_key_word(p, &w);
    else if (n && !w.quoted)
        rc = refuse(p, key_at, key_at + n, "no key is called %.*s: (quote it to search for it)",
                    (int)n, s + key_at);
    else
        add_free_word(p->query, &w);
    str_release(&w.value);
    return rc;
}

int query_parse(const char *text, enum list_kind kind, struct query **out,
                struct query_error *where, struct error *err)
{
    struct query *q = xcalloc(1, sizeof(*q));
    struct parser p = { text ? text : "", q, where, err };
    int rc = 0;
    q->kind = kind;
    str_init(&q->where);
    strv_init(&q->keys);
    for (size_t at = 0; rc == 0;) {
        at += strspn(p.text + at, " \t\n");
        if (!p.text[at])
            break;
        rc = read_word(&p, &at);
    }
    if (rc < 0) {
        query_free(q);
        q = NULL;
    }
    *out = q;
    return rc;
}

void query_free(struct query *q)
{
    if (!q)
        return;
    for (size_t i = 0; i < q->n_binds; i++)
        free(q->binds[i].text);
    free(q->binds);
    str_release(&q->where);
    strv_release(&q->keys);
    free(q);
}

bool query_has_key(const struct query *q, const char *key)
{
    return q && strv_has(&q->keys, key);
}

void query_add_where(const struct query *q, struct str *sql)
{
    if (q)
        str_addn(sql, q->where.s, q->where.len);
}

void query_bind(const struct query *q, sqlite3_stmt *st, int *at)
{
    for (size_t i = 0; q && i < q->n_binds; i++) {
        const struct bind *b = &q->binds[i];
        if (b->text)
            sqlite3_bind_text(st, (*at)++, b->text, -1, SQLITE_TRANSIENT);
        else
            sqlite3_bind_double(st, (*at)++, b->x);
    }
}

void query_add_word(struct str *out, const char *key, const char *value)
{
    if (out->len && out->s[out->len - 1] != ' ')
        str_addc(out, ' ');
    str_addf(out, "%s:", key);
    if (*value && !strpbrk(value, " \t\n\",*?<>") && !strstr(value, "..")) {
        str_add(out, value);
        return;
    }
    str_addc(out, '"');
    for (; *value; value++) {
        if (strchr("\"\\", *value))
            str_addc(out, '\\');
        str_addc(out, *value);
    }
    str_addc(out, '"');
}

int query_complete(struct index *idx, enum list_kind kind, const char *key, const char *prefix,
                   struct strv *out, struct error *err)
{
    const struct query_key *k = key_find(kind, key, strlen(key));
    struct str sql = STR_INIT;
    sqlite3_stmt *st;
    if (!k || k->type != KEY_TEXT)
        return 0;
    const char *column = column_sql(kind, k);
    str_addf(&sql,
             "SELECT %s %s WHERE substr(%s, 1, length(?1)) = ?1 AND %s <> '' GROUP BY 1 "
             "ORDER BY count(*) DESC, 1 LIMIT 100",
             column, list_from(kind), column, column);
    int rc = store_query(idx, &st, err, sql.s, "s", prefix);
    if (rc == 0)
        while ((rc = store_step(idx, st, err)) > 0)
            strv_add(out, store_text(st, 0));
    str_release(&sql);
    return rc;
}
