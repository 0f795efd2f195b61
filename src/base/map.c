#include "base/map.h"

#include "base/error.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void map_init(struct map *m, void (*free_value)(void *))
{
    memset(m, 0, sizeof(*m));
    m->free_value = free_value;
}

static void entry_drop(struct map *m, struct map_entry *e)
{
    if (m->free_value && e->key)
        m->free_value(e->value);
    free(e->key);
    e->key = NULL;
    e->value = NULL;
}

void map_release(struct map *m)
{
    for (size_t i = 0; i < m->used; i++)
        entry_drop(m, &m->entries[i]);
    free(m->entries);
    free(m->slots);
    map_init(m, m->free_value);
}

static uint32_t hash_text(const char *s)
{
    uint32_t h = 2166136261u;
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 16777619u;
    return h ^ (h >> 15);
}

/* The slot that holds `key`, or the free slot where it would go. Deleted entries keep
 * their slot, so that chains stay whole until the next rehash. */
static size_t find_slot(const struct map *m, const char *key, uint32_t hash)
{
    size_t i = hash & (m->cap - 1);
    assert(m->slots);
    for (; m->slots[i]; i = (i + 1) & (m->cap - 1)) {
        const struct map_entry *e = &m->entries[m->slots[i] - 1];
        if (e->key && e->hash == hash && strcmp(e->key, key) == 0)
            break;
    }
    return i;
}

static void rehash(struct map *m, size_t cap)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->used; i++)
        if (m->entries[i].key)
            m->entries[kept++] = m->entries[i];
    m->used = kept;
    m->cap = cap;
    m->entries = xrealloc(m->entries, cap * sizeof(*m->entries));
    free(m->slots);
    m->slots = xcalloc(cap, sizeof(*m->slots));
    for (size_t i = 0; i < m->used; i++)
        m->slots[find_slot(m, m->entries[i].key, m->entries[i].hash)] = (uint32_t)i + 1;
}

static struct map_entry *find(const struct map *m, const char *key)
{
    if (!m->cap)
        return NULL;
    uint32_t at = m->slots[find_slot(m, key, hash_text(key))];
    return at ? &m->entries[at - 1] : NULL;
}

void *map_get(const struct map *m, const char *key)
{
    struct map_entry *e = find(m, key);
    return e ? e->value : NULL;
}

bool map_has(const struct map *m, const char *key)
{
    return find(m, key) != NULL;
}

void map_put(struct map *m, const char *key, void *value)
{
    struct map_entry *e = find(m, key);
    if (e) {
        if (m->free_value && e->value != value)
            m->free_value(e->value);
        e->value = value;
        return;
    }
    if ((m->used + 1) * 4 > m->cap * 3)
        rehash(m, m->cap && m->live * 2 < m->cap ? m->cap : (m->cap ? m->cap * 2 : 16));
    assert(m->slots && m->entries);
    uint32_t hash = hash_text(key);
    m->entries[m->used] = (struct map_entry){ xstrdup(key), value, hash };
    m->slots[find_slot(m, key, hash)] = (uint32_t)++m->used;
    m->live++;
}

void map_remove(struct map *m, const char *key)
{
    struct map_entry *e = find(m, key);
    if (!e)
        return;
    entry_drop(m, e);
    m->live--;
}

struct map_entry *map_next(const struct map *m, struct map_entry *prev)
{
    for (size_t i = prev ? (size_t)(prev - m->entries) + 1 : 0; i < m->used; i++)
        if (m->entries[i].key)
            return &m->entries[i];
    return NULL;
}
