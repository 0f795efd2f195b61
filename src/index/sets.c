#include "index/store.h"

#include <stdlib.h>
#include <string.h>

/* Words of queries as sets of row ids, one bit each. A word alone is answered by one index of
 * the table; sets are intersected here, and kept while nothing was committed, so that a filter
 * that grows letter by letter costs its last word only. */

static void set_add(struct id_set *s, uint32_t id)
{
    if (id >= s->bits) {
        size_t bits = ((size_t)id + 65536) & ~(size_t)65535;
        s->v = xrealloc(s->v, bits / 8);
        memset((char *)s->v + s->bits / 8, 0, (bits - s->bits) / 8);
        s->bits = bits;
    }
    s->v[id / 64] |= (uint64_t)1 << (id % 64);
}

void id_set_release(struct id_set *s)
{
    free(s->v);
    memset(s, 0, sizeof(*s));
}

static uint64_t set_word(const struct id_set *s, size_t i)
{
    return i < s->bits / 64 ? s->v[i] : 0;
}

static void set_copy(struct id_set *to, const struct id_set *from)
{
    id_set_release(to);
    if (!from->bits)
        return;
    to->v = xmalloc(from->bits / 8);
    memcpy(to->v, from->v, from->bits / 8);
    to->bits = from->bits;
}

static void set_keep(struct id_set *s, const struct id_set *other, bool negated)
{
    for (size_t i = 0; i < s->bits / 64; i++)
        s->v[i] &= negated ? ~set_word(other, i) : set_word(other, i);
}

int64_t id_set_count(const struct id_set *s)
{
    int64_t n = 0;
    for (size_t i = 0; i < s->bits / 64; i++)
        n += __builtin_popcountll(s->v[i]);
    return n;
}

/* The aggregate gather(id): a row costs no return to the caller. */
static void gather_step(sqlite3_context *c, int n UNUSED, sqlite3_value **v)
{
    struct index *idx = sqlite3_user_data(c);
    set_add(&idx->gathered, (uint32_t)sqlite3_value_int64(v[0]));
}

static void gather_end(sqlite3_context *c)
{
    sqlite3_result_null(c);
}

static void pick(sqlite3_context *c, int n UNUSED, sqlite3_value **v)
{
    struct index *idx = sqlite3_user_data(c);
    uint32_t id = (uint32_t)sqlite3_value_int64(v[0]);
    bool enough = idx->pick_limit && idx->picked->n >= idx->pick_limit;
    if (!enough && (!idx->pick_from || id_set_has(idx->pick_from, id)))
        id_vec_add(idx->picked, id);
    sqlite3_result_int(c, enough);
}

void sets_init(struct index *idx)
{
    sqlite3_create_function_v2(idx->db, "pick", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, idx, pick, NULL,
                               NULL, NULL);
    sqlite3_create_function_v2(idx->db, "gather", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, idx, NULL,
                               gather_step, gather_end, NULL);
}

void sets_release(struct index *idx)
{
    for (size_t i = 0; i < SETS_KEPT; i++) {
        free(idx->sets[i].key);
        id_set_release(&idx->sets[i].set);
    }
    memset(idx->sets, 0, sizeof(idx->sets));
    id_set_release(&idx->gathered);
}

/* Everything kept is stale once any handle has committed. */
static void forget_stale(struct index *idx)
{
    int64_t version = index_version(idx) + ((int64_t)sqlite3_total_changes(idx->db) << 32);
    if (version != idx->sets_version)
        sets_release(idx);
    idx->sets_version = version;
}

static char *key_new(const struct query_word *w)
{
    struct str key = STR_INIT;
    str_add(&key, w->sql.s);
    for (size_t i = 0; i < w->n_binds; i++) {
        if (w->binds[i].text)
            str_addf(&key, "\n%s", w->binds[i].text);
        else
            str_addf(&key, "\n%.17g", w->binds[i].x);
    }
    return str_detach(&key);
}

static int gather(struct index *idx, const struct query_word *w, struct error *err)
{
    struct str sql = STR_INIT;
    sqlite3_stmt *st;
    int at = 1;
    if (w->is_match)
        str_add(&sql, "SELECT gather(rowid) FROM words WHERE words MATCH ?");
    else
        str_addf(&sql, "SELECT gather(t.id) FROM environments t WHERE t.latest = 1 AND (%s)",
                 w->sql.len ? w->sql.s : "1");
    id_set_release(&idx->gathered);
    int rc = store_query(idx, &st, err, sql.s, "");
    if (rc == 0) {
        query_bind_word(w, st, &at);
        while ((rc = store_step(idx, st, err)) > 0)
            ;
    }
    str_release(&sql);
    return rc;
}

/* The set of a word, kept or made; takes the place of the one unused for longest. */
static int word_set(struct index *idx, const struct query_word *w, const struct id_set **out,
                    struct error *err)
{
    char *key = key_new(w);
    struct kept_set *place = &idx->sets[0];
    int rc = 0;
    for (size_t i = 0; i < SETS_KEPT; i++) {
        if (idx->sets[i].key && strcmp(idx->sets[i].key, key) == 0) {
            place = &idx->sets[i];
            goto out;
        }
        if (idx->sets[i].used < place->used)
            place = &idx->sets[i];
    }
    rc = gather(idx, w, err);
    if (rc < 0)
        goto out;
    free(place->key);
    id_set_release(&place->set);
    place->key = key;
    place->set = idx->gathered;
    idx->gathered = (struct id_set){ NULL, 0 };
    key = NULL;
out:
    if (rc == 0)
        place->used = ++idx->sets_used;
    *out = &place->set;
    free(key);
    return rc;
}

static void set_fill(struct id_set *s, uint32_t last)
{
    set_add(s, last);
    memset(s->v, 0xff, s->bits / 8);
}

/* Starts from a word that is a set of latest rows, so that FTS, which also knows older runs,
 * only narrows it. */
static const struct query_word *first_word(const struct query *q)
{
    for (size_t i = 0; i < q->n_words; i++)
        if (!q->words[i].negated && !q->words[i].is_match)
            return &q->words[i];
    return NULL;
}

static int start_from(struct index *idx, const struct query_word *w, bool exact, struct id_set *out,
                      struct error *err)
{
    struct query_word all = { .sql = STR_INIT };
    const struct id_set *set;
    int64_t last = 0;
    int rc;
    if (w || exact) {
        rc = word_set(idx, w ? w : &all, &set, err);
        if (rc == 0)
            set_copy(out, set);
        return rc;
    }
    rc = store_int(idx, 0, &last, err, "SELECT max(id) FROM environments", "");
    if (rc == 0)
        set_fill(out, (uint32_t)last);
    return rc;
}

int sets_of_query(struct index *idx, const struct query *q, bool exact, struct id_set *out,
                  struct error *err)
{
    const struct query_word *first = first_word(q);
    const struct id_set *set;
    forget_stale(idx);
    int rc = start_from(idx, first, exact, out, err);
    for (size_t i = 0; rc == 0 && i < q->n_words; i++) {
        if (&q->words[i] == first)
            continue;
        rc = word_set(idx, &q->words[i], &set, err);
        if (rc == 0)
            set_keep(out, set, q->words[i].negated);
    }
    return rc;
}
