/* map.h: string -> pointer, open addressing, iteration in order of insertion.
 * Keys are copied; values are the caller's, freed by `free_value` when it is set. */
#ifndef BOTTEGA_MAP_H
#define BOTTEGA_MAP_H

#include "base/macros.h"

#include <stdbool.h>
#include <stdint.h>

struct map_entry {
    char *key; /* NULL: deleted */
    void *value;
    uint32_t hash;
};

struct map {
    struct map_entry *entries; /* in order of insertion, `used` of them */
    uint32_t *slots;           /* index into entries plus one; 0 is free */
    size_t used, live, cap;    /* cap: slots, a power of two */
    void (*free_value)(void *);
};

void map_init(struct map *m, void (*free_value)(void *));
void map_release(struct map *m);

void *map_get(const struct map *m, const char *key); /* NULL when absent */
bool map_has(const struct map *m, const char *key);
/* Replaces (and frees) an older value. */
void map_put(struct map *m, const char *key, void *value);
void map_remove(struct map *m, const char *key);

/* for (struct map_entry *e = NULL; (e = map_next(m, e));) … */
struct map_entry *map_next(const struct map *m, struct map_entry *prev);

#endif
