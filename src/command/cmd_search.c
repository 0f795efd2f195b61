#include "command/command.h"
#include "formats/search.h"
#include "index/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct arg_def search_args[] = {
    { "regex", 'e', ARG_FLAG, NULL, "PATTERN is a pcre2 pattern, multi-line" },
    { "ignore-case", 'i', ARG_FLAG, NULL, "capitals or not" },
    { "limit", 0, ARG_VALUE, "N", "stop after N lines" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

enum { CLIP = 160, JSON_LINE = 4096 };

struct printing {
    bool json;
    int64_t left; /* -1: no limit */
};

/* What of a long line stands around the match. */
static void around(const struct search_hit *h, size_t most, size_t *from, size_t *n)
{
    *from = 0;
    if (h->line_len > most && h->line_at > most / 3)
        *from = h->line_at - most / 3;
    *n = h->line_len - *from < most ? h->line_len - *from : most;
}

static void print_text(const struct search_hit *h)
{
    struct str out = STR_INIT;
    size_t from, n;
    around(h, CLIP, &from, &n);
    text_add_shown(&out, h->path, strlen(h->path));
    if (h->member) {
        str_addc(&out, '!');
        text_add_shown(&out, h->member, strlen(h->member));
    }
    str_addc(&out, ' ');
    text_add_shown(&out, h->attempt->instance_id, strlen(h->attempt->instance_id));
    str_addf(&out, " step %zu %s: %s", h->step + 1, search_place_name(h->place), from ? "…" : "");
    text_add_shown(&out, h->line + from, n);
    str_add(&out, from + n < h->line_len ? "…" : "");
    puts(out.s);
    str_release(&out);
}

static void put_bytes(json_t *doc, const char *key, const char *bytes, size_t n)
{
    struct str text = STR_INIT;
    text_add_utf8(&text, bytes, n);
    json_object_set_new(doc, key, json_stringn_nocheck(text.s, text.len));
    str_release(&text);
}

static void print_json(const struct search_hit *h)
{
    json_t *doc = json_object();
    size_t from, n;
    around(h, JSON_LINE, &from, &n);
    json_put_text(doc, "path", h->path);
    if (h->member)
        json_put_text(doc, "member", h->member);
    json_put_text(doc, "instance_id", h->attempt->instance_id);
    json_put_text(doc, "run", h->attempt->run);
    json_put_text(doc, "format", h->attempt->format->name);
    json_put_int(doc, "step", (int64_t)h->step + 1);
    json_put_int(doc, "at", h->at);
    json_put_int(doc, "length", h->length);
    json_put_text(doc, "in", search_place_name(h->place));
    json_put_int(doc, "offset", (int64_t)h->offset);
    json_put_int(doc, "match", (int64_t)h->match);
    put_bytes(doc, "line", h->line + from, n);
    json_put_bool(doc, "is_cut", n < h->line_len);
    char *line = json_line_new(doc);
    puts(line);
    free(line);
    json_decref(doc);
}

static int print_hit(void *payload, const struct search_hit *h)
{
    struct printing *p = payload;
    if (!p->left)
        return 1;
    if (p->left > 0)
        p->left--;
    if (p->json)
        print_json(h);
    else
        print_text(h);
    return ferror(stdout) ? E_IO : 0;
}

/* ---- what to search, and where ---- */

static int on_path(void *payload, const char *const *names UNUSED, const struct sql_value *values,
                   size_t n)
{
    if (values && n)
        strv_addn(payload, values[0].text, values[0].len);
    return 0;
}

static int imported_paths(struct invocation *inv, struct strv *out, struct error *err)
{
    struct workspace ws;
    struct index *idx = NULL;
    int rc = workspace_open(&ws, inv->dir, &inv->overrides, err);
    if (rc == 0)
        rc = index_open_current(&ws, inv->stop, &idx, err);
    if (rc == 0)
        rc = sql_each(idx, "SELECT path FROM sources WHERE attempts > 0 ORDER BY path", inv->stop,
                      on_path, out, err);
    if (rc == 0 && !out->n)
        rc = error_set(err, E_NOTFOUND,
                       "no trajectories are here: bottega import PATH, or name "
                       "files and folders after the pattern");
    if (idx)
        index_close(idx);
    workspace_release(&ws);
    return rc;
}

/* in:PLACE words, then the pattern, then files and folders. */
static int read_words(struct invocation *inv, struct search_spec *spec, struct strv *paths,
                      struct error *err)
{
    const struct strv *names = &inv->args->names;
    size_t i = 0;
    for (; i < names->n && str_starts(names->v[i], "in:"); i++) {
        unsigned place = search_place_by_name(names->v[i] + 3);
        if (!place)
            return error_set(err, E_USAGE,
                             "%s: system, user, assistant, thought, reasoning, command, "
                             "observation or event",
                             names->v[i]);
        spec->places |= place;
    }
    if (i == names->n)
        return error_set(err, E_USAGE, "search for what? bottega search [in:PLACE] PATTERN");
    spec->pattern = names->v[i++];
    spec->places = spec->places ? spec->places : IN_ANY;
    for (; i < names->n; i++)
        strv_add(paths, names->v[i]);
    return paths->n ? 0 : imported_paths(inv, paths, err);
}

static void say_end(const struct invocation *inv, const struct search_count *count,
                    const struct strv *skipped)
{
    struct str line = STR_INIT;
    for (size_t i = 0; i < skipped->n; i++)
        fprintf(stderr, "%s\n", skipped->v[i]);
    if (!inv->quiet) {
        text_add_count(&line, count->hits);
        str_add(&line, count->hits == 1 ? " line in " : " lines in ");
        text_add_count(&line, count->files);
        str_add(&line, count->files == 1 ? " file, " : " files, ");
        text_add_bytes(&line, count->bytes);
        fprintf(stderr, "%s\n", line.s);
    }
    str_release(&line);
}

int cmd_search(struct invocation *inv, struct error *err)
{
    struct search_spec spec = { .is_regex = args_flag(inv->args, "regex"),
                                .any_case = args_flag(inv->args, "ignore-case") };
    struct printing out = { inv->json, -1 };
    struct strv paths = STRV_INIT, skipped = STRV_INIT;
    struct search_count count = { 0 };
    int rc = args_int(inv->args, "limit", 1, &out.left, err);
    if (rc == 0)
        rc = read_words(inv, &spec, &paths, err);
    if (rc == 0)
        rc = search_files(&spec, &paths, inv->stop, print_hit, &out, &count, &skipped, err);
    if (rc == 0)
        say_end(inv, &count, &skipped);
    if (rc == 0 && skipped.n)
        rc = EXIT_SOME_FAILED;
    strv_release(&paths);
    strv_release(&skipped);
    return rc;
}
