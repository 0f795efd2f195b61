#include "index/store.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Different values that are looked at for completion. */
enum { COMPLETE_MOST = 2000 };

/* One word of the text, while it is read. */
struct token {
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

static const char *column_sql(enum list_kind kind, const struct query_key *key)
{
    size_t n;
    const struct list_column *cols = list_columns(kind, &n);
    return cols[list_column_find(kind, key->column)].sql;
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

/* Every word has its own condition, so that lists can keep the rows of each. */
static struct query_word *add_word(struct query *q, bool negated)
{
    q->words = xrealloc(q->words, (q->n_words + 1) * sizeof(*q->words));
    struct query_word *w = &q->words[q->n_words++];
    memset(w, 0, sizeof(*w));
    str_init(&w->sql);
    w->negated = negated;
    return w;
}

static void add_review(const struct token *t, struct query_word *w, const char *value)
{
    str_addf(&w->sql,
             "t.instance_id IN (SELECT r.instance_id FROM reviews r WHERE r.kind = '%s' AND ",
             t->key->column);
    condition_add_text(w, "r.text", value, t->quoted);
    str_addc(&w->sql, ')');
}

static bool add_signal(const struct token *t, struct query_word *w, const char *value)
{
    bool ok = true;
    str_add(&w->sql,
            "(t.instance, t.run_id) IN (SELECT s.instance, s.run_id FROM signals s WHERE ");
    if (t->key->type == KEY_SIGNAL) {
        str_add(&w->sql, "s.flag = 1 AND (");
        condition_add_text(w, "s.name", value, t->quoted);
        str_add(&w->sql, " OR ");
        condition_add_text(w, "s.hint", value, t->quoted);
    } else {
        str_addf(&w->sql, "s.name = '%s' AND (", t->key->column);
        ok = condition_add_number(w, KEY_NUMBER, "s.value", value);
    }
    str_add(&w->sql, "))");
    return ok;
}

static int add_value(struct parser *p, const struct token *t, struct query_word *w,
                     const char *value, size_t start)
{
    size_t end = start + strlen(value);
    if (!*value && !(t->quoted && t->key->type == KEY_TEXT))
        return refuse(p, t->start, t->end, "%s: wants a value", t->key->name);
    if (t->key->type == KEY_REVIEW) {
        add_review(t, w, value);
        return 0;
    }
    bool ordered = t->key->type != KEY_TEXT && t->key->type != KEY_SIGNAL;
    if (!ordered && !t->quoted && (*value == '<' || *value == '>'))
        return refuse(p, start, end, "%s: has no order; name the values", t->key->name);
    if (t->key->type == KEY_SIGNAL || t->key->type == KEY_MEASURE)
        return add_signal(t, w, value)
                   ? 0
                   : refuse(p, start, end, "%s: %s is not a number", t->key->name, value);
    const char *column = column_sql(p->query->kind, t->key);
    if (t->key->type == KEY_TEXT) {
        condition_add_text(w, column, value, t->quoted);
        return 0;
    }
    if (condition_add_number(w, t->key->type, column, value))
        return 0;
    return refuse(p, start, end, "%s: %s is not %s", t->key->name, value,
                  value_words(t->key->type));
}

/* "key:a,b": any of the values. */
static int add_key_token(struct parser *p, const struct token *t)
{
    struct query_word *w = add_word(p->query, t->negated);
    int rc = 0;
    for (size_t at = 0; rc == 0 && at <= t->value.len;) {
        size_t n = t->quoted ? t->value.len : strcspn(t->value.s + at, ",");
        char *value = xstrndup(t->value.s + at, n);
        str_add(&w->sql, at ? " OR (" : "(");
        rc = add_value(p, t, w, value, t->value_start + at);
        str_addc(&w->sql, ')');
        free(value);
        at += n + 1;
    }
    strv_add_once(&p->query->keys, t->key->name);
    return rc;
}

/* `state:x` is a key; `TypeError: x`, `a::b` and `http://x` are free words. */
static size_t key_length(const char *s)
{
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return n && s[n] == ':' && s[n + 1] != ':' && s[n + 1] != '/' ? n : 0;
}

/* Reads the value at text[*at]: up to a blank, or between quotes. */
static void read_value(const char *text, size_t *at, struct token *t)
{
    t->value_start = *at;
    t->quoted = text[*at] == '"';
    if (!t->quoted) {
        size_t n = strcspn(text + *at, " \t\n");
        str_addn(&t->value, text + *at, n);
        *at += n;
        return;
    }
    for (++*at; text[*at] && text[*at] != '"'; ++*at) {
        if (text[*at] == '\\' && text[*at + 1])
            ++*at;
        str_addc(&t->value, text[*at]);
    }
    if (text[*at])
        ++*at;
}

static int read_token(struct parser *p, size_t *at)
{
    struct token t = { .start = *at, .value = STR_INIT };
    const char *s = p->text;
    int rc = 0;
    t.negated = s[*at] == '-' && s[*at + 1] && !isspace((unsigned char)s[*at + 1]);
    *at += t.negated;
    size_t key_at = *at, n = key_length(s + *at);
    t.key = n ? key_find(p->query->kind, s + *at, n) : NULL;
    if (t.key)
        *at += n + 1;
    read_value(s, at, &t);
    t.end = *at;
    if (t.key)
        rc = add_key_token(p, &t);
    else if (n)
        rc = refuse(p, key_at, key_at + n, "no key is called %.*s: (quote it to search for it)",
                    (int)n, s + key_at);
    else if (t.value.len)
        condition_add_free(add_word(p->query, t.negated), p->query->kind, t.value.s, t.quoted);
    str_release(&t.value);
    return rc;
}

int query_parse(const char *text, enum list_kind kind, struct query **out,
                struct query_error *where, struct error *err)
{
    struct query *q = xcalloc(1, sizeof(*q));
    struct parser p = { text ? text : "", q, where, err };
    int rc = 0;
    q->kind = kind;
    strv_init(&q->keys);
    for (size_t at = 0; rc == 0;) {
        at += strspn(p.text + at, " \t\n");
        if (!p.text[at])
            break;
        rc = read_token(&p, &at);
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
    for (size_t i = 0; i < q->n_words; i++) {
        for (size_t k = 0; k < q->words[i].n_binds; k++)
            free(q->words[i].binds[k].text);
        free(q->words[i].binds);
        str_release(&q->words[i].sql);
    }
    free(q->words);
    strv_release(&q->keys);
    free(q);
}

bool query_has_key(const struct query *q, const char *key)
{
    return q && strv_has(&q->keys, key);
}

void query_add_where(const struct query *q, struct str *sql)
{
    for (size_t i = 0; q && i < q->n_words; i++)
        str_addf(sql, " AND %s(%s)", q->words[i].negated ? "NOT " : "", q->words[i].sql.s);
}

void query_bind_word(const struct query_word *w, sqlite3_stmt *st, int *at)
{
    for (size_t i = 0; i < w->n_binds; i++) {
        if (w->binds[i].text)
            sqlite3_bind_text(st, (*at)++, w->binds[i].text, -1, SQLITE_TRANSIENT);
        else
            sqlite3_bind_double(st, (*at)++, w->binds[i].x);
    }
}

void query_bind(const struct query *q, sqlite3_stmt *st, int *at)
{
    for (size_t i = 0; q && i < q->n_words; i++)
        query_bind_word(&q->words[i], st, at);
}

void query_add_word(struct str *out, const char *key, const char *value)
{
    if (out->len && out->s[out->len - 1] != ' ')
        str_addc(out, ' ');
    str_addf(out, "%s:", key);
    query_add_value(out, value);
}

void query_add_value(struct str *out, const char *value)
{
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

/* ---- completion ---- */

/* Where the value at text[at] ends. */
static size_t value_end(const char *text, size_t at)
{
    struct token t = { .value = STR_INIT };
    read_value(text, &at, &t);
    str_release(&t.value);
    return at;
}

/* The part of a value up to the cursor: after its last comma, or without its quotes. */
static void place_value(const char *text, size_t at, size_t cursor, struct query_place *out)
{
    out->start = at;
    if (cursor > at && text[at] == '"') {
        for (at++; at < cursor; at++) {
            if (text[at] == '\\' && at + 1 < cursor)
                at++;
            str_addc(&out->prefix, text[at]);
        }
        return;
    }
    for (; at < cursor; at++)
        if (text[at] == ',')
            out->start = at + 1;
    str_addn(&out->prefix, text + out->start, cursor - out->start);
}

void query_place_at(const char *text, size_t cursor, struct query_place *out)
{
    *out = (struct query_place){ .start = cursor, .key = STR_INIT, .prefix = STR_INIT };
    for (size_t at = 0;;) {
        at += strspn(text + at, " \t\n");
        if (!text[at] || at > cursor)
            return;
        at += text[at] == '-' && text[at + 1] && !isspace((unsigned char)text[at + 1]);
        size_t n = key_length(text + at), value = n ? at + n + 1 : at;
        size_t end = value_end(text, value);
        if (cursor <= end) {
            out->has_key = n && cursor > at + n;
            if (out->has_key)
                str_addn(&out->key, text + at, n);
            if (cursor >= at)
                place_value(text, out->has_key ? value : at, cursor, out);
            return;
        }
        at = end;
    }
}

void query_place_release(struct query_place *p)
{
    str_release(&p->key);
    str_release(&p->prefix);
}

/* Values that an index has in order; others would be looked for in every row. */
static bool is_ordered(enum list_kind kind, const struct query_key *k)
{
    size_t n;
    const struct list_column *cols = list_columns(kind, &n);
    return kind != LIST_INSTANCES || strcmp(k->name, "run") == 0 ||
           (cols[list_column_find(kind, k->column)].flags & COL_INDEXED);
}

/* Words of curators that hold, the most frequent first. */
static int complete_review(struct index *idx, const struct query_key *k, const char *prefix,
                           struct strv *out, struct error *err)
{
    struct str last = STR_INIT;
    sqlite3_stmt *st;
    str_addf(&last, "%s\xf4\x8f\xbf\xbf", prefix);
    int rc = store_query(idx, &st, err,
                         "SELECT text FROM reviews WHERE kind = ? AND text >= ? AND text < ? "
                         "GROUP BY text ORDER BY count(*) DESC, text LIMIT 100",
                         "sss", k->column, prefix, last.s);
    if (rc == 0)
        while ((rc = store_step(idx, st, err)) > 0)
            strv_add(out, store_text(st, 0));
    str_release(&last);
    return rc;
}

int query_complete(struct index *idx, enum list_kind kind, const char *key, const char *prefix,
                   const struct cancel *stop, struct strv *out, struct error *err)
{
    const struct query_key *k = key_find(kind, key, strlen(key));
    struct str sql = STR_INIT, last = STR_INIT;
    sqlite3_stmt *st;
    if (k && k->type == KEY_REVIEW)
        return complete_review(idx, k, prefix, out, err);
    if (!k || k->type != KEY_TEXT || !is_ordered(kind, k))
        return 0;
    const char *column = column_sql(kind, k);
    bool latest = kind == LIST_INSTANCES && strcmp(k->name, "run") != 0;
    str_addf(&last, "%s\xf4\x8f\xbf\xbf", prefix);
    str_addf(&sql,
             "SELECT v FROM (SELECT %s AS v, count(*) AS n %s WHERE %s >= ?1 AND %s < ?2 "
             "AND %s > ''%s GROUP BY 1 LIMIT %d) ORDER BY n DESC, v LIMIT 100",
             column, list_from(kind), column, column, column, latest ? " AND t.latest = 1" : "",
             COMPLETE_MOST);
    store_watch(idx, stop);
    int rc = store_query(idx, &st, err, sql.s, "ss", prefix, last.s);
    if (rc == 0)
        while ((rc = store_step(idx, st, err)) > 0)
            strv_add(out, store_text(st, 0));
    store_watch(idx, NULL);
    str_release(&sql);
    str_release(&last);
    return rc;
}
