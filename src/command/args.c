#include "command/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct arg_def common[] = {
    { "json", 0, ARG_FLAG, NULL, "one JSON object per line on stdout" },
    { "quiet", 'q', ARG_FLAG, NULL, "no progress on stderr" },
    { "help", 'h', ARG_FLAG, NULL, "what this verb takes" },
    { NULL, 0, ARG_FLAG, NULL, NULL },
};

void args_release(struct args *a)
{
    map_release(&a->values);
    strv_release(&a->names);
}

static const struct arg_def *find_in(const struct arg_def *defs, const char *name, size_t n,
                                     char letter)
{
    for (const struct arg_def *d = defs; d && d->name; d++) {
        if (letter ? d->letter == letter : strlen(d->name) == n && !strncmp(d->name, name, n))
            return d;
    }
    return NULL;
}

static const struct arg_def *find_def(const struct arg_def *defs, const char *name, size_t n,
                                      char letter)
{
    const struct arg_def *d = find_in(defs, name, n, letter);
    return d ? d : find_in(common, name, n, letter);
}

/* Takes the option at argv[*i] and, when it has one, its value. */
static int parse_option(struct args *a, const struct arg_def *defs, int argc, char **argv, int *i,
                        struct error *err)
{
    const char *word = argv[*i];
    bool is_long = word[1] == '-';
    const char *name = word + (is_long ? 2 : 1);
    size_t n = is_long ? strcspn(name, "=") : 1;
    const struct arg_def *d = find_def(defs, name, n, is_long ? 0 : *name);
    if (!d)
        return error_set(err, E_USAGE, "unknown option %.*s (--help lists them)",
                         (int)(n + (is_long ? 2 : 1)), word);
    const char *value = name[n] == '=' ? name + n + 1 : name[n] ? name + n : NULL;
    if (d->kind == ARG_FLAG && value)
        return error_set(err, E_USAGE, "--%s takes no value", d->name);
    if (d->kind == ARG_VALUE && !value) {
        if (*i + 1 >= argc)
            return error_set(err, E_USAGE, "--%s wants a value (%s)", d->name, d->value);
        value = argv[++*i];
    }
    map_put(&a->values, d->name, xstrdup(value ? value : ""));
    return 0;
}

int args_parse(struct args *a, const struct arg_def *defs, int argc, char **argv, struct error *err)
{
    bool only_names = false;
    int rc = 0;
    map_init(&a->values, free);
    strv_init(&a->names);
    for (int i = 0; i < argc && rc == 0; i++) {
        if (only_names || argv[i][0] != '-' || !argv[i][1])
            strv_add(&a->names, argv[i]);
        else if (strcmp(argv[i], "--") == 0)
            only_names = true;
        else
            rc = parse_option(a, defs, argc, argv, &i, err);
    }
    return rc;
}

bool args_flag(const struct args *a, const char *name)
{
    return map_has(&a->values, name);
}

const char *args_text(const struct args *a, const char *name, const char *fallback)
{
    const char *text = map_get(&a->values, name);
    return text ? text : fallback;
}

int args_int(const struct args *a, const char *name, int64_t least, int64_t *out, struct error *err)
{
    const char *text = map_get(&a->values, name);
    char *end;
    if (!text)
        return 0;
    errno = 0;
    long long n = strtoll(text, &end, 10);
    if (errno || end == text || *end || n < least)
        return error_set(err, E_USAGE, "--%s %s: must be a whole number of at least %lld", name,
                         text, (long long)least);
    *out = n;
    return 0;
}
