#include "command/command.h"
#include "container/container.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct arg_def image_args[] = {
    { "source", 0, ARG_VALUE, "auto|hub|local", "where it comes from, instead of image.source" },
    { "force", 'f', ARG_FLAG, NULL, "make it again even if it is there" },
    { "log", 0, ARG_VALUE, "FILE", "keep the builders' output" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

/* What an `image` command works with; one of each, opened once. */
struct images {
    struct invocation *inv;
    struct workspace ws;
    struct engine engine;
};

/* ---- image list ---- */

static void print_json(const struct image_info *i)
{
    json_t *row = json_object();
    const char *version = strrchr(i->tag, ':');
    json_put_text(row, "image", i->tag);
    json_put_text(row, "python", version ? version + 1 : "");
    json_put_text(row, "source", i->source);
    json_put_int(row, "size", i->size);
    json_put_int(row, "created", i->created);
    json_put_text(row, "id", i->id);
    char *line = json_line_new(row);
    puts(line);
    free(line);
    json_decref(row);
}

static void print_text(const struct image_info *i)
{
    struct str size = STR_INIT, age = STR_INIT;
    text_add_bytes(&size, i->size);
    text_add_ago(&age, clock_utc(), i->created);
    printf("%-24s %-6s %10s %6s\n", i->tag, i->source, size.s, age.s);
    str_release(&size);
    str_release(&age);
}

static int by_tag(const void *a, const void *b)
{
    return strverscmp(((const struct image_info *)a)->tag, ((const struct image_info *)b)->tag);
}

static int image_list_verb(struct images *im, struct error *err)
{
    struct image_list l = { NULL, 0 };
    int rc = image_base_list(&im->engine, &l, err);
    if (l.n)
        qsort(l.v, l.n, sizeof(*l.v), by_tag);
    for (size_t i = 0; i < l.n; i++) {
        if (im->inv->json)
            print_json(&l.v[i]);
        else
            print_text(&l.v[i]);
    }
    if (rc == 0 && !l.n && !im->inv->quiet)
        fprintf(stderr, "no base image yet; `bottega image build 3.8` makes one\n");
    image_list_release(&l);
    return rc;
}

/* ---- image build ---- */

static int build_one(struct images *im, const char *version, struct error *err)
{
    struct str ref = STR_INIT, took = STR_INIT;
    struct base_request rq = {
        .version = version,
        .source = args_text(im->inv->args, "source", NULL),
        .log = args_text(im->inv->args, "log", NULL),
        .rebuild = args_flag(im->inv->args, "force"),
        .stop = im->inv->stop,
    };
    int64_t started = clock_ms();
    int rc = image_base_ensure(&im->engine, &im->ws.config, &rq, &ref, err);
    text_add_seconds(&took, (double)(clock_ms() - started) / 1000);
    if (rc == 0 && !im->inv->quiet)
        fprintf(stderr, "%s is ready (%s)\n", ref.s, took.s);
    str_release(&ref);
    str_release(&took);
    return rc;
}

static int check_source(const struct args *args, struct error *err)
{
    static const char *const sources[] = { "auto", "hub", "local" };
    const char *source = args_text(args, "source", "auto");
    for (size_t i = 0; i < ARRAY_LEN(sources); i++)
        if (strcmp(sources[i], source) == 0)
            return 0;
    return error_set(err, E_USAGE, "--source %s: must be auto, hub or local", source);
}

/* Every version is tried; those that fail are named one by one. */
static int image_build_verb(struct images *im, struct error *err)
{
    const struct strv *names = &im->inv->args->names;
    int failed = 0;
    int rc = check_source(im->inv->args, err);
    if (rc == 0 && names->n < 2)
        rc = error_set(err, E_USAGE, "image build wants a version: bottega image build 3.8");
    for (size_t i = 1; i < names->n && rc == 0; i++) {
        int one = build_one(im, names->v[i], err);
        if (one == E_CANCELLED || one == E_USAGE || one == E_ENGINE || names->n == 2)
            rc = one;
        else if (one < 0 && ++failed)
            fprintf(stderr, "bottega: %s\n", error_text(err));
    }
    return rc == 0 && failed ? EXIT_SOME_FAILED : rc;
}

static const struct {
    const char *name;
    int (*run)(struct images *im, struct error *err);
} image_verbs[] = {
    { "list", image_list_verb },
    { "build", image_build_verb },
};

int cmd_image(struct invocation *inv, struct error *err)
{
    const char *verb = inv->args->names.n ? inv->args->names.v[0] : "list";
    struct images im = { .inv = inv };
    size_t i = 0;
    while (i < ARRAY_LEN(image_verbs) && strcmp(image_verbs[i].name, verb) != 0)
        i++;
    if (i == ARRAY_LEN(image_verbs))
        return error_set(err, E_USAGE, "image %s: it is `image list` or `image build X.Y`", verb);
    int rc = workspace_open_maybe(inv, &im.ws, err);
    if (rc == 0) {
        rc = engine_open(&im.ws.config, im.ws.root, &im.engine, err);
        if (rc == 0)
            rc = image_verbs[i].run(&im, err);
        engine_release(&im.engine);
    }
    workspace_release(&im.ws);
    return rc;
}
