/* search.h: find words in what agents said, did and saw, over any number of files at once.
 *
 *   file            what it does
 *   search.c        a document: which of its steps hold the pattern, and where
 *   search_files.c  files and folders, several threads
 *
 * A document that cannot hold the pattern is passed by its bytes alone; of the others only the
 * steps that may hold it are decoded. What matches is always the decoded text: "café" is found
 * whether the file says é or \u00e9. Each line of a text counts once.
 */
#ifndef BOTTEGA_SEARCH_H
#define BOTTEGA_SEARCH_H

#include "formats/trajectory.h"

/* Where in a step; a bit each. */
enum search_place {
    IN_SYSTEM = 1,
    IN_USER = 2,
    IN_THOUGHT = 4, /* what the model said */
    IN_REASONING = 8,
    IN_COMMAND = 16, /* what it called, with what */
    IN_OBSERVATION = 32,
    IN_EVENT = 64, /* of the scaffold, and how it ended */
    IN_ANY = 127,
    IN_ASSISTANT = IN_THOUGHT | IN_REASONING | IN_COMMAND
};
const char *search_place_name(enum search_place one);
/* "observation", "assistant"; 0: no place is called so. */
unsigned search_place_by_name(const char *name);

struct search_spec {
    const char *pattern;
    bool is_regex; /* pcre2, multi-line; else the bytes as they are */
    bool any_case;
    unsigned places; /* of search_place */
};

/* One matching line. Everything is borrowed for the call. */
struct search_hit {
    const char *path, *member; /* member: inside an archive, or NULL */
    const struct attempt *attempt;
    size_t step;        /* from 0 */
    int64_t at, length; /* the step in its file or member; of inner text the whole text */
    enum search_place place;
    size_t offset, match; /* of the match in the decoded text, its bytes */
    const char *line;
    size_t line_len, line_at; /* the line's bytes, and where in it the match begins */
};
/* Called by one thread at a time, in no order. A return other than 0 ends the search. */
typedef int (*search_fn)(void *payload, const struct search_hit *hit);

struct search_count {
    int64_t files, bytes, hits;
};

/* Searches the files, and all files below the folders. A file that cannot be read is told in
 * `skipped` ("path: why") and passed. E_USAGE: the pattern has a fault. */
WARN_UNUSED int search_files(const struct search_spec *spec, const struct strv *paths,
                             const struct cancel *stop, search_fn fn, void *payload,
                             struct search_count *count, struct strv *skipped, struct error *err);

/* ---- search.c, for search_files.c: what one thread needs ---- */

struct searcher;
WARN_UNUSED int searcher_new(const struct search_spec *spec, struct searcher **out,
                             struct error *err);
void searcher_free(struct searcher *s);
WARN_UNUSED int search_document(struct searcher *s, const struct document *doc, search_fn fn,
                                void *payload, struct error *err);

#endif
